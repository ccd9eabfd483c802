"""Proving an address, setting a new password by it, moving to another one."""

from __future__ import annotations

import hashlib

from kontor.accounts import everywhere, passwords, sessions, throttle
from kontor.accounts.models import Person, normalised
from kontor.accounts.people import links, notices
from kontor.accounts.people.ground import own_membership, page_link, person_entity
from kontor.accounts.people.links import LinkOver
from kontor.accounts.people.models import EmailToken, Purpose
from kontor.accounts.service import email_problems, refuse
from kontor.core.actor import Actor
from kontor.core.clock import now
from kontor.core.errors import KontorError, Problem
from kontor.core.http.place import here
from kontor.core.tenancy import tenant
from kontor.jobs import service as jobs
from kontor.jobs.models import Lane
from kontor.jobs.schedules import HOUSE
from kontor.mail import service as mail


class TooManyMails(KontorError):
    """Several of these mails went out within the hour."""

    code, status, title = (
        "mail.too_many",
        429,
        "Several such mails went out already; look there, or wait an hour",
    )


def forgotten(email: str) -> None:
    """Somebody forgot the password of this address. Says nothing of whether it is known, not even by its work.

    Raises TooManyAttempts for a place that asks often.
    """
    _by_house("people.forgotten", email)


def ask_verification_again(email: str) -> None:
    """Somebody waits for the mail that confirms this address. As silent as `forgotten`."""
    _by_house("people.verify", email)


def _by_house(kind: str, email: str) -> None:
    place = here().address
    throttle.MAILS.admit(place)
    throttle.MAILS.failed(place)
    # The person is looked up by the job. What a known address would cost is paid here, for every address.
    passwords.is_right("", None)
    key = hashlib.sha256(normalised(email).encode("utf-8", "replace")).hexdigest()
    with tenant(HOUSE):
        jobs.add(kind, {"email": normalised(email)}, key=f"{kind}:{key}", lane=Lane.NOW)


def send_verification(person: Person) -> None:
    """Sends the mail that confirms the person's address, unless that is done or several went out just now."""
    if person.email_verified_at is None and links.may_send(person, Purpose.VERIFY):
        link = page_link(f"/verify-email?token={links.make(person, Purpose.VERIFY, person.email)}")
        hours = links.LIVES[Purpose.VERIFY].total_seconds() // 3600
        mail.send(
            "verify_email", person.email, person.language,
            name=person.name, email=person.email, link=link, hours=int(hours),
        )  # fmt: skip


def send_reset(person: Person) -> None:
    """Sends the mail that lets the person set a new password, unless several went out just now."""
    if links.may_send(person, Purpose.RESET):
        link = page_link(f"/reset-password?token={links.make(person, Purpose.RESET, person.email)}")
        minutes = links.LIVES[Purpose.RESET].total_seconds() // 60
        mail.send(
            "reset_password", person.email, person.language, name=person.name, link=link, minutes=int(minutes)
        )


def verify(token: str) -> str:
    """Confirms the address that the link went to, and answers it. Raises LinkOver."""
    with links.taken(token, Purpose.VERIFY) as link:
        person = link.person
        if link.email != person.email:
            raise LinkOver
        _proven(person)
        everywhere.record(person.id, "email.verified", **person_entity(person))
        return person.email


def reset(token: str, password: str) -> None:
    """Sets a new password by a link and ends all sessions. Raises LinkOver, Invalid (the link then stays good)."""
    with links.taken(token, Purpose.RESET) as link:
        person = link.person
        if link.email != person.email:
            raise LinkOver
        refuse(passwords.problems(password, person))
        passwords.choose(person, password)
        person.save(update_fields=["password", "password_changed_at"])
        _proven(person)
        sessions.finish_all(person_id=person.id, because="password")
        everywhere.record(person.id, "password.reset", **person_entity(person))
        notices.tell_person("security.password_changed", person, link=notices.SECURITY_PAGE)


def ask_change(actor: Actor, email: str, password: str) -> None:
    """Sends a link to the new address and tells the old one. Opens its own transaction.

    Whether the new address has an account already shows in nothing but that mail. Raises Invalid, TooManyMails,
    TooManyAttempts.
    """
    person, wanted = own_membership(actor).person, normalised(email)
    same = [Problem("email.same", "This is your address already.", field="email")]
    refuse(email_problems(wanted) or (same if wanted == person.email else []))
    passwords.confirm(person, password, field="password")
    if not links.may_send(person, Purpose.CHANGE):
        raise TooManyMails
    with tenant(actor.tenant_id):
        token = links.make(person, Purpose.CHANGE, wanted)
        if not Person.objects.filter(email=wanted).exists():
            hours = int(links.LIVES[Purpose.CHANGE].total_seconds() // 3600)
            link = page_link(f"/confirm-email?token={token}")
            mail.send(
                "change_email",
                wanted,
                person.language,
                name=person.name,
                email=wanted,
                link=link,
                hours=hours,
            )
        mail.send("email_change_asked", person.email, person.language, name=person.name, email=wanted)
        everywhere.record(
            person.id,
            "email.change_asked",
            **person_entity(person),
            before={"email": person.email},
            after={"email": wanted},
        )


def confirm_change(token: str) -> str:
    """Moves the person to the address that the link went to, and answers it. Raises LinkOver."""
    with links.taken(token, Purpose.CHANGE) as link:
        person, former = link.person, link.person.email
        if Person.objects.filter(email=link.email).exists():
            raise LinkOver
        person.email, person.email_verified_at = link.email, now()
        person.save(update_fields=["email", "email_verified_at"])
        # A link in the former mailbox must not open the account any more.
        EmailToken.objects.filter(person=person, used_at=None).update(expires_at=now())
        mail.send("email_changed", former, person.language, name=person.name, email=person.email)
        everywhere.record(
            person.id,
            "email.changed",
            **person_entity(person),
            before={"email": former},
            after={"email": person.email},
        )
        return person.email


def _proven(person: Person) -> None:
    if person.email_verified_at is None:
        person.email_verified_at = now()
        person.save(update_fields=["email_verified_at"])
