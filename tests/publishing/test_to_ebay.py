"""From the catalogue to a live listing on a played eBay, and what happens to it afterwards."""

from __future__ import annotations

import io
from collections.abc import Callable
from uuid import UUID

import pytest
from PIL import Image
from tests.factories import product
from tests.plugins.played import Connect, Played

from kontor.catalog import media
from kontor.core.money import Money
from kontor.core.tenancy import tenant
from kontor.goods import defaults
from kontor.goods import service as goods
from kontor.goods.defaults import Default
from kontor.goods.values import KEEP, PictureInput, ProductInput, ProductView, VariantInput
from kontor.publishing import checks, service
from kontor.publishing.models import Appearance, Publication, State

Drain = Callable[..., int]
PUBLISHING = ["publishing.push", "publishing.prepare"]


def picture(tenant_id: UUID, colour: str = "navy") -> PictureInput:
    buffer = io.BytesIO()
    Image.new("RGB", (1200, 1200), colour).save(buffer, "JPEG")
    return PictureInput(media_id=media.store(tenant_id, buffer.getvalue()).id)


@pytest.fixture
def shirts(tenant_a: UUID) -> list[UUID]:
    """Three single articles that are ready to be sold."""
    shown = picture(tenant_a)
    with tenant(tenant_a):
        aspects = {"Größe": ("L",), "Farbe": ("Blau",), "Abteilung": ("Herren",), "Stil": ("T-Shirt",)}
        return [
            product(
                f"TS-{number}",
                title={"de": f"T-Shirt Hafen {number} Herren"},
                category_hint="Herren > T-Shirts",
                pictures=(shown,),
                aspects=aspects,
            ).listing_id
            for number in (1, 2, 3)
        ]


def make_ready(tenant_id: UUID, listing_ids: list[UUID], connection_id: UUID, drain: Drain) -> None:
    """Plays the merchant who fills in what preflight names."""
    with tenant(tenant_id):
        service.prepare(connection_id, listing_ids)
    drain(PUBLISHING, ahead_seconds=5)
    with tenant(tenant_id):
        found = checks.preflight(checks.connection_view(connection_id), listing_ids)
        wanted = {
            problem.params["aspect"]: (problem.params.get("values") or ["Nicht zutreffend"])[0]
            for problems in found.values()
            for problem in problems
            if problem.code == "ebay.aspect.missing"
        }
        defaults.put(Default("tenant", "", f"aspect:{name}", value) for name, value in wanted.items())


def publish(tenant_id: UUID, listing_ids: list[UUID], connection_id: UUID, drain: Drain) -> service.Requested:
    make_ready(tenant_id, listing_ids, connection_id, drain)
    with tenant(tenant_id):
        requested = service.publish(listing_ids, connection_id)
    drain(PUBLISHING, ahead_seconds=30)
    return requested


def rows(tenant_id: UUID) -> dict[UUID, Publication]:
    with tenant(tenant_id):
        return {row.listing_id: row for row in Publication.objects.all()}


def test_three_articles_go_live_and_are_proven(
    tenant_a: UUID, shirts: list[UUID], connect: Connect, played: Played, drain: Drain
) -> None:
    requested = publish(tenant_a, shirts, connect(tenant_a), drain)
    assert requested.blocked == {}
    found = rows(tenant_a)
    assert [(found[key].state, found[key].problems, found[key].differences) for key in shirts] == [
        (State.LIVE, [], [])
    ] * 3
    shown = played.open_listings()
    assert {row["listing_id"] for row in shown} == {found[key].external_id for key in shirts}
    assert {row["title"] for row in shown} == {f"T-Shirt Hafen {number} Herren" for number in (1, 2, 3)}


def test_publishing_again_makes_no_second_listing(
    tenant_a: UUID, shirts: list[UUID], connect: Connect, played: Played, drain: Drain
) -> None:
    connection_id = connect(tenant_a)
    publish(tenant_a, shirts, connection_id, drain)
    first = {row["listing_id"] for row in played.open_listings()}
    publish(tenant_a, shirts, connection_id, drain)
    assert {row["listing_id"] for row in played.seen("listings")} == first


