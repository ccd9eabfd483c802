"""How many requests a key, a tenant and an address may send: token buckets that all web processes share.

A process takes tokens from the shared bucket by the handful and spends them by itself, so a request asks the database
nothing; only one in a handful does. What a process took and did not spend counts as spent: nobody gets more than the
figures, whoever idles gets a handful less. Where the shared buckets are is lent by `accounts` when Django starts.
"""

from __future__ import annotations

import ipaddress
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import anyio.to_thread
from django.db import DatabaseError, connections

from kontor.core.actor import Actor
from kontor.core.config import settings
from kontor.core.errors import KontorError

WINDOW_SECONDS: Final = 60.0
HANDFULS: Final = 20  # a bucket is this many handfuls
MOST_KNOWN: Final = 10_000
AWAY_SECONDS: Final = 5.0  # after the database did not answer, a process goes by its own count for so long


class RateLimited(KontorError):
    """Too many requests; `params` say by which `policy`, and how long to wait."""

    code, status, title = "rate.limited", 429, "Too many requests in a short time; wait a little"


@dataclass(frozen=True, slots=True)
class Policy:
    """At most `quota` requests at once, which come back evenly within WINDOW_SECONDS. A quota of 0: no limit."""

    name: str
    quota: int

    @property
    def handful(self) -> int:
        """Tokens that a process takes at a time."""
        return max(self.quota // HANDFULS, 1)

    @property
    def seconds_each(self) -> float:
        """How long one token takes to come back."""
        return WINDOW_SECONDS / self.quota


@dataclass(frozen=True, slots=True)
class Granted:
    """What the shared bucket gave: so many tokens; its debt is paid back in so many seconds."""

    tokens: int
    debt_seconds: float


Take = Callable[[str, Policy, int], Granted]
_takes: list[Take] = []


def lend_buckets(take: Take) -> None:
    """`take(name, policy, wanted)` takes up to so many tokens of a shared bucket; in a thread, where the ORM may be used."""
    _takes[:] = [take]


@dataclass(slots=True)
class Purse:
    """The tokens that this process holds of one bucket; times by `time.monotonic`."""

    policy: Policy
    tokens: int = 0
    at: float = 0.0  # when they were taken
    debt_seconds: float = 0.0  # of the shared bucket, at that time

    def spend(self, now: float) -> bool:
        """Takes one token out, if there is one. What is older than the window came back to the bucket long ago."""
        if self.tokens <= 0 or now - self.at > WINDOW_SECONDS:
            return False
        self.tokens -= 1
        return True

    def wait_seconds(self, now: float) -> float:
        """Until the shared bucket has a token, for all that this process knows."""
        return self._debt(now) + self.policy.seconds_each - WINDOW_SECONDS

    def put(self, granted: Granted, now: float) -> None:
        """Adds what the shared bucket gave."""
        kept = self.tokens if now - self.at <= WINDOW_SECONDS else 0
        self.tokens, self.at, self.debt_seconds = kept + granted.tokens, now, granted.debt_seconds

    def left(self, now: float) -> int:
        """About how many requests are left at once."""
        shared = (WINDOW_SECONDS - self._debt(now)) / self.policy.seconds_each
        return min(max(self.tokens + int(shared + 1e-6), 0), self.policy.quota)

    def _debt(self, now: float) -> float:
        return max(self.debt_seconds - (now - self.at), 0.0)


_purses: dict[tuple[str, str], Purse] = {}


def policies(actor: Actor) -> list[tuple[Policy, str]]:
    """What a signed request counts against, each with the name of the bucket."""
    found = [(Policy("tenant", settings().rate_limit_tenant), str(actor.tenant_id))]
    if actor.key_id:
        found.insert(0, (Policy("key", settings().rate_limit_key), str(actor.key_id)))
    return found


def of_address(address: str) -> list[tuple[Policy, str]]:
    """What a request without a credential counts against. Of IPv6 a subscriber has a whole /64."""
    try:
        found = ipaddress.ip_address(address)
        name = str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else address
    except ValueError:
        name = address
    return [(Policy("address", settings().rate_limit_address), name)]


async def admit(counted: Sequence[tuple[Policy, str]]) -> dict[str, str]:
    """Counts one request, and answers the headers that tell what is left. Raises RateLimited.

    Headers: draft-ietf-httpapi-ratelimit-headers, version 9.
    """
    purses = [await _spent(policy, name) for policy, name in counted if policy.quota]
    if not purses:
        return {}
    now = time.monotonic()
    return {
        "RateLimit-Policy": ", ".join(
            f'"{each.policy.name}";q={each.policy.quota};w={WINDOW_SECONDS:.0f}' for each in purses
        ),
        "RateLimit": ", ".join(
            f'"{each.policy.name}";r={(left := each.left(now))};'
            f"t={math.ceil((each.policy.quota - left) * each.policy.seconds_each)}"
            for each in purses
        ),
    }


async def _spent(policy: Policy, name: str) -> Purse:
    now = time.monotonic()
    purse = _purses.get((policy.name, name))
    if purse is None or purse.policy != policy:
        purse = _known((policy.name, name), Purse(policy))
    if purse.spend(now):
        return purse
    if (wait := purse.wait_seconds(now)) <= 0:  # a flood that is over its limit asks the database nothing
        granted = await anyio.to_thread.run_sync(_take, f"{policy.name}:{name}", policy)
        now = time.monotonic()
        purse.put(granted, now)
        if purse.spend(now):
            return purse
        wait = purse.wait_seconds(now)
    raise RateLimited(policy=policy.name, retry_after_seconds=max(math.ceil(wait), 1))


def _known(key: tuple[str, str], purse: Purse) -> Purse:
    while len(_purses) >= MOST_KNOWN:
        _purses.pop(next(iter(_purses)))
    _purses[key] = purse
    return purse


def _take(name: str, policy: Policy) -> Granted:
    try:
        return _takes[0](name, policy, policy.handful)
    except DatabaseError:
        # A limit must not be what stops the house; the request will say itself what is wrong with the database.
        return Granted(max(int(AWAY_SECONDS / policy.seconds_each), 1), 0.0)
    finally:
        connections.close_all()  # this thread's only; a pooled one goes back to its pool
