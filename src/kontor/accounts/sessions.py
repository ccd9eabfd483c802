"""Refresh tokens: a chain per log-in that only its newest link may continue."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from kontor.accounts.models import Membership, RefreshToken
from kontor.core.clock import now
from kontor.core.config import settings
from kontor.core.errors import Unauthenticated
from kontor.core.identifiers import uuid7

# Two tabs that wake together present the same token; after that, a second presentation means a copy.
GRACE = timedelta(seconds=10)


class SessionOver(Unauthenticated):
    """The refresh token is unknown, too old, revoked, or was used twice."""

    code, title = "session.over", "Please log in again"


@dataclass(frozen=True, slots=True)
class Session:
    """A log-in that goes on: the new refresh token, and whose it is."""

    refresh_token: str
    membership: Membership


def begin(membership: Membership) -> Session:
    """A new chain. Forgets this membership's chains that ran out."""
    RefreshToken.objects.filter(membership=membership, expires_at__lt=now()).delete()
    return Session(_link(membership, uuid7()), membership)


def go_on(refresh_token: str) -> Session:
    """The next link. Raises SessionOver; a link that was replaced longer than GRACE ago ends the whole chain."""
    with transaction.atomic():
        # Locked before anything is read through it: two refreshes at once must not both see it unreplaced.
        link = RefreshToken.objects.select_for_update().filter(hash=_hash(refresh_token)).first()
        session = _continued(link) if link else None
    if session is None:
        raise SessionOver
    return session


def _continued(link: RefreshToken) -> Session | None:
    at = now()
    membership = Membership.objects.select_related("person", "tenant").get(pk=link.membership_id)
    if link.revoked_at or link.expires_at <= at or not membership.person.is_active:
        return None
    if link.replaced_at and link.replaced_at + GRACE < at:
        _revoke(link.family)
        return None
    if not link.replaced_at:
        link.replaced_at = at
        link.save(update_fields=["replaced_at"])
    return Session(_link(membership, link.family), membership)


def end(refresh_token: str) -> None:
    """Ends the chain that the token belongs to; an unknown token is none."""
    if link := RefreshToken.objects.filter(hash=_hash(refresh_token)).first():
        _revoke(link.family)


def _revoke(family: UUID) -> None:
    RefreshToken.objects.filter(family=family, revoked_at=None).update(revoked_at=now())


def _link(membership: Membership, family: UUID) -> str:
    token = secrets.token_urlsafe(32)
    RefreshToken.objects.create(
        family=family,
        hash=_hash(token),
        membership=membership,
        expires_at=now() + timedelta(days=settings().refresh_token_expire_days),
    )
    return token


def _hash(token: str) -> bytes:
    # 256 random bits need no slow hash: nobody can guess one, with or without this table.
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