def test_a_price_goes_by_the_call_that_touches_nothing_else(
    tenant_a: UUID, shirts: list[UUID], connect: Connect, played: Played, drain: Drain
) -> None:
    publish(tenant_a, shirts, connect(tenant_a), drain)
    before = {row["sku"]: row["body"] for row in played.seen("items")}
    with tenant(tenant_a):
        variant = goods.get(shirts[0]).variants[0]
        goods.set_price(variant.id, Money(2490, "EUR"))
    drain(PUBLISHING, ahead_seconds=5)
    assert {row["sku"]: row["body"] for row in played.seen("items")} == before
    prices = {row["skus"][0]: row["variations"][0]["price"] for row in played.open_listings()}
    assert sorted(prices.values()) == ["19.90", "19.90", "24.90"]
    assert len(played.requests("POST", "/sell/inventory/v1/bulk_update_price_quantity")) == 1
    assert rows(tenant_a)[shirts[0]].state == State.LIVE


def test_withdrawn_and_published_again_has_a_new_id_and_keeps_the_old_one(
    tenant_a: UUID, shirts: list[UUID], connect: Connect, played: Played, drain: Drain
) -> None:
    connection_id = connect(tenant_a)
    publish(tenant_a, shirts[:1], connection_id, drain)
    first = rows(tenant_a)[shirts[0]].external_id
    with tenant(tenant_a):
        service.withdraw(shirts[:1], connection_id)
    drain(PUBLISHING, ahead_seconds=5)
    assert rows(tenant_a)[shirts[0]].state == State.WITHDRAWN
    assert played.open_listings() == []
    publish(tenant_a, shirts[:1], connection_id, drain)
    second = rows(tenant_a)[shirts[0]].external_id
    assert second != first
    with tenant(tenant_a):
        lives = {life.external_id: life.ended_at for life in Appearance.objects.all()}
    assert set(lives) == {first, second}
    assert lives[first] is not None
    assert lives[second] is None


def test_a_group_shows_its_variants(tenant_a: UUID, connect: Connect, played: Played, drain: Drain) -> None:
    group = shirt_group(tenant_a)
    publish(tenant_a, [group.listing_id], connect(tenant_a), drain)
    row = rows(tenant_a)[group.listing_id]
    assert (row.state, row.problems, row.differences) == (State.LIVE, [], [])
    (shown,) = played.open_listings()
    assert len(shown["variations"]) == 4
    materials = [row["body"]["product"]["aspects"].get("Material") for row in played.seen("items")]
    assert sorted(filter(None, materials)) == [["Leinen"], ["Leinen"]]


def test_what_preflight_blocks_is_not_sent_and_named(
    tenant_a: UUID, shirts: list[UUID], connect: Connect, played: Played, drain: Drain
) -> None:
    with tenant(tenant_a):
        bare = product("BARE", price=None).listing_id
    connection_id = connect(tenant_a)
    requested = publish(tenant_a, [*shirts, bare], connection_id, drain)
    assert set(requested.blocked) == {bare}
    codes = {problem.code for problem in requested.blocked[bare]}
    assert {"ebay.price.missing", "ebay.image_urls.missing"} <= codes
    assert len(played.open_listings()) == 3


def shirt_group(tenant_id: UUID) -> ProductView:
    """Two colours in two sizes, named in English as many files do."""
    shown = picture(tenant_id)
    with tenant(tenant_id):
        variants = tuple(
            VariantInput(
                f"GR-{size}-{colour}",
                price=Money(2990, "EUR"),
                quantity=3,
                options={"Size": size, "Color": colour},
                aspects={"Material": ("Leinen",)} if colour == "Red" else KEEP,
            )
            for size in ("M", "L")
            for colour in ("Black", "Red")
        )
        return goods.save(
            None,
            ProductInput(
                reference="GR",
                title={"de": "T-Shirt Kogge Herren"},
                description={"de": "<p>Aus Baumwolle.</p>"},
                brand="Hafenleinen",
                condition="new",
                category_hint="Men > Tops > Tees",
                option_names=("Size", "Color"),
                variants=variants,
                pictures=(shown,),
            ),
        )
