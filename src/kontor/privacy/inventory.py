"""Every table of the house, and what it keeps of a person and of a business.

A table with a tenant is a business's by itself: it is exported and erased without a word here. What is left out, and
each table without a tenant, is named with its reason; a test compares this page with the models, so that no new table
is forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.db import models

from kontor.accounts.models import Person
from kontor.core.tenancy import TenantModel

PROOF: Final = (
    "a proof of who somebody is, kept as a hash or sealed: worth nothing outside, dangerous in a file"
)
MOMENTARY: Final = "lives for seconds or minutes"
EVERYBODYS: Final = "the same for all businesses"

#: Tables with a tenant that a business's export leaves out.
NOT_EXPORTED: Final[Mapping[str, str]] = {
    "accounts.Idempotency": "answers kept a day, to be repeated; what they say stands in the other tables",
    "live.Sequence": "a counter",
    "live.Event": "hints for open screens, kept a month; the facts stand in the other tables",
    "privacy.Export": "the exports themselves",
}

#: Tables without a tenant of which rows belong to one: how to find them.
BUSINESS_ROWS: Final[Mapping[str, Callable[[UUID], dict[str, Any]]]] = {
    "accounts.Tenant": lambda tenant_id: {"id": tenant_id},
    "accounts.Membership": lambda tenant_id: {"tenant_id": tenant_id},
}

#: Tables without a tenant that a business's export leaves out.
NOT_A_BUSINESS: Final[Mapping[str, str]] = {
    "accounts.Person": "a person's own; the business sees name and address of its members (people.ndjson)",
    "accounts.Session": "a person's own",
    "accounts.RefreshToken": PROOF,
    "accounts.LoginAttempts": "keyed hashes that name nobody",
    "accounts.RateBucket": "counts requests of a second or a minute, under a hash",
    "factors.Secret": PROOF,
    "factors.Passkey": PROOF,
    "factors.RecoveryCode": PROOF,
    "factors.Challenge": MOMENTARY,
    "people.EmailToken": PROOF,
    "mail.Message": "mails to people; a person's own",
    "live.Ticket": MOMENTARY,
    "connections.OAuthState": MOMENTARY,
    "inbound.WebhookRoute": "the random address at which a channel calls; a secret",
    "jobs.Schedule": "when the house looks again; says nothing of the business",
    "transport.Budget": EVERYBODYS,
    "transport.Breaker": EVERYBODYS,
    "transport.Figure": EVERYBODYS,
    "transport.ApplicationToken": EVERYBODYS,
    "rules.ChannelRule": EVERYBODYS,
    "privacy.Erasure": "receipts, which outlive the business and name nobody",
}

#: How to find what a table keeps of a person. Those with a tenant are asked in each of the person's businesses.
PERSON_ROWS: Final[Mapping[str, Callable[[Person], dict[str, Any]]]] = {
    "accounts.Person": lambda person: {"id": person.id},
    "accounts.Membership": lambda person: {"person_id": person.id},
    "accounts.Session": lambda person: {"membership__person_id": person.id},
    "factors.Secret": lambda person: {"person_id": person.id},
    "factors.Passkey": lambda person: {"person_id": person.id},
    "people.EmailToken": lambda person: {"person_id": person.id},
    "people.Notice": lambda person: {"person_id": person.id},
    "keys.ApiKey": lambda person: {"maker_id": person.id},
    "people.Invitation": lambda person: {"email__iexact": person.email},
    "mail.Message": lambda person: {"recipient__iexact": person.email},
    "audit.Entry": lambda person: {"actor_kind": "person", "actor_id": str(person.id)},
}

#: Tables that know people but tell a person's export nothing.
NOT_A_PERSON: Final[Mapping[str, str]] = {
    "accounts.RefreshToken": PROOF,
    "accounts.Idempotency": "answers kept a day, to be repeated; what they say stands in the business's tables",
    "factors.RecoveryCode": PROOF,
    "factors.Challenge": MOMENTARY,
    "connections.OAuthState": MOMENTARY,
    "privacy.Export": "the exports themselves",
    "privacy.Erasure": "names nobody",
}

#: Tables with a tenant that name a person by a plain id, without a key: the rows go with the account.
PERSON_DELETED: Final = frozenset({"accounts.Idempotency"})

#: Columns of tables with a tenant that hold people's names as they were; an erasure puts a pseudonym there.
NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "people.Invitation": ("inviter",),
    "keys.ApiKey": ("maker_name", "revoked_by"),
}

#: JSON columns that say who made a change: kind, id and name.
CAUSES: Final = frozenset({"cause", "updated_by"})
HIDDEN: Final = frozenset({"password", "is_staff", "is_superuser"})


@dataclass(frozen=True, slots=True)
class Column:
    """One JSON column that names who caused something."""

    table: str
    name: str


@dataclass(frozen=True, slots=True)
class Link:
    """A column of a table with a tenant that holds a person's id; whether its row goes with them, or only the id."""

    model: type[TenantModel]
    column: str
    goes_along: bool


def ours() -> Iterator[type[models.Model]]:
    """Every table of Kontor's own, in the order of the apps."""
    return (model for model in apps.get_models() if model.__module__.startswith("kontor."))


def of_tenants() -> list[type[TenantModel]]:
    """Every table with a tenant."""
    return [model for model in ours() if issubclass(model, TenantModel)]


def exported() -> list[type[models.Model]]:
    """The tables of a business's export."""
    return [
        model
        for model in ours()
        if model._meta.label in BUSINESS_ROWS
        or (issubclass(model, TenantModel) and model._meta.label not in NOT_EXPORTED)
    ]


def columns(model: type[models.Model]) -> list[str]:
    """The columns that leave the house: no sealed secrets, no hashes, no passwords."""
    return [
        field.attname
        for field in model._meta.concrete_fields
        if not isinstance(field, models.BinaryField) and field.attname not in HIDDEN
    ]


def causes() -> list[Column]:
    """Where tables with a tenant name who caused something."""
    return [
        Column(model._meta.db_table, str(field.column))
        for model in of_tenants()
        for field in model._meta.concrete_fields
        if field.attname in CAUSES and isinstance(field, models.JSONField)
    ]


def links_to_people() -> list[Link]:
    """Where tables with a tenant point to people: what Django's keys say, and PERSON_DELETED."""
    keys = [
        Link(model, field.attname, field.remote_field.on_delete is models.CASCADE)
        for model in of_tenants()
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model is Person
    ]
    plain = [
        Link(model, "person_id", goes_along=True)
        for model in of_tenants()
        if model._meta.label in PERSON_DELETED
    ]
    return keys + plain


def names() -> Iterator[tuple[type[TenantModel], str]]:
    """The columns of NAMES."""
    for model in of_tenants():
        for column in NAMES.get(model._meta.label, ()):
            yield model, column


def knows_people(model: type[models.Model]) -> bool:
    """Whether a table points to people: by a key of Django's, or a column that is called so."""
    people = {"accounts.Person", "accounts.Membership", "accounts.Session"}
    return model._meta.label in people or any(
        (field.is_relation and field.related_model._meta.label in people)  # type: ignore[union-attr]
        or field.attname in ("person_id", "email", "recipient", "actor_id")
        for field in model._meta.concrete_fields
    )
