"""Things that happened and that eBay tells subscribed applications."""

from __future__ import annotations

import sqlite3
import uuid
from datetime import datetime
from typing import Any

from kontor_sandbox.store import dump, find, load, rows
from kontor_sandbox.world import stamp

SCHEMA_VERSION = "1.0"


def publish(
    db: sqlite3.Connection, topic: str, data: dict[str, Any], now: datetime, *, seller_id: str | None = None
) -> int:
    """Queue an event for every enabled subscription that is about it; answers how many there were."""
    subscriptions = rows(
        db,
        "SELECT s.*, d.status AS destination_status FROM ebay_subscription s JOIN ebay_destination d"
        " USING (destination_id) WHERE s.topic_id = ? AND s.status = 'ENABLED'"
        " AND (s.seller_id IS NULL OR s.seller_id = ?)",
        topic,
        seller_id,
    )
    for subscription in subscriptions:
        enqueue(db, topic, data, now, subscription["destination_id"])
    return len(subscriptions)


def enqueue(
    db: sqlite3.Connection, topic: str, data: dict[str, Any], now: datetime, destination_id: str
) -> None:
    """Queue one delivery."""
    notification_id = f"{uuid.uuid4()}_{uuid.uuid4()}"
    body = {
        "metadata": {"topic": topic, "schemaVersion": SCHEMA_VERSION, "deprecated": False},
        "notification": {
            "notificationId": notification_id,
            "eventDate": stamp(now),
            "publishDate": stamp(now),
            "publishAttemptCount": 1,
            "data": data,
        },
    }
    db.execute(
        "INSERT INTO ebay_delivery (notification_id, destination_id, topic, event_at, body, due_at, state)"
        " VALUES (?, ?, ?, ?, ?, ?, 'waiting')",
        (notification_id, destination_id, topic, stamp(now), dump(body), now.timestamp()),
    )


def authorization_revoked(db: sqlite3.Connection, client_id: str, seller_id: str, now: datetime) -> None:
    """A seller took the consent back."""
    row = find(db, "SELECT * FROM ebay_seller WHERE seller_id = ?", seller_id)
    if row is None:
        return
    data = {
        "username": row["username"],
        "userId": load(row["body"])["userId"],
        "eiasToken": "",
        "revokeReason": "USER_REVOKED",
        "revocationDate": stamp(now),
    }
    publish(db, "AUTHORIZATION_REVOCATION", data, now, seller_id=seller_id)
