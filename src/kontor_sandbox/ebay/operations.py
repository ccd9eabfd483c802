"""The table of operations that eBay's modules fill, and what one call hands to its handler."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from kontor_sandbox.ebay.errors import Problem, error_rows, refuse
from kontor_sandbox.exchange import Answer, Request
from kontor_sandbox.faults import Fired
from kontor_sandbox.world import World

Handler = Callable[["Call"], Answer]
Keys = Callable[["Call"], Iterable[str]]

BASE_SCOPE = "https://api.ebay.com/oauth/api_scope"


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path, and what has to hold before its handler runs."""

    method: str
    template: str
    handler: Handler
    spec: str
    """Name of the OpenAPI file that describes it."""
    scope: str
    """Last part of the scope it needs; reading is also allowed by ``<scope>.readonly``; empty = the base scope."""
    caller: str
    """Whose token it takes: the ``user``'s, the ``application``'s, or ``any``."""
    localized: bool
    """Whether Content-Language must be sent."""
    strict_language: bool
    """Whether Accept-Language must be one clean locale (all of Inventory)."""
    empty_post: bool
    """Whether a POST without a body, and without a Content-Length, stops at the edge with 411."""
    keys: Keys | None
    """What it writes, for 25025."""
    bulk: bool
    before: Callable[[Call], None] | None
    """What has to happen outside any transaction first, such as asking an endpoint."""

    @property
    def resource(self) -> str:
        """What its daily limit is counted under: ``sell.inventory``."""
        parts = self.template.split("/")
        return f"{parts[1]}.{parts[2]}"

    @property
    def is_write(self) -> bool:
        """Whether it may change something."""
        return self.method != "GET"


class Operations:
    """What one module answers; the channel joins them."""

    def __init__(
        self, spec: str, scope: str = "", *, caller: str = "user", strict_language: bool = False
    ) -> None:
        self._spec, self._scope, self._caller, self._strict = spec, scope, caller, strict_language
        self.listed: list[Operation] = []

    def add(
        self,
        method: str,
        template: str,
        *,
        localized: bool = False,
        empty_post: bool = False,
        keys: Keys | None = None,
        bulk: bool = False,
        before: Callable[[Call], None] | None = None,
        caller: str | None = None,
        scope: str | None = None,
    ) -> Callable[[Handler], Handler]:
        """Register the decorated handler."""

        def register(handler: Handler) -> Handler:
            self.listed.append(
                Operation(
                    method,
                    template,
                    handler,
                    self._spec,
                    self._scope if scope is None else scope,
                    caller or self._caller,
                    localized,
                    self._strict,
                    empty_post,
                    keys,
                    bulk,
                    before,
                )
            )
            return handler

        return register


class Router:
    """Finds the operation of a request; fixed segments win over named ones."""

    def __init__(self, operations: Iterable[Operation]) -> None:
        self._by_length: dict[tuple[str, int], list[tuple[tuple[str, ...], Operation]]] = {}
        for operation in operations:
            segments = tuple(operation.template.split("/")[1:])
            self._by_length.setdefault((operation.method, len(segments)), []).append((segments, operation))
        for found in self._by_length.values():
            found.sort(key=lambda entry: sum(part.startswith("{") for part in entry[0]))

    def find(self, method: str, segments: tuple[str, ...]) -> tuple[Operation, dict[str, str]] | None:
        """The operation and the values of its named segments."""
        for pattern, operation in self._by_length.get((method, len(segments)), ()):
            values: dict[str, str] = {}
            for part, segment in zip(pattern, segments, strict=True):
                if part.startswith("{"):
                    values[part[1:-1]] = segment
                elif part != segment:
                    break
            else:
                return operation, values
        return None

    def methods(self, segments: tuple[str, ...]) -> list[str]:
        """The methods that a path does have."""
        return [
            method for method in ("GET", "POST", "PUT", "DELETE") if self.find(method, segments) is not None
        ]


@dataclass(slots=True)
class Token:
    """Who calls."""

    kind: str
    client_id: str
    seller_id: str | None
    scopes: frozenset[str]


@dataclass(slots=True)
class Call:
    """One call on its way through a handler, inside one transaction."""

    world: World
    request: Request
    operation: Operation
    path: dict[str, str]
    body: Any
    fired: Fired | None
    db: sqlite3.Connection = field(default=None)  # type: ignore[assignment]  # set when the transaction opens
    token: Token | None = None
    taken: frozenset[str] = frozenset()
    """Keys (of a bulk call's rows) that another call is writing right now."""
    language: str = "en"
    warnings: list[Problem] = field(default_factory=list)

    @property
    def seller_id(self) -> str:
        """The seller whose token this is."""
        assert self.token is not None
        assert self.token.seller_id is not None
        return self.token.seller_id

    @property
    def client_id(self) -> str:
        """The application that calls."""
        assert self.token is not None
        return self.token.client_id

    @property
    def now(self) -> datetime:
        """The sandbox's time."""
        return self.world.now()

    @property
    def query(self) -> dict[str, str]:
        """The query, decoded; of a repeated name the last value counts."""
        return dict(parse_qsl(self.request.query_string, keep_blank_values=True))

    @property
    def content_language(self) -> str:
        """Content-Language as sent, ``de-DE``."""
        return self.request.headers.get("content-language", "")

    @property
    def locale(self) -> str:
        """Content-Language as the answers write it, ``de_DE``."""
        return self.content_language.replace("-", "_")

    def url(self, path: str) -> str:
        """A link into this API at the base that was called."""
        return self.request.base_url + path

    def warned(self, body: dict[str, Any]) -> dict[str, Any]:
        """A body with the warnings that came up."""
        if self.warnings:
            body["warnings"] = error_rows(self.warnings, self.language)
        return body


def whole_number(call: Call, name: str, default: int, low: int, high: int, error_id: int) -> int:
    """A number of the query; refuses what is no number or out of range, as the API at hand says it."""
    text = call.query.get(name)
    if text is None or text == "":
        return default
    if not re.fullmatch(r"\d{1,9}", text) or not low <= int(text) <= high:
        if error_id == 25706:
            raise refuse(error_id, value=f"{name}={text}")
        raise refuse(error_id, value=text)
    return int(text)
