"""Destinations of notifications: only on this machine, and only after the endpoint passed a challenge."""

from __future__ import annotations

import hashlib
import re
import secrets
import uuid
from typing import Any
from urllib.parse import urlsplit

import httpx2

from kontor_sandbox.ebay.errors import refuse
from kontor_sandbox.ebay.notifications import BASE, listed
from kontor_sandbox.ebay.operations import Call, Operations
from kontor_sandbox.exchange import Answer
from kontor_sandbox.store import Row, find, next_number, rows

OPERATIONS = Operations("commerce_notification_v1", "", caller="any")
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
CHALLENGE_SECONDS = 5.0


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


@OPERATIONS.add("POST", f"{BASE}/destination", before=_ask_endpoint)
def create_destination(call: Call) -> Answer:
    """201 with Location, after the endpoint answered the challenge."""
    name, status, endpoint, token = _checked_destination(call, "")
    destination_id = str(uuid.UUID(int=next_number(call.db, "ebay_destination", 0x7B3F_0001)))
    call.db.execute(
        "INSERT INTO ebay_destination VALUES (?, ?, ?, ?, ?, ?)",
        (destination_id, call.client_id, name, status, endpoint, token),
    )
    return Answer(201, headers={"Location": call.url(f"{BASE}/destination/{destination_id}")})


@OPERATIONS.add("GET", f"{BASE}/destination")
def get_destinations(call: Call) -> Answer:
    """All destinations of the application."""
    found = rows(call.db, "SELECT * FROM ebay_destination WHERE client_id = ? ORDER BY rowid", call.client_id)
    return listed(call, "destinations", found, _destination_body, "destination")


@OPERATIONS.add("GET", f"{BASE}/destination/{{destination_id}}")
def get_destination(call: Call) -> Answer:
    """One destination."""
    return Answer(200, _destination_body(_own_destination(call)))


@OPERATIONS.add("PUT", f"{BASE}/destination/{{destination_id}}", before=_ask_endpoint)
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


@OPERATIONS.add("DELETE", f"{BASE}/destination/{{destination_id}}")
def delete_destination(call: Call) -> Answer:
    """Only when nothing is subscribed with it."""
    row = _own_destination(call)
    if find(call.db, "SELECT 1 FROM ebay_subscription WHERE destination_id = ?", row["destination_id"]):
        raise refuse(195024)
    call.db.execute("DELETE FROM ebay_destination WHERE destination_id = ?", (row["destination_id"],))
    return Answer(204)
