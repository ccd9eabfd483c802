"""The business's endpoints: made, changed, given a new secret, tested, switched off. All inside `tenant()`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from kontor.accounts.models import Role
from kontor.accounts.people import members, notices
from kontor.accounts.people.ground import Entity
from kontor.audit import service as audit
from kontor.core.clock import now
from kontor.core.errors import Conflict, Invalid, NotFound, Problem
from kontor.core.http.etags import require_match
from kontor.core.tenancy import current_tenant
from kontor.live import events
from kontor.webhooks import event_types, outgoing, sending, signing
from kontor.webhooks.models import Attempt, Delivery, DeliveryState, Endpoint, Why

MOST = 20
PAGE = "/settings/webhooks"
EDITABLE = ("url", "description", "types", "is_enabled")
DISABLED = "webhook.disabled"


class NoSuchEndpoint(NotFound):
    """No such endpoint in this tenant."""

    code, title = "webhook.not_found", "There is no such webhook endpoint"


class TooManyEndpoints(Conflict):
    """The business has MOST endpoints."""

    code, title = "webhook.too_many", "There are as many webhook endpoints as there may be"


def get(endpoint_id: UUID) -> Endpoint:
    """Raises NoSuchEndpoint, also for another tenant's id."""
    return _one(Endpoint.objects.filter(id=endpoint_id))


def locked(endpoint_id: UUID) -> Endpoint:
    """The same, for changing it; events may go on being written for it meanwhile."""
    return _one(Endpoint.objects.select_for_update(no_key=True).filter(id=endpoint_id))


def _one(rows: QuerySet[Endpoint]) -> Endpoint:
    if (found := rows.first()) is None:
        raise NoSuchEndpoint
    return found


def shown(row: Endpoint) -> dict[str, Any]:
    """What a person edits."""
    return {name: getattr(row, name) for name in EDITABLE}


def make(url: str, types: Sequence[str], description: str) -> tuple[Endpoint, str]:
    """A new endpoint and its secret, which nobody can read again. Raises Invalid, TooManyEndpoints."""
    if Endpoint.objects.count() >= MOST:
        raise TooManyEndpoints(limit=MOST)
    _refuse(url, types)
    row, secret = Endpoint(url=url.strip(), types=_sorted(types), description=description.strip()), ""
    row.sealed = signing.seal(row.id, secret := signing.new_secret())
    row.save(force_insert=True)
    audit.record("webhook.made", **_entity(row), after=shown(row))
    _tell(row)
    return row, secret


def edit(endpoint_id: UUID, wish: Mapping[str, Any], if_match: str | None) -> Endpoint:
    """Changes what `wish` names of EDITABLE. Enabling it again forgets its failures.

    Raises NoSuchEndpoint, Invalid, StaleEdit.
    """
    row = locked(endpoint_id)
    before = shown(row)
    require_match(if_match, row.revision, before)
    _refuse(wish.get("url", row.url), wish.get("types", row.types))
    for name, value in wish.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    row.types = _sorted(row.types)
    if shown(row) == before:
        return row
    if row.is_enabled and not before["is_enabled"]:
        row.disabled_because, row.disabled_at = Why.NOT, None
        row.failures, row.failing_since, row.resting_until = 0, None, None
    elif not row.is_enabled and before["is_enabled"]:
        _disable(row, Why.PERSON)
    row.revision += 1
    row.save()
    audit.record("webhook.changed", **_entity(row), before=before, after=shown(row))
    _tell(row)
    return row


def rotate(endpoint_id: UUID) -> tuple[Endpoint, str]:
    """A new secret, shown once; the present one signs too for OVERLAP. Raises NoSuchEndpoint."""
    row, secret = locked(endpoint_id), signing.new_secret()
    row.previous_sealed, row.previous_until = row.sealed, now() + signing.OVERLAP
    row.sealed = signing.seal(row.id, secret)
    row.revision += 1
    row.save()
    until = row.previous_until.isoformat()
    audit.record("webhook.secret_rotated", **_entity(row), after={"old_one_signs_until": until})
    _tell(row)
    return row, secret


def remove(endpoint_id: UUID) -> None:
    """The endpoint goes with its log; what was on its way is not sent. Raises NoSuchEndpoint."""
    row = _one(Endpoint.objects.select_for_update().filter(id=endpoint_id))
    Attempt.objects.filter(delivery__endpoint_id=row.id).delete()
    Delivery.objects.filter(endpoint_id=row.id).delete()
    audit.record("webhook.removed", **_entity(row), before=shown(row))
    _tell(row)
    row.delete()


def send_test(endpoint_id: UUID) -> Delivery:
    """Sends `webhook.test`, also where the endpoint is switched off. Raises NoSuchEndpoint."""
    row = get(endpoint_id)
    data = {"endpoint_id": str(row.id), "message": "This is a test from Kontor."}
    return outgoing.add([row], event_types.TEST, data)[0]


def succeeded(row: Endpoint, at: datetime) -> None:
    """It took something: what failed before counts no more."""
    row.failures, row.failing_since, row.resting_until, row.succeeded_at = 0, None, None, at
    row.save(update_fields=["failures", "failing_since", "resting_until", "succeeded_at"])


def disable(row: Endpoint, why: Why) -> None:
    """Nothing more is sent; who looks after the business is told. Does nothing where it is disabled already."""
    if not row.is_enabled:
        return
    row.is_enabled = False
    _disable(row, why)
    row.revision += 1
    row.save()
    audit.record(DISABLED, **_entity(row), after={"because": str(why)})
    keepers = members.find(active=True).filter(role__in=(Role.OWNER, Role.ADMIN))
    people = list(keepers.values_list("person_id", flat=True))
    notices.notify(DISABLED, current_tenant(), people, link=f"{PAGE}/{row.id}", address=row.url)
    _tell(row)


def _disable(row: Endpoint, why: Why) -> None:
    row.disabled_because, row.disabled_at = why, now()
    waiting = Delivery.objects.filter(endpoint_id=row.id, state=DeliveryState.WAITING)
    waiting.update(state=DeliveryState.FAILED, settled_at=now(), next_at=None)


def _refuse(url: str, types: Sequence[str]) -> None:
    problems = []
    if refused := sending.problem_with(url):
        problems.append(refused)
    if unknown := [name for name in types if name not in event_types.CHOOSABLE]:
        problems.append(
            Problem("webhook.type_unknown", f"There is no event {unknown[0]}", "types", {"type": unknown[0]})
        )
    if not types:
        problems.append(Problem("webhook.types_missing", "Choose at least one event", "types"))
    if problems:
        raise Invalid(problems=tuple(problems))


def _sorted(types: Sequence[str]) -> list[str]:
    return [name for name in event_types.CHOOSABLE if name in set(types)]


def _entity(row: Endpoint) -> Entity:
    return {
        "entity_kind": "webhook",
        "entity_id": str(row.id),
        "entity_label": (row.description or row.url)[:200],
    }


def _tell(row: Endpoint) -> None:
    events.record("webhook.changed", "webhook", row.id, payload={"is_enabled": row.is_enabled})
