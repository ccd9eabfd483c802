"""From the `Authorization` header to an Actor, asked anew every few seconds: what was ended or changed soon acts.

What a credential looks like is not known here; `accounts` lends a verifier for each kind when Django starts. A verifier
may use the database, so it runs in a thread; a request with a credential that was verified just now needs neither.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Protocol, get_args
from uuid import UUID

import anyio.to_thread
from django.db import InterfaceError, OperationalError, connections
from fastapi import Depends, Request

from kontor.core.actor import Actor
from kontor.core.errors import Forbidden, Unauthenticated

Scope = Literal["public", "person", "read", "write", "admin"]
SCOPES: frozenset[str] = frozenset(get_args(Scope))

BELIEVED_SECONDS = (
    5.0  # how long an answer counts: an ended session or a changed role acts after it at the latest
)
ASKED_AFTER_SECONDS = 4.0  # one request asks anew, while others still go by the answer that counts
MOST_KNOWN = 4096


class SecondFactorNeeded(Forbidden):
    """The business demands a second factor, and this log-in was without."""

    code, title = (
        "second_factor.needed",
        "Your business demands a second factor; add one, or log in with yours",
    )


class Verifier(Protocol):
    """One kind of credential."""

    def recognises(self, token: str) -> bool:
        """Whether the text looks like this kind; quick, without a query."""

    def verify(self, token: str) -> Actor:
        """Whose it is and what they may do now. Raises Unauthenticated. In a thread, where the ORM may be used."""


@dataclass(slots=True)
class Known:
    """An answer of a verifier, by `time.monotonic`."""

    actor: Actor
    at: float
    is_being_asked: bool = False


_verifiers: list[Verifier] = []
_known: dict[str, Known] = {}


def lend(verifier: Verifier) -> None:
    """Takes one more kind of credential from now on."""
    _verifiers.append(verifier)


def forget(credential_ids: frozenset[UUID]) -> None:
    """What is known of these sessions and keys is asked anew at their next request, in this process."""
    for token, known in list(_known.items()):
        if known.actor.credential_id in credential_ids:
            _known.pop(token, None)


async def bearer(request: Request) -> Actor:
    """The actor of this request. Raises Unauthenticated."""
    found = getattr(request.state, "actor", None)
    if isinstance(found, Actor):
        return found
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    token = token.strip()
    if kind.lower() != "bearer" or not token:
        raise Unauthenticated("Send `Authorization: Bearer <access token>`.")
    request.state.actor = actor = await _verified(token)
    return actor


async def _verified(token: str) -> Actor:
    known = _known.get(token)
    if known:
        age = time.monotonic() - known.at
        if age < ASKED_AFTER_SECONDS or (known.is_being_asked and age < BELIEVED_SECONDS):
            return known.actor
        known.is_being_asked = True
    verifier = next((one for one in _verifiers if one.recognises(token)), None)
    if verifier is None:
        raise Unauthenticated("This credential is not one of ours.", reason="invalid")
    asked_at = time.monotonic()
    try:
        actor = await anyio.to_thread.run_sync(_ask, verifier, token)
    except BaseException:
        _known.pop(token, None)
        raise
    while len(_known) >= MOST_KNOWN:
        _known.pop(next(iter(_known)), None)
    _known.pop(token, None)  # to the end of the row: what is used stays
    _known[token] = Known(actor, asked_at)
    return actor


def _ask(verifier: Verifier, token: str) -> Actor:
    """Asks; once more where the pool lent a connection that died with its server."""
    try:
        try:
            return verifier.verify(token)
        except (OperationalError, InterfaceError):
            connections.close_all()
            return verifier.verify(token)
    finally:
        connections.close_all()  # this thread's only; a pooled one goes back to its pool


def requires(scope: str) -> Callable[[Request], Coroutine[Any, Any, Actor]]:
    """The dependency that lets only actors with `scope` pass, before anything else of the request is judged.

    `person` lets pass who is logged in, with any scopes or none, and no API key: one's own account is no key's business.
    """

    async def may(request: Request) -> Actor:
        actor = await bearer(request)
        if scope == "person":
            if actor.session_id is None:
                raise Forbidden("This is for people who are logged in, not for API keys.", needs=scope)
        elif scope not in actor.scopes:
            raise Forbidden(needs=scope) if actor.scopes or actor.key_id else SecondFactorNeeded()
        return actor

    return may


async def _signed(request: Request) -> Actor:
    return await bearer(request)


Signed = Annotated[Actor, Depends(_signed)]
