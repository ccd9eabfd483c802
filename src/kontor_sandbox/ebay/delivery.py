"""Sending notifications: signed over the exact bytes, repeated while nobody takes them, kept in the store meanwhile."""

from __future__ import annotations

import asyncio
import base64
import json
import sqlite3
from functools import lru_cache
from typing import TYPE_CHECKING

import httpx2
from anyio import to_thread
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from kontor_sandbox.store import Row, find, load, rows
from kontor_sandbox.world import stamp

if TYPE_CHECKING:
    from kontor_sandbox.faults import Fired
    from kontor_sandbox.world import World

TICK_SECONDS = 0.05
SEND_SECONDS = 5.0
MOST_ATTEMPTS = 8
OVERTAKEN_SECONDS = 2.0
RETRY_SECONDS = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0)


@lru_cache(maxsize=8)
def _private_key(pem: str) -> ec.EllipticCurvePrivateKey:
    key = serialization.load_pem_private_key(pem.encode(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key


def signature_header(db: sqlite3.Connection, body: bytes) -> str:
    """The value of X-EBAY-SIGNATURE for these bytes."""
    row = find(db, "SELECT * FROM ebay_signing_key")
    assert row is not None
    # SHA-1 is what eBay signs with.
    signature = _private_key(row["private_key"]).sign(body, ec.ECDSA(hashes.SHA1()))  # noqa: S303
    envelope = {
        "alg": "ecdsa",
        "kid": row["kid"],
        "signature": base64.b64encode(signature).decode(),
        "digest": "SHA1",
    }
    return base64.b64encode(json.dumps(envelope, separators=(",", ":")).encode()).decode()


async def deliver_for_ever(world: World) -> None:
    """Send what is due, again and again, until cancelled."""
    async with httpx2.AsyncClient(timeout=SEND_SECONDS) as client:
        while True:
            due = await to_thread.run_sync(_due, world)
            for delivery in due:
                await _deliver(world, client, delivery)
            if not due:
                await asyncio.sleep(TICK_SECONDS)


def _due(world: World) -> list[Row]:
    with world.store.transaction() as db:
        return rows(
            db,
            "SELECT d.*, e.endpoint, e.status AS destination_status FROM ebay_delivery d"
            " JOIN ebay_destination e USING (destination_id)"
            " WHERE d.state = 'waiting' AND d.due_at <= ? ORDER BY d.due_at, d.number LIMIT 50",
            world.now().timestamp(),
        )


async def _deliver(world: World, client: httpx2.AsyncClient, delivery: Row) -> None:
    if delivery["attempts"] == 0:
        fired = await to_thread.run_sync(world.faults.draw, f"EVENT /{delivery['topic']}")
        if fired is not None and fired.name == "reordered_events":
            await to_thread.run_sync(_postpone, world, delivery)
            return
    else:
        fired = None
    body, signature = await to_thread.run_sync(_signed, world, delivery)
    headers = {
        "content-type": "application/json",
        "x-ebay-signature": signature,
        "user-agent": "KontorSandbox/1.0",
    }
    for _ in range(2 if _is_doubled(fired) else 1):
        try:
            answer = await client.post(delivery["endpoint"], content=body, headers=headers)
            result = str(answer.status_code)
            is_taken = answer.status_code in (200, 201, 202, 204)
        except httpx2.HTTPError as error:
            result, is_taken = type(error).__name__, False
    await to_thread.run_sync(_settle, world, delivery, result, is_taken)


def _is_doubled(fired: Fired | None) -> bool:
    return fired is not None and fired.name == "duplicate_event"


def _postpone(world: World, delivery: Row) -> None:
    with world.store.transaction() as db:
        db.execute(
            "UPDATE ebay_delivery SET due_at = ? WHERE number = ?",
            (world.now().timestamp() + OVERTAKEN_SECONDS, delivery["number"]),
        )


def _signed(world: World, delivery: Row) -> tuple[bytes, str]:
    body = load(delivery["body"])
    body["notification"]["publishDate"] = stamp(world.now())
    body["notification"]["publishAttemptCount"] = delivery["attempts"] + 1
    raw = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    with world.store.transaction() as db:
        return raw, signature_header(db, raw)


def _settle(world: World, delivery: Row, result: str, is_taken: bool) -> None:
    attempts = delivery["attempts"] + 1
    state = "delivered" if is_taken else "waiting" if attempts < MOST_ATTEMPTS else "given_up"
    due_at = world.now().timestamp() + RETRY_SECONDS[min(attempts, len(RETRY_SECONDS)) - 1]
    with world.store.transaction() as db:
        db.execute(
            "UPDATE ebay_delivery SET attempts = ?, state = ?, due_at = ?, last_answer = ? WHERE number = ?",
            (attempts, state, due_at, result, delivery["number"]),
        )
        if state == "given_up":
            db.execute(
                "UPDATE ebay_destination SET status = 'MARKED_DOWN' WHERE destination_id = ?",
                (delivery["destination_id"],),
            )
