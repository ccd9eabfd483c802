"""One call on the wire: breaker, time-outs, log. What to do about its outcome is the caller's business."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import httpx2
from django.db import Error, connection

from kontor.channels.contract.errors import ChannelError, Unavailable, Unreadable
from kontor.channels.contract.transport import Answer, File
from kontor.channels.transport import calls, figures, gate, pool, redaction
from kontor.core.clock import now

_REQUEST_IDS = ("x-ebay-c-request-id", "rlogid", "l-is24-requestrefnum", "x-request-id", "x-correlation-id")
READS = ("GET", "HEAD")
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Line:
    """Whose calls these are: the log's tenant and connection, the prefix that breakers are kept under, and the channel's
    routes, by which calls are counted."""

    tenant_id: UUID
    connection_id: UUID
    channel: str
    uses_proxies: bool = True
    routes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is to be sent. `host` is the manifest's short name, `base` its address; `path` begins with a slash."""

    method: str
    host: str
    base: str
    path: str
    params: Sequence[tuple[str, str]] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes = b""
    file: File | None = None
    keeps_bodies_secret: bool = False


def send(line: Line, parcel: Parcel, *, total_seconds: float = pool.TOTAL_SECONDS) -> Answer:
    """The answer, whatever its status. Raises Unavailable (breaker, no connection, lost answer) and Unreadable.

    `maybe_applied` is true where a write left us and no whole answer came back.
    """
    breaker = f"{line.channel}:{parcel.host}"
    health = gate.check_breaker(breaker)
    started, began = now(), time.monotonic()
    answer: Answer | None = None
    failure: ChannelError | None = None
    try:
        answer = _exchange(line, parcel, began + total_seconds)
    except ChannelError as error:
        failure = error
        raise
    finally:
        milliseconds = int((time.monotonic() - began) * 1000)
        record = _record(parcel, answer, failure, milliseconds, started)
        operation = f"{parcel.method} {figures.route_of(parcel.path, line.routes)}"
        calls.write(line.tenant_id, line.connection_id, record, channel=line.channel, operation=operation)
        _note_health(breaker, health, answer)
    return answer


def _note_health(breaker: str, health: gate.Health, answer: Answer | None) -> None:
    """A database that is away costs the note, never the answer that the call brought."""
    try:
        if answer is None or answer.status in (500, 502, 503, 504):
            gate.note_failure(breaker, health)
        elif health is not gate.Health.WELL:
            gate.note_success(breaker)
    except Error as error:
        connection.close()
        log.warning("how %s is was not noted: %s", breaker, error)


def _exchange(line: Line, parcel: Parcel, deadline: float) -> Answer:
    """Reads the whole answer, at most ANSWER_BYTES of it and not beyond the deadline."""
    client = pool.client(uses_proxies=line.uses_proxies)
    is_write = parcel.method not in READS
    files = (
        {parcel.file.field: (parcel.file.name, parcel.file.content, parcel.file.content_type)}
        if parcel.file
        else None
    )
    request = client.build_request(
        parcel.method,
        parcel.base + parcel.path,
        params=list(parcel.params) or None,
        headers=dict(parcel.headers),
        content=parcel.content or None,
        files=files,
    )
    try:
        streamed = client.send(request, stream=True)
    except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout) as error:
        raise Unavailable(f"No connection to the channel: {error}", maybe_applied=False) from error
    except httpx2.TransportError as error:
        raise Unavailable(f"The channel did not answer: {error}", maybe_applied=is_write) from error
    body = bytearray()
    try:
        for chunk in streamed.iter_bytes():
            body += chunk
            if len(body) > pool.ANSWER_BYTES:
                raise Unreadable("The channel's answer is too long to be read", maybe_applied=is_write)
            if time.monotonic() > deadline:
                raise Unavailable("The channel's answer took too long", maybe_applied=is_write)
    except (httpx2.TransportError, httpx2.DecodingError) as error:
        raise Unavailable(f"The channel's answer broke off: {error}", maybe_applied=is_write) from error
    finally:
        streamed.close()
    headers = {name.lower(): value for name, value in streamed.headers.items()}
    return Answer(streamed.status_code, headers, bytes(body))


def _record(
    parcel: Parcel, answer: Answer | None, failure: ChannelError | None, milliseconds: int, started: datetime
) -> calls.CallRecord:
    sent = parcel.file.content if parcel.file else parcel.content
    sent_type = parcel.file.content_type if parcel.file else parcel.headers.get("Content-Type", "")
    headers = answer.headers if answer else {}
    secret = parcel.keeps_bodies_secret
    return calls.CallRecord(
        at=started,
        method=parcel.method,
        host=parcel.host,
        path=redaction.path_with_query(parcel.path, list(parcel.params)),
        status=answer.status if answer else None,
        milliseconds=milliseconds,
        error_code=failure.code if failure else "",
        request_excerpt="" if secret else redaction.excerpt(sent, sent_type),
        answer_excerpt=redaction.excerpt(answer.body, headers.get("content-type", ""))
        if answer and not secret
        else "",
        channel_request_id=next((headers[name][:200] for name in _REQUEST_IDS if name in headers), ""),
    )
