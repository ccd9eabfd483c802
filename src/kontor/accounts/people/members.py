"""Who is in the tenant, as what; and that a tenant always has an owner."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from kontor.accounts import passwords, sessions
from kontor.accounts.models import Membership, Role, Session
from kontor.accounts.people import notices
from kontor.accounts.people.ground import (
    NoSuchPerson,
    locked_tenant,
    own_membership,
    person_entity,
    revision_of,
)
from kontor.audit import service as audit
from kontor.core.actor import Actor
from kontor.core.clock import now
from kontor.core.errors import Conflict, Forbidden
from kontor.core.http.etags import require_match
from kontor.core.tenancy import current_tenant, tenant
from kontor.live import events

PAGE = "/settings/people"


class OwnerOnly(Forbidden):
    """Who is owner is decided by an owner."""

    code, title = "people.owner_only", "Only an owner may do this"


class LastOwner(Conflict):
    """Without this person the business would have no owner."""

    code, title = "people.last_owner", "The business needs an owner: hand it over first"


class Inactive(Conflict):
    """The person was deactivated."""

    code, title = "people.inactive", "This person is deactivated; reactivate them first"


def find(*, text: str = "", active: bool | None = None) -> QuerySet[Membership]:
    """Members of the open tenant, with their person and `last_seen_at`."""
    rows = Membership.objects.select_related("person").filter(tenant_id=current_tenant())
    if active is not None:
        rows = rows.filter(is_active=active)
    for word in text.split():
        rows = rows.filter(
            Q(person__first_name__icontains=word)
            | Q(person__last_name__icontains=word)
            | Q(person__email__icontains=word)
        )
    newest = Session.objects.filter(membership=OuterRef("id")).order_by("-used_at")
    return rows.annotate(last_seen_at=Subquery(newest.values("used_at")[:1]))


def get(person_id: UUID) -> Membership:
    """A member of the open tenant. Raises NoSuchPerson."""
    if (found := find().filter(person_id=person_id).first()) is None:
        raise NoSuchPerson
    return found


def revision(member: Membership) -> int:
    """What `If-Match` on a person means: role and standing."""
    return revision_of(_standing(member))


def change(
    actor: Actor, person_id: UUID, *, role: str | None, is_active: bool | None, if_match: str | None
) -> Membership:
    """Another role, out, or in again. Sessions of who is out end. Inside `tenant()`.

    Raises NoSuchPerson, OwnerOnly, LastOwner, StaleEdit.
    """
    locked_tenant()
    member = get(person_id)
    before = _standing(member)
    require_match(if_match, revision(member), before)
    if role in (None, member.role) and is_active in (None, member.is_active):
        return member
    if Role.OWNER in (member.role, role) and not is_owner(actor):
        raise OwnerOnly(needs=str(Role.OWNER))
    member.role = role or member.role
    member.is_active = member.is_active if is_active is None else is_active
    _keep_an_owner(member, before)
    _save(member, before)
    return member


def hand_over(actor: Actor, person_id: UUID, password: str) -> Membership:
    """The actor, an owner, becomes administrator, and the other one owner. Opens its own transactions.

    Raises OwnerOnly, NoSuchPerson, Inactive, Invalid (password), TooManyAttempts.
    """
    with tenant(actor.tenant_id):
        me, _ = _both(actor, person_id)
    passwords.confirm(me.person, password, field="password")  # outside: a refused one must stay counted
    with tenant(actor.tenant_id):
        locked_tenant()
        mine, theirs = _both(actor, person_id)
        if theirs.id == mine.id:
            return theirs
        Membership.objects.filter(id=theirs.id).update(role=Role.OWNER)
        Membership.objects.filter(id=mine.id).update(role=Role.ADMIN)
        audit.record(
            "ownership.handed_over",
            **person_entity(theirs.person),
            before={"owner": mine.person.name},
            after={"owner": theirs.person.name},
        )
        for each in (mine, theirs):
            events.record("person.changed", "person", each.person_id)
            notices.notify("security.role_changed", each.tenant_id, [each.person_id], link=PAGE)
        return get(person_id)


def _both(actor: Actor, person_id: UUID) -> tuple[Membership, Membership]:
    """The owner who hands over, and who is to be owner. Raises OwnerOnly, NoSuchPerson, Inactive."""
    mine = own_membership(actor)
    if mine.role != Role.OWNER:
        raise OwnerOnly(needs=str(Role.OWNER))
    theirs = get(person_id)
    if not theirs.is_active:
        raise Inactive
    return mine, theirs


def leave(actor: Actor) -> None:
    """The actor is no longer in this business. Raises LastOwner. Inside `tenant()`."""
    locked_tenant()
    member = own_membership(actor)
    before = _standing(member)
    member.is_active = False
    _keep_an_owner(member, before)
    _save(member, before)


def is_owner(actor: Actor) -> bool:
    """Whether the actor is an owner now, whatever their token says. An API key is nobody."""
    owners = Membership.objects.filter(tenant_id=current_tenant(), is_active=True, role=Role.OWNER)
    return actor.person_id is not None and owners.filter(person_id=actor.person_id).exists()


def _keep_an_owner(member: Membership, before: Mapping[str, Any]) -> None:
    """Raises LastOwner where an owner goes and nobody else is one. The tenant's row is locked."""
    others = Membership.objects.exclude(id=member.id).filter(
        tenant_id=current_tenant(), role=Role.OWNER, is_active=True, person__is_active=True
    )
    owner = {"role": str(Role.OWNER), "is_active": True}
    if before == owner and _standing(member) != owner and not others.exists():
        raise LastOwner


def _save(member: Membership, before: Mapping[str, Any]) -> None:
    after = _standing(member)
    member.deactivated_at = None if member.is_active else now()
    member.save(update_fields=["role", "is_active", "deactivated_at"])
    if before["role"] != after["role"]:
        audit.record("role.changed", **person_entity(member.person), before=before, after=after)
        notices.notify("security.role_changed", member.tenant_id, [member.person_id], link=PAGE)
    if before["is_active"] != after["is_active"]:
        action = "person.reactivated" if member.is_active else "person.deactivated"
        audit.record(action, **person_entity(member.person), before=before, after=after)
    if not member.is_active:
        sessions.finish_all(membership_id=member.id, because="deactivated")
    events.record("person.changed", "person", member.person_id)


def _standing(member: Membership) -> dict[str, Any]:
    return {"role": str(member.role), "is_active": member.is_active}
