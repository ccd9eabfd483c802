"""Counting calls against a channel's limits. Pure: state in, state and waiting time out; times are Unix seconds.

A limit is a sliding window, kept in SLOTS slots: in any span of `seconds` at most `calls` are let through. The state
is small JSON: calls by slot and tenant, tenants who wait, and a hold (the channel itself said "too fast").
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

SLOTS = 20
GRACE_SECONDS = (
    2.0,
    60.0,
)  # who had to wait keeps its share for one window more, at least and at most this long
HOLD_SECONDS = 30.0  # where the channel does not say how long
HOLD_LONGEST = 900.0
HOLD_MEMORY = 600.0  # a hold this soon after the last one is twice as long


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `calls` in `seconds` under one key. Fair between tenants where several share it."""

    key: str
    calls: int
    seconds: float


@dataclass(slots=True)
class Usage:
    """What was taken of one limit."""

    slots: dict[int, dict[str, int]] = field(default_factory=dict)
    waiting: dict[str, float] = field(default_factory=dict)
    held_until: float = 0.0
    holds: int = 0

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Usage:
        """From a column; an empty row is nothing taken."""
        slots = {int(slot): dict(taken) for slot, taken in row.get("slots", {}).items()}
        waiting = dict(row.get("waiting", {}))
        return cls(slots, waiting, row.get("held_until", 0.0), row.get("holds", 0))

    def as_json(self) -> dict[str, Any]:
        """What `from_json` reads."""
        slots = {str(slot): taken for slot, taken in self.slots.items()}
        return {"slots": slots, "waiting": self.waiting, "held_until": self.held_until, "holds": self.holds}

    def advance(self, limit: Limit, now: float) -> None:
        """Forgets what is older than the window, and those who no longer wait."""
        oldest = _slot(limit, now) - SLOTS
        self.slots = {slot: taken for slot, taken in self.slots.items() if slot >= oldest}
        self.waiting = {tenant: until for tenant, until in self.waiting.items() if until > now}

    def taken(self) -> dict[str, int]:
        """Calls in the window by tenant."""
        found: dict[str, int] = {}
        for slot in self.slots.values():
            for tenant, calls in slot.items():
                found[tenant] = found.get(tenant, 0) + calls
        return found


def wait(usage: Usage, limit: Limit, tenant: str, now: float) -> float:
    """Seconds until `tenant` should ask again; 0.0 where a call may leave now. `usage` must be advanced."""
    if usage.held_until > now:
        return usage.held_until - now
    taken = usage.taken()
    total, mine = sum(taken.values()), taken.get(tenant, 0)
    if total >= limit.calls:
        return _frees(limit, min(usage.slots), now)
    others = [other for other in usage.waiting if other != tenant]
    if not others or mine < _share(limit, taken, others, mine):
        return 0.0
    own = min(slot for slot, calls in usage.slots.items() if tenant in calls)
    return max(min(_frees(limit, own, now), min(usage.waiting[other] for other in others) - now), 0.001)


def take(usage: Usage, limit: Limit, tenant: str, now: float) -> None:
    """Counts one call of `tenant`."""
    slot = usage.slots.setdefault(_slot(limit, now), {})
    slot[tenant] = slot.get(tenant, 0) + 1


def queue(usage: Usage, limit: Limit, tenant: str, now: float, seconds: float) -> None:
    """Notes that `tenant` was sent away for `seconds`: until some time after, others leave it its share."""
    shortest, longest = GRACE_SECONDS
    until = now + seconds + min(max(limit.seconds, shortest), longest)
    usage.waiting[tenant] = max(usage.waiting.get(tenant, 0.0), until)


def hold(usage: Usage, now: float, until: float) -> float:
    """The channel said "too fast": nobody calls before the returned time. `until` in the past: we choose.

    Several calls that were under way together count as one; a hold soon after the last one doubles.
    """
    if usage.held_until > now:
        usage.held_until = max(usage.held_until, until)
        return usage.held_until
    usage.holds = usage.holds + 1 if now - usage.held_until < HOLD_MEMORY else 0
    chosen = now + min(HOLD_SECONDS * 2**usage.holds, HOLD_LONGEST)
    usage.held_until = until if until > now else chosen
    return usage.held_until


def _share(limit: Limit, taken: Mapping[str, int], others: list[str], mine: int) -> int:
    """What each of those who want more may have: the calls that the contented ones left, evenly."""
    contented = sum(taken.values()) - mine - sum(taken.get(other, 0) for other in others)
    return max((limit.calls - contented) // (len(others) + 1), 1)


def _slot(limit: Limit, now: float) -> int:
    return math.floor(now * SLOTS / limit.seconds)


def _frees(limit: Limit, slot: int, now: float) -> float:
    """Seconds until what was taken in `slot` no longer counts."""
    return max((slot + SLOTS + 1) * limit.seconds / SLOTS - now, 0.001)
