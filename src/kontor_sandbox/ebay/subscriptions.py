"""Subscriptions: which topics go to which destination."""

from __future__ import annotations

import uuid
from typing import Any

from kontor_sandbox.ebay import events
from kontor_sandbox.ebay.errors import Problem, Refusal, refuse
from kontor_sandbox.ebay.notifications import BASE, listed
from kontor_sandbox.ebay.operations import Call, Operations
from kontor_sandbox.ebay.topics import TOPICS
from kontor_sandbox.exchange import Answer
from kontor_sandbox.store import Row, dump, find, load, next_number, rows
from kontor_sandbox.world import stamp

OPERATIONS = Operations("commerce_notification_v1", "", caller="any")


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


@OPERATIONS.add("POST", f"{BASE}/subscription")
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
    return Answer(201, headers={"Location": call.url(f"{BASE}/subscription/{subscription_id}")})


@OPERATIONS.add("GET", f"{BASE}/subscription")
def get_subscriptions(call: Call) -> Answer:
    """All subscriptions of this token's owner."""
    return listed(call, "subscriptions", _own_subscriptions(call), _subscription_body, "subscription")


@OPERATIONS.add("GET", f"{BASE}/subscription/{{subscription_id}}")
def get_subscription(call: Call) -> Answer:
    """One subscription."""
    return Answer(200, _subscription_body(_own_subscription(call)))


@OPERATIONS.add("PUT", f"{BASE}/subscription/{{subscription_id}}")
def put_subscription(call: Call) -> Answer:
    """Change state, destination or payload."""
    row = _own_subscription(call)
    status, destination_id, payload = _checked_subscription(call)
    call.db.execute(
        "UPDATE ebay_subscription SET status = ?, destination_id = ?, payload = ? WHERE subscription_id = ?",
        (status, destination_id, dump(payload), row["subscription_id"]),
    )
    return Answer(204)


@OPERATIONS.add("DELETE", f"{BASE}/subscription/{{subscription_id}}")
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


@OPERATIONS.add("POST", f"{BASE}/subscription/{{subscription_id}}/enable")
def enable_subscription(call: Call) -> Answer:
    """Switch on."""
    return _switch(call, "ENABLED")


@OPERATIONS.add("POST", f"{BASE}/subscription/{{subscription_id}}/disable")
def disable_subscription(call: Call) -> Answer:
    """Switch off."""
    return _switch(call, "DISABLED")


@OPERATIONS.add("POST", f"{BASE}/subscription/{{subscription_id}}/test")
def test_subscription(call: Call) -> Answer:
    """202, and a made-up event is sent."""
    row = _own_subscription(call)
    if row["status"] != "ENABLED":
        raise Refusal(Problem(195015))
    events.enqueue(call.db, row["topic_id"], {"test": True}, call.now, row["destination_id"])
    return Answer(202)
