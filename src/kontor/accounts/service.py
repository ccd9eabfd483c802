"""Registering a business, logging in, staying logged in, logging out. The only writer of these tables."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.text import slugify

from kontor.accounts import sessions, throttle, tokens
from kontor.accounts.models import Language, Membership, Person, Role, Tenant, normalised
from kontor.core.actor import Actor
from kontor.core.errors import Conflict, Invalid, NotFound, Problem, Unauthenticated
from kontor.core.identifiers import uuid7

# One Argon2 verification takes 100 MB for its moment: a flood of log-ins queues here instead of taking all memory.
HASHING = threading.BoundedSemaphore(4)


class WrongCredentials(Unauthenticated):
    """Address or password is wrong; which of them is not told."""

    code, title = "login.wrong", "Address or password is wrong"


class EmailTaken(Conflict):
    """Somebody is registered under this address."""

    code, title = "register.email_taken", "There is an account with this address; log in instead"


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """What a log-in or a refresh gives."""

    access_token: tokens.AccessToken
    refresh_token: str
    membership: Membership


def register(
    email: str, password: str, first_name: str, last_name: str, company: str, language: str = Language.DE
) -> tuple[Tenant, Person]:
    """A new business and its owner. Raises Invalid (address, password, company; all at once) and EmailTaken."""
    person = Person(
        email=normalised(email), first_name=first_name.strip(), last_name=last_name.strip(), language=language
    )
    refuse(email_problems(person.email) + password_problems(password, person) + company_problems(company))
    if Person.objects.filter(email=person.email).exists():
        raise EmailTaken
    with HASHING:
        person.set_password(password)
    try:
        with transaction.atomic():
            person.save(force_insert=True)
            tenant = Tenant.objects.create(
                name=company.strip(), slug=free_slug(company), language=language, country="DE"
            )
            Membership.objects.create(person=person, tenant=tenant, role=Role.OWNER)
    except IntegrityError as error:
        if "email" in str(error):
            raise EmailTaken from error
        raise
    return tenant, person


def login(email: str, password: str, *, tenant: str = "", place: str = "") -> LoggedIn:
    """Proves who it is and begins a session in `tenant` (id or slug), or in the one joined first.

    `place` is where the attempt comes from (an IP address), for the throttle. Raises WrongCredentials (after the same
    work whether the address is known or not), TooManyAttempts, and NotFound for a tenant the person isn't in.
    """
    throttle.admit(email, place)
    person = Person.objects.filter(email=normalised(email)).first()
    with HASHING:
        is_right = check_password(password, person.password if person else nobodys_password())
    if person is None or not is_right or not person.is_active:
        throttle.failed(email, place)
        raise WrongCredentials
    throttle.passed(email, place)
    membership = membership_in(person, tenant)
    with transaction.atomic():
        going = sessions.begin(membership, place=place)
    return LoggedIn(tokens.issue(membership), going.refresh_token, membership)


def refresh(refresh_token: str) -> LoggedIn:
    """The next access and refresh token; the role is read anew. Raises sessions.SessionOver."""
    going = sessions.go_on(refresh_token)
    membership = going.session.membership
    return LoggedIn(tokens.issue(membership), going.refresh_token, membership)


def logout(refresh_token: str) -> None:
    """Ends the session; access tokens that are out run for what is left of their minutes."""
    sessions.end(refresh_token)


def me(actor: Actor) -> list[Membership]:
    """The actor's memberships, the present tenant's first. Raises Unauthenticated where that one has ended."""
    if actor.person_id is None:
        raise Unauthenticated("This credential belongs to no person.")
    rows = Membership.objects.select_related("person", "tenant").filter(person_id=actor.person_id)
    found = sorted(rows, key=lambda row: (row.tenant_id != actor.tenant_id, row.tenant.name.lower()))
    if not found or found[0].tenant_id != actor.tenant_id or not found[0].person.is_active:
        raise Unauthenticated("You are no longer a member here.")
    return found


def membership_in(person: Person, tenant: str) -> Membership:
    """The membership in `tenant` (id or slug), or the oldest. Raises NotFound."""
    rows = (
        Membership.objects.select_related("person", "tenant")
        .filter(person=person)
        .order_by("created_at", "id")
    )
    wanted = [row for row in rows if not tenant or tenant in (str(row.tenant_id), row.tenant.slug)]
    if not wanted:
        raise NotFound("You are not a member of this business.", tenant=tenant)
    return wanted[0]


def tenant_ids() -> list[UUID]:
    """All tenants, oldest first: for the house's own schedules, never for an answer to a person."""
    return list(Tenant.objects.order_by("created_at", "id").values_list("id", flat=True))


def refuse(problems: Iterable[Problem]) -> None:
    """Raises Invalid if there are problems."""
    if found := tuple(problems):
        raise Invalid(problems=found)


def email_problems(email: str) -> list[Problem]:
    """What is wrong with an address."""
    try:
        validate_email(email)
    except ValidationError:
        return [Problem("email.invalid", "This is not an e-mail address.", field="email")]
    return []


def password_problems(password: str, person: Person) -> list[Problem]:
    """What is wrong with a new password: too short, too common, too like the person's own data."""
    try:
        validate_password(password, person)
    except ValidationError as error:
        return [
            Problem(
                code=row.code or "password.invalid",
                message=" ".join(row.messages),
                field="password",
                params={name: str(value) for name, value in (row.params or {}).items()},
            )
            for row in error.error_list
        ]
    return []


def company_problems(company: str) -> list[Problem]:
    """What is wrong with a business's name."""
    return (
        [] if company.strip() else [Problem("company.missing", "Give the business a name.", field="company")]
    )


def free_slug(name: str) -> str:
    """A short name for addresses that no other tenant has."""
    slug = slugify(name)[:50] or "kontor"
    return f"{slug}-{uuid7().hex[-6:]}" if Tenant.objects.filter(slug=slug).exists() else slug


@functools.cache
def nobodys_password() -> str:
    """A hash to verify against where there is no person, so that the answer takes as long."""
    return make_password(uuid7().hex)
