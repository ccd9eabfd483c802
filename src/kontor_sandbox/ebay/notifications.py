"""Notification API: configuration, destinations with a challenge, subscriptions, topics and public keys."""

from __future__ import annotations

import hashlib
import re
import secrets
import sqlite3
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import httpx2
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from kontor_sandbox.ebay import events
from kontor_sandbox.ebay.errors import Problem, Refusal, refuse
from kontor_sandbox.ebay.operations import Call, Operations
from kontor_sandbox.ebay.topics import TOPICS
from kontor_sandbox.exchange import Answer
from kontor_sandbox.store import Row, dump, find, load, next_number, rows
from kontor_sandbox.world import stamp

OPERATIONS = Operations("commerce_notification_v1", "", caller="any")
_BASE = "/commerce/notification/v1"
_LOOPBACK = ("127.0.0.1", "localhost", "::1", "testserver")
CHALLENGE_SECONDS = 5.0


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


@OPERATIONS.add("GET", f"{_BASE}/public_key/{{public_key_id}}")
def get_public_key(call: Call) -> Answer:
    """A key without its line breaks, as eBay gives it."""
    row = find(call.db, "SELECT public_key FROM ebay_signing_key WHERE kid = ?", call.path["public_key_id"])
    if row is None:
        raise refuse(195001)
    key = row["public_key"].strip().replace("\n", "")
    return Answer(200, {"key": key, "algorithm": "ECDSA", "digest": "SHA1"})


@OPERATIONS.add("GET", f"{_BASE}/config")
def get_config(call: Call) -> Answer:
    """The address that is told when a destination fails."""
    row = find(call.db, "SELECT * FROM ebay_notification_config WHERE client_id = ?", call.client_id)
    if row is None:
        raise refuse(195026)
    return Answer(200, {"alertEmail": row["alert_email"]})


@OPERATIONS.add("PUT", f"{_BASE}/config")
def put_config(call: Call) -> Answer:
    """Must be there before any destination."""
    email = str((call.body or {}).get("alertEmail", ""))
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", email):
        raise refuse(195025)
    call.db.execute("INSERT OR REPLACE INTO ebay_notification_config VALUES (?, ?)", (call.client_id, email))
    return Answer(204)


def _listed(
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
        "href": call.url(f"{_BASE}/{path}?limit={limit}"),
    }
    if start + limit < len(found):
        body["next"] = call.url(f"{_BASE}/{path}?limit={limit}&continuation_token=ct{start + limit}")
    return Answer(200, body)


@OPERATIONS.add("GET", f"{_BASE}/topic")
def get_topics(call: Call) -> Answer:
    """All topics."""
    return _listed(call, "topics", [topic.wire() for topic in TOPICS.values()], lambda topic: topic, "topic")


@OPERATIONS.add("GET", f"{_BASE}/topic/{{topic_id}}")
def get_topic(call: Call) -> Answer:
    """One topic."""
    topic = TOPICS.get(call.path["topic_id"])
    if topic is None:
        raise refuse(195002)
    return Answer(200, topic.wire())


def _destination_body(row: Row) -> dict[str, Any]:
    return {
        "destinationId": row["destination_id"],
        "name": row["name"],
        "status": row["status"],
        "deliveryConfig": {"endpoint": row["endpoint"], "verificationToken": row["verification_token"]},
    }


def _own_destination(call: Call) -> Row:
    row = find(
        call.db,
        "SELECT * FROM ebay_destination WHERE client_id = ? AND destination_id = ?",
        *(call.client_id, call.path["destination_id"]),
    )
    if row is None:
        raise refuse(195022)
    return row


def _checked_destination(call: Call, besides: str) -> tuple[str, str, str, str]:
    body = call.body or {}
    config = body.get("deliveryConfig") or {}
    endpoint, token = str(config.get("endpoint", "")), str(config.get("verificationToken", ""))
    parts = urlsplit(endpoint)
    if parts.scheme not in ("http", "https") or parts.hostname not in _LOOPBACK:
        raise refuse(195017)
    if not re.fullmatch(r"[A-Za-z0-9_-]{32,80}", token):
        raise refuse(195019)
    if body.get("status") not in ("ENABLED", "DISABLED"):
        raise refuse(195018)
    name = str(body.get("name", ""))
    if len(name) > 64 or "<" in name:
        raise refuse(195016)
    if find(call.db, "SELECT 1 FROM ebay_notification_config WHERE client_id = ?", call.client_id) is None:
        raise refuse(195003)
    same = find(
        call.db,
        "SELECT 1 FROM ebay_destination WHERE client_id = ? AND endpoint = ? AND destination_id <> ?",
        *(call.client_id, endpoint, besides),
    )
    if same is not None:
        raise refuse(195021)
    return name, body["status"], endpoint, token


