"""Live listings: what buyers see, always made from the items, offers and groups as they are now."""

from __future__ import annotations

import hashlib
import sqlite3
from datetime import datetime
from typing import Any

from kontor_sandbox.ebay import events, media
from kontor_sandbox.ebay.catalogue import catalogue_title
from kontor_sandbox.ebay.errors import refuse
from kontor_sandbox.ebay.keeping import MOST_PICTURES_OF_A_VARIATION
from kontor_sandbox.ebay.limits import day_start
from kontor_sandbox.ebay.operations import Call
from kontor_sandbox.ebay.sellers import seller
from kontor_sandbox.store import Row, dump, find, load, next_number, rows
from kontor_sandbox.world import stamp

OPEN = ("ACTIVE", "OUT_OF_STOCK")


def listing_of(db: sqlite3.Connection, listing_id: str) -> Row | None:
    """A listing by its id."""
    return find(db, "SELECT * FROM ebay_listing WHERE listing_id = ?", listing_id)


def start(call: Call, offers: list[Row], group_key: str | None) -> str:
    """A new listing with a new id for offers that passed every check."""
    listing_id = str(next_number(call.db, "ebay_listing", 110_588_000_001))
    first = offers[0]
    call.db.execute(
        "INSERT INTO ebay_listing (listing_id, seller_id, marketplace_id, group_key, status, started_at, snapshot)"
        " VALUES (?, ?, ?, ?, 'ACTIVE', ?, '{}')",
        (listing_id, call.seller_id, first["marketplace_id"], group_key, stamp(call.now)),
    )
    for offer in offers:
        join(call, listing_id, offer, is_variation=group_key is not None)
    refresh(call.db, listing_id, call.now)
    return listing_id


def join(call: Call, listing_id: str, offer: Row, *, is_variation: bool) -> None:
    """Let an offer be part of a listing."""
    variation_id = str(next_number(call.db, "ebay_variation", 411_200_300_001)) if is_variation else None
    call.db.execute(
        "INSERT OR IGNORE INTO ebay_listing_sku VALUES (?, ?, ?, 0, ?)",
        (listing_id, offer["sku"], offer["offer_id"], variation_id),
    )
    call.db.execute(
        "UPDATE ebay_offer SET status = 'PUBLISHED', listing_id = ? WHERE offer_id = ?",
        (listing_id, offer["offer_id"]),
    )


def revise(call: Call, listing_id: str) -> None:
    """Show a change in an open listing; at most 250 a day, else 25019."""
    listing = listing_of(call.db, listing_id)
    if listing is None or listing["status"] not in OPEN:
        return
    row = find(
        call.db,
        "INSERT INTO ebay_revision VALUES (?, ?, 1)"
        " ON CONFLICT (listing_id, day) DO UPDATE SET count = count + 1 RETURNING count",
        *(listing_id, stamp(day_start(call.now))),
    )
    assert row is not None
    if row["count"] > call.world.setting("revisions_per_listing_and_day"):
        raise refuse(25019, "daily")
    refresh(call.db, listing_id, call.now)


def revise_listings_of(call: Call, sku: str) -> None:
    """Show a change of an item wherever it is listed."""
    for offer in rows(
        call.db,
        "SELECT listing_id FROM ebay_offer WHERE seller_id = ? AND sku = ? AND status = 'PUBLISHED'",
        *(call.seller_id, sku),
    ):
        revise(call, offer["listing_id"])


def refresh(db: sqlite3.Connection, listing_id: str, now: datetime) -> None:
    """Make what buyers see anew."""
    listing = listing_of(db, listing_id)
    assert listing is not None
    members = rows(
        db,
        "SELECT l.variation_id, l.sold, o.*, i.body AS item, i.locale FROM ebay_listing_sku l"
        " JOIN ebay_offer o USING (offer_id)"
        " JOIN ebay_item i ON i.seller_id = o.seller_id AND i.sku = o.sku"
        " WHERE l.listing_id = ? AND o.status = 'PUBLISHED' AND o.listing_id = l.listing_id ORDER BY l.rowid",
        listing_id,
    )
    if not members:
        end(db, listing_id, now)
        return
    snapshot = _snapshot(db, listing, members)
    variations = snapshot["variations"]
    pieces = sum(row["quantity"] for row in variations)
    value = sum(float(row["price"] or 0) * row["quantity"] for row in variations)
    status = "ACTIVE" if pieces else "OUT_OF_STOCK"
    db.execute(
        "UPDATE ebay_listing SET snapshot = ?, status = ?, value = ?, pieces = ? WHERE listing_id = ?",
        (dump(snapshot), status, value, pieces, listing_id),
    )
    if status != listing["status"]:
        _tell_availability(db, listing, snapshot, "AVAILABLE" if pieces else "TEMPORARILY_UNAVAILABLE", now)
    media.attach(
        db, [url for row in snapshot["variations"] for url in row["pictures"]] + snapshot["pictures"]
    )


