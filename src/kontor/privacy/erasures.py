"""Asking for an erasure: who may, what stands in its way, what is promised, and taking it back."""

from __future__ import annotations

import json
import secrets
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet

from kontor.accounts import sessions
from kontor.accounts.models import Membership, Person, Role, Tenant
from kontor.accounts.people import members, notices
from kontor.accounts.people.ground import person_entity
from kontor.accounts.people.members import LastOwner, OwnerOnly
from kontor.audit import service as audit
from kontor.core.actor import Actor
from kontor.core.cause import SYSTEM, causing
from kontor.core.clock import now
from kontor.core.config import settings
from kontor.core.errors import Conflict, Invalid, NotFound, Problem
from kontor.core.tenancy import current_tenant, tenant
from kontor.core.vault import vault
from kontor.jobs import service as jobs
from kontor.jobs.models import Lane
from kontor.jobs.schedules import HOUSE
from kontor.live import events
from kontor.orders import buyers
from kontor.orders.models import Order
from kontor.privacy import exports
from kontor.privacy.models import Erasure, ErasureOf, ErasureState, ExportOf

ERASE: Final = "privacy.erase"
PAGE: Final = "/settings/business"
OPEN: Final = (ErasureState.PLANNED, ErasureState.RUNNING)


class NoSuchErasure(NotFound):
    """No such erasure of this business."""

    code, title = "erasure.not_found", "There is no such erasure"


class Planned(Conflict):
    """The erasure of this business was asked for already."""

    code, title = "erasure.planned", "The erasure of this business was asked for already"


class TooLate(Conflict):
    """It runs, or is done."""

    code, title = "erasure.too_late", "This erasure can't be taken back any more"


def of_business(tenant_id: UUID) -> QuerySet[Erasure]:
    """Erasures of a business and of its buyers. The table has no policy: whoever reads it asks by this."""
    return Erasure.objects.filter(tenant_id=tenant_id)


def get(tenant_id: UUID, erasure_id: UUID) -> Erasure:
    """Raises NoSuchErasure, also for another tenant's."""
    if (found := of_business(tenant_id).filter(id=erasure_id).first()) is None:
        raise NoSuchErasure
    return found


def ask_person(actor: Actor) -> Erasure:
    """The actor's account goes, at once and for good; they are logged out everywhere. Opens its own transactions.

    Raises ProofNeeded, LastOwner (`company` names the business that would have no owner).
    """
    with tenant(actor.tenant_id):
        person = sessions.proven(actor).membership.person
        _keep_owners(person)
        pseudonym = f"erased-{secrets.token_hex(6)}"
        row = Erasure(subject=ErasureOf.PERSON, person_id=person.id, pseudonym=pseudonym)
        row.sealed = seal(
            row, {"email": person.email, "name": person.name, "first_name": person.first_name,
                  "last_name": person.last_name, "language": person.language},
        )  # fmt: skip
        row.save(force_insert=True)
        audit.record("erasure.asked", **person_entity(person), after={"erasure": str(row.id)})
        Person.objects.filter(id=person.id).update(is_active=False)
        sessions.finish_all(person_id=person.id, because="everywhere")
    nudge()
    return row


def _keep_owners(person: Person) -> None:
    """Raises LastOwner for the first business that would be left without one; those businesses are locked."""
    owned = Membership.objects.filter(person=person, role=Role.OWNER, is_active=True)
    for business in Tenant.objects.select_for_update().filter(memberships__in=owned).order_by("id"):
        others = Membership.objects.exclude(person=person).filter(
            tenant=business, role=Role.OWNER, is_active=True, person__is_active=True
        )
        if not others.exists():
            raise LastOwner(company=business.name)


def ask_business(actor: Actor, name: str) -> Erasure:
    """Everything of the open business goes when the grace is over; until then an owner may take it back.

    An export for the asker is made at once: the business must keep its books, and takes them along by that.
    Raises ProofNeeded, OwnerOnly, Invalid (`name` is not the business's), Planned.
    """
    session = sessions.proven(actor)
    if not members.is_owner(actor):
        raise OwnerOnly(needs=str(Role.OWNER))
    business = Tenant.objects.select_for_update().get(id=current_tenant())
    if name.strip() != business.name:
        problem = Problem("erasure.name_differs", "This is not the name of the business", "name")
        raise Invalid(problems=(problem,))
    if of_business(business.id).filter(subject=ErasureOf.BUSINESS, state__in=OPEN).exists():
        raise Planned
    person = session.membership.person
    due = now() + timedelta(days=settings().erasure_grace_days)
    row = Erasure(
        subject=ErasureOf.BUSINESS, tenant_id=business.id, person_id=person.id, due_at=due,
        pseudonym=f"erased-{secrets.token_hex(6)}",
    )  # fmt: skip
    row.sealed = seal(
        row,
        {"email": person.email, "name": person.name, "language": person.language, "company": business.name},
    )
    row.save(force_insert=True)
    exports.queue(person.id, ExportOf.BUSINESS)
    audit.record("erasure.asked", **_entity(business), after={"due_at": due.isoformat()})
    _tell_keepers("security.business_erasure", due_at=f"{due:%Y-%m-%d %H:%M} UTC")
    _tell(row)
    return row


