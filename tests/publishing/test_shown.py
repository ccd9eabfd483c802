"""What a channel shows of a listing, and which attributes it asks of it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from tests.plugins.api import Caller, api, enter
from tests.plugins.played import Connect
from tests.publishing.test_to_ebay import PUBLISHING, make_ready, publish, rows, shirts

from kontor.core.tenancy import tenant
from kontor.goods import service as goods
from kontor.publishing import service

__all__ = ["api", "enter", "shirts"]
Drain = Callable[..., int]


def test_what_was_read_back_is_shown_until_it_is_taken_off(
    api: Caller, tenant_a: UUID, shirts: list[UUID], connect: Connect, drain: Drain
) -> None:
    connection_id = connect(tenant_a)
    publish(tenant_a, shirts, connection_id, drain)
    row = rows(tenant_a)[shirts[0]]
    shown = api.get(f"/publications/{row.id}").json()["shown"]
    with tenant(tenant_a):
        variant = goods.get(shirts[0]).variants[0]
    assert shown["title"] == "T-Shirt Hafen 1 Herren"
    assert list(shown["variants"]) == [variant.sku]
    assert shown["variants"][variant.sku]["quantity"] == variant.quantity
    assert shown["variants"][variant.sku]["currency"] == "EUR"
    with tenant(tenant_a):
        service.withdraw(shirts[:1], connection_id)
    drain(PUBLISHING, ahead_seconds=30)
    assert api.get(f"/publications/{row.id}").json()["shown"] == {"title": "", "variants": {}}


def test_the_attributes_asked_for_are_those_of_the_category_that_was_picked(
    api: Caller, tenant_a: UUID, shirts: list[UUID], connect: Connect, drain: Drain
) -> None:
    connection_id = connect(tenant_a)
    make_ready(tenant_a, shirts[:1], connection_id, drain)
    (before,) = api.get(f"/listings/{shirts[0]}/aspects").json()
    size = next(each for each in before["aspects"] if each["name"] == "Größe")
    assert (size["required"], size["found"], size["origin"]) == (True, ["L"], "attribute")

    api.post(f"/connections/{connection_id}/categories", json={"q": "Kochschürze"})
    drain(["connections.categories"], ahead_seconds=5)
    found = api.get(f"/connections/{connection_id}/categories", params={"q": "Kochschürze"}).json()["items"]
    other = next(each["category_id"] for each in found if each["category_id"] != before["category_id"])
    with tenant(tenant_a):
        goods.set_category({shirts[0]: {"EBAY_DE": {"id": other, "by": "person"}}})
        service.prepare(connection_id, shirts[:1])
    drain(PUBLISHING, ahead_seconds=5)
    (after,) = api.get(f"/listings/{shirts[0]}/aspects").json()
    assert after["category_id"] == other
    assert {each["name"] for each in after["aspects"]} != {each["name"] for each in before["aspects"]}


def test_another_tenants_listing_is_not_found(api: Caller) -> None:
    assert api.get(f"/listings/{UUID(int=5)}/aspects").status_code == 404
