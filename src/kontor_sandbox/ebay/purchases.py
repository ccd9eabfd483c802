"""What buyers do: buy, pay, ask to cancel; and cancelling. Stock is taken in the transaction that makes the order."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from kontor_sandbox.ebay import events, listings
from kontor_sandbox.ebay.buyers import buyer
from kontor_sandbox.ebay.marketplaces import MARKETPLACES
from kontor_sandbox.store import Row, dump, find, load, next_number, rows
from kontor_sandbox.world import stamp


class NotForSale(LookupError):
    """No open listing sells this."""


class SoldOut(Exception):
    """Fewer pieces are left than were wanted; nothing was bought."""


class WrongMoment(Exception):
    """The order is not in a state in which this can happen."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One line of a purchase."""

    listing_id: str | None
    sku: str | None
    quantity: int


@dataclass(frozen=True, slots=True)
class _Line:
    listing: Row
    variation: dict[str, Any]
    quantity: int


def buy(
    db: sqlite3.Connection,
    now: datetime,
    wanted: list[Wanted],
    *,
    buyer_name: str | None = None,
    paid: bool = True,
    marketplace_id: str | None = None,
) -> str:
    """One order with these lines; answers its id. Raises NotForSale or SoldOut, and then nothing has changed."""
    lines = [_line(db, want, marketplace_id) for want in wanted]
    if not lines:
        raise NotForSale("A purchase needs at least one line.")
    if len({(line.listing["seller_id"], line.listing["marketplace_id"]) for line in lines}) > 1:
        raise NotForSale("One order buys from one seller on one marketplace.")
    for line in lines:
        _take_stock(db, line)
    order_id = _write_order(db, now, lines, buyer_name, paid=paid)
    for listing_id in {line.listing["listing_id"] for line in lines}:
        listings.refresh(db, listing_id, now)
    if paid:
        _tell_confirmed(db, order_id, now)
    return order_id


def _line(db: sqlite3.Connection, want: Wanted, marketplace_id: str | None) -> _Line:
    found = rows(
        db,
        "SELECT l.* FROM ebay_listing l JOIN ebay_listing_sku s USING (listing_id) WHERE l.status = 'ACTIVE'"
        " AND (? IS NULL OR l.listing_id = ?) AND (? IS NULL OR s.sku = ?) AND (? IS NULL OR l.marketplace_id = ?)"
        " ORDER BY l.rowid DESC",
        *(want.listing_id, want.listing_id, want.sku, want.sku, marketplace_id, marketplace_id),
    )
    if want.quantity < 1 or (want.listing_id is None and want.sku is None):
        raise NotForSale("A line needs a listing or a SKU, and a quantity of 1 or more.")
    for listing in found:
        variations = load(listing["snapshot"])["variations"]
        fitting = [row for row in variations if want.sku in (None, row["sku"])]
        if len(fitting) == 1 or (fitting and want.sku is None and len(variations) == 1):
            return _Line(listing, fitting[0], want.quantity)
        if fitting:
            raise NotForSale(f"Listing {listing['listing_id']} has variations: name the SKU.")
    status = find(db, "SELECT status FROM ebay_listing WHERE listing_id = ?", want.listing_id or "")
    if status is not None and status["status"] == "OUT_OF_STOCK":
        raise SoldOut(f"Listing {want.listing_id} is sold out.")
    if want.sku and find(
        db,
        "SELECT 1 FROM ebay_listing l JOIN ebay_listing_sku s USING (listing_id)"
        " WHERE s.sku = ? AND l.status = 'OUT_OF_STOCK'",
        want.sku,
    ):
        raise SoldOut(f"{want.sku} is sold out.")
    raise NotForSale(f"Nothing for sale: listing {want.listing_id}, SKU {want.sku}.")


