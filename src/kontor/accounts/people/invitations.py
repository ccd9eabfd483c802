"""Asking somebody in by mail: the link names the tenant, its secret is kept as a hash, and it works once."""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from kontor.accounts import passwords, throttle
from kontor.accounts.models import Membership, Person, Role, Tenant, normalised
from kontor.accounts.people.ground import Entity, cause_by, page_link
from kontor.accounts.people.members import OwnerOnly, is_owner
from kontor.accounts.people.models import Invitation
from kontor.accounts.service import WrongCredentials, email_problems, refuse
from kontor.audit import service as audit
from kontor.core.actor import Actor
from kontor.core.cause import causing
from kontor.core.clock import now
from kontor.core.errors import Conflict, KontorError, NotFound, Problem
from kontor.core.http.place import here
from kontor.core.tenancy import current_tenant, tenant
from kontor.live import events
from kontor.mail import service as mail

LIFE: Final = timedelta(days=7)
MOST_OPEN: Final = 200
_SECRET_BYTES: Final = 32


class InvitationOver(KontorError):
    """It was accepted, withdrawn, sent anew, is too old, or never was."""

    code, status, title = "invitation.over", 410, "This invitation no longer works; ask for a new one"


class NoSuchInvitation(NotFound):
    """No open invitation of this tenant has this id."""

    code, title = "invitation.not_found", "There is no such open invitation"


class AlreadyMember(Conflict):
    """Somebody with this address is in the tenant, perhaps deactivated."""

    code, title = "invitation.already_member", "This person is here already; look among the deactivated too"


class AlreadyOpen(Conflict):
    """An invitation to this address is open."""

    code, title = "invitation.already_open", "An invitation to this address is open; send it again instead"


class TooManyOpen(Conflict):
    """MOST_OPEN invitations are open."""

    code, title = "invitation.too_many", "Too many invitations are open; withdraw some first"


@dataclass(frozen=True, slots=True)
class Asked:
    """What an invitation says to whoever holds its link."""

    tenant_id: UUID
    company: str
    inviter: str
    email: str
    role: str
    expires_at: datetime
    is_known: bool


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What a new person says of themselves; who has an account already says only the password."""

    password: str
    first_name: str = ""
    last_name: str = ""
    language: str = ""


def open_ones() -> QuerySet[Invitation]:
    """The open tenant's invitations that are neither accepted nor withdrawn, also those too old to work."""
    return Invitation.objects.filter(accepted_at=None, revoked_at=None)


def get(invitation_id: UUID) -> Invitation:
    """An open invitation, locked. Raises NoSuchInvitation."""
    if (found := open_ones().select_for_update().filter(id=invitation_id).first()) is None:
        raise NoSuchInvitation
    return found


def invite(actor: Actor, email: str, role: str, language: str) -> Invitation:
    """Sends an invitation. Inside `tenant()`.

    Raises Invalid, OwnerOnly, AlreadyMember, AlreadyOpen, TooManyOpen.
    """
    address = normalised(email)
    refuse(email_problems(address))
    if role == Role.OWNER and not is_owner(actor):
        raise OwnerOnly(needs=str(Role.OWNER))
    if Membership.objects.filter(tenant_id=current_tenant(), person__email=address).exists():
        raise AlreadyMember
    open_ones().filter(email=address, expires_at__lte=now()).update(revoked_at=now())
    if open_ones().filter(email=address).exists():
        raise AlreadyOpen
    if open_ones().count() >= MOST_OPEN:
        raise TooManyOpen(limit=MOST_OPEN)
    row = Invitation(email=address, role=role, language=language, inviter=actor.name)
    _send(row)
    audit.record("person.invited", **_entity(row), after={"email": address, "role": role})
    return row


def resend(actor: Actor, invitation_id: UUID) -> Invitation:
    """Sends it again, with a new link and a new date; the former link ends. Raises NoSuchInvitation, OwnerOnly."""
    row = get(invitation_id)
    if row.role == Role.OWNER and not is_owner(actor):
        raise OwnerOnly(needs=str(Role.OWNER))
    row.inviter = actor.name
    _send(row)
    audit.record("person.invited", **_entity(row), after={"email": row.email, "role": row.role})
    return row


