"""Registering a business and its owner, and who somebody is where."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError
from django.utils.text import slugify

from kontor.accounts import passwords, sessions, throttle
from kontor.accounts.models import Language, Membership, Person, Role, Session, Tenant, normalised
from kontor.core.actor import Actor
from kontor.core.errors import Conflict, Invalid, Problem, Unauthenticated
from kontor.core.http.place import here
from kontor.core.identifiers import uuid7
from kontor.core.tenancy import tenant

Greeting = Callable[[Membership], None]
_greetings: list[Greeting] = []


class WrongCredentials(Unauthenticated):
    """Address or password is wrong; which of them is not told."""

    code, title = "login.wrong", "Address or password is wrong"


class EmailTaken(Conflict):
    """Somebody is registered under this address."""

    code, title = "register.email_taken", "There is an account with this address; log in instead"


def lend_greeting(greeting: Greeting) -> None:
    """What happens to each new owner, inside the transaction of their tenant: the mail that verifies their address."""
    _greetings.append(greeting)


def register(
    email: str, password: str, first_name: str, last_name: str, company: str, language: str = Language.DE
) -> Membership:
    """A new business and its owner. Raises Invalid (address, password, company; all at once), EmailTaken, TooManyAttempts.

    Registering logs in, so that an address is taken can't be hidden: it is told, and each place is told it only a few
    times (OWASP ASVS 5 demands silence here at level 3 alone, 6.3.8; log-in and forgotten password do keep it).
    """
    person = Person(
        email=normalised(email), first_name=first_name.strip(), last_name=last_name.strip(), language=language
    )
    refuse(email_problems(person.email) + passwords.problems(password, person) + company_problems(company))
    place = here().address
    throttle.REGISTER.admit(place)
    if Person.objects.filter(email=person.email).exists():
        throttle.REGISTER.failed(place)
        raise EmailTaken
    passwords.choose(person, password)
    try:
        return _registered(person, company.strip())
    except IntegrityError as error:
        if "email" in str(error):
            raise EmailTaken from error
        raise


def _registered(person: Person, company: str) -> Membership:
    made = Tenant(name=company, slug=free_slug(company), language=person.language, country="DE")
    with tenant(made.id):
        person.save(force_insert=True)
        made.save(force_insert=True)
        membership = Membership.objects.create(person=person, tenant=made, role=Role.OWNER)
        for greeting in _greetings:
            greeting(membership)
    return membership


def me(actor: Actor) -> tuple[Session, list[Membership]]:
    """The present session, and all memberships that count, the present one first. Raises Unauthenticated."""
    session = sessions.of(actor)
    rows = Membership.objects.select_related("person", "tenant").filter(
        person_id=session.membership.person_id, is_active=True
    )
    return session, sorted(rows, key=lambda row: (row.tenant_id != actor.tenant_id, row.tenant.name.lower()))


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


def company_problems(company: str, *, field: str = "company") -> list[Problem]:
    """What is wrong with a business's name."""
    return [] if company.strip() else [Problem("company.missing", "Give the business a name.", field=field)]


def free_slug(name: str) -> str:
    """A short name for addresses that no other tenant has."""
    slug = slugify(name)[:50] or "kontor"
    return f"{slug}-{uuid7().hex[-6:]}" if Tenant.objects.filter(slug=slug).exists() else slug
