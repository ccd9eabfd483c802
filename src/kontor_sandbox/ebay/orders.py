"""Fulfillment API: orders by record offset, shipping that answers an empty 201, refunds that must be signed."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from kontor_sandbox.ebay import events
from kontor_sandbox.ebay.errors import Problem, Refusal, refuse
from kontor_sandbox.ebay.operations import Call, Operations, whole_number
from kontor_sandbox.ebay.order_body import order_body
from kontor_sandbox.ebay.order_filter import selection
from kontor_sandbox.ebay.sellers import in_eu
from kontor_sandbox.exchange import Answer
from kontor_sandbox.store import Row, dump, find, load, next_number, rows
from kontor_sandbox.world import moment, stamp

OPERATIONS = Operations("sell_fulfillment_v1", "sell.fulfillment")
_BASE = "/sell/fulfillment/v1/order"
MOST_ORDER_IDS = 50
MOST_TRACKING_NUMBERS = 10


def own_order(call: Call, order_id: str) -> Row:
    """The seller's order; raises 32100."""
    row = find(
        call.db, "SELECT * FROM ebay_order WHERE seller_id = ? AND order_id = ?", call.seller_id, order_id
    )
    if row is None:
        raise refuse(32100, orderId=order_id)
    return row


def _check_field_groups(call: Call) -> None:
    groups = call.query.get("fieldGroups")
    if groups is not None and groups != "TAX_BREAKDOWN":
        raise refuse(32800, value=groups)


@OPERATIONS.add("GET", f"{_BASE}/{{orderId}}")
def get_order(call: Call) -> Answer:
    """One order, with its requests to cancel."""
    _check_field_groups(call)
    row = own_order(call, call.path["orderId"])
    return Answer(200, order_body(call, row, with_cancel_requests=True))


@OPERATIONS.add("GET", _BASE)
def get_orders(call: Call) -> Answer:
    """A page, newest first; ``cancelRequests`` is always empty here."""
    _check_field_groups(call)
    if re.search(r"[\[\]{}|]", call.request.query_string):
        # Brackets have to be percent-encoded; the edge refuses them before any code of eBay's sees them.
        return Answer(400, "<html><body><h1>400 Bad Request</h1></body></html>", media_type="text/html")
    if "orderIds" in call.query:
        return _by_ids(call, call.query["orderIds"])
    limit = whole_number(call, "limit", 50, 1, 200, 31100)
    offset = whole_number(call, "offset", 0, 0, 10**6, 31000)
    where, values = selection(call)
    total = find(call.db, f"SELECT COUNT(*) AS n FROM ebay_order WHERE {where}", *values)  # noqa: S608 (our own text)
    page = rows(
        call.db,
        f"SELECT * FROM ebay_order WHERE {where} ORDER BY created_at DESC, rowid DESC LIMIT ? OFFSET ?",  # noqa: S608
        *(*values, limit, offset),
    )
    count = int(total["n"]) if total is not None else 0
    return Answer(200, _page(call, page, count, limit, offset))


def _by_ids(call: Call, text: str) -> Answer:
    ids = [order_id for order_id in text.split(",") if order_id]
    if len(ids) > MOST_ORDER_IDS:
        raise refuse(30900)
    page = [own_order(call, order_id) for order_id in dict.fromkeys(ids)]
    return Answer(200, _page(call, page, len(page), 50, 0))


def _page(call: Call, page: list[Row], total: int, limit: int, offset: int) -> dict[str, Any]:
    def link(start: int) -> str:
        kept = re.sub(r"&?(limit|offset)=[^&]*", "", call.request.query_string).lstrip("&")
        return call.url(f"{_BASE}?{kept + '&' if kept else ''}limit={limit}&offset={start}")

    body: dict[str, Any] = {
        "href": link(offset),
        "limit": limit,
        "offset": offset,
        "total": total,
        "orders": [order_body(call, row, with_cancel_requests=False) for row in page],
    }
    if offset + limit < total:
        body["next"] = link(offset + limit)
    if offset > 0:
        body["prev"] = link(max(0, offset - limit))
    return body


