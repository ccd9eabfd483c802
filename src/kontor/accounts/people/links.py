"""Links that go out by mail and work once: made, and taken back in exchange for what they allow."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final

from kontor.accounts.models import Person
from kontor.accounts.people.ground import cause_by, home
from kontor.accounts.people.models import EmailToken, Purpose
from kontor.core.cause import causing
from kontor.core.clock import now
from kontor.core.errors import KontorError
from kontor.core.tenancy import tenant

LIVES: Final = {
    Purpose.VERIFY: timedelta(hours=48),
    Purpose.RESET: timedelta(minutes=60),
    Purpose.CHANGE: timedelta(hours=24),
}
MOST_PER_HOUR: Final = 5  # per person and purpose: nobody's mailbox is flooded through us


class LinkOver(KontorError):
    """The link was used, replaced by a newer one, is too old, or never was."""

    code, status, title = "link.over", 410, "This link no longer works; ask for a new one"


def may_send(person: Person, purpose: Purpose) -> bool:
    """Whether another mail of this kind may go out to this person now."""
    since = now() - timedelta(hours=1)
    sent = EmailToken.objects.filter(person=person, purpose=purpose, created_at__gt=since)
    return sent.count() < MOST_PER_HOUR


def make(person: Person, purpose: Purpose, email: str) -> str:
    """The token of a new link to `email`; earlier ones of the same purpose end."""
    at = now()
    EmailToken.objects.filter(person=person, purpose=purpose, used_at=None).update(expires_at=at)
    token = secrets.token_urlsafe(32)
    EmailToken.objects.create(
        person=person, purpose=purpose, email=email, hash=_hash(token), created_at=at,
        expires_at=at + LIVES[purpose],
    )  # fmt: skip
    return token


@contextmanager
def taken(token: str, purpose: Purpose) -> Iterator[EmailToken]:
    """Opens the tenant's transaction in which the link is used up; it stays good if the block raises.

    Inside, its person is the cause. Raises LinkOver.
    """
    found = EmailToken.objects.select_related("person").filter(hash=_hash(token), purpose=purpose).first()
    if found is None:
        raise LinkOver
    with causing(cause_by(found.person)), tenant(home(found.person_id)):
        at = now()
        # Used up by one statement over its own columns: of two at once the second sees it used, and finds no row.
        used = EmailToken.objects.filter(id=found.id, used_at=None, expires_at__gt=at).update(used_at=at)
        link = EmailToken.objects.select_related("person").get(id=found.id)
        if not used or not link.person.is_active:
            raise LinkOver
        yield link


def _hash(token: str) -> bytes:
    # 256 random bits need no slow hash: nobody can guess one, with or without this table.
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
