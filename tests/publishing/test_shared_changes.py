"""Defaults, brands and price rules: what many listings lean on. Only those that look different are sent again."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from uuid import UUID

from tests.plugins.played import Connect, Played
from tests.publishing.test_to_ebay import publish, rows

from kontor.channels.connections import service as connections
from kontor.channels.connections.pricing import PriceRule
from kontor.core.tenancy import tenant
from kontor.goods import brands, defaults
from kontor.goods import service as goods
from kontor.goods.defaults import Default
from kontor.goods.values import ProductInput
from kontor.publishing.models import State, Task

Drain = Callable[..., int]
FOLLOWING = ["publishing.push", "publishing.reconsider"]
MAKER = {
    "company_name": "Hafenleinen GmbH",
    "address_line1": "Kaistraße 4",
    "postal_code": "23552",
    "city": "Lübeck",
    "country": "DE",
    "email": "sicherheit@hafenleinen.example",
}


def writes(played: Played) -> list[str]:
    """Every call that changed something, by path."""
    reads = ("bulk_get_inventory_item",)
    return [
        row["path"].rpartition("/")[2]
        for row in played.requests()
        if row["method"] != "GET" and "/sell/inventory/" in row["path"] and not row["path"].endswith(reads)
    ]


def test_a_default_that_changes_nothing_sends_nothing(
    tenant_a: UUID, shirts: list[UUID], connect: Connect, played: Played, drain: Drain
) -> None:
    publish(tenant_a, shirts, connect(tenant_a), drain)
    before, wishes = len(writes(played)), {key: row.wish for key, row in rows(tenant_a).items()}
    with tenant(tenant_a):
        defaults.put(
            [Default("tenant", "", "condition", "used")]
        )  # these say of themselves that they are new
        defaults.put([Default("brand", "Another", "aspect:Muster", "Gestreift")])
        known = defaults.rows()
        defaults.put(known)
    assert drain(FOLLOWING, ahead_seconds=5) >= 1
    assert len(writes(played)) == before
    assert {key: row.wish for key, row in rows(tenant_a).items()} == wishes


def test_a_default_reaches_the_listings_that_it_concerns(
    tenant_a: UUID, shirts: list[UUID], connect: Connect, played: Played, drain: Drain
) -> None:
    publish(tenant_a, shirts, connect(tenant_a), drain)
    with tenant(tenant_a):
        defaults.put([Default("brand", "Hafenleinen", "aspect:Muster", "Gestreift")])
    drain(FOLLOWING, ahead_seconds=5)
    assert [row["body"]["product"]["aspects"].get("Muster") for row in played.seen("items")] == [
        ["Gestreift"]
    ] * 3
    found = rows(tenant_a)
    assert [(found[key].state, found[key].task, found[key].differences) for key in shirts] == [
        (State.LIVE, Task.NOTHING, [])
    ] * 3


def test_product_safety_data_of_a_brand_reach_its_listings_once(
    tenant_a: UUID, shirts: list[UUID], connect: Connect, played: Played, drain: Drain
) -> None:
    publish(tenant_a, shirts, connect(tenant_a), drain)
    with tenant(tenant_a):
        brands.edit_by_name("Hafenleinen", MAKER, MAKER)
    drain(FOLLOWING, ahead_seconds=5)
    names = [row["body"]["regulatory"]["manufacturer"]["companyName"] for row in played.seen("offers")]
    assert names == ["Hafenleinen GmbH"] * 3
    before = len(writes(played))
    with tenant(tenant_a):
        brands.edit_by_name("Hafenleinen", MAKER, MAKER)
        brands.edit_by_name("Nobody", {**MAKER, "company_name": "Nobody AG"}, {})
    drain(FOLLOWING, ahead_seconds=5)
    assert len(writes(played)) == before


def test_the_data_of_a_brand_that_stands_in_for_none_reach_the_goods_without_one(
    tenant_a: UUID, shirts: list[UUID], connect: Connect, played: Played, drain: Drain
) -> None:
    with tenant(tenant_a):
        defaults.put([Default("tenant", "", "brand", "Markenlos")])
        brands.edit_by_name("Markenlos", MAKER, MAKER)
        goods.save(shirts[0], ProductInput(brand=""))
    publish(tenant_a, shirts, connect(tenant_a), drain)
    before = len(writes(played))
    with tenant(tenant_a):
        brands.edit_by_name("Markenlos", {**MAKER, "company_name": "Kontor Einkauf GmbH"}, MAKER)
    drain(FOLLOWING, ahead_seconds=5)
    said = [row["body"].get("regulatory", {}).get("manufacturer", {}) for row in played.seen("offers")]
    assert [maker.get("companyName") for maker in said].count("Kontor Einkauf GmbH") == 1
    assert len(writes(played)) > before
    found = rows(tenant_a)
    assert [found[key].state for key in shirts] == [State.LIVE] * 3


def test_a_price_rule_goes_by_the_price_call_alone(
    tenant_a: UUID, shirts: list[UUID], connect: Connect, played: Played, drain: Drain
) -> None:
    connection_id = connect(tenant_a)
    publish(tenant_a, shirts, connection_id, drain)
    before = len(writes(played))

    def dearer(percent: int) -> None:
        with tenant(tenant_a):
            rule = PriceRule({"EUR": Decimal(1)}, Decimal(percent))
            connections.edit(connection_id, price_rule=lambda _: rule)
        drain(FOLLOWING, ahead_seconds=5)

    dearer(0)
    assert len(writes(played)) == before
    dearer(10)
    assert set(writes(played)[before:]) == {"bulk_update_price_quantity"}
    prices = {row["variations"][0]["price"] for row in played.open_listings()}
    assert prices == {"21.89"}
    assert {row.state for row in rows(tenant_a).values()} == {State.LIVE}