def _snapshot(db: sqlite3.Connection, listing: Row, members: list[Row]) -> dict[str, Any]:
    first_offer, first_item = load(members[0]["body"]), load(members[0]["item"])
    product = first_item.get("product") or {}
    group: dict[str, Any] = {}
    if listing["group_key"] is not None:
        row = find(
            db,
            "SELECT body FROM ebay_group WHERE seller_id = ? AND key = ?",
            *(listing["seller_id"], listing["group_key"]),
        )
        group = load(row["body"]) if row is not None else {}
    shown = group or product
    description = first_offer.get("listingDescription") or shown.get("description") or ""
    title = shown.get("title") or ""
    if not group and first_offer.get("includeCatalogProductDetails", True):
        title = catalogue_title(product) or title
    return {
        "title": title,
        "subtitle": shown.get("subtitle"),
        "description": description,
        "description_sha256": hashlib.sha256(description.encode()).hexdigest(),
        "category_id": first_offer.get("categoryId"),
        "secondary_category_id": first_offer.get("secondaryCategoryId"),
        "aspects": shown.get("aspects") or {},
        "pictures": shown.get("imageUrls") or [],
        "locale": members[0]["locale"],
        "condition": first_item.get("condition"),
        "condition_description": first_item.get("conditionDescription"),
        "policies": first_offer.get("listingPolicies") or {},
        "location": first_offer.get("merchantLocationKey"),
        "regulatory": first_offer.get("regulatory"),
        "varies_by": group.get("variesBy"),
        "variations": [_variation(member) for member in members],
    }


def _variation(member: Row) -> dict[str, Any]:
    offer, item = load(member["body"]), load(member["item"])
    product = item.get("product") or {}
    price = (offer.get("pricingSummary") or {}).get("price") or {}
    pictures = product.get("imageUrls") or []
    if member["variation_id"] is not None:
        pictures = pictures[:MOST_PICTURES_OF_A_VARIATION]
    return {
        "sku": member["sku"],
        "offer_id": member["offer_id"],
        "variation_id": member["variation_id"],
        "price": price.get("value"),
        "currency": price.get("currency"),
        "quantity": listed_quantity(offer, item),
        "sold": member["sold"],
        "aspects": product.get("aspects") or {},
        "pictures": pictures,
        "ean": product.get("ean") or [],
        "mpn": product.get("mpn"),
        "brand": product.get("brand"),
        "condition": item.get("condition"),
        "weight": item.get("packageWeightAndSize"),
    }


def listed_quantity(offer: dict[str, Any], item: dict[str, Any]) -> int:
    """What buyers can take: the smaller of the item's and the offer's number."""
    shown = (item.get("availability") or {}).get("shipToLocationAvailability") or {}
    available = int(shown.get("quantity") or 0)
    limit = offer.get("availableQuantity")
    return available if limit is None else min(available, int(limit))


def end(db: sqlite3.Connection, listing_id: str, now: datetime) -> None:
    """End a listing; it keeps what it last showed."""
    listing = listing_of(db, listing_id)
    if listing is None or listing["status"] == "ENDED":
        return
    db.execute(
        "UPDATE ebay_listing SET status = 'ENDED', ended_at = ? WHERE listing_id = ?",
        (stamp(now), listing_id),
    )
    db.execute(
        "UPDATE ebay_offer SET status = 'UNPUBLISHED' WHERE listing_id = ? AND status = 'PUBLISHED'",
        (listing_id,),
    )
    _tell_availability(db, listing, load(listing["snapshot"]), "UNAVAILABLE", now)


def _tell_availability(
    db: sqlite3.Connection, listing: Row, snapshot: dict[str, Any], availability: str, now: datetime
) -> None:
    data = {
        "itemId": listing["listing_id"],
        "listingMarketplaceId": listing["marketplace_id"],
        "buyingOptions": ["FIXED_PRICE"],
        "seller": {"username": seller(db, listing["seller_id"])["username"]},
        "categoryId": snapshot.get("category_id"),
        "availability": availability,
    }
    events.publish(db, "ITEM_AVAILABILITY", data, now, seller_id=listing["seller_id"])


def take_out(call: Call, offer: Row) -> None:
    """Take one offer out of its listing; the last one out ends it."""
    if offer["status"] != "PUBLISHED":
        return
    call.db.execute("UPDATE ebay_offer SET status = 'UNPUBLISHED' WHERE offer_id = ?", (offer["offer_id"],))
    refresh(call.db, offer["listing_id"], call.now)
