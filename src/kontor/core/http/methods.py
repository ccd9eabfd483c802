"""HEAD and OPTIONS for every address of the API, and an `Allow` that names all that a path can do.

A route is declared for one method. What HTTP says of the two that nobody declares is made from the others here: HEAD is
GET without its body, OPTIONS names the methods.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from re import Pattern

from fastapi import FastAPI, Response
from fastapi.routing import iter_route_contexts
from starlette.routing import compile_path
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Methods:
    """Wraps the API."""

    def __init__(self, app: ASGIApp, allowed: Mapping[Pattern[str], frozenset[str]]) -> None:
        self._app, self._allowed = app, allowed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        method = scope.get("method")
        if scope["type"] == "http" and method == "HEAD":
            await self._app({**scope, "method": "GET"}, receive, _bodiless(send))
        elif scope["type"] == "http" and method == "OPTIONS" and (names := self._names(scope["path"])):
            await Response(status_code=204, headers={"Allow": names})(scope, receive, send)
        else:
            await self._app(scope, receive, self._completed(scope, send))

    def _completed(self, scope: Scope, send: Send) -> Send:
        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 405:
                given = [row for row in message["headers"] if row[0] != b"allow"]
                message["headers"] = [*given, (b"allow", self._names(scope["path"]).encode())]
            await send(message)

        return complete

    def _names(self, path: str) -> str:
        found = {name for pattern, names in self._allowed.items() if pattern.match(path) for name in names}
        if "GET" in found:
            found.add("HEAD")
        return ", ".join(sorted(found | {"OPTIONS"})) if found else ""


def allowed(app: FastAPI) -> dict[Pattern[str], frozenset[str]]:
    """Which methods each path of `app` declares."""
    found: dict[str, set[str]] = {}
    for context in iter_route_contexts(app.routes):
        if context.path and context.methods:
            found.setdefault(context.path, set()).update(_declared(context.methods))
    return {compile_path(path)[0]: frozenset(methods) for path, methods in found.items()}


def _declared(methods: Iterable[str]) -> set[str]:
    return set(methods) - {"HEAD"}


def _bodiless(send: Send) -> Send:
    async def bodiless(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return bodiless
