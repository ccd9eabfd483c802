"""From the `Authorization` header to an Actor: on the event loop, so without the database.

What a token looks like is not known here; `accounts` lends the verifier when Django starts.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Annotated, Any, Literal, get_args

from fastapi import Depends, Request

from kontor.core.actor import Actor
from kontor.core.errors import Forbidden, Unauthenticated

Scope = Literal["public", "read", "write", "admin"]
SCOPES: frozenset[str] = frozenset(get_args(Scope))

Verifier = Callable[[str], Actor]
_verifiers: list[Verifier] = []


def lend_verifier(verifier: Verifier) -> None:
    """`verifier(token)` answers the Actor of a bearer token or raises Unauthenticated; it must not touch the ORM."""
    _verifiers[:] = [verifier]


def bearer(request: Request) -> Actor:
    """The actor of this request. Raises Unauthenticated; verifies a token once per request."""
    known = getattr(request.state, "actor", None)
    if isinstance(known, Actor):
        return known
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token.strip() or not _verifiers:
        raise Unauthenticated("Send `Authorization: Bearer <access token>`.")
    actor: Actor = _verifiers[0](token.strip())
    request.state.actor = actor
    return actor


def requires(scope: str) -> Callable[[Request], Coroutine[Any, Any, Actor]]:
    """The dependency that lets only actors with `scope` pass, before anything else of the request is judged."""

    async def may(request: Request) -> Actor:
        actor = bearer(request)
        if scope not in actor.scopes:
            raise Forbidden(needs=scope)
        return actor

    return may


async def _signed(request: Request) -> Actor:
    return bearer(request)


Signed = Annotated[Actor, Depends(_signed)]
