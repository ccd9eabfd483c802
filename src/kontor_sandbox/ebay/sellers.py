"""The two played sellers. Both start without policies, locations and goods, so that setting up is exercised."""

from __future__ import annotations

import sqlite3
from typing import Any

from kontor_sandbox.ebay.marketplaces import EU_COUNTRIES
from kontor_sandbox.store import dump, find, load, rows

SELLERS: dict[str, dict[str, Any]] = {
    "werkhof-berlin": {
        "userId": "hRt7wQ2mSaN",
        "title": "Werkhof Berlin",
        "registrationMarketplaceId": "EBAY_DE",
        "address": {
            "addressLine1": "Oranienstraße 183",
            "city": "Berlin",
            "postalCode": "10999",
            "country": "DE",
        },
        "email": "post@werkhof-berlin.example",
        "contact": {"firstName": "Jana", "lastName": "Brandt"},
        "feedback": 2481,
    },
    "atelier-lyon": {
        "userId": "kZp4bV9xTdL",
        "title": "Atelier Lyon",
        "registrationMarketplaceId": "EBAY_FR",
        "address": {
            "addressLine1": "12 rue des Tables Claudiennes",
            "city": "Lyon",
            "postalCode": "69001",
            "country": "FR",
        },
        "email": "bonjour@atelier-lyon.example",
        "contact": {"firstName": "Camille", "lastName": "Faure"},
        "feedback": 917,
    },
}


def seed_sellers(db: sqlite3.Connection) -> None:
    """Put both sellers there."""
    for username, body in SELLERS.items():
        db.execute(
            "INSERT OR IGNORE INTO ebay_seller VALUES (?, ?, ?)", (body["userId"], username, dump(body))
        )


def all_sellers(db: sqlite3.Connection) -> list[dict[str, Any]]:
    """Every seller, with ``seller_id`` and ``username``."""
    return [
        {"seller_id": row["seller_id"], "username": row["username"]} | load(row["body"])
        for row in rows(db, "SELECT * FROM ebay_seller ORDER BY rowid")
    ]


def seller(db: sqlite3.Connection, seller_id: str) -> dict[str, Any]:
    """One seller by id."""
    row = find(db, "SELECT * FROM ebay_seller WHERE seller_id = ?", seller_id)
    assert row is not None
    body: dict[str, Any] = load(row["body"])
    return {"seller_id": row["seller_id"], "username": row["username"]} | body


def in_eu(db: sqlite3.Connection, seller_id: str) -> bool:
    """Whether the seller sits in the EU, where refunds must be signed."""
    return seller(db, seller_id)["address"]["country"] in EU_COUNTRIES
