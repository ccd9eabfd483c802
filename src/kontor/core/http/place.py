"""Where the present request comes from: set once at the door, read wherever somebody asks "from where?"."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import Scope

from kontor.core.http.words import preferred

MOST_DEVICE = 300


@dataclass(frozen=True, slots=True)
class Place:
    """`address`: the IP address (behind a proxy FORWARDED_ALLOW_IPS decides); `device`: its User-Agent.

    `request_id` is the number that the answer carries and the log shows; `language` the one of ours that its reader likes
    best. All are empty outside of a request.
    """

    address: str = ""
    device: str = ""
    request_id: str = ""
    language: str = ""


_here: ContextVar[Place] = ContextVar("kontor_place", default=Place())  # noqa: B039 (frozen)


def here() -> Place:
    """The place of the request that this thread serves; an empty one in jobs and commands."""
    return _here.get()


def arrived(scope: Scope, request_id: str) -> None:
    """Remembers the place of an ASGI connection for its task, and for the threads that run its endpoint."""
    client = scope.get("client")
    headers = Headers(scope=scope)
    device = headers.get("user-agent", "")[:MOST_DEVICE]
    language = preferred(headers.get("accept-language", ""))
    _here.set(Place(client[0] if client else "", device, request_id, language))
