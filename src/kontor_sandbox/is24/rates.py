"""2,000 requests a minute per application, all its accounts together, given back bit by bit."""

from __future__ import annotations

import math
from datetime import timedelta

from kontor_sandbox.exchange import Answer
from kontor_sandbox.store import Row
from kontor_sandbox.world import World, moment, stamp

SETTINGS: dict[str, object] = {"requests_per_minute": 2000}


def count(world: World, application: Row) -> tuple[dict[str, str], Answer | None]:
    """Count one request; the headers to send, and the 429 where nothing is left."""
    limit = float(world.setting("requests_per_minute"))
    now = world.now()
    budget = limit
    if application["counted_at"] is not None:
        passed = max(timedelta(), now - moment(application["counted_at"])).total_seconds()
        budget = min(limit, float(application["budget"]) + passed * limit / 60)
    headers = {"X-RateLimit-Limit": f"{limit:.0f}"}
    with world.store.transaction() as db:
        left = budget - 1 if budget >= 1 else budget
        db.execute(
            "UPDATE is24_application SET budget = ?, counted_at = ? WHERE consumer_key = ?",
            (left, stamp(now), application["consumer_key"]),
        )
    headers["X-RateLimit-Remaining"] = str(max(0, math.floor(left)))
    if budget >= 1:
        return headers, None
    return headers, too_many(math.ceil((1 - budget) * 60 / limit) if limit else 60, headers)


def too_many(seconds: float, headers: dict[str, str]) -> Answer:
    """429, which alone says when to come again."""
    retry = {"Retry-After": str(max(1, math.ceil(seconds)))}
    return Answer(429, "Too many requests.\n", headers | retry, media_type="text/plain")


def spend(world: World, application: Row, headers: dict[str, str]) -> Answer:
    """Take the whole budget away and refuse, so that the next requests wait as well."""
    limit = float(world.setting("requests_per_minute"))
    seconds = float(world.setting("throttle_seconds"))
    with world.store.transaction() as db:
        db.execute(
            "UPDATE is24_application SET budget = ?, counted_at = ? WHERE consumer_key = ?",
            (1 - seconds * limit / 60, stamp(world.now()), application["consumer_key"]),
        )
    return too_many(seconds, headers | {"X-RateLimit-Remaining": "0"})
