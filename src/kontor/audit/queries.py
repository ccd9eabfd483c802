"""Finding entries of the audit log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final, get_args, get_type_hints
from uuid import UUID

from django.db import connections
from django.db.models import Q, QuerySet

from kontor.audit.models import Entry
from kontor.core.cause import Cause
from kontor.core.tenancy import tenant

KINDS_OF_ACTORS: Final = frozenset(get_args(get_type_hints(Cause)["kind"]))
SEARCHED: Final = ("actor_label", "entity_label", "entity_id", "action", "address")
BATCH: Final = 500  # entries of an export that are in memory at a time


@dataclass(frozen=True, slots=True)
class Asked:
    """Which entries are wanted; what is empty asks for nothing.

    `actor` is an id or a kind (`api_key`), `action` whole (`role.changed`) or a group (`role.`), `entity` a kind or
    `kind:id`. `since` is included, `until` is not; times without a zone are UTC. Each word of `text` must be found.
    """

    actor: str = ""
    action: str = ""
    entity: str = ""
    since: datetime | None = None
    until: datetime | None = None
    text: str = ""


def find(asked: Asked) -> QuerySet[Entry]:
    """Those entries of the open tenant, in no order."""
    rows = Entry.objects.all()
    if asked.actor:
        rows = rows.filter(
            **{"actor_kind" if asked.actor in KINDS_OF_ACTORS else "actor_id": asked.actor},
        )
    if asked.action:
        rows = rows.filter(**{f"action{'__startswith' if asked.action.endswith('.') else ''}": asked.action})
    kind, _, entity_id = asked.entity.partition(":")
    if kind:
        rows = rows.filter(entity_kind=kind)
    if entity_id:
        rows = rows.filter(entity_id=entity_id)
    if asked.since:
        rows = rows.filter(at__gte=_zoned(asked.since))
    if asked.until:
        rows = rows.filter(at__lt=_zoned(asked.until))
    for word in asked.text.split():
        rows = rows.filter(_said(word))
    return rows


def up_to(asked: Asked, at: datetime) -> Asked:
    """The same, without what is recorded from `at` on."""
    return replace(asked, until=min(_zoned(asked.until), at) if asked.until else at)


def stream(tenant_id: UUID, asked: Asked) -> Iterator[list[Entry]]:
    """Those entries in batches, the oldest first, each in a transaction of its own: an export may take its time.

    Entries never change, so the batches fit together. Whoever takes them may do so from another thread each time.
    """
    after = Q()
    while True:
        try:
            with tenant(tenant_id):
                batch = list(find(asked).filter(after).order_by("at", "id")[:BATCH])
        finally:
            connections.close_all()  # this thread's only
        if batch:
            yield batch
        if len(batch) < BATCH:
            return
        last = batch[-1]
        after = Q(at__gte=last.at) & (Q(at__gt=last.at) | Q(id__gt=last.id))


def _said(word: str) -> Q:
    condition = Q(pk__in=())
    for column in SEARCHED:
        condition |= Q(**{f"{column}__icontains": word})
    return condition


def _zoned(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)
