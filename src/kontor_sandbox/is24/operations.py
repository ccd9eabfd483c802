"""One call on its way: who calls, what was sent, what is answered; and which handler a path belongs to."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from kontor_sandbox.exchange import Request
from kontor_sandbox.faults import Fired
from kontor_sandbox.is24.errors import Refusal, messages, schema_problem
from kontor_sandbox.is24.fields import Field
from kontor_sandbox.is24.json_dialect import from_json
from kontor_sandbox.is24.nodes import Malformed, Node, parse
from kontor_sandbox.is24.validation import check_json, check_xml
from kontor_sandbox.store import Row
from kontor_sandbox.world import World, stamp

API = "/restapi/api"
OFFER = f"{API}/offer/v1.0"
USER = OFFER + "/user/{user}"
CREATED, UPDATED, DELETED = "MESSAGE_RESOURCE_CREATED", "MESSAGE_RESOURCE_UPDATED", "MESSAGE_RESOURCE_DELETED"


@dataclass(slots=True)
class Reply:
    """What a handler answers, before it becomes XML or JSON."""

    status: int
    node: Node
    resource_id: str = "-"
    location: str = ""
    numeric_id: bool = False
    """The id in JSON is a number (contacts)."""
    plain: dict[str, Any] | None = None
    """JSON that has no XML form (reports)."""


@dataclass(slots=True)
class Call:
    """One call inside one transaction."""

    world: World
    request: Request
    path: dict[str, str]
    db: sqlite3.Connection
    account: Row
    consumer_key: str
    fired: Fired | None = None
    overlaps: bool = False
    """Another call of this account to the same address is being answered at this very moment."""

    @property
    def account_id(self) -> str:
        """Whose token this is."""
        return str(self.account["account_id"])

    @property
    def query(self) -> dict[str, str]:
        """The query, decoded; names in lower case, of a repeated one the last value counts."""
        pairs = parse_qsl(self.request.query_string, keep_blank_values=True)
        return {name.lower(): value for name, value in pairs}

    @property
    def now(self) -> datetime:
        """The sandbox's time."""
        return self.world.now()

    @property
    def stamp(self) -> str:
        """The sandbox's time as it is written down."""
        return stamp(self.now)

    @property
    def is_json(self) -> bool:
        """Whether the body is JSON."""
        return "json" in self.request.headers.get("content-type", "")

    def url(self, path: str) -> str:
        """A link into the offer API at the base that was called."""
        return f"{self.request.base_url}{OFFER}{path}"

    def sent(self) -> Node:
        """The body's root element; raises Refusal."""
        return parsed(self.request.body, is_json=self.is_json)

    def check(self, node: Node, fields: Iterable[Field]) -> None:
        """Check a body's elements as its format wants it; raises Refusal."""
        (check_json if self.is_json else check_xml)(node, tuple(fields))


def parsed(body: bytes, *, is_json: bool) -> Node:
    """A body's root element; raises Refusal."""
    try:
        return from_json(body) if is_json else parse(body)
    except Malformed as error:
        raise Refusal(
            400, "ERROR_COMMON_BAD_REQUEST", f"The http request is invalid. [MESSAGE: {error}]"
        ) from None


def expect(node: Node, *names: str) -> None:
    """Refuse any other root element."""
    if node.name not in names:
        raise schema_problem(f"cvc-elt.1: Cannot find the declaration of element '{node.name}'.")


def done(code: str, kind: str, identifier: str, *, trailing: str = "") -> Node:
    """The message that something was created, updated or deleted."""
    verb = {CREATED: "created", UPDATED: "updated", DELETED: "deleted"}[code]
    return messages(code, f"Resource [{kind}] with id [{identifier}] has been {verb}.{trailing}", identifier)


Handler = Callable[[Call], Reply]


@dataclass(slots=True)
class Operations:
    """The operations that one module answers."""

    listed: list[tuple[str, str, Handler]] = field(default_factory=list)

    def add(self, method: str, template: str) -> Callable[[Handler], Handler]:
        """Register the decorated handler."""

        def register(handler: Handler) -> Handler:
            self.listed.append((method, template, handler))
            return handler

        return register


class Router:
    """Finds the handler of a request; fixed segments win over named ones."""

    def __init__(self, operations: Iterable[tuple[str, str, Handler]]) -> None:
        self._entries = [
            (method, tuple(template.split("/")[1:]), handler) for method, template, handler in operations
        ]
        self._entries.sort(key=lambda entry: sum(part.startswith("{") for part in entry[1]))

    def find(self, method: str, segments: tuple[str, ...]) -> tuple[Handler, dict[str, str]] | None:
        """The handler and the values of the named segments."""
        for known, pattern, handler in self._entries:
            if known != method or len(pattern) != len(segments):
                continue
            named = {
                part[1:-1]: segment
                for part, segment in zip(pattern, segments, strict=True)
                if part.startswith("{")
            }
            if all(
                part.startswith("{") or part == segment
                for part, segment in zip(pattern, segments, strict=True)
            ):
                return handler, named
        return None

    def methods(self, segments: tuple[str, ...]) -> list[str]:
        """The methods that a path does have."""
        return [method for method in ("GET", "POST", "PUT", "DELETE") if self.find(method, segments)]
