"""One route at run time: what is asked of a request before its endpoint gets it.

Refuses what would otherwise be overlooked (a misspelt filter, a body of another kind), counts the request against its
limits, and stops reading a body that grows beyond the route's own.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Coroutine, Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Any

from fastapi import HTTPException, Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.params import Form
from fastapi.routing import APIRoute
from starlette.routing import Match
from starlette.types import Message, Receive
from starlette.types import Scope as ASGIScope

from kontor.core.errors import Invalid, Problem, Unauthenticated
from kontor.core.http import limits, measuring
from kontor.core.http.credentials import SCOPES, bearer
from kontor.core.http.place import here
from kontor.core.http.problems import ANNOUNCED, WrongMedia
from kontor.core.http.retiring import Retired


class OrmRoute(APIRoute):
    """Refuses, at import, a route without scope and a dependency that would reach the ORM from another thread."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        extra = options.get("openapi_extra") or {}
        if extra.get("x-scope") not in SCOPES:
            raise TypeError(f"{path}: declare a scope, through `kontor.core.http.routing.router`")
        self._body_limit: int = extra["x-max-body-bytes"]
        self._options = options
        self._beginning = path.partition("{")[0]
        self._is_public: bool = extra["x-scope"] == "public"
        self._announced = announced(extra)
        self._is_counted = path.startswith("/api/") and not extra.get("x-unlimited")
        super().__init__(path, endpoint, **options)
        refuse_sync_dependencies(self.dependant, path)
        self._takes = body_kind(self.dependant)
        self._filters = {field.alias for part in parts(self.dependant) for field in part.query_params}

    def at(self, prefix: str, **options: Any) -> OrmRoute:
        """The same route below `prefix`. An application takes its routes so, all in one row: FastAPI's included routers
        are each looked through twice, which costs a request more than all else that FastAPI does for it.
        """
        return OrmRoute(f"{prefix}{self.path}", self.endpoint, **{**self._options, **options})

    def matches(self, scope: ASGIScope) -> tuple[Match, ASGIScope]:
        """Starlette's answer; nearly all routes are out of the question at a glance."""
        if not scope.get("root_path") and not scope["path"].startswith(self._beginning):
            return Match.NONE, {}
        return super().matches(scope)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """FastAPI's handler over a request whose body ends in 413 instead of in a full disk or memory."""
        handle = super().get_route_handler()

        async def limited(request: Request) -> Response:
            with measuring.measured(request.method, self.path) as one:
                response = await answered(request)
                one.status = response.status_code
            return response

        async def answered(request: Request) -> Response:
            request.scope[ANNOUNCED] = headers = {**self._announced}
            if self._is_counted:
                headers |= await admitted(request, is_public=self._is_public)
            if not self._is_public:  # who calls us back, adds what they like
                await bearer(request)
                refuse_unknown(request, self._filters)
            refuse_other_kind(request, self._takes)
            response = await handle(Request(request.scope, measured(request, self._body_limit)))
            response.headers.update(headers)
            return response

        return limited


async def admitted(request: Request, *, is_public: bool) -> dict[str, str]:
    """Counts the request against its limits, before its body is read. Raises Unauthenticated, limits.RateLimited."""
    if not is_public:
        try:
            return await limits.admit(limits.policies(await bearer(request)))
        except Unauthenticated:
            await limits.admit(limits.of_address(here().address))  # who guesses is slowed
            raise
    return await limits.admit(limits.of_address(here().address))


def announced(extra: Mapping[str, Any]) -> dict[str, str]:
    """The headers of a route that will go."""
    if not extra.get("deprecated"):
        return {}
    since, gone_on = (date.fromisoformat(extra[name]) for name in ("x-deprecated-since", "x-sunset"))
    return Retired(since, gone_on, extra["x-successor"] or "").headers()


def parts(dependant: Dependant) -> Iterator[Dependant]:
    """An endpoint, and all that it depends on."""
    yield dependant
    for dependency in dependant.dependencies:
        yield from parts(dependency)


def body_kind(dependant: Dependant) -> str:
    """The media type that a route reads; empty where it reads none, or the body as it comes."""
    fields = [field for part in parts(dependant) for field in part.body_params]
    if any(isinstance(field.field_info, Form) for field in fields):
        return "multipart/form-data"
    return "application/json" if fields else ""


def refuse_unknown(request: Request, filters: AbstractSet[str]) -> None:
    """Raises Invalid for words of the query that this route doesn't know: a list unfiltered by a slip would mislead."""
    unknown = sorted(set(request.query_params) - filters)
    if unknown:
        raise Invalid(
            "The address asks for something that is not known here; `problems` says what.",
            problems=tuple(
                Problem(
                    "invalid.unknown_parameter",
                    "This list has no such filter",
                    field=name,
                    params={"knows": sorted(filters)},
                )
                for name in unknown
            ),
        )


def refuse_other_kind(request: Request, takes: str) -> None:
    """Raises WrongMedia where there is a body, and of another kind than the route reads."""
    headers = request.headers
    if not takes or not (headers.get("content-length", "0") != "0" or "transfer-encoding" in headers):
        return
    given = headers.get("content-type", "").partition(";")[0].strip().lower()
    is_json = takes == "application/json" and given.endswith("+json")
    if given != takes and not is_json:
        raise WrongMedia(takes=takes, given=given)


def measured(request: Request, limit_bytes: int) -> Receive:
    """Reads the request's body, and raises 413 as soon as it is, or says that it will be, larger than the limit."""
    announced, taken = request.headers.get("content-length", ""), 0

    async def receive() -> Message:
        nonlocal taken
        if announced.isdecimal() and int(announced) > limit_bytes:
            raise HTTPException(413)
        message = await request.receive()
        taken += len(message.get("body", b""))
        if taken > limit_bytes:
            raise HTTPException(413)
        return message

    return receive


def runs_on_the_loop(call: Any) -> bool:
    """What FastAPI awaits itself; all else (classes too) it calls in a thread of the pool."""
    function = call if inspect.isroutine(call) or inspect.isclass(call) else type(call).__call__
    return inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function)


def refuse_sync_dependencies(dependant: Dependant, path: str) -> None:
    """Raises TypeError: a `def` dependency would hold another connection and another transaction than its endpoint."""
    for dependency in dependant.dependencies:
        if not runs_on_the_loop(dependency.call):
            raise TypeError(
                f"{path}: dependency {getattr(dependency.call, '__qualname__', dependency.call)} is a plain `def`. "
                "FastAPI would run it in another thread than the endpoint, on another connection and in another "
                "transaction. Make it `async def` (no ORM), or call it inside the endpoint."
            )
        refuse_sync_dependencies(dependency, path)
