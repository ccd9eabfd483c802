"""What a connector sees of the network: one door that paces, signs, times out, logs and raises our errors."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import orjson

from kontor.channels.contract.errors import ChannelError, Unreadable

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete HTTP answer. Header names are lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """The parsed body. Raises Unreadable where it is no JSON."""
        try:
            return orjson.loads(self.body) if self.body else {}
        except orjson.JSONDecodeError as error:
            raise Unreadable("The channel answered something that is not JSON", maybe_applied=True) from error


@dataclass(frozen=True, slots=True)
class File:
    """One part of a multipart upload."""

    field: str
    name: str
    content: bytes
    content_type: str


class Transport(Protocol):
    """One connected account's way to the channel.

    Adds the access token (refreshing it once where the channel says it is too old), waits for budgets, refuses while the
    breaker is open, repeats reads (GET) on outages and where the JSON of an answer is cut, never repeats writes, and maps every answer outside 2xx by the
    channel's own `errors.from_answer`. A write whose answer was lost raises Unavailable(maybe_applied=True).
    """

    marketplace: str
    settings: Mapping[str, str]  # the connection's choices: policy ids, location key

    def address(self, host: str) -> str:
        """Where one of the manifest's hosts is in this installation, without a slash at its end: for links that people follow."""
        ...

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
        """One call. `content` is a body that is no JSON, its type in `headers`. `as_application` uses the app's own token (taxonomy), not the seller's. Raises ChannelError."""
        ...

    def side_by_side(self, asks: Sequence[Callable[[], T]]) -> list[T]:
        """Reads that do not build on each other, some at a time; answers in their order. Raises what an ask raises.

        For reads alone: a write belongs into the journal, one after the other.
        """
        ...


ErrorMap = Callable[[Answer, str], ChannelError]
"""(answer outside 2xx, "METHOD path") -> what it means. `Throttled.until` may be the past: then the transport decides."""


def is_expired_token(answer: Answer) -> bool:
    """Default reading of "the access token is too old": HTTP 401. A channel may bring its own."""
    return answer.status == 401
