"""Sessions: one per log-in, kept alive by a chain of refresh tokens that only its newest link may continue."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from kontor.accounts.models import Membership, RefreshToken, Session
from kontor.core.clock import now
from kontor.core.config import settings
from kontor.core.errors import Unauthenticated

# Two tabs that wake together present the same token; after that, a second presentation means a copy.
GRACE = timedelta(seconds=10)


class SessionOver(Unauthenticated):
    """The refresh token is unknown, too old, revoked, or was used twice."""

    code, title = "session.over", "Please log in again"


@dataclass(frozen=True, slots=True)
class Going:
    """A session that goes on: its new refresh token, and whose it is."""

    refresh_token: str
    session: Session


def begin(membership: Membership, *, place: str = "", device: str = "", second_factor: str = "") -> Going:
    """A new session. Forgets this membership's sessions that ran out."""
    Session.objects.filter(membership=membership, expires_at__lt=now()).delete()
    session = Session.objects.create(
        membership=membership,
        expires_at=now() + lifetime(),
        place=place,
        device=device[:300],
        second_factor=second_factor,
    )
    return Going(_link(session), session)


def go_on(refresh_token: str) -> Going:
    """The next link. Raises SessionOver; a link that was replaced longer than GRACE ago ends the session."""
    with transaction.atomic():
        # Locked before anything is read through it: two refreshes at once must not both see it unreplaced.
        link = RefreshToken.objects.select_for_update().filter(hash=_hash(refresh_token)).first()
        going = _continued(link) if link else None
    if going is None:
        raise SessionOver
    return going


def _continued(link: RefreshToken) -> Going | None:
    at = now()
    session = Session.objects.select_related("membership__person", "membership__tenant").get(
        pk=link.session_id
    )
    membership = session.membership
    if (
        session.ended_at
        or link.expires_at <= at
        or not (membership.is_active and membership.person.is_active)
    ):
        return None
    if link.replaced_at and link.replaced_at + GRACE < at:
        finish(session.id, because="reuse")
        return None
    if not link.replaced_at:
        link.replaced_at = at
        link.save(update_fields=["replaced_at"])
    session.used_at, session.expires_at = at, at + lifetime()
    session.save(update_fields=["used_at", "expires_at"])
    return Going(_link(session), session)


def end(refresh_token: str) -> None:
    """Ends the session that the token belongs to; an unknown token is none."""
    if link := RefreshToken.objects.filter(hash=_hash(refresh_token)).first():
        finish(link.session_id, because="logout")


def finish(session_id: UUID, *, because: str) -> None:
    """Ends a session, if it has not ended before. `because` is what its owner reads."""
    Session.objects.filter(id=session_id, ended_at=None).update(ended_at=now(), ended_because=because)


def lifetime() -> timedelta:
    """How long a session lives without being used."""
    return timedelta(days=settings().refresh_token_expire_days)


def _link(session: Session) -> str:
    token = secrets.token_urlsafe(32)
    RefreshToken.objects.create(session=session, hash=_hash(token), expires_at=session.expires_at)
    return token


def _hash(token: str) -> bytes:
    # 256 random bits need no slow hash: nobody can guess one, with or without this table.
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
