"""Inventory items: full replace, one language per record, page numbers in the list."""

from __future__ import annotations

import re
from typing import Any

from kontor_sandbox.ebay import listings
from kontor_sandbox.ebay.errors import Problem, Refusal, refuse
from kontor_sandbox.ebay.keeping import kept_item
from kontor_sandbox.ebay.operations import Call, Operations, whole_number
from kontor_sandbox.exchange import Answer
from kontor_sandbox.store import Row, dump, find, load, rows
from kontor_sandbox.world import stamp

OPERATIONS = Operations("sell_inventory_v1", "sell.inventory", strict_language=True)
BASE = "/sell/inventory/v1/inventory_item"

CONDITIONS = {
    "NEW": "1000",
    "NEW_OTHER": "1500",
    "NEW_WITH_DEFECTS": "1750",
    "CERTIFIED_REFURBISHED": "2000",
    "MANUFACTURER_REFURBISHED": "2000",
    "EXCELLENT_REFURBISHED": "2010",
    "VERY_GOOD_REFURBISHED": "2020",
    "GOOD_REFURBISHED": "2030",
    "SELLER_REFURBISHED": "2500",
    "LIKE_NEW": "2750",
    "PRE_OWNED_EXCELLENT": "2990",
    "USED_EXCELLENT": "3000",
    "PRE_OWNED_FAIR": "3010",
    "USED_VERY_GOOD": "4000",
    "USED_GOOD": "5000",
    "USED_ACCEPTABLE": "6000",
    "FOR_PARTS_OR_NOT_WORKING": "7000",
}


def sku_key(call: Call) -> list[str]:
    """What a write to one item holds against others."""
    return [f"sku:{call.path['sku']}"]


def check_sku(sku: Any) -> str:
    """A SKU as eBay takes it; raises 25707."""
    if not isinstance(sku, str) or not re.fullmatch(r"[A-Za-z0-9]{1,50}", sku):
        raise refuse(25707)
    return sku


def find_item(call: Call, sku: str) -> Row | None:
    """The seller's item of this SKU."""
    return find(call.db, "SELECT * FROM ebay_item WHERE seller_id = ? AND sku = ?", call.seller_id, sku)


def own_item(call: Call, sku: str) -> Row:
    """The seller's item; raises 404 with 25702."""
    row = find_item(call, sku)
    if row is None:
        raise Refusal(Problem(25702, parameters={"sku": sku}), status=404)
    return row


def quantity_of(item: dict[str, Any]) -> int:
    """Pieces that can be sent to a buyer's address."""
    shown = (item.get("availability") or {}).get("shipToLocationAvailability") or {}
    return int(shown.get("quantity") or 0)


def body_of(call: Call, row: Row) -> dict[str, Any]:
    """An item as the API shows it."""
    body: dict[str, Any] = load(row["body"])
    body |= {"sku": row["sku"], "locale": row["locale"]}
    if body.get("availability", {}).get("shipToLocationAvailability") is not None:
        allocation = {"auction": 0, "fixedPrice": quantity_of(body)}
        body["availability"]["shipToLocationAvailability"]["allocationByFormat"] = allocation
    keys = [
        member["key"]
        for member in rows(
            call.db,
            "SELECT key FROM ebay_group_member WHERE seller_id = ? AND sku = ?",
            call.seller_id,
            row["sku"],
        )
    ]
    if keys:
        body |= {"groupIds": keys, "inventoryItemGroupKeys": keys}
    return body


def replace_item(call: Call, sku: str, locale: str, sent: dict[str, Any]) -> tuple[int, list[Problem]]:
    """Put one item as sent in the place of what was there; answers the status and the warnings."""
    check_sku(sku)
    _check(sent)
    body, warnings = kept_item(sent)
    before = find_item(call, sku)
    now = stamp(call.now)
    call.db.execute(
        "INSERT INTO ebay_item VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (seller_id, sku) DO UPDATE"
        " SET locale = excluded.locale, body = excluded.body, changed_at = excluded.changed_at",
        (call.seller_id, sku, locale, dump(body), now, now),
    )
    listings.revise_listings_of(call, sku)
    if before is None:
        return 201, warnings
    return (200 if warnings else 204), warnings


def _check(item: dict[str, Any]) -> None:
    condition = item.get("condition")
    if condition is not None and condition not in CONDITIONS:
        raise refuse(25709, field="condition")
    product = item.get("product") or {}
    aspects = product.get("aspects") or {}
    well_formed = isinstance(aspects, dict) and all(
        isinstance(values, list) and all(isinstance(value, str) for value in values)
        for values in aspects.values()
    )
    if not well_formed:
        raise refuse(25709, field="product.aspects")
    if quantity_of(item) < 0:
        raise refuse(25004, "negative", value=str(quantity_of(item)))
    for url in product.get("imageUrls") or []:
        if not isinstance(url, str) or not re.match(r"https?://[^\s/]+/", url):
            raise refuse(25015, value=str(url)[:200])


