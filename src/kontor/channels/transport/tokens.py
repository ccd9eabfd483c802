"""Access tokens that end, and renewing them once for everybody who needs the new one.

Whoever sees an old token claims a lease with one UPDATE; the others wait and read again. The call is made outside any
transaction, and what it brought is saved only if the generation is still the one that was renewed: a person who
connected anew meanwhile wins.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

import orjson

from kontor.channels.contract.errors import LoginNeeded, Unavailable
from kontor.core.clock import now

LEASE_SECONDS = 40.0  # longer than a token call may take
NAP_SECONDS = 0.05


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """What opens an account. No `repr`: it must not end up in a log."""

    access_token: str
    access_until: datetime
    refresh_token: str = ""
    refresh_until: datetime | None = None
    scopes: tuple[str, ...] = ()

    def as_bytes(self) -> bytes:
        """What is sealed."""
        row: dict[str, Any] = {"access": self.access_token, "access_until": self.access_until.isoformat()}
        if self.refresh_token:
            row["refresh"] = self.refresh_token
        if self.refresh_until:
            row["refresh_until"] = self.refresh_until.isoformat()
        return orjson.dumps(row | {"scopes": list(self.scopes)})

    @classmethod
    def from_bytes(cls, content: bytes) -> Secret:
        """What `as_bytes` wrote."""
        row = orjson.loads(content)
        until = row.get("refresh_until")
        return cls(
            row["access"],
            datetime.fromisoformat(row["access_until"]),
            row.get("refresh", ""),
            datetime.fromisoformat(until) if until else None,
            tuple(row["scopes"]),
        )


@dataclass(frozen=True, slots=True, repr=False)
class Held:
    """A secret with the number of its renewal. `secret` is None where there is none yet."""

    secret: Secret | None
    generation: int


class Slot(Protocol):
    """Where one secret is kept for all processes. Each method is its own short transaction."""

    def read(self) -> Held:
        """What is there now. Raises LoginNeeded where the channel has refused it."""

    def lease(self, generation: int, seconds: float) -> bool:
        """Takes the right to renew this generation; False where another has it, or it is older than what is there."""

    def save(self, generation: int, secret: Secret) -> bool:
        """Stores the successor of `generation` and ends the lease; False where that is no longer what is there."""

    def release(self, generation: int) -> None:
        """Ends the lease without a successor."""

    def refuse(self, generation: int, error: LoginNeeded) -> None:
        """Notes that the channel refuses this generation for good, and ends the lease."""


class Keeper:
    """One transport's view of a slot: remembers the token, renews it ahead of its end or when told that it is old."""

    def __init__(self, slot: Slot, renew: Callable[[Secret | None], Secret], *, ahead_seconds: float) -> None:
        self._slot, self._renew = slot, renew
        self._ahead = timedelta(seconds=ahead_seconds)
        self._known: Held | None = None
        self._lock = threading.Lock()

    def token(self) -> tuple[str, int]:
        """A token that should work, and its generation. Raises LoginNeeded, Throttled, Unavailable."""
        held = self._known
        if held is None or held.secret is None or self._ends_soon(held.secret):
            held = self._slot.read()
            if held.secret is None or self._ends_soon(held.secret):
                held = self._renewed(held.generation)
            self._known = held
        assert held.secret is not None
        return held.secret.access_token, held.generation

    def token_after(self, generation: int) -> tuple[str, int]:
        """Another token than that of `generation`, which the channel calls too old."""
        with self._lock:
            known = self._known
        held = (
            known if known and known.secret and known.generation > generation else self._renewed(generation)
        )
        self._known = held
        assert held.secret is not None
        return held.secret.access_token, held.generation

    def _ends_soon(self, secret: Secret) -> bool:
        return secret.access_until - self._ahead <= now()

    def _renewed(self, generation: int) -> Held:
        give_up = time.monotonic() + LEASE_SECONDS + 5
        while time.monotonic() < give_up:
            held = self._slot.read()
            if held.generation != generation and held.secret is not None:
                return held
            if self._slot.lease(generation, LEASE_SECONDS):
                return self._renew_as_leader(held.secret, generation)
            time.sleep(NAP_SECONDS)
        raise Unavailable("Another process is still renewing the access", maybe_applied=False)

    def _renew_as_leader(self, old: Secret | None, generation: int) -> Held:
        try:
            fresh = self._renew(old)
        except LoginNeeded as error:
            self._slot.refuse(generation, error)
            raise
        except BaseException:
            self._slot.release(generation)
            raise
        if self._slot.save(generation, fresh):
            return Held(fresh, generation + 1)
        return self._slot.read()
