"""Limits and breakers that all processes share: rows in PostgreSQL, touched in short transactions before a call."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from enum import Enum

import orjson
from django.db import connection, transaction

from kontor.channels.contract.errors import Throttled, Unavailable
from kontor.channels.transport import limits
from kontor.channels.transport.limits import Limit, Usage

PATIENCE_SECONDS = 10.0  # longer waits go back to the job queue
LONGEST_NAP = 1.0  # others may end, and free what they held

FAILURES = 5  # in a row, of all processes together
OPEN_SECONDS = 5.0
OPEN_LONGEST = 120.0
PROBE_SECONDS = 15.0  # one call tries, the others keep waiting


def enter(rows: Sequence[Limit], hold_key: str, tenant_id: str, resource: str) -> None:
    """Waits until a call may leave, and counts it. Raises Throttled where that takes longer than PATIENCE_SECONDS."""
    give_up = time.monotonic() + PATIENCE_SECONDS
    while True:
        seconds = _take(rows, hold_key, tenant_id)
        if not seconds:
            return
        if time.monotonic() + seconds > give_up:
            until = datetime.fromtimestamp(time.time() + seconds, UTC)
            raise Throttled(
                f"The limit of {resource or 'this channel'} is used up", until=until, resource=resource
            )
        time.sleep(min(seconds, LONGEST_NAP) * random.uniform(1.0, 1.2))  # noqa: S311 (spreads, hides nothing)


def _take(rows: Sequence[Limit], hold_key: str, tenant_id: str) -> float:
    """Takes from all limits or from none; the seconds to wait, 0.0 when taken."""
    if held := _held(hold_key):
        return held
    if not rows:
        return 0.0
    with transaction.atomic(
        durable=True
    ):  # durable: a call inside somebody's transaction is a mistake, and says so
        usages, now = _locked([row.key for row in rows])
        for row in rows:
            usages[row.key].advance(row, now)
        seconds = max(limits.wait(usages[row.key], row, tenant_id, now) for row in rows)
        for row in rows:
            if seconds:
                limits.queue(usages[row.key], row, tenant_id, now, seconds)
            else:
                limits.take(usages[row.key], row, tenant_id, now)
        _store(usages)
    return seconds


def is_held(key: str) -> bool:
    """Whether "too fast" was said already, and nobody calls at the moment."""
    return _held(key) > 0


def hold(key: str, until: datetime) -> datetime:
    """The channel said "too fast" for what `key` stands for; nobody calls it before the returned moment."""
    with transaction.atomic(durable=True):
        usages, now = _locked([key])
        until_seconds = limits.hold(usages[key], now, until.timestamp())
        _store(usages)
    return datetime.fromtimestamp(until_seconds, UTC)


def used(keys: Sequence[str]) -> dict[str, Usage]:
    """What is taken of these limits, for people to see; keys never touched are absent."""
    with connection.cursor() as cursor:
        cursor.execute("select key, state from transport_budget where key = any(%s)", [list(keys)])
        return {key: Usage.from_json(orjson.loads(state)) for key, state in cursor.fetchall()}


def _held(key: str) -> float:
    with connection.cursor() as cursor:
        cursor.execute(
            "select greatest((state ->> 'held_until')::float8 - extract(epoch from clock_timestamp()), 0)::float8 "
            "from transport_budget where key = %s",
            [key],
        )
        row = cursor.fetchone()
        return float(row[0]) if row else 0.0


def _locked(keys: Sequence[str]) -> tuple[dict[str, Usage], float]:
    """The rows, made where missing and locked in one order, and the database's time: the one clock of all processes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into transport_budget (key, state) select key, '{}' from unnest(%s::text[]) key order by key "
            "on conflict (key) do update set key = excluded.key "
            "returning key, state, extract(epoch from clock_timestamp())::float8",
            [sorted(set(keys))],
        )
        rows = cursor.fetchall()
    return {key: Usage.from_json(orjson.loads(state)) for key, state, _ in rows}, max(
        now for _, _, now in rows
    )


def _store(usages: dict[str, Usage]) -> None:
    states = [orjson.dumps(usage.as_json()).decode() for usage in usages.values()]
    with connection.cursor() as cursor:
        cursor.execute(
            "update transport_budget b set state = v.state::jsonb "
            "from unnest(%s::text[], %s::text[]) v (key, state) where b.key = v.key",
            [list(usages), states],
        )


class Health(Enum):
    """What is known of a host before a call."""

    WELL = "well"
    AILING = "ailing"  # failed lately: the next success is to be noted
    ON_TRIAL = "on trial"  # rested, and this call is the one that tries


def check_breaker(host: str) -> Health:
    """How the host is. Raises Unavailable while it rests."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select failures, open_until, extract(epoch from open_until - clock_timestamp())::float8 "
            "from transport_breaker where key = %s and failures > 0",
            [host],
        )
        row = cursor.fetchone()
        if row is None:
            return Health.WELL
        failures, open_until, seconds = row
        if failures < FAILURES or open_until is None:
            return Health.AILING
        if seconds <= 0:
            cursor.execute(
                "update transport_breaker set open_until = clock_timestamp() + %s * interval '1 second' "
                "where key = %s and open_until = %s",
                [PROBE_SECONDS, host, open_until],
            )
            if cursor.rowcount:
                return Health.ON_TRIAL
            seconds = OPEN_SECONDS
    raise Unavailable(
        "The channel did not answer several times; it is left alone for a moment",
        maybe_applied=False,
        retry_after_seconds=seconds,
    )


def note_failure(host: str, health: Health) -> None:
    """One more outage in a row. Calls that were under way when the breaker opened do not make the rest longer."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into transport_breaker as b (key, failures) values (%(host)s, 1) on conflict (key) do update set "
            "failures = least(b.failures + 1, 1000), open_until = case when b.failures + 1 >= %(limit)s "
            "then clock_timestamp() + least(%(open)s * power(2, least(b.failures + 1 - %(limit)s, 20)), %(longest)s) "
            "* interval '1 second' end "
            "where %(on_trial)s or b.open_until is null or b.open_until <= clock_timestamp()",
            {
                "on_trial": health is Health.ON_TRIAL,
                "host": host,
                "limit": FAILURES,
                "open": OPEN_SECONDS,
                "longest": OPEN_LONGEST,
            },
        )


def note_success(host: str) -> None:
    """The host answers again."""
    with connection.cursor() as cursor:
        cursor.execute(
            "update transport_breaker set failures = 0, open_until = null where key = %s and failures > 0",
            [host],
        )
