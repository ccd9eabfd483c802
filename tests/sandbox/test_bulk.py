"""Bulk calls settle their rows one by one."""

from __future__ import annotations

import pytest
from tests.sandbox.shop import INVENTORY, Shop, error_ids


def items(shop: Shop, skus: list[str]) -> list[dict[str, object]]:
    return [{"sku": sku, "locale": "de_DE"} | shop.item() for sku in skus]


def test_a_whole_shelf_goes_live_in_three_calls(ready_shop: Shop) -> None:
    skus = [f"REGAL{number}" for number in range(25)]
    put = ready_shop.call(
        "POST", f"{INVENTORY}/bulk_create_or_replace_inventory_item", {"requests": items(ready_shop, skus)}
    )
    assert put.status_code == 200
    assert {row["statusCode"] for row in put.json()["responses"]} == {201}
    offer = ready_shop.offer("X")
    made = ready_shop.call(
        "POST", f"{INVENTORY}/bulk_create_offer", {"requests": [offer | {"sku": sku} for sku in skus]}
    )
    assert {row["statusCode"] for row in made.json()["responses"]} == {200}
    ids = [{"offerId": row["offerId"]} for row in made.json()["responses"]]
    published = ready_shop.call("POST", f"{INVENTORY}/bulk_publish_offer", {"requests": ids})
    assert published.status_code == 200
    assert len({row["listingId"] for row in published.json()["responses"]}) == 25


def test_one_bad_row_makes_207_and_spoils_no_other(ready_shop: Shop) -> None:
    for sku in ("A1", "A2"):
        ready_shop.put_item(sku)
    bad = ready_shop.offer("A1") | {"sku": "NIRGENDS"}
    answer = ready_shop.call(
        "POST",
        f"{INVENTORY}/bulk_create_offer",
        {"requests": [ready_shop.offer("A1"), bad, ready_shop.offer("A2")]},
    )
    assert answer.status_code == 207
    rows = answer.json()["responses"]
    assert [row["statusCode"] for row in rows] == [200, 400, 200]
    assert rows[1]["errors"][0]["errorId"] == 25702
    assert len(ready_shop.truth()["offers"]) == 2


@pytest.mark.parametrize(("count", "error_id"), [(26, 25727), (0, 25709)])
def test_too_many_rows_or_none_are_refused_as_a_whole(ready_shop: Shop, count: int, error_id: int) -> None:
    rows = items(ready_shop, [f"R{number}" for number in range(count)])
    refused = ready_shop.call(
        "POST", f"{INVENTORY}/bulk_create_or_replace_inventory_item", {"requests": rows}
    )
    assert (refused.status_code, error_ids(refused)) == (400, [error_id])


def test_price_and_stock_change_alone(ready_shop: Shop) -> None:
    offer_id, listing_id = ready_shop.list_item("REGAL1")
    before = ready_shop.listing(listing_id)
    row = {
        "sku": "REGAL1",
        "shipToLocationAvailability": {"quantity": 9},
        "offers": [{"offerId": offer_id, "price": {"value": "99.00", "currency": "EUR"}}],
    }
    answer = ready_shop.call(
        "POST", f"{INVENTORY}/bulk_update_price_quantity", {"requests": [row]}, language=None
    )
    assert answer.status_code == 200, answer.text
    assert answer.json()["responses"] == [
        {"sku": "REGAL1", "offerId": offer_id, "statusCode": 200, "errors": [], "warnings": []}
    ]
    after = ready_shop.listing(listing_id)
    assert (after["variations"][0]["price"], after["variations"][0]["quantity"]) == ("99.00", 9)
    changed = ("price", "quantity")
    assert {k: v for k, v in after["variations"][0].items() if k not in changed} == {
        k: v for k, v in before["variations"][0].items() if k not in changed
    }
    assert after["description"] == before["description"]


def test_a_price_in_the_wrong_currency_fails_its_row(ready_shop: Shop) -> None:
    offer_id, listing_id = ready_shop.list_item("REGAL1")
    row = {"sku": "REGAL1", "offers": [{"offerId": offer_id, "price": {"value": "99.00", "currency": "USD"}}]}
    answer = ready_shop.call("POST", f"{INVENTORY}/bulk_update_price_quantity", {"requests": [row]})
    assert answer.status_code == 207
    assert answer.json()["responses"][0]["errors"][0]["errorId"] == 25003
    assert ready_shop.listing(listing_id)["variations"][0]["price"] == "129.00"


def test_bulk_get_answers_row_by_row(ready_shop: Shop) -> None:
    ready_shop.put_item("REGAL1")
    answer = ready_shop.call(
        "POST", f"{INVENTORY}/bulk_get_inventory_item", {"requests": [{"sku": "REGAL1"}, {"sku": "WEG"}]}
    )
    assert answer.status_code == 207
    found, missing = answer.json()["responses"]
    assert found["inventoryItem"]["product"]["title"] == "Bücherregal aus Eiche"
    assert missing["statusCode"] == 404
