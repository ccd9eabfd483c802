"""Limits per resource and day, throttling for a while, and what the Analytics API says of them."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from kontor_sandbox.ebay.errors import Problem, Refusal
from kontor_sandbox.ebay.operations import Call
from kontor_sandbox.store import find
from kontor_sandbox.world import moment, stamp

SETTINGS: dict[str, object] = {
    "daily_limits": {
        "sell.inventory": 2_000_000,
        "sell.fulfillment": 100_000,
        "sell.account": 25_000,
        "commerce.taxonomy": 50_000,
        "commerce.media": 1_000_000,
        "commerce.notification": 10_000,
        "sell.metadata": 50_000,
        "commerce.identity": 50_000,
        "developer.analytics": 5_000,
    },
    "selling_limit_amount": 10_000_000.0,
    "selling_limit_quantity": 1_000_000,
    "revisions_per_listing_and_day": 250,
}
_PACIFIC = ZoneInfo("America/Los_Angeles")


def day_start(now: datetime) -> datetime:
    """Midnight Pacific time, when limits begin anew."""
    return now.astimezone(_PACIFIC).replace(hour=0, minute=0, second=0, microsecond=0)


def day_end(now: datetime) -> datetime:
    """The next midnight Pacific time."""
    return (day_start(now) + timedelta(hours=30)).replace(hour=0)


def count(call: Call) -> None:
    """Count a call; raises Refusal (429, 2001) when its resource is throttled or used up."""
    resource = call.operation.resource
    throttled = find(call.db, "SELECT * FROM ebay_throttle WHERE resource = ?", resource)
    if throttled is not None:
        until = moment(throttled["until"])
        if call.now < until:
            raise too_many(call, (until - call.now).total_seconds() if throttled["tells_when"] else None)
        call.db.execute("DELETE FROM ebay_throttle WHERE resource = ?", (resource,))
    limit = call.world.setting("daily_limits").get(resource)
    used = used_today(call.db, call.client_id if call.token else "", resource, call.now)
    if limit is not None and used >= limit:
        raise too_many(call, None)
    call.db.execute(
        "INSERT INTO ebay_call_count VALUES (?, ?, ?, 1)"
        " ON CONFLICT (client_id, resource, day) DO UPDATE SET count = count + 1",
        (call.client_id if call.token else "", resource, stamp(day_start(call.now))),
    )


def used_today(db: sqlite3.Connection, client_id: str, resource: str, now: datetime) -> int:
    """How many calls an application made to a resource since midnight Pacific."""
    row = find(
        db,
        "SELECT count FROM ebay_call_count WHERE client_id = ? AND resource = ? AND day = ?",
        client_id,
        resource,
        stamp(day_start(now)),
    )
    return int(row["count"]) if row is not None else 0


def throttle(call: Call, seconds: float, *, tells_when: bool) -> None:
    """Refuse every call to this call's resource for some seconds."""
    call.db.execute(
        "INSERT OR REPLACE INTO ebay_throttle VALUES (?, ?, ?)",
        (call.operation.resource, stamp(call.now + timedelta(seconds=seconds)), tells_when),
    )


def too_many(call: Call, retry_after: float | None) -> Refusal:
    """429 with 2001; usually without Retry-After, as eBay does."""
    headers = {} if retry_after is None else {"Retry-After": str(max(1, round(retry_after)))}
    return Refusal(Problem(2001), headers=headers)
