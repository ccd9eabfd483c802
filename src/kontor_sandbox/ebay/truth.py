"""Everything eBay knows, for tests that compare what was sent with what is there."""

from __future__ import annotations

import sqlite3
from typing import Any

from kontor_sandbox.ebay.sellers import all_sellers
from kontor_sandbox.store import Row, load, rows


def everything(db: sqlite3.Connection) -> dict[str, Any]:
    """Sellers with policies, locations, items, groups, offers, listings (ended ones too) and orders."""
    return {"sellers": {entry["username"]: _seller(db, entry["seller_id"]) for entry in all_sellers(db)}}


def _seller(db: sqlite3.Connection, seller_id: str) -> dict[str, Any]:
    def own(table: str, order: str) -> list[Row]:
        return rows(db, f"SELECT * FROM {table} WHERE seller_id = ? ORDER BY {order}", seller_id)  # noqa: S608

    return {
        "seller_id": seller_id,
        "programs": [row["program"] for row in own("ebay_program", "program")],
        "policies": [
            {"policy_id": row["policy_id"], "kind": row["kind"], "marketplace_id": row["marketplace_id"]}
            | {"body": load(row["body"])}
            for row in own("ebay_policy", "policy_id")
        ],
        "locations": [
            {"key": row["key"], "status": row["status"], "body": load(row["body"])}
            for row in own("ebay_location", "key")
        ],
        "items": [
            {
                "sku": row["sku"],
                "locale": row["locale"],
                "body": load(row["body"]),
                "changed_at": row["changed_at"],
            }
            for row in own("ebay_item", "sku")
        ],
        "groups": [
            {"key": row["key"], "locale": row["locale"], "body": load(row["body"])}
            for row in own("ebay_group", "key")
        ],
        "offers": [_offer(row) for row in own("ebay_offer", "offer_id")],
        "listings": [_listing(row) for row in own("ebay_listing", "listing_id")],
        "orders": [_order(db, row) for row in own("ebay_order", "rowid")],
        "pictures": len(own("ebay_image", "created_at")),
    }


def _offer(row: Row) -> dict[str, Any]:
    return {
        "offer_id": row["offer_id"],
        "sku": row["sku"],
        "marketplace_id": row["marketplace_id"],
        "format": row["format"],
        "status": row["status"],
        "listing_id": row["listing_id"],
        "body": load(row["body"]),
    }


def _listing(row: Row) -> dict[str, Any]:
    snapshot = load(row["snapshot"])
    variations = snapshot.get("variations") or []
    return {
        "listing_id": row["listing_id"],
        "marketplace_id": row["marketplace_id"],
        "group_key": row["group_key"],
        "status": row["status"],
        "started_at": row["started_at"],
        "ended_at": row["ended_at"],
        "sold": row["sold"],
        "skus": [variation["sku"] for variation in variations],
        "picture_count": len(snapshot.get("pictures") or []),
        **snapshot,
    }


def _order(db: sqlite3.Connection, row: Row) -> dict[str, Any]:
    lines = rows(db, "SELECT * FROM ebay_order_line WHERE order_id = ? ORDER BY position", row["order_id"])
    fulfilments = rows(db, "SELECT * FROM ebay_fulfilment WHERE order_id = ? ORDER BY rowid", row["order_id"])
    return {
        "order_id": row["order_id"],
        "marketplace_id": row["marketplace_id"],
        "created_at": row["created_at"],
        "changed_at": row["changed_at"],
        "payment": row["payment"],
        "fulfillment": row["fulfillment"],
        "cancel": row["cancel"],
        "buyer": load(row["body"])["buyer"]["username"],
        "currency": load(row["body"])["currency"],
        "shipping_cost": load(row["body"])["shipping_cost"],
        "lines": [
            {
                "line_item_id": line["line_item_id"],
                "listing_id": line["listing_id"],
                "sku": line["sku"],
                "quantity": line["quantity"],
                "shipped": line["shipped"],
                **load(line["body"]),
            }
            for line in lines
        ],
        "fulfilments": [load(entry["body"]) for entry in fulfilments],
    }