def challenge(endpoint: str, verification_token: str) -> bool:
    """Ask an endpoint for sha256(challenge + token + endpoint), and see whether it knows."""
    code = secrets.token_hex(16)
    wanted = hashlib.sha256(f"{code}{verification_token}{endpoint}".encode()).hexdigest()
    try:
        found = httpx2.get(endpoint, params={"challenge_code": code}, timeout=CHALLENGE_SECONDS)
        body = found.json()
    except (httpx2.HTTPError, ValueError):
        return False
    is_json = found.headers.get("content-type", "").startswith("application/json")
    return bool(found.status_code == 200 and is_json and body.get("challengeResponse") == wanted)


def _ask_endpoint(call: Call) -> None:
    """The endpoint may call back while it is asked, so nothing is locked meanwhile. Raises 195020."""
    with call.world.store.transaction() as db:
        call.db = db
        besides = _own_destination(call)["destination_id"] if call.path else ""
        _, _, endpoint, token = _checked_destination(call, besides)
    if not challenge(endpoint, token):
        raise refuse(195020)


@OPERATIONS.add("POST", f"{_BASE}/destination", before=_ask_endpoint)
def create_destination(call: Call) -> Answer:
    """201 with Location, after the endpoint answered the challenge."""
    name, status, endpoint, token = _checked_destination(call, "")
    destination_id = str(uuid.UUID(int=next_number(call.db, "ebay_destination", 0x7B3F_0001)))
    call.db.execute(
        "INSERT INTO ebay_destination VALUES (?, ?, ?, ?, ?, ?)",
        (destination_id, call.client_id, name, status, endpoint, token),
    )
    return Answer(201, headers={"Location": call.url(f"{_BASE}/destination/{destination_id}")})


@OPERATIONS.add("GET", f"{_BASE}/destination")
def get_destinations(call: Call) -> Answer:
    """All destinations of the application."""
    found = rows(call.db, "SELECT * FROM ebay_destination WHERE client_id = ? ORDER BY rowid", call.client_id)
    return _listed(call, "destinations", found, _destination_body, "destination")


@OPERATIONS.add("GET", f"{_BASE}/destination/{{destination_id}}")
def get_destination(call: Call) -> Answer:
    """One destination."""
    return Answer(200, _destination_body(_own_destination(call)))


@OPERATIONS.add("PUT", f"{_BASE}/destination/{{destination_id}}", before=_ask_endpoint)
def put_destination(call: Call) -> Answer:
    """Changing it asks for the challenge again."""
    row = _own_destination(call)
    name, status, endpoint, token = _checked_destination(call, row["destination_id"])
    call.db.execute(
        "UPDATE ebay_destination SET name = ?, status = ?, endpoint = ?, verification_token = ?"
        " WHERE destination_id = ?",
        (name, status, endpoint, token, row["destination_id"]),
    )
    return Answer(204)


@OPERATIONS.add("DELETE", f"{_BASE}/destination/{{destination_id}}")
def delete_destination(call: Call) -> Answer:
    """Only when nothing is subscribed with it."""
    row = _own_destination(call)
    if find(call.db, "SELECT 1 FROM ebay_subscription WHERE destination_id = ?", row["destination_id"]):
        raise refuse(195024)
    call.db.execute("DELETE FROM ebay_destination WHERE destination_id = ?", (row["destination_id"],))
    return Answer(204)


def _subscription_body(row: Row) -> dict[str, Any]:
    return {
        "subscriptionId": row["subscription_id"],
        "topicId": row["topic_id"],
        "status": row["status"],
        "creationDate": row["created_at"],
        "destinationId": row["destination_id"],
        "payload": load(row["payload"]),
    }


def _own_subscriptions(call: Call) -> list[Row]:
    assert call.token is not None
    return rows(
        call.db,
        "SELECT * FROM ebay_subscription WHERE client_id = ? AND seller_id IS ? ORDER BY rowid",
        *(call.client_id, call.token.seller_id),
    )


def _own_subscription(call: Call) -> Row:
    wanted = call.path["subscription_id"]
    found = next((row for row in _own_subscriptions(call) if row["subscription_id"] == wanted), None)
    if found is None:
        raise refuse(195013)
    return found


