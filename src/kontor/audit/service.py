"""The only writer of the audit log. Every noun may call `record`; nobody can take an entry back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import uuid5

from kontor.audit.models import Entry
from kontor.audit.redaction import redacted
from kontor.core.cause import cause_of
from kontor.core.http.place import here
from kontor.core.tenancy import current_tenant

_recorded: ContextVar[list[str] | None] = ContextVar("kontor_audit_recorded", default=None)


@contextmanager
def recording() -> Iterator[list[str]]:
    """The actions that are recorded inside the block, in this thread."""
    actions: list[str] = []
    token = _recorded.set(actions)
    try:
        yield actions
    finally:
        _recorded.reset(token)


def record(
    action: str,
    *,
    entity_kind: str = "",
    entity_id: object = "",
    entity_label: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> Entry:
    """One entry, inside the `tenant()` block of the fact that it tells, so that neither is there without the other.

    Who is the present cause, from where the present request. Of `before` and `after` only what differs is kept.
    """
    cause, place = cause_of(), here()
    was, became = redacted(before or {}), redacted(after or {})
    same = {name for name in was if name in became and was[name] == became[name]}
    made = Entry.objects.create(
        action=action,
        actor_kind=cause["kind"],
        actor_id=cause["id"],
        actor_label=cause["label"][:200],
        address=place.address,
        device=place.device,
        request_id=place.request_id,
        entity_kind=entity_kind,
        entity_id=str(entity_id),
        entity_label=entity_label[:200],
        before={name: value for name, value in was.items() if name not in same},
        after={name: value for name, value in became.items() if name not in same},
    )
    if (recorded := _recorded.get()) is not None:
        recorded.append(action)
    return made


def kept(entry: Entry) -> dict[str, Any]:
    """An entry as JSON, for `record_again`; without its tenant."""
    values = {field.attname: getattr(entry, field.attname) for field in Entry._meta.concrete_fields}
    return {
        name: value if isinstance(value, dict) else str(value)
        for name, value in values.items()
        if name != "tenant_id"
    }


def record_again(kept: Mapping[str, Any]) -> None:
    """The same entry, of the same time, in the log of the open tenant too; once however often it is repeated."""
    entry_id = uuid5(current_tenant(), kept["id"])
    Entry.objects.bulk_create([Entry(**{**kept, "id": entry_id})], ignore_conflicts=True)
