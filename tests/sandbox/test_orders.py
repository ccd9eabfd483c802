"""Purchases, orders, shipping (T5's and T9's left sides)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.sandbox.shop import Shop, error_ids

ORDERS = "/sell/fulfillment/v1/order"


def buy(shop: Shop, sku: str = "REGAL1", **more: Any) -> str:
    quantity = more.pop("quantity", 1)
    body = {"lines": [{"sku": sku, "quantity": quantity}]} | more
    return str(shop.control("POST", "/purchases", body)["order_id"])


def test_a_purchase_is_an_order_and_takes_stock(ready_shop: Shop) -> None:
    _, listing_id = ready_shop.list_item("REGAL1", quantity=5)
    order_id = buy(ready_shop, quantity=2, buyer="lesefuchs-77")
    order = ready_shop.good("GET", f"{ORDERS}/{order_id}")
    assert order["orderPaymentStatus"] == "PAID"
    assert order["buyer"]["username"] == "lesefuchs-77"
    assert order["lineItems"][0]["sku"] == "REGAL1"
    assert order["lineItems"][0]["lineItemCost"] == {"value": "258.00", "currency": "EUR"}
    assert order["pricingSummary"]["total"]["value"] == "262.90"
    assert ready_shop.listing(listing_id)["variations"][0]["quantity"] == 3


def test_two_buyers_for_the_last_piece(ready_shop: Shop) -> None:
    _, listing_id = ready_shop.list_item("REGAL1", quantity=1)
    buy(ready_shop)
    second = ready_shop.http.post("/_sandbox/api/purchases", json={"lines": [{"listing_id": listing_id}]})
    assert second.status_code == 409
    assert len(ready_shop.truth()["orders"]) == 1
    assert ready_shop.listing(listing_id)["status"] == "OUT_OF_STOCK"


def test_an_order_with_a_line_that_is_sold_out_takes_nothing(ready_shop: Shop) -> None:
    ready_shop.list_item("REGAL1", quantity=5)
    ready_shop.list_item("REGAL2", quantity=1)
    lines = [{"sku": "REGAL1", "quantity": 1}, {"sku": "REGAL2", "quantity": 2}]
    assert ready_shop.http.post("/_sandbox/api/purchases", json={"lines": lines}).status_code == 409
    assert {row["variations"][0]["quantity"] for row in ready_shop.truth()["listings"]} == {5, 1}


def test_an_unpaid_order_is_paid_later(ready_shop: Shop) -> None:
    ready_shop.list_item("REGAL1")
    order_id = buy(ready_shop, paid=False)
    before = ready_shop.good("GET", f"{ORDERS}/{order_id}")
    assert before["orderPaymentStatus"] == "PENDING"
    ready_shop.control("POST", f"/orders/{order_id}/pay")
    after = ready_shop.good("GET", f"{ORDERS}/{order_id}")
    assert after["orderPaymentStatus"] == "PAID"
    assert after["lastModifiedDate"] > before["lastModifiedDate"]


def test_requests_to_cancel_are_shown_by_get_order_alone(ready_shop: Shop) -> None:
    ready_shop.list_item("REGAL1")
    order_id = buy(ready_shop)
    ready_shop.control("POST", f"/orders/{order_id}/request_cancel")
    listed = ready_shop.good("GET", ORDERS)["orders"][0]
    assert listed["cancelStatus"] == {"cancelState": "IN_PROGRESS", "cancelRequests": []}
    assert len(ready_shop.good("GET", f"{ORDERS}/{order_id}")["cancelStatus"]["cancelRequests"]) == 1
    ready_shop.control("POST", f"/orders/{order_id}/cancel")
    cancelled = ready_shop.good("GET", f"{ORDERS}/{order_id}")
    assert cancelled["cancelStatus"]["cancelState"] == "CANCELED"
    assert cancelled["orderPaymentStatus"] == "FULLY_REFUNDED"


def test_brackets_must_be_encoded(ready_shop: Shop) -> None:
    since = (datetime.now(UTC) - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    assert ready_shop.call("GET", f"{ORDERS}?filter=lastmodifieddate:%5B{since}..%5D").status_code == 200
    assert b" 400 " in ready_shop.raw("GET", f"{ORDERS}?filter=lastmodifieddate:[{since}..]")


def test_a_creation_date_beats_a_modification_date(ready_shop: Shop) -> None:
    ready_shop.list_item("REGAL1")
    buy(ready_shop)
    ready_shop.control("POST", "/clock", {"advance_seconds": 3600})
    ready_shop.connect()
    now = datetime.now(UTC) + timedelta(seconds=3600)
    late = (now - timedelta(minutes=10)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    early = (now - timedelta(hours=5)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    only_modified = ready_shop.good("GET", ORDERS, filter=f"lastmodifieddate:[{late}..]")
    assert only_modified["total"] == 0
    both = ready_shop.good("GET", ORDERS, filter=f"lastmodifieddate:[{late}..],creationdate:[{early}..]")
    assert both["total"] == 1


@pytest.mark.parametrize(
    ("query", "error_id"),
    [
        ({"limit": "201"}, 31100),
        ({"limit": "0"}, 31100),
        ({"offset": "-1"}, 31000),
        ({"filter": "colour:[blue..]"}, 30700),
        ({"filter": "creationdate:[yesterday..]"}, 30810),
        ({"filter": "creationdate:[..]"}, 30820),
        ({"filter": "creationdate:[2010-01-01T00:00:00.000Z..]"}, 30830),
        ({"filter": "orderfulfillmentstatus:{FULFILLED}"}, 30800),
        ({"fieldGroups": "EVERYTHING"}, 32800),
        ({"orderIds": ",".join(str(number) for number in range(51))}, 30900),
    ],
)
def test_wrong_questions_have_their_own_errors(
    ready_shop: Shop, query: dict[str, Any], error_id: int
) -> None:
    refused = ready_shop.call("GET", ORDERS, **query)
    assert (refused.status_code, error_ids(refused)) == (400, [error_id])


def test_shipping_answers_an_empty_201_and_is_not_idempotent(ready_shop: Shop) -> None:
    ready_shop.list_item("REGAL1")
    order_id = buy(ready_shop, quantity=2)
    line = ready_shop.good("GET", f"{ORDERS}/{order_id}")["lineItems"][0]
    body = {
        "lineItems": [{"lineItemId": line["lineItemId"], "quantity": 2}],
        "shippingCarrierCode": "DHL",
        "trackingNumber": "JVGL0612345678",
    }
    path = f"{ORDERS}/{order_id}/shipping_fulfillment"
    sent = ready_shop.call("POST", path, body)
    assert (sent.status_code, sent.content) == (201, b"")
    one = ready_shop.good("GET", sent.headers["location"].removeprefix(ready_shop.url))
    assert one["shipmentTrackingNumber"] == "JVGL0612345678"
    assert ready_shop.good("GET", f"{ORDERS}/{order_id}")["orderFulfillmentStatus"] == "FULFILLED"
    assert ready_shop.call("POST", path, body).status_code == 201
    assert ready_shop.good("GET", path)["total"] == 2


@pytest.mark.parametrize(
    ("change", "error_id"),
    [
        ({"lineItems": [{"lineItemId": "1", "quantity": 1}]}, 32200),
        ({"trackingNumber": "X1"}, 32300),
        ({"shippedDate": "2999-01-01T00:00:00.000Z"}, 32500),
    ],
)
def test_wrong_parcels_are_refused(ready_shop: Shop, change: dict[str, Any], error_id: int) -> None:
    ready_shop.list_item("REGAL1")
    order_id = buy(ready_shop)
    refused = ready_shop.call("POST", f"{ORDERS}/{order_id}/shipping_fulfillment", change)
    assert (refused.status_code, error_ids(refused)) == (400, [error_id])
    assert ready_shop.good("GET", f"{ORDERS}/{order_id}/shipping_fulfillment")["total"] == 0


def test_an_order_takes_no_more_than_ten_tracking_numbers(ready_shop: Shop) -> None:
    ready_shop.list_item("REGAL1")
    path = f"{ORDERS}/{buy(ready_shop)}/shipping_fulfillment"
    parcels = [{"shippingCarrierCode": "DHL", "trackingNumber": f"JVGL{number}"} for number in range(11)]
    answers = [ready_shop.call("POST", path, parcel) for parcel in parcels]
    assert [answer.status_code for answer in answers] == [201] * 10 + [400]
    assert error_ids(answers[-1]) == [34100]
    assert ready_shop.good("GET", path)["total"] == 10


def test_orders_answer_with_and_without_their_taxes(ready_shop: Shop) -> None:
    ready_shop.list_item("REGAL1")
    order_id = buy(ready_shop)
    for path in (ORDERS, f"{ORDERS}/{order_id}"):
        plain, taxed = ready_shop.good("GET", path), ready_shop.good("GET", path, fieldGroups="TAX_BREAKDOWN")
        # Prices include the tax here, so there is nothing to break down.
        assert {**taxed, "href": ""} == {**plain, "href": ""}
        refused = ready_shop.call("GET", path, fieldGroups="TAXES")
        assert (refused.status_code, error_ids(refused)) == (400, [32800])


def test_a_seller_in_the_eu_signs_refunds(ready_shop: Shop) -> None:
    ready_shop.list_item("REGAL1")
    order_id = buy(ready_shop)
    body = {
        "reasonForRefund": "OTHER_ADJUSTMENT",
        "orderLevelRefundAmount": {"value": "5.00", "currency": "EUR"},
    }
    unsigned = ready_shop.call("POST", f"{ORDERS}/{order_id}/issue_refund", body)
    assert error_ids(unsigned) == [215120]
    signed = {"x-ebay-signature-key": "jwe", "signature": "sig1=:x:"}
    answer = ready_shop.good("POST", f"{ORDERS}/{order_id}/issue_refund", body, headers=signed)
    assert answer["refundStatus"] == "PENDING"
    assert ready_shop.good("GET", f"{ORDERS}/{order_id}")["orderPaymentStatus"] == "PARTIALLY_REFUNDED"
