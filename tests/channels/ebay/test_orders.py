"""Orders as eBay tells them, with what it leaves out and what it may say one day."""

from __future__ import annotations

from typing import Any

import pytest

from kontor.channels.contract.errors import Unreadable
from kontor.channels.ebay.mapping.orders import order_of
from kontor.core.money import Money


def raw(**changes: Any) -> dict[str, Any]:
    return {
        "orderId": "12-00001-00001",
        "creationDate": "2026-11-20T08:00:00.000Z",
        "lastModifiedDate": "2026-11-20T09:00:00.000Z",
        "orderPaymentStatus": "PAID",
        "orderFulfillmentStatus": "NOT_STARTED",
        "cancelStatus": {"cancelState": "NONE_REQUESTED", "cancelRequests": []},
        "pricingSummary": {"total": {"value": "29.99", "currency": "EUR"}},
        "buyer": {"username": "kaeufer"},
        "lineItems": [
            {
                "lineItemId": "1001",
                "sku": "MUG1",
                "title": "Becher",
                "quantity": 2,
                "legacyItemId": "110",
                "lineItemCost": {"value": "25.00", "currency": "EUR"},
            }
        ],
        "fulfillmentStartInstructions": [
            {
                "shippingStep": {
                    "shipTo": {
                        "fullName": "Erika Muster",
                        "contactAddress": {"addressLine1": "Weg 1", "city": "Kiel", "countryCode": "DE"},
                    }
                }
            }
        ],
    } | changes


def test_an_order_is_read_with_its_lines_and_buyer() -> None:
    order = order_of(raw(), listed=False)
    assert (order.payment, order.fulfilment, order.cancel) == ("paid", "not_started", "none")
    assert order.total == Money(2999, "EUR")
    assert order.lines[0].unit_price == Money(1250, "EUR")
    assert (order.lines[0].sku, order.lines[0].listing_id) == ("MUG1", "110")
    assert order.buyer["name"] == "Erika Muster"
    assert order.buyer["country"] == "DE"
    assert order.raw["orderId"] == order.external_id


@pytest.mark.parametrize(
    ("status", "payment"),
    [
        ("PENDING", "pending"),
        ("FAILED", "failed"),
        ("FULLY_REFUNDED", "refunded"),
        ("PARTIALLY_REFUNDED", "partially_refunded"),
        ("SOMETHING_NEW", "pending"),
        (None, "pending"),
    ],
)
def test_a_payment_is_believed_only_where_it_is_said(status: str | None, payment: str) -> None:
    assert order_of(raw(orderPaymentStatus=status), listed=False).payment == payment


@pytest.mark.parametrize(
    ("cancel", "listed", "state", "detail"),
    [
        ({"cancelState": "CANCELED"}, True, "cancelled", True),
        ({"cancelState": "IN_PROGRESS"}, True, "requested", True),
        ({"cancelState": "IN_PROGRESS"}, False, "requested", False),
        (
            {"cancelState": "IN_PROGRESS", "cancelRequests": [{"cancelRequestState": "REJECTED"}]},
            False,
            "none",
            False,
        ),
        (None, True, "none", False),
    ],
)
def test_the_list_hides_cancellations_and_says_so(
    cancel: Any, listed: bool, state: str, detail: bool
) -> None:
    order = order_of(raw(cancelStatus=cancel), listed=listed)
    assert (order.cancel, order.cancel_detail_needed) == (state, detail)


def test_missing_addresses_and_unknown_fields_are_tolerated() -> None:
    order = order_of(raw(buyer=None, fulfillmentStartInstructions=None, somethingNew={"a": 1}), listed=True)
    assert order.buyer == {}


@pytest.mark.parametrize(
    "changes",
    [
        {"orderId": ""},
        {"creationDate": "yesterday"},
        {"lastModifiedDate": "2026-11-20T09:00:00"},
        {"pricingSummary": {"total": {"value": "a lot", "currency": "EUR"}}},
        {"pricingSummary": {"total": {"value": "1.00", "currency": "???"}}},
    ],
)
def test_an_order_that_makes_no_sense_is_unreadable_and_not_guessed(changes: dict[str, Any]) -> None:
    with pytest.raises(Unreadable):
        order_of(raw(**changes), listed=True)