def _checked_subscription(call: Call) -> tuple[str, str, dict[str, Any]]:
    body = call.body or {}
    if body.get("status") not in ("ENABLED", "DISABLED"):
        raise refuse(195006)
    payload = body.get("payload") or {}
    if payload.get("schemaVersion") != events.SCHEMA_VERSION:
        raise refuse(195008)
    destination = find(
        call.db,
        "SELECT * FROM ebay_destination WHERE client_id = ? AND destination_id = ?",
        *(call.client_id, str(body.get("destinationId"))),
    )
    if destination is None:
        raise refuse(195007)
    if body["status"] == "ENABLED" and destination["status"] != "ENABLED":
        raise refuse(195015)
    return body["status"], destination["destination_id"], payload


@OPERATIONS.add("POST", f"{_BASE}/subscription")
def create_subscription(call: Call) -> Answer:
    """201 with Location. USER topics need the seller's token, APPLICATION topics the application's."""
    assert call.token is not None
    topic = TOPICS.get(str((call.body or {}).get("topicId")))
    if topic is None:
        raise refuse(195002)
    is_user = call.token.kind == "user"
    if is_user != (topic.scope == "USER") or topic.needs not in call.token.scopes:
        raise refuse(195011)
    status, destination_id, payload = _checked_subscription(call)
    if any(row["topic_id"] == topic.id for row in _own_subscriptions(call)):
        raise refuse(195012)
    subscription_id = str(uuid.UUID(int=next_number(call.db, "ebay_subscription", 0x5A11_0001)))
    call.db.execute(
        "INSERT INTO ebay_subscription VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            subscription_id,
            call.client_id,
            call.token.seller_id,
            topic.id,
            destination_id,
            status,
            stamp(call.now),
            dump(payload),
        ),
    )
    return Answer(201, headers={"Location": call.url(f"{_BASE}/subscription/{subscription_id}")})


@OPERATIONS.add("GET", f"{_BASE}/subscription")
def get_subscriptions(call: Call) -> Answer:
    """All subscriptions of this token's owner."""
    return _listed(call, "subscriptions", _own_subscriptions(call), _subscription_body, "subscription")


@OPERATIONS.add("GET", f"{_BASE}/subscription/{{subscription_id}}")
def get_subscription(call: Call) -> Answer:
    """One subscription."""
    return Answer(200, _subscription_body(_own_subscription(call)))


@OPERATIONS.add("PUT", f"{_BASE}/subscription/{{subscription_id}}")
def put_subscription(call: Call) -> Answer:
    """Change state, destination or payload."""
    row = _own_subscription(call)
    status, destination_id, payload = _checked_subscription(call)
    call.db.execute(
        "UPDATE ebay_subscription SET status = ?, destination_id = ?, payload = ? WHERE subscription_id = ?",
        (status, destination_id, dump(payload), row["subscription_id"]),
    )
    return Answer(204)


@OPERATIONS.add("DELETE", f"{_BASE}/subscription/{{subscription_id}}")
def delete_subscription(call: Call) -> Answer:
    """Unsubscribe."""
    row = _own_subscription(call)
    call.db.execute("DELETE FROM ebay_subscription WHERE subscription_id = ?", (row["subscription_id"],))
    return Answer(204)


def _switch(call: Call, status: str) -> Answer:
    row = _own_subscription(call)
    call.db.execute(
        "UPDATE ebay_subscription SET status = ? WHERE subscription_id = ?", (status, row["subscription_id"])
    )
    return Answer(204)


@OPERATIONS.add("POST", f"{_BASE}/subscription/{{subscription_id}}/enable")
def enable_subscription(call: Call) -> Answer:
    """Switch on."""
    return _switch(call, "ENABLED")


@OPERATIONS.add("POST", f"{_BASE}/subscription/{{subscription_id}}/disable")
def disable_subscription(call: Call) -> Answer:
    """Switch off."""
    return _switch(call, "DISABLED")


@OPERATIONS.add("POST", f"{_BASE}/subscription/{{subscription_id}}/test")
def test_subscription(call: Call) -> Answer:
    """202, and a made-up event is sent."""
    row = _own_subscription(call)
    if row["status"] != "ENABLED":
        raise Refusal(Problem(195015))
    events.enqueue(call.db, row["topic_id"], {"test": True}, call.now, row["destination_id"])
    return Answer(202)
