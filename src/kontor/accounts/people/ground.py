"""What the modules of this folder share: who acts, in which tenant a person is at home, revisions, links into the web UI."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any, TypedDict
from uuid import UUID

from kontor.accounts.models import Membership, Person, Tenant
from kontor.core.actor import Actor
from kontor.core.cause import Cause
from kontor.core.config import settings
from kontor.core.errors import Forbidden, NotFound
from kontor.core.tenancy import current_tenant
from kontor.jobs.schedules import HOUSE


class Entity(TypedDict):
    """How the audit log names what an entry is about."""

    entity_kind: str
    entity_id: str
    entity_label: str


class PersonNeeded(Forbidden):
    """The credential is an API key: it has no profile, no mailbox, nobody to tell."""

    code, title = "person.needed", "This belongs to a person; log in as one"


class NoSuchPerson(NotFound):
    """No such person in this tenant."""

    code, title = "people.not_found", "There is no such person here"


def own_membership(actor: Actor) -> Membership:
    """The actor's membership in the present tenant, with person and tenant. Raises PersonNeeded, NoSuchPerson."""
    if actor.person_id is None:
        raise PersonNeeded
    rows = Membership.objects.select_related("person", "tenant").filter(
        person_id=actor.person_id, tenant_id=actor.tenant_id, is_active=True
    )
    if (found := rows.first()) is None:
        raise NoSuchPerson
    return found


def person_entity(person: Person) -> Entity:
    """A person, for the audit log."""
    return {"entity_kind": "person", "entity_id": str(person.id), "entity_label": person.name}


def locked_tenant() -> Tenant:
    """The open tenant's row, locked until the transaction ends: who changes owners comes one after another."""
    return Tenant.objects.select_for_update().get(id=current_tenant())


def home(person_id: UUID) -> UUID:
    """The tenant whose log hears of what concerns the person alone: the one joined first, else the house."""
    rows = Membership.objects.filter(person_id=person_id, is_active=True).order_by("created_at", "id")
    return rows.values_list("tenant_id", flat=True).first() or HOUSE


def cause_by(person: Person) -> Cause:
    """The cause where somebody acts by a link from a mail."""
    return {"kind": "person", "id": str(person.id), "label": person.name}


def revision_of(shown: Mapping[str, Any]) -> int:
    """A revision of a thing that counts none: a checksum of what is shown of it, so that it is the same for the same."""
    return zlib.crc32(repr(sorted(shown.items())).encode())


def page_link(path: str) -> str:
    """The address of a page of the web UI, for a mail."""
    return f"{settings().public_url.rstrip('/')}{path}"
