"""Undoing an import: what is untouched is as before, what somebody changed is left and listed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from tests.goods.imports import steps
from tests.plugins.api import Caller

from kontor.core.cause import causing
from kontor.core.tenancy import tenant
from kontor.goods import service as goods

Drain = Callable[..., int]


def run(api: Caller, drain: Drain, content: str, *, update_existing: bool = False) -> str:
    started = steps.begin(api, content, update_existing=update_existing)
    drain(["imports.run"])
    assert steps.get(api, started["id"])["state"] == "done"
    return str(started["id"])


def undo(api: Caller, drain: Drain, import_id: str) -> dict[str, dict[str, Any]]:
    answer = api.post(f"/imports/{import_id}/undo")
    assert answer.status_code == 202, answer.text
    assert answer.json()["state"] == "undoing"
    drain(["imports.undo"])
    assert steps.get(api, import_id)["state"] == "undone"
    return steps.changes(api, import_id)


def product(api: Caller, reference: str) -> dict[str, Any]:
    found: dict[str, Any] = api.get(f"/listings/{steps.listings(api)[reference]['id']}").json()
    return found


def patch(api: Caller, reference: str, **values: Any) -> None:
    found = product(api, reference)
    answer = api.patch(
        f"/listings/{found['id']}", json=values, headers={"If-Match": f'"{found["revision"]}"'}
    )
    assert answer.status_code == 200, answer.text


def test_created_ones_are_archived_with_their_stock(api: Caller, drain: Drain) -> None:
    import_id = run(api, drain, steps.simple(3))
    ids = [row["id"] for row in steps.listings(api).values()]
    found = undo(api, drain, import_id)
    assert {row["undone"] for row in found.values()} == {"archived"}
    assert steps.listings(api) == {}
    archived = api.get(f"/listings/{ids[0]}").json()
    assert (archived["status"], archived["stock"]) == ("archived", 0)
    undone = steps.get(api, import_id)
    assert (undone["archived"], undone["reverted"], undone["left"], undone["steps"]) == (3, 0, 0, [])


def test_updated_ones_are_as_before_by_a_new_revision(api: Caller, drain: Drain) -> None:
    run(api, drain, steps.simple(2))
    before = product(api, "S-0")
    import_id = run(api, drain, steps.simple(2, price="99.00", quantity=40), update_existing=True)
    assert product(api, "S-0")["price"]["minor"] == 9900
    found = undo(api, drain, import_id)
    assert {row["undone"] for row in found.values()} == {"reverted"}
    after = product(api, "S-0")
    assert after["revision"] == before["revision"] + 2
    assert (after["price"], after["stock"], after["title"]) == (
        before["price"],
        before["stock"],
        before["title"],
    )


def test_where_only_stock_was_counted_only_stock_goes_back(api: Caller, drain: Drain) -> None:
    run(api, drain, steps.simple(1, quantity=3))
    import_id = run(api, drain, steps.simple(1, quantity=8), update_existing=True)
    assert steps.changes(api, import_id)["S-0"]["stock_moved"]
    undo(api, drain, import_id)
    assert (product(api, "S-0")["stock"], product(api, "S-0")["revision"]) == (3, 1)


def test_what_a_person_changed_since_is_left_and_listed(api: Caller, drain: Drain) -> None:
    import_id = run(api, drain, steps.simple(2))
    patch(api, "S-0", title={"de": "Better words"})
    found = undo(api, drain, import_id)
    assert (found["S-0"]["undone"], found["S-0"]["left_because"]) == ("left", "changed")
    assert found["S-1"]["undone"] == "archived"
    assert steps.listings(api).keys() == {"S-0"}
    assert product(api, "S-0")["title"] == {"de": "Better words"}
    left = steps.every(api, f"/imports/{import_id}/changes", undone="left")
    assert [row["reference"] for row in left] == ["S-0"]


def test_what_was_sold_since_is_left(api: Caller, drain: Drain) -> None:
    import_id = run(api, drain, steps.simple(2))
    with tenant(api.tenant_id):
        goods.take_stock("S-1", 1, "order_line", "1")
    found = undo(api, drain, import_id)
    assert (found["S-1"]["undone"], found["S-1"]["left_because"]) == ("left", "stock_moved")
    assert product(api, "S-1")["stock"] == 2


def test_a_sale_before_the_import_keeps_nothing_from_being_undone(api: Caller, drain: Drain) -> None:
    run(api, drain, steps.simple(1, quantity=5))
    with tenant(api.tenant_id):
        goods.take_stock("S-0", 1, "order_line", "1")
    import_id = run(api, drain, steps.simple(1, quantity=20), update_existing=True)
    undo(api, drain, import_id)
    assert product(api, "S-0")["stock"] == 4


def test_what_was_archived_since_is_left(api: Caller, drain: Drain) -> None:
    import_id = run(api, drain, steps.simple(1))
    listing_id = steps.listings(api)["S-0"]["id"]
    assert api.post(f"/listings/{listing_id}/archive").status_code < 300
    found = undo(api, drain, import_id)
    assert (found["S-0"]["undone"], found["S-0"]["left_because"]) == ("left", "archived")


def test_a_category_that_kontor_suggested_is_no_change_of_a_person(api: Caller, drain: Drain) -> None:
    import_id = run(api, drain, steps.simple(1))
    listing_id = UUID(steps.listings(api)["S-0"]["id"])
    choice = {"id": "1", "name": "Things", "path": "Things", "by": "suggested"}
    with causing({"kind": "job", "id": "", "label": "suggest"}), tenant(api.tenant_id):
        goods.set_category({listing_id: {"EBAY_DE": choice}})
    assert undo(api, drain, import_id)["S-0"]["undone"] == "archived"


def test_a_later_import_is_a_change_since(api: Caller, drain: Drain) -> None:
    first = run(api, drain, steps.simple(1))
    run(api, drain, steps.simple(1, price="20.00"), update_existing=True)
    assert undo(api, drain, first)["S-0"]["left_because"] == "changed"


def test_a_variant_that_was_added_goes_again(api: Caller, drain: Drain) -> None:
    heading = "sku,parent_sku,title,price,quantity,size"
    rows = [("G-S", "G", "Shirt", "9.00", 1, "S"), ("G-M", "G", "Shirt", "9.00", 1, "M")]
    run(api, drain, steps.sheet(heading, *rows))
    more = steps.sheet(heading, *rows, ("G-L", "G", "Shirt", "9.00", 4, "L"))
    import_id = run(api, drain, more, update_existing=True)
    assert product(api, "G")["stock"] == 6
    undo(api, drain, import_id)
    after = product(api, "G")
    assert [variant["sku"] for variant in after["variants"]] == ["G-S", "G-M"]
    assert after["stock"] == 2


def test_only_what_is_done_can_be_undone_and_only_once(api: Caller, drain: Drain) -> None:
    made = steps.upload(api, steps.simple(1))
    refused = api.post(f"/imports/{made['id']}/undo")
    assert (refused.status_code, refused.json()["code"]) == (409, "import.not_undoable")
    import_id = run(api, drain, steps.simple(1))
    undo(api, drain, import_id)
    assert api.post(f"/imports/{import_id}/undo").status_code == 409