@OPERATIONS.add("PUT", f"{BASE}/{{sku}}", localized=True, keys=sku_key)
def put_item(call: Call) -> Answer:
    """201 created, 200 replaced with warnings, 204 replaced."""
    status, warnings = replace_item(call, call.path["sku"], call.locale, call.body or {})
    call.warnings.extend(warnings)
    return Answer(status) if status == 204 else Answer(status, call.warned({}))


@OPERATIONS.add("GET", f"{BASE}/{{sku}}")
def get_item(call: Call) -> Answer:
    """One item."""
    return Answer(200, body_of(call, own_item(call, check_sku(call.path["sku"]))))


@OPERATIONS.add("DELETE", f"{BASE}/{{sku}}", keys=sku_key)
def delete_item(call: Call) -> Answer:
    """The item, its offers, its place in a group, and its listings end together."""
    sku = own_item(call, call.path["sku"])["sku"]
    own = (call.seller_id, sku)
    for offer in rows(call.db, "SELECT * FROM ebay_offer WHERE seller_id = ? AND sku = ?", *own):
        listings.take_out(call, offer)
    call.db.execute("DELETE FROM ebay_offer WHERE seller_id = ? AND sku = ?", own)
    call.db.execute("DELETE FROM ebay_group_member WHERE seller_id = ? AND sku = ?", own)
    call.db.execute("DELETE FROM ebay_item WHERE seller_id = ? AND sku = ?", own)
    return Answer(204)


@OPERATIONS.add("GET", BASE)
def get_items(call: Call) -> Answer:
    """A page; the offset is the number of the page, from 0."""
    limit = whole_number(call, "limit", 25, 1, 200, 25706)
    page = whole_number(call, "offset", 0, 0, 10**6, 25706)
    total_row = find(call.db, "SELECT COUNT(*) AS total FROM ebay_item WHERE seller_id = ?", call.seller_id)
    total = int(total_row["total"]) if total_row else 0
    found = rows(
        call.db,
        "SELECT * FROM ebay_item WHERE seller_id = ? ORDER BY created_at, sku LIMIT ? OFFSET ?",
        *(call.seller_id, limit, page * limit),
    )
    body = paged(call, BASE, limit, page, total, "")
    return Answer(200, body | {"size": len(found), "inventoryItems": [body_of(call, row) for row in found]})


def paged(call: Call, path: str, limit: int, page: int, total: int, query: str) -> dict[str, Any]:
    """``href``, ``next``, ``prev``, ``limit`` and ``total`` of a list whose offset is a page number."""

    def link(number: int) -> str:
        return call.url(f"{path}?{query}limit={limit}&offset={number}")

    body: dict[str, Any] = {"href": link(page), "limit": limit, "total": total}
    if (page + 1) * limit < total:
        body["next"] = link(page + 1)
    if page > 0:
        body["prev"] = link(page - 1)
    return body


@OPERATIONS.add("PUT", f"{BASE}/{{sku}}/product_compatibility", localized=True, keys=sku_key)
def put_compatibility(call: Call) -> Answer:
    """Which vehicles a part fits."""
    sku = own_item(call, call.path["sku"])["sku"]
    had = find(
        call.db, "SELECT 1 FROM ebay_compatibility WHERE seller_id = ? AND sku = ?", call.seller_id, sku
    )
    call.db.execute(
        "INSERT OR REPLACE INTO ebay_compatibility VALUES (?, ?, ?)",
        (call.seller_id, sku, dump(call.body or {})),
    )
    return Answer(204) if had else Answer(201, {})


@OPERATIONS.add("GET", f"{BASE}/{{sku}}/product_compatibility")
def get_compatibility(call: Call) -> Answer:
    """Which vehicles a part fits."""
    row = find(
        call.db,
        "SELECT * FROM ebay_compatibility WHERE seller_id = ? AND sku = ?",
        *(call.seller_id, call.path["sku"]),
    )
    if row is None:
        raise Refusal(Problem(25710), status=404)
    return Answer(200, load(row["body"]) | {"sku": row["sku"]})


@OPERATIONS.add("DELETE", f"{BASE}/{{sku}}/product_compatibility", keys=sku_key)
def delete_compatibility(call: Call) -> Answer:
    """Forget which vehicles a part fits."""
    get_compatibility(call)
    call.db.execute(
        "DELETE FROM ebay_compatibility WHERE seller_id = ? AND sku = ?", (call.seller_id, call.path["sku"])
    )
    return Answer(204)