@OPERATIONS.add("GET", f"{_BASE}/{{orderId}}/shipping_fulfillment")
def get_fulfilments(call: Call) -> Answer:
    """What was sent so far."""
    order = own_order(call, call.path["orderId"])
    found = [
        load(row["body"])
        for row in rows(
            call.db, "SELECT * FROM ebay_fulfilment WHERE order_id = ? ORDER BY rowid", order["order_id"]
        )
    ]
    return Answer(200, {"fulfillments": found, "total": len(found)})


@OPERATIONS.add("GET", f"{_BASE}/{{orderId}}/shipping_fulfillment/{{fulfillmentId}}")
def get_fulfilment(call: Call) -> Answer:
    """One parcel."""
    order = own_order(call, call.path["orderId"])
    row = find(
        call.db,
        "SELECT body FROM ebay_fulfilment WHERE order_id = ? AND fulfillment_id = ?",
        *(order["order_id"], call.path["fulfillmentId"]),
    )
    if row is None:
        raise refuse(32110, fulfillmentId=call.path["fulfillmentId"])
    return Answer(200, load(row["body"]))


@OPERATIONS.add("POST", f"{_BASE}/{{orderId}}/shipping_fulfillment")
def create_fulfilment(call: Call) -> Answer:
    """201 without a body, the id only in Location. Sent twice, it is there twice."""
    order = own_order(call, call.path["orderId"])
    body = call.body or {}
    lines = _shipped_lines(call, order, body)
    tracking, carrier = body.get("trackingNumber"), body.get("shippingCarrierCode")
    if bool(tracking) != bool(carrier) or (tracking and not re.fullmatch(r"[A-Za-z0-9 -]{1,50}", tracking)):
        raise refuse(32300)
    shipped_at = _shipped_at(call, body.get("shippedDate"))
    before = rows(call.db, "SELECT 1 FROM ebay_fulfilment WHERE order_id = ?", order["order_id"])
    if len(before) >= MOST_TRACKING_NUMBERS:
        raise refuse(34100)
    fulfillment_id = str(next_number(call.db, "ebay_fulfilment", 9_405_509_001))
    record: dict[str, Any] = {
        "fulfillmentId": fulfillment_id,
        "lineItems": [{"lineItemId": line["line_item_id"], "quantity": quantity} for line, quantity in lines],
        "shippedDate": shipped_at,
    }
    if tracking:
        record |= {"shipmentTrackingNumber": tracking, "shippingCarrierCode": carrier}
    call.db.execute(
        "INSERT INTO ebay_fulfilment VALUES (?, ?, ?, ?)",
        (fulfillment_id, order["order_id"], stamp(call.now), dump(record)),
    )
    _count_shipped(call, order, lines)
    location = call.url(f"{_BASE}/{order['order_id']}/shipping_fulfillment/{fulfillment_id}")
    return Answer(201, headers={"Location": location})


def _shipped_lines(call: Call, order: Row, body: dict[str, Any]) -> list[tuple[Row, int]]:
    known = {
        row["line_item_id"]: row
        for row in rows(call.db, "SELECT * FROM ebay_order_line WHERE order_id = ?", order["order_id"])
    }
    asked = body.get("lineItems") or [{"lineItemId": line_item_id} for line_item_id in known]
    found: list[tuple[Row, int]] = []
    for entry in asked:
        line = known.get(str(entry.get("lineItemId")))
        if line is None:
            raise refuse(32200, lineItemId=str(entry.get("lineItemId")))
        if any(line["line_item_id"] == other["line_item_id"] for other, _ in found):
            raise refuse(32210)
        quantity = entry.get("quantity", line["quantity"])
        if not 1 <= quantity <= line["quantity"]:
            raise Refusal(Problem(32600, values={"detail": "quantity"}))
        found.append((line, quantity))
    return found


