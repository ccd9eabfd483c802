"""Notification API: the signing key, configuration, topics, and how its lists are paged."""

from __future__ import annotations

import re
import sqlite3
import uuid
from collections.abc import Callable
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from kontor_sandbox.ebay.errors import refuse
from kontor_sandbox.ebay.operations import Call, Operations
from kontor_sandbox.ebay.topics import TOPICS
from kontor_sandbox.exchange import Answer
from kontor_sandbox.store import Row, find

OPERATIONS = Operations("commerce_notification_v1", "", caller="any")
BASE = "/commerce/notification/v1"


def seed_key(db: sqlite3.Connection) -> None:
    """The key that notifications are signed with."""
    if find(db, "SELECT 1 FROM ebay_signing_key") is not None:
        return
    key = ec.generate_private_key(ec.SECP256R1())
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    db.execute(
        "INSERT INTO ebay_signing_key VALUES (?, ?, ?)",
        (str(uuid.uuid4()), private.decode(), public.decode()),
    )


@OPERATIONS.add("GET", f"{BASE}/public_key/{{public_key_id}}")
def get_public_key(call: Call) -> Answer:
    """A key without its line breaks, as eBay gives it."""
    row = find(call.db, "SELECT public_key FROM ebay_signing_key WHERE kid = ?", call.path["public_key_id"])
    if row is None:
        raise refuse(195001)
    key = row["public_key"].strip().replace("\n", "")
    return Answer(200, {"key": key, "algorithm": "ECDSA", "digest": "SHA1"})


@OPERATIONS.add("GET", f"{BASE}/config")
def get_config(call: Call) -> Answer:
    """The address that is told when a destination fails."""
    row = find(call.db, "SELECT * FROM ebay_notification_config WHERE client_id = ?", call.client_id)
    if row is None:
        raise refuse(195026)
    return Answer(200, {"alertEmail": row["alert_email"]})


@OPERATIONS.add("PUT", f"{BASE}/config")
def put_config(call: Call) -> Answer:
    """Must be there before any destination."""
    email = str((call.body or {}).get("alertEmail", ""))
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", email):
        raise refuse(195025)
    call.db.execute("INSERT OR REPLACE INTO ebay_notification_config VALUES (?, ?)", (call.client_id, email))
    return Answer(204)


def listed(
    call: Call,
    name: str,
    found: list[Row] | list[dict[str, Any]],
    show: Callable[[Any], dict[str, Any]],
    path: str,
) -> Answer:
    """A page of 10 to 100, continued by a token."""
    text = call.query.get("limit", "20")
    if not text.isdigit() or not 10 <= int(text) <= 100:
        raise refuse(195004)
    limit = int(text)
    token = call.query.get("continuation_token")
    start = 0
    if token:
        if not re.fullmatch(r"ct\d{1,9}", token):
            raise refuse(195005)
        start = int(token[2:])
    body: dict[str, Any] = {
        name: [show(row) for row in found[start : start + limit]],
        "total": len(found),
        "limit": limit,
        "href": call.url(f"{BASE}/{path}?limit={limit}"),
    }
    if start + limit < len(found):
        body["next"] = call.url(f"{BASE}/{path}?limit={limit}&continuation_token=ct{start + limit}")
    return Answer(200, body)


@OPERATIONS.add("GET", f"{BASE}/topic")
def get_topics(call: Call) -> Answer:
    """All topics."""
    return listed(call, "topics", [topic.wire() for topic in TOPICS.values()], lambda topic: topic, "topic")


@OPERATIONS.add("GET", f"{BASE}/topic/{{topic_id}}")
def get_topic(call: Call) -> Answer:
    """One topic."""
    topic = TOPICS.get(call.path["topic_id"])
    if topic is None:
        raise refuse(195002)
    return Answer(200, topic.wire())
