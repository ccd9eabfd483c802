"""Businesses and their owners, and who somebody is where."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.text import slugify

from kontor.accounts import sessions
from kontor.accounts.models import Membership, Person, Role, Session, Tenant
from kontor.core.actor import Actor
from kontor.core.errors import Invalid, Problem, Unauthenticated
from kontor.core.identifiers import uuid7
from kontor.core.tenancy import tenant

Greeting = Callable[[Membership], None]
_greetings: list[Greeting] = []


class WrongCredentials(Unauthenticated):
    """Address or password is wrong; which of them is not told."""

    code, title = "login.wrong", "Address or password is wrong"


def lend_greeting(greeting: Greeting) -> None:
    """What happens to each new owner, inside the transaction of their tenant: the mail that verifies their address."""
    _greetings.append(greeting)


def found_business(person: Person, company: str) -> Membership:
    """A new business of a person's, who is saved if they are new. Outside of `tenant()`. Raises IntegrityError where the
    address was taken meanwhile."""
    made = Tenant(name=company, slug=free_slug(company), language=person.language, country="DE")
    with tenant(made.id):
        if person._state.adding:
            person.save(force_insert=True)
        made.save(force_insert=True)
        membership = Membership.objects.create(person=person, tenant=made, role=Role.OWNER)
        for greeting in _greetings:
            greeting(membership)
    return membership


def own_business(person: Person, company: str) -> Membership:
    """The business of that name which the person owns, founded where there is none: asked for twice, it is there once."""
    owned = Membership.objects.select_related("person", "tenant").filter(
        person=person, role=Role.OWNER, is_active=True, tenant__name__iexact=company
    )
    return owned.order_by("created_at", "id").first() or found_business(person, company)


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