def _shipped_at(call: Call, text: str | None) -> str:
    if text is None:
        return stamp(call.now)
    try:
        shipped = moment(text)
    except ValueError:
        raise refuse(32500) from None
    if shipped.tzinfo is None or shipped > call.now + timedelta(minutes=5):
        raise refuse(32500)
    return stamp(shipped)


def _count_shipped(call: Call, order: Row, lines: list[tuple[Row, int]]) -> None:
    for line, quantity in lines:
        call.db.execute(
            "UPDATE ebay_order_line SET shipped = MIN(quantity, shipped + ?) WHERE line_item_id = ?",
            (quantity, line["line_item_id"]),
        )
        data = {
            "orderId": order["order_id"],
            "orderLineItemId": line["line_item_id"],
            "listingId": line["listing_id"],
            "sellerId": call.seller_id,
            "shippedDate": stamp(call.now),
        }
        events.publish(call.db, "ITEM_MARKED_SHIPPED", data, call.now, seller_id=call.seller_id)
    open_lines = find(
        call.db,
        "SELECT COUNT(*) AS n FROM ebay_order_line WHERE order_id = ? AND shipped < quantity",
        order["order_id"],
    )
    state = "FULFILLED" if open_lines is not None and open_lines["n"] == 0 else "IN_PROGRESS"
    call.db.execute(
        "UPDATE ebay_order SET fulfillment = ?, changed_at = ? WHERE order_id = ?",
        (state, stamp(call.now), order["order_id"]),
    )


@OPERATIONS.add("POST", f"{_BASE}/{{order_id}}/issue_refund")
def issue_refund(call: Call) -> Answer:
    """Asynchronous: answers PENDING. Sellers in the EU and in Britain have to sign the call."""
    if in_eu(call.db, call.seller_id):
        if "x-ebay-signature-key" not in call.request.headers:
            raise refuse(215120)
        if "signature" not in call.request.headers:
            raise refuse(215122)
    order = find(
        call.db,
        "SELECT * FROM ebay_order WHERE seller_id = ? AND order_id = ?",
        *(call.seller_id, call.path["order_id"]),
    )
    if order is None:
        raise Refusal(Problem(34913), status=404)
    body = call.body or {}
    if not body.get("reasonForRefund"):
        raise refuse(34903)
    amounts = [body["orderLevelRefundAmount"]] if body.get("orderLevelRefundAmount") else []
    amounts += [item.get("refundAmount") or {} for item in body.get("refundItems") or []]
    if not amounts:
        raise refuse(34905)
    if order["payment"] == "PENDING":
        raise Refusal(Problem(34929), status=409)
    return _refunded(call, order, body, amounts)


def _refunded(call: Call, order: Row, body: dict[str, Any], amounts: list[dict[str, Any]]) -> Answer:
    try:
        value = sum((Decimal(str(amount.get("value", ""))) for amount in amounts), Decimal(0))
    except InvalidOperation:
        raise refuse(34905) from None
    total = Decimal(order_body(call, order, with_cancel_requests=False)["pricingSummary"]["total"]["value"])
    before = sum(
        (Decimal(row["value"]) for row in _refunds(call, order["order_id"])),
        Decimal(0),
    )
    if value <= 0 or before + value > total:
        raise refuse(34915)
    refund_id = str(next_number(call.db, "ebay_refund", 5_020_000_001))
    call.db.execute(
        "INSERT INTO ebay_refund VALUES (?, ?, ?, ?, ?)",
        (refund_id, order["order_id"], stamp(call.now), f"{value:.2f}", dump(body)),
    )
    state = "FULLY_REFUNDED" if before + value == total else "PARTIALLY_REFUNDED"
    call.db.execute(
        "UPDATE ebay_order SET payment = ?, changed_at = ? WHERE order_id = ?",
        (state, stamp(call.now), order["order_id"]),
    )
    return Answer(200, {"refundId": refund_id, "refundStatus": "PENDING"})


def _refunds(call: Call, order_id: str) -> list[Row]:
    return rows(call.db, "SELECT * FROM ebay_refund WHERE order_id = ?", order_id)
