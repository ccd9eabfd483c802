"""Proofs under way: what a person holds between the password and the second factor, or while adding a passkey."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F

from kontor.accounts.factors.models import Challenge
from kontor.accounts.models import Membership, Person, Session
from kontor.core.clock import now
from kontor.core.errors import Unauthenticated

LIFE = timedelta(minutes=10)
TRIES = 5
Purpose = Challenge.Purpose


class ChallengeOver(Unauthenticated):
    """Too old, used, or tried too often: it begins again with the password."""

    code, title = "challenge.over", "This took too long or was tried too often; please begin again"


@dataclass(frozen=True, slots=True)
class Begun:
    """A challenge, and the text that only its owner gets."""

    token: str
    challenge: Challenge


def begin(
    purpose: Purpose,
    person: Person,
    *,
    membership: Membership | None = None,
    session: Session | None = None,
    company: str = "",
) -> Begun:
    """A new one, good for LIFE. Forgets those of anybody that ran out. `company`: the business to register once it is met."""
    Challenge.objects.filter(expires_at__lt=now()).delete()
    token = secrets.token_urlsafe(32)
    challenge = Challenge.objects.create(
        hash=_hash(token),
        purpose=purpose,
        person=person,
        membership=membership,
        session=session,
        company=company,
        passkey_challenge=secrets.token_bytes(32),
        expires_at=now() + LIFE,
    )
    return Begun(token, challenge)


def find(token: str, purpose: Purpose) -> Challenge:
    """The challenge with person and membership. Raises ChallengeOver."""
    rows = Challenge.objects.select_related("person", "membership__person", "membership__tenant")
    found = rows.filter(hash=_hash(token), purpose=purpose, expires_at__gt=now()).first()
    if found is None or found.tries >= TRIES or not found.person.is_active:
        raise ChallengeOver
    return found


def count_try(challenge: Challenge) -> int:
    """Takes one try, before it is judged: many at once can't be more. Says how many are left. Raises ChallengeOver."""
    rows = Challenge.objects.filter(pk=challenge.pk, tries__lt=TRIES)
    if not rows.update(tries=F("tries") + 1):
        raise ChallengeOver
    challenge.refresh_from_db(fields=["tries"])
    return TRIES - challenge.tries


def use_up(challenge: Challenge) -> None:
    """It was met, and is good for nothing more. Raises ChallengeOver where another request was first."""
    deleted, _ = Challenge.objects.filter(pk=challenge.pk).delete()
    if not deleted:
        raise ChallengeOver


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