def _take_stock(db: sqlite3.Connection, line: _Line) -> None:
    offer = find(db, "SELECT * FROM ebay_offer WHERE offer_id = ?", line.variation["offer_id"])
    assert offer is not None
    item = find(
        db,
        "SELECT * FROM ebay_item WHERE seller_id = ? AND sku = ?",
        offer["seller_id"],
        line.variation["sku"],
    )
    assert item is not None
    offer_body, item_body = load(offer["body"]), load(item["body"])
    if listings.listed_quantity(offer_body, item_body) < line.quantity:
        raise SoldOut(f"Fewer than {line.quantity} of {line.variation['sku']} are left.")
    item_body["availability"]["shipToLocationAvailability"]["quantity"] -= line.quantity
    if offer_body.get("availableQuantity") is not None:
        offer_body["availableQuantity"] -= line.quantity
    db.execute(
        "UPDATE ebay_item SET body = ? WHERE seller_id = ? AND sku = ?",
        (dump(item_body), item["seller_id"], item["sku"]),
    )
    db.execute("UPDATE ebay_offer SET body = ? WHERE offer_id = ?", (dump(offer_body), offer["offer_id"]))
    sold = (line.quantity, line.listing["listing_id"])
    db.execute("UPDATE ebay_listing SET sold = sold + ? WHERE listing_id = ?", sold)
    db.execute(
        "UPDATE ebay_listing_sku SET sold = sold + ? WHERE listing_id = ? AND sku = ?", (*sold, item["sku"])
    )


def _write_order(
    db: sqlite3.Connection, now: datetime, lines: list[_Line], buyer_name: str | None, *, paid: bool
) -> str:
    number = next_number(db, "ebay_order", 13_000_001)
    order_id = f"{number % 97 + 1:02d}-{number % 99_991:05d}-{number * 7919 % 99_989:05d}"
    listing = lines[0].listing
    site = MARKETPLACES[listing["marketplace_id"]]
    body: dict[str, Any] = {
        "buyer": buyer(buyer_name, number, site.country),
        "currency": site.currency,
        "paid_at": stamp(now) if paid else None,
        "cancel_requests": [],
        "shipping_cost": _shipping_cost(db, listing),
    }
    db.execute(
        "INSERT INTO ebay_order VALUES (?, ?, ?, ?, ?, ?, 'NOT_STARTED', 'NONE_REQUESTED', ?)",
        (
            order_id,
            listing["seller_id"],
            site.id,
            stamp(now),
            stamp(now),
            "PAID" if paid else "PENDING",
            dump(body),
        ),
    )
    for position, line in enumerate(lines):
        _write_line(db, order_id, position, line)
    return order_id


def _write_line(db: sqlite3.Connection, order_id: str, position: int, line: _Line) -> None:
    snapshot = load(line.listing["snapshot"])
    axes = [axis["name"] for axis in (snapshot.get("varies_by") or {}).get("specifications") or []]
    body = {
        "title": snapshot["title"],
        "unit_price": line.variation["price"],
        "variation_id": line.variation["variation_id"],
        "variation_aspects": [
            {"name": name, "value": line.variation["aspects"][name][0]}
            for name in axes
            if line.variation["aspects"].get(name)
        ],
    }
    db.execute(
        "INSERT INTO ebay_order_line VALUES (?, ?, ?, ?, ?, ?, 0, ?)",
        (
            str(next_number(db, "ebay_line", 10_059_000_001)),
            order_id,
            position,
            line.listing["listing_id"],
            line.variation["sku"],
            line.quantity,
            dump(body),
        ),
    )


def _shipping_cost(db: sqlite3.Connection, listing: Row) -> str:
    policy_id = load(listing["snapshot"])["policies"].get("fulfillmentPolicyId")
    policy = find(db, "SELECT body FROM ebay_policy WHERE policy_id = ?", policy_id)
    for option in (load(policy["body"]) if policy else {}).get("shippingOptions") or []:
        for service in option.get("shippingServices") or []:
            if option.get("optionType") == "DOMESTIC" and not service.get("freeShipping"):
                return f"{Decimal((service.get('shippingCost') or {}).get('value') or 0):.2f}"
    return "0.00"


