"""`Idempotency-Key` on creates: the answer is kept in the transaction of the effect, so a repeat gets the same answer.

A refused attempt leaves nothing behind, its answer neither: the same key may try again. Where the answers are kept is
lent by `accounts` when Django starts.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Annotated, Protocol

from fastapi import Header, Request, Response

from kontor.core.actor import Actor
from kontor.core.errors import KontorError


class Mismatch(KontorError):
    """The key was used for another request before."""

    code, status, title = "idempotency.mismatch", 422, "This Idempotency-Key was used for a different request"


class InFlight(KontorError):
    """The first request with this key has not ended."""

    code, status, title = (
        "idempotency.in_flight",
        409,
        "The first request with this Idempotency-Key still runs",
    )


@dataclass(frozen=True, slots=True)
class Kept:
    """A stored answer, and the fingerprint of the request that got it."""

    fingerprint: str
    status: int
    body: bytes
    headers: dict[str, str]


class Store(Protocol):
    """Keeps answers per tenant and person; called inside `tenant()`."""

    def hold(self, actor: Actor, key: str) -> bool:
        """Takes the key until the transaction ends; False where another transaction has it."""

    def find(self, actor: Actor, key: str) -> Kept | None:
        """The answer kept under the key."""

    def keep(self, actor: Actor, key: str, answer: Kept) -> None:
        """Stores the answer; gone with the transaction if that fails."""


_stores: list[Store] = []


def lend_store(store: Store) -> None:
    """Where answers are kept from now on."""
    _stores[:] = [store]


@dataclass(frozen=True, slots=True)
class Once:
    """One request's wish to happen once. Without a key it happens each time."""

    key: str
    fingerprint: str

    def replay(self, actor: Actor) -> Response | None:
        """The answer of the earlier request with this key. Raises Mismatch, InFlight."""
        if not self.key:
            return None
        if not _stores[0].hold(actor, self.key):
            raise InFlight
        kept = _stores[0].find(actor, self.key)
        if kept is None:
            return None
        if kept.fingerprint != self.fingerprint:
            raise Mismatch
        return Response(
            kept.body, status_code=kept.status, headers={**kept.headers, "Idempotent-Replayed": "true"}
        )

    def keep(self, actor: Actor, answer: Response) -> None:
        """Stores what was answered."""
        if self.key:
            headers = {
                name: value
                for name, value in answer.headers.items()
                if name in ("content-type", "etag", "location")
            }
            kept = Kept(self.fingerprint, answer.status_code, bytes(answer.body), headers)
            _stores[0].keep(actor, self.key, kept)


async def once(
    request: Request,
    key: Annotated[
        str,
        Header(
            alias="Idempotency-Key",
            max_length=200,
            description="Any text of yours, new for each create: a repeat with it gets the first answer again.",
            examples=["5f3c7c1e-6a0e-4d0b-9c57-2f9d1b9b1a11"],
        ),
    ] = "",
) -> Once:
    """The dependency that reads key and request; the body was read already and is only hashed here."""
    body = await request.body()
    parts = (request.method.encode(), request.url.path.encode(), request.url.query.encode(), body)
    return Once(key, hashlib.sha256(b"\0".join(parts)).hexdigest())
