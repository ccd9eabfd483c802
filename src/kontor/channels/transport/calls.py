"""The call log: one row per call, written after it in a short transaction of its own."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from django.db import Error, InterfaceError, OperationalError, connection

from kontor.channels.transport import figures
from kontor.channels.transport.about import about_now
from kontor.channels.transport.models import Call
from kontor.core.tenancy import tenant

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CallRecord:
    """A finished call; every text is redacted already. `status` is None where no answer came."""

    at: datetime
    method: str
    host: str
    path: str
    status: int | None
    milliseconds: int
    error_code: str = ""
    request_excerpt: str = ""
    answer_excerpt: str = ""
    channel_request_id: str = ""


def write(tenant_id: UUID, connection_id: UUID, record: CallRecord, *, channel: str, operation: str) -> None:
    """Stores the call, and counts it. A database that is away costs the row, never the answer that the call brought.

    A server that was only started again costs nothing: the second try has a fresh connection.
    """
    try:
        try:
            _store(tenant_id, connection_id, record, channel, operation)
        except (OperationalError, InterfaceError):
            connection.close()
            _store(tenant_id, connection_id, record, channel, operation)
    except Error as error:
        connection.close()
        log.warning("the row of %s %s was lost: %s", record.method, record.path, error)


def _store(tenant_id: UUID, connection_id: UUID, record: CallRecord, channel: str, operation: str) -> None:
    with tenant(tenant_id):
        Call.objects.create(
            tenant_id=tenant_id,
            connection_id=connection_id,
            about=list(about_now()),
            at=record.at,
            method=record.method,
            host=record.host,
            path=record.path,
            status=record.status,
            milliseconds=record.milliseconds,
            error_code=record.error_code,
            request_excerpt=record.request_excerpt,
            answer_excerpt=record.answer_excerpt,
            channel_request_id=record.channel_request_id,
        )
        outcome = record.error_code.removeprefix("channel.") or str(record.status)
        figures.add(figures.Kind.CALL, channel, operation, outcome, record.milliseconds / 1000)


def made_for(ids: Iterable[UUID], limit: int = 200) -> list[CallRecord]:
    """The calls that were made for any of these publications or orders, newest first. Inside `tenant()`."""
    names = [field.name for field in fields(CallRecord)]
    rows = Call.objects.filter(about__overlap=list(ids)).order_by("-at", "-id")[:limit]
    return [CallRecord(**{name: getattr(row, name) for name in names}) for row in rows]