def _order(db: sqlite3.Connection, order_id: str) -> Row:
    row = find(db, "SELECT * FROM ebay_order WHERE order_id = ?", order_id)
    if row is None:
        raise NotForSale(f"There is no order {order_id}.")
    return row


def _tell_confirmed(db: sqlite3.Connection, order_id: str, now: datetime) -> None:
    order = _order(db, order_id)
    for line in rows(db, "SELECT * FROM ebay_order_line WHERE order_id = ? ORDER BY position", order_id):
        data = {
            "orderId": order_id,
            "orderLineItemId": line["line_item_id"],
            "listingId": line["listing_id"],
            "sku": line["sku"],
            "quantity": line["quantity"],
            "sellerId": order["seller_id"],
            "marketplaceId": order["marketplace_id"],
            "purchaseDate": order["created_at"],
        }
        events.publish(db, "ORDER_CONFIRMATION", data, now, seller_id=order["seller_id"])


def pay(db: sqlite3.Connection, now: datetime, order_id: str) -> None:
    """The buyer pays what was not yet paid."""
    order = _order(db, order_id)
    if order["payment"] != "PENDING" or order["cancel"] == "CANCELED":
        raise WrongMoment(f"Order {order_id} is not waiting for a payment.")
    body = load(order["body"]) | {"paid_at": stamp(now)}
    db.execute(
        "UPDATE ebay_order SET payment = 'PAID', body = ?, changed_at = ? WHERE order_id = ?",
        (dump(body), stamp(now), order_id),
    )
    _tell_confirmed(db, order_id, now)


def request_cancel(db: sqlite3.Connection, now: datetime, order_id: str) -> None:
    """The buyer asks to cancel; only getOrder shows the request."""
    order = _order(db, order_id)
    if order["cancel"] != "NONE_REQUESTED" or order["fulfillment"] == "FULFILLED":
        raise WrongMoment(f"Order {order_id} cannot be asked to be cancelled any more.")
    body = load(order["body"])
    body["cancel_requests"].append(_cancel_request(db, now, "BUYER", "REQUESTED"))
    db.execute(
        "UPDATE ebay_order SET cancel = 'IN_PROGRESS', body = ?, changed_at = ? WHERE order_id = ?",
        (dump(body), stamp(now), order_id),
    )


def cancel(db: sqlite3.Connection, now: datetime, order_id: str, initiator: str = "SELLER") -> None:
    """The order is cancelled, and what was paid goes back. Stock does not come back by itself."""
    order = _order(db, order_id)
    if order["cancel"] == "CANCELED" or order["fulfillment"] == "FULFILLED":
        raise WrongMoment(f"Order {order_id} cannot be cancelled any more.")
    body = load(order["body"])
    if not body["cancel_requests"]:
        body["cancel_requests"].append(_cancel_request(db, now, initiator, "REQUESTED"))
    body["cancel_requests"][-1] |= {"cancelRequestState": "COMPLETED", "cancelCompletedDate": stamp(now)}
    body["cancelled_at"] = stamp(now)
    payment = "FULLY_REFUNDED" if order["payment"] == "PAID" else "FAILED"
    db.execute(
        "UPDATE ebay_order SET cancel = 'CANCELED', payment = ?, body = ?, changed_at = ? WHERE order_id = ?",
        (payment, dump(body), stamp(now), order_id),
    )


def _cancel_request(db: sqlite3.Connection, now: datetime, initiator: str, state: str) -> dict[str, Any]:
    reason = "BUYER_ASKED_CANCEL" if initiator == "BUYER" else "OUT_OF_STOCK_OR_CANNOT_FULFILL"
    return {
        "cancelRequestId": str(next_number(db, "ebay_cancel", 5_100_000_001)),
        "cancelInitiator": initiator,
        "cancelReason": reason,
        "cancelRequestedDate": stamp(now),
        "cancelRequestState": state,
    }
