"""Three kinds of pages (T4): page numbers here, record offsets there, tokens elsewhere."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.sandbox.shop import INVENTORY, Shop, error_ids

ORDERS = "/sell/fulfillment/v1/order"
NOTIFICATION = "/commerce/notification/v1"
COUNT = 57


@pytest.fixture(scope="module")
def full_shop(sandbox: Any) -> Any:
    with Shop(sandbox.url) as shop:
        shop.control("POST", "/reset")
        shop.register()
        shop.connect()
        shop.set_up()
        shop.list_item("REGAL0", quantity=COUNT)
        rows = [{"sku": f"REGAL{number}", "locale": "de_DE"} | shop.item() for number in range(1, COUNT)]
        for start in range(0, COUNT - 1, 25):
            shop.good(
                "POST",
                f"{INVENTORY}/bulk_create_or_replace_inventory_item",
                {"requests": rows[start : start + 25]},
            )
        for _ in range(COUNT):
            shop.control("POST", "/purchases", {"lines": [{"sku": "REGAL0"}]})
        yield shop


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(limit=st.integers(1, 200))
def test_items_come_by_page_number(full_shop: Shop, limit: int) -> None:
    found: list[str] = []
    page = 0
    while True:
        body = full_shop.good("GET", f"{INVENTORY}/inventory_item", limit=str(limit), offset=str(page))
        found += [item["sku"] for item in body["inventoryItems"]]
        assert body["total"] == COUNT
        if "next" not in body:
            break
        page += 1
        assert f"offset={page}" in body["next"]
    assert sorted(found) == sorted(f"REGAL{number}" for number in range(COUNT))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(limit=st.integers(1, 200))
def test_orders_come_by_record(full_shop: Shop, limit: int) -> None:
    found: list[str] = []
    offset = 0
    while True:
        body = full_shop.good("GET", ORDERS, limit=str(limit), offset=str(offset))
        found += [order["orderId"] for order in body["orders"]]
        if "next" not in body:
            break
        offset += limit
        assert f"offset={offset}" in body["next"]
    assert len(found) == COUNT
    assert len(set(found)) == COUNT


def test_links_lead_on(full_shop: Shop) -> None:
    body = full_shop.good("GET", ORDERS, limit="20")
    seen = len(body["orders"])
    while "next" in body:
        body = full_shop.good("GET", body["next"].removeprefix(full_shop.url))
        seen += len(body["orders"])
    assert seen == COUNT


@pytest.mark.parametrize("limit", ["9", "101", "many"])
def test_notification_lists_take_10_to_100(full_shop: Shop, limit: str) -> None:
    refused = full_shop.call("GET", f"{NOTIFICATION}/topic", limit=limit)
    assert (refused.status_code, error_ids(refused)) == (400, [195004])


def test_notification_lists_go_on_by_token(full_shop: Shop) -> None:
    first = full_shop.good("GET", f"{NOTIFICATION}/topic", limit="10")
    second = full_shop.good("GET", first["next"].removeprefix(full_shop.url))
    assert len(first["topics"]) == 10
    assert len(first["topics"] + second["topics"]) == first["total"]
    assert "next" not in second
    assert "offset" not in first["next"]
