"""An order as the Fulfillment API shows it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from kontor_sandbox.ebay.operations import Call
from kontor_sandbox.ebay.sellers import seller
from kontor_sandbox.store import Row, load, rows
from kontor_sandbox.world import moment, stamp

_BASE = "/sell/fulfillment/v1/order"
_FEE = Decimal("0.11")


def order_body(call: Call, row: Row, *, with_cancel_requests: bool) -> dict[str, Any]:
    """The whole order; requests to cancel are shown by getOrder alone."""
    kept = load(row["body"])
    currency = kept["currency"]
    lines = rows(
        call.db, "SELECT * FROM ebay_order_line WHERE order_id = ? ORDER BY position", row["order_id"]
    )
    bodies = [_line_body(row, kept, line, place) for place, line in enumerate(lines)]
    subtotal = sum((Decimal(body["lineItemCost"]["value"]) for body in bodies), Decimal(0))
    delivery = Decimal(kept["shipping_cost"])
    total = _amount(subtotal + delivery, currency)
    fulfilments = rows(
        call.db, "SELECT fulfillment_id FROM ebay_fulfilment WHERE order_id = ?", row["order_id"]
    )
    return {
        "orderId": row["order_id"],
        "creationDate": row["created_at"],
        "lastModifiedDate": row["changed_at"],
        "orderFulfillmentStatus": row["fulfillment"],
        "orderPaymentStatus": row["payment"],
        "sellerId": seller(call.db, row["seller_id"])["username"],
        "buyer": kept["buyer"],
        "pricingSummary": {
            "priceSubtotal": _amount(subtotal, currency),
            "deliveryCost": _amount(delivery, currency),
            "total": total,
        },
        "cancelStatus": _cancel_status(row, kept, with_cancel_requests),
        "paymentSummary": _payments(call, row, kept, total),
        "fulfillmentStartInstructions": [_instruction(row, kept)],
        "fulfillmentHrefs": [
            call.url(f"{_BASE}/{row['order_id']}/shipping_fulfillment/{entry['fulfillment_id']}")
            for entry in fulfilments
        ],
        "lineItems": bodies,
        "ebayCollectAndRemitTax": False,
        "salesRecordReference": row["order_id"].split("-")[1],
        "totalFeeBasisAmount": total,
        "totalMarketplaceFee": _amount((subtotal + delivery) * _FEE, currency),
    }


def _cancel_status(row: Row, kept: dict[str, Any], with_requests: bool) -> dict[str, Any]:
    status: dict[str, Any] = {
        "cancelState": row["cancel"],
        "cancelRequests": kept["cancel_requests"] if with_requests else [],
    }
    if "cancelled_at" in kept:
        status["cancelledDate"] = kept["cancelled_at"]
    return status


def _amount(value: Decimal, currency: str) -> dict[str, str]:
    return {"value": f"{value:.2f}", "currency": currency}


def _payments(call: Call, row: Row, kept: dict[str, Any], total: dict[str, str]) -> dict[str, Any]:
    payment: dict[str, Any] = {
        "paymentMethod": "EBAY",
        "paymentReferenceId": f"P{row['order_id'].replace('-', '')}",
        "amount": total,
        "paymentStatus": "PAID"
        if kept["paid_at"]
        else ("FAILED" if row["payment"] == "FAILED" else "PENDING"),
    }
    if kept["paid_at"]:
        payment["paymentDate"] = kept["paid_at"]
    refunds = [
        {
            "refundId": entry["refund_id"],
            "refundDate": entry["created_at"],
            "amount": {"value": entry["value"], "currency": kept["currency"]},
            "refundStatus": "REFUNDED",
        }
        for entry in rows(call.db, "SELECT * FROM ebay_refund WHERE order_id = ?", row["order_id"])
    ]
    if row["cancel"] == "CANCELED" and kept["paid_at"]:
        refunds.append(
            {
                "refundDate": kept["cancelled_at"],
                "amount": total,
                "refundStatus": "REFUNDED",
                "refundId": "CANCEL",
            }
        )
    return {"payments": [payment], "refunds": refunds, "totalDueSeller": total}


def _instruction(row: Row, kept: dict[str, Any]) -> dict[str, Any]:
    created = moment(row["created_at"])
    return {
        "fulfillmentInstructionsType": "SHIP_TO",
        "ebaySupportedFulfillment": False,
        "minEstimatedDeliveryDate": stamp(created + timedelta(days=3)),
        "maxEstimatedDeliveryDate": stamp(created + timedelta(days=6)),
        "shippingStep": {
            "shipTo": kept["buyer"]["buyerRegistrationAddress"],
            "shippingCarrierCode": "GENERIC",
            "shippingServiceCode": "Other",
        },
    }


def _line_body(order: Row, kept: dict[str, Any], line: Row, place: int) -> dict[str, Any]:
    body = load(line["body"])
    currency = kept["currency"]
    created = moment(order["created_at"])
    cost = Decimal(body["unit_price"]) * line["quantity"]
    delivery = Decimal(kept["shipping_cost"]) if place == 0 else Decimal(0)
    state = (
        "NOT_STARTED"
        if line["shipped"] == 0
        else "FULFILLED"
        if line["shipped"] >= line["quantity"]
        else "IN_PROGRESS"
    )
    shown: dict[str, Any] = {
        "lineItemId": line["line_item_id"],
        "legacyItemId": line["listing_id"],
        "sku": line["sku"],
        "title": body["title"],
        "lineItemCost": _amount(cost, currency),
        "quantity": line["quantity"],
        "soldFormat": "FIXED_PRICE",
        "listingMarketplaceId": order["marketplace_id"],
        "purchaseMarketplaceId": order["marketplace_id"],
        "lineItemFulfillmentStatus": state,
        "total": _amount(cost + delivery, currency),
        "deliveryCost": {"shippingCost": _amount(delivery, currency)},
        "appliedPromotions": [],
        "taxes": [],
        "refunds": [],
        "properties": {"buyerProtection": True},
        "lineItemFulfillmentInstructions": {
            "minEstimatedDeliveryDate": stamp(created + timedelta(days=3)),
            "maxEstimatedDeliveryDate": stamp(created + timedelta(days=6)),
            "shipByDate": stamp(created + timedelta(days=2)),
            "guaranteedDelivery": False,
        },
    }
    if body["variation_id"] is not None:
        shown |= {"legacyVariationId": body["variation_id"], "variationAspects": body["variation_aspects"]}
    return shown
