"""A plain transport for the suite: the contract's promises without pacing and storage."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import httpx2
import orjson

from kontor.channels.contract.channel import Channel
from kontor.channels.contract.errors import ChannelError, Unavailable
from kontor.channels.contract.transport import Answer, File
from kontor.channels.transport.figures import OTHER, route_of

T = TypeVar("T")
READ_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Exchange:
    """One call as it went over the wire."""

    method: str
    path: str
    params: Mapping[str, str]
    headers: Mapping[str, str]
    body: Any
    status: int
    as_application: bool


@dataclass
class Tokens:
    """Access tokens of a seller and of the application, and how to get new ones."""

    seller: str
    application: str
    renew: Callable[[], str]
    renewals: int = 0


@dataclass
class Cut:
    """Loses the answer of the nth write: the call is carried out, and nobody hears of it."""

    nth: int
    seen: int = 0
    happened: str = ""

    def falls_on(self, method: str, path: str) -> bool:
        """Whether this call's answer is the one to lose."""
        if method == "GET" or self.happened:
            return False
        self.seen += 1
        if self.seen < self.nth:
            return False
        self.happened = f"{method} {path}"
        return True


@dataclass
class PlainTransport:
    """Implements the contract's Transport over HTTP, and remembers each exchange."""

    channel: Channel
    addresses: Mapping[str, str]  # host's short name -> base address
    tokens: Tokens
    marketplace: str
    settings: Mapping[str, str] = field(default_factory=dict)
    exchanges: list[Exchange] = field(default_factory=list)
    timeout_seconds: float = 5.0
    cut: Cut | None = None

    def __post_init__(self) -> None:
        self._client = httpx2.Client(timeout=self.timeout_seconds)

    def close(self) -> None:
        """Gives the connections back."""
        self._client.close()

    def address(self, host: str) -> str:
        return self.addresses[host]

    def request(
        self,
        method: str,
        path: str,
        *,
        host: str = "api",
        resource: str = "",
        params: Mapping[str, str] | None = None,
        json: Any = None,
        content: bytes = b"",
        file: File | None = None,
        headers: Mapping[str, str] | None = None,
        as_application: bool = False,
    ) -> Answer:
        body = content or None if json is None else json
        assert route_of(path, self.channel.manifest.routes) != OTHER, (
            f"{path} is missing in the manifest's routes"
        )
        attempts = READ_ATTEMPTS if method == "GET" else 1
        while True:
            attempts -= 1
            try:
                return self._checked(method, path, host, params, body, file, headers, as_application)
            except Unavailable:
                if not attempts:
                    raise

    def side_by_side(self, asks: Sequence[Callable[[], T]]) -> list[T]:
        return [ask() for ask in asks]

    def _checked(self, method: str, path: str, *rest: Any) -> Answer:
        answer = self._send(method, path, *rest)
        if self.channel.is_expired_token(answer) and not rest[-1]:
            self.tokens.seller = self.tokens.renew()
            self.tokens.renewals += 1
            answer = self._send(method, path, *rest)
        if 200 <= answer.status < 300:
            return answer
        error: ChannelError = self.channel.error_from_answer(answer, f"{method} {path}")
        raise error

    def _send(
        self,
        method: str,
        path: str,
        host: str,
        params: Mapping[str, str] | None,
        json: Any,
        file: File | None,
        headers: Mapping[str, str] | None,
        as_application: bool,
    ) -> Answer:
        token = self.tokens.application if as_application else self.tokens.seller
        sent = {"Authorization": f"Bearer {token}"} | dict(headers or {})
        content: dict[str, Any] = {}
        if isinstance(json, bytes):
            content["content"] = json
        elif json is not None:
            sent["Content-Type"] = "application/json"
            content["content"] = orjson.dumps(json)
        if file is not None:
            content["files"] = {file.field: (file.name, file.content, file.content_type)}
        try:
            response = self._client.request(
                method, self.addresses[host] + path, params=dict(params or {}), headers=sent, **content
            )
        except httpx2.TransportError as error:
            self._note(method, path, params, sent, json, 0, as_application)
            raise Unavailable("no answer", maybe_applied=method != "GET") from error
        self._note(method, path, params, sent, json, response.status_code, as_application)
        if self.cut is not None and self.cut.falls_on(method, path):
            raise Unavailable("the answer was lost", maybe_applied=True)
        return Answer(
            response.status_code,
            {name.lower(): value for name, value in response.headers.items()},
            response.content,
        )

    def _note(
        self,
        method: str,
        path: str,
        params: Mapping[str, str] | None,
        headers: Mapping[str, str],
        body: Any,
        status: int,
        as_application: bool,
    ) -> None:
        self.exchanges.append(
            Exchange(method, path, dict(params or {}), dict(headers), body, status, as_application)
        )

    def writes(self) -> list[str]:
        """What was asked to change, in order: "METHOD path"."""
        return [f"{each.method} {each.path}" for each in self.exchanges if each.method != "GET"]