def revoke(invitation_id: UUID) -> None:
    """Withdraws it: its link ends. Raises NoSuchInvitation."""
    row = get(invitation_id)
    row.revoked_at = now()
    row.save(update_fields=["revoked_at"])
    audit.record("invitation.revoked", **_entity(row))
    events.record("invitation.changed", "invitation", row.id)


def look(token: str) -> Asked:
    """What the invitation behind a link says. Opens its own transaction. Raises InvitationOver."""
    tenant_id = _tenant_of(token)
    with tenant(tenant_id):
        row = _working(token)
        return Asked(
            tenant_id=tenant_id,
            company=Tenant.objects.values_list("name", flat=True).get(id=tenant_id),
            inviter=row.inviter,
            email=row.email,
            role=row.role,
            expires_at=row.expires_at,
            is_known=Person.objects.filter(email=row.email).exists(),
        )


def accept(token: str, newcomer: Newcomer) -> Asked:
    """Makes the holder of the link a member: a known address by its password, a new one with the data given.

    Opens its own transactions. Raises InvitationOver, WrongCredentials, TooManyAttempts, Invalid.
    """
    asked = look(token)
    person = Person.objects.filter(email=asked.email).first()
    person = _proven(person, newcomer.password) if person else _made(asked, newcomer)
    with causing(cause_by(person)), tenant(asked.tenant_id):
        row = _working(token)
        row.accepted_at = now()
        row.save(update_fields=["accepted_at"])
        person.email_verified_at = person.email_verified_at or now()  # the link came to this mailbox
        person.save()
        Membership.objects.update_or_create(
            person=person,
            tenant_id=asked.tenant_id,
            defaults={"role": row.role, "is_active": True, "deactivated_at": None},
        )
        audit.record("invitation.accepted", **_entity(row), after={"person": person.name, "role": row.role})
        events.record("person.changed", "person", person.id)
        events.record("invitation.changed", "invitation", row.id)
    return asked


def _proven(person: Person, password: str) -> Person:
    place = here().address
    throttle.PASSWORD.admit(person.email, place)
    if not (passwords.is_right(password, person) and person.is_active):
        throttle.PASSWORD.failed(person.email, place)
        raise WrongCredentials
    throttle.PASSWORD.passed(person.email, place)
    return person


def _made(asked: Asked, newcomer: Newcomer) -> Person:
    person = Person(
        email=asked.email, first_name=newcomer.first_name.strip(), last_name=newcomer.last_name.strip()
    )
    if newcomer.language:
        person.language = newcomer.language
    missing = [] if person.first_name or person.last_name else [
        Problem("person.name_missing", "Say what your name is.", field="first_name")
    ]  # fmt: skip
    refuse(passwords.problems(newcomer.password, person) + missing)
    passwords.choose(person, newcomer.password)
    return person


def _send(row: Invitation) -> None:
    token, at = _token(), now()
    row.hash, row.sent_at, row.expires_at = _hash(token), at, at + LIFE
    row.save()
    company = Tenant.objects.values_list("name", flat=True).get(id=current_tenant())
    mail.send(
        "invitation", row.email, row.language,
        inviter=row.inviter, company=company, link=page_link(f"/invitation?token={token}"), days=LIFE.days,
    )  # fmt: skip
    events.record("invitation.changed", "invitation", row.id)


def _working(token: str) -> Invitation:
    """The open invitation of a link, locked. Raises InvitationOver."""
    found = open_ones().select_for_update().filter(hash=_hash(token), expires_at__gt=now()).first()
    if found is None:
        raise InvitationOver
    return found


def _token() -> str:
    """Names the tenant, so that the row is found under its policy; the secret behind the name is what counts."""
    raw = current_tenant().bytes + secrets.token_bytes(_SECRET_BYTES)
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _tenant_of(token: str) -> UUID:
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except ValueError:
        raise InvitationOver from None
    if len(raw) != 16 + _SECRET_BYTES:
        raise InvitationOver
    return UUID(bytes=raw[:16])


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


def _entity(row: Invitation) -> Entity:
    return {"entity_kind": "invitation", "entity_id": str(row.id), "entity_label": row.email}