def ask_buyer(actor: Actor, *, email: str, name: str, username: str) -> Erasure:
    """A buyer goes from the open business's orders: all that law does not keep. Raises ProofNeeded, Invalid."""
    sessions.proven(actor)
    wanted = {"email": email.strip(), "name": name.strip(), "username": username.strip()}
    if not any(wanted.values()):
        raise Invalid(
            problems=(Problem("erasure.who_missing", "Say whom: e-mail, name or user name", "email"),)
        )
    row = Erasure(subject=ErasureOf.BUYER, tenant_id=current_tenant(), person_id=actor.person_id)
    row.sealed = seal(row, wanted)
    row.save(force_insert=True)
    # The entry names nobody: it would outlive whom it is about.
    audit.record("erasure.asked", entity_kind="buyer", entity_id=row.id)
    _tell(row)
    return row


def account_closed(tenant_id: UUID, told: dict[str, Any]) -> None:
    """A marketplace closed somebody's account: if they bought here, they go as by `ask_buyer`. Most never did: it tells
    of everybody. Opens its own transactions.

    Source: eBay, MARKETPLACE_ACCOUNT_DELETION: `notification.data` has `username` and `userId`.
    """
    data = dict(told.get("notification") or {}).get("data") or {}
    names = [str(data[key]) for key in ("username", "userId") if data.get(key)]
    if not names:
        return
    with tenant(tenant_id):
        if not Order.objects.filter(buyers.known_as(names)).exists():
            return
        row = Erasure(subject=ErasureOf.BUYER, tenant_id=tenant_id)
        row.sealed = seal(row, {"usernames": names})
        row.save(force_insert=True)
    nudge()


def cancel(actor: Actor, erasure_id: UUID) -> Erasure:
    """Takes the erasure of the business back. Raises OwnerOnly, NoSuchErasure, TooLate."""
    if not members.is_owner(actor):
        raise OwnerOnly(needs=str(Role.OWNER))
    row = get(actor.tenant_id, erasure_id)
    taken_back = Erasure.objects.filter(
        id=row.id, state=ErasureState.PLANNED, subject=ErasureOf.BUSINESS, due_at__gt=now()
    )
    if not taken_back.update(state=ErasureState.CANCELLED, sealed=None, done_at=now()):
        raise TooLate
    audit.record("erasure.cancelled", **_entity(Tenant.objects.get(id=actor.tenant_id)))
    _tell_keepers("security.business_kept")
    _tell(row)
    return get(actor.tenant_id, erasure_id)


def nudge() -> None:
    """Lets the house look for what is due now, not at its next turn. Opens its own transaction."""
    with tenant(HOUSE), causing(SYSTEM):
        jobs.add(ERASE, {}, key=f"schedule:{ERASE}", lock=ERASE, lane=Lane.NORMAL)


def due() -> list[UUID]:
    """Erasures to carry out or to go on with, oldest first."""
    rows = Erasure.objects.filter(
        Q(state=ErasureState.RUNNING) | Q(state=ErasureState.PLANNED, due_at__lte=now())
    )
    return list(rows.order_by("due_at", "id").values_list("id", flat=True))


def seal(row: Erasure, words: dict[str, Any]) -> bytes:
    """What the erasure needs to know of whom it is about, until it is done."""
    return vault().seal(json.dumps(words).encode(), owner=owner(row))


def opened(row: Erasure) -> dict[str, Any]:
    """The same, read."""
    assert row.sealed is not None
    words: dict[str, Any] = json.loads(vault().open(bytes(row.sealed), owner=owner(row)))
    return words


def owner(row: Erasure) -> str:
    """What the sealed words of an erasure are bound to."""
    return f"erasure:{row.id}"


def _entity(business: Tenant) -> Any:
    return {"entity_kind": "tenant", "entity_id": str(business.id), "entity_label": business.name}


def _tell_keepers(event: str, **values: str) -> None:
    keepers = members.find(active=True).filter(role__in=(Role.OWNER, Role.ADMIN))
    notices.notify(
        event, current_tenant(), list(keepers.values_list("person_id", flat=True)), link=PAGE, **values
    )


def _tell(row: Erasure) -> None:
    events.record("erasure.changed", "erasure", row.id, payload={"subject": row.subject})
