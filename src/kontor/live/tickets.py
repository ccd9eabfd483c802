"""Tickets: a browser can't send a header when it opens a socket, and a token does not belong into an address."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from kontor.core.clock import now
from kontor.core.config import settings
from kontor.live.models import Ticket

LIFE = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Admission:
    """What a ticket was worth: whose events, until when at most, and which session or key it ends with."""

    tenant_id: UUID
    until: datetime
    credential_id: UUID | None = None


def issue(tenant_id: UUID, credential_id: UUID | None = None) -> str:
    """A ticket for one socket of this tenant, good once and for half a minute.

    The socket closes within seconds of the end of `credential_id`, the session or API key that asked for it.
    """
    ticket = secrets.token_urlsafe(32)
    Ticket.objects.filter(expires_at__lt=now()).delete()
    Ticket.objects.create(
        hash=_hashed(ticket),
        tenant_id=tenant_id,
        credential_id=credential_id,
        expires_at=now() + LIFE,
        session_until=now() + timedelta(minutes=settings().access_token_expire_minutes),
    )
    return ticket


REDEEM = (
    "delete from live_ticket where hash = %s and expires_at > now()"
    " returning tenant_id, session_until as until, credential_id"
)
"""One statement, so that of two sockets with the same ticket only one opens. Its parameter is `redeeming(ticket)`."""


def redeeming(ticket: str) -> list[str]:
    """The parameters of REDEEM."""
    return [_hashed(ticket)]


def _hashed(ticket: str) -> str:
    return hashlib.sha256(ticket.encode()).hexdigest()
