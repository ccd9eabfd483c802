"""Writing events: the last thing of a transaction, in an order that readers can rely on.

A plain database sequence would hand out 7 before 6 has committed, and a reader at 7 would never see 6. Here the number
comes from a row that stays locked until commit, so whoever sees 7 has 6. To hold that lock for a moment only, it is
taken when everything else of the transaction is done.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from kontor.core.cause import Cause, cause_of
from kontor.core.clock import now
from kontor.core.identifiers import uuid7
from kontor.core.tenancy import before_commit, current_tenant

CHANNEL = "kontor_live"


@dataclass(frozen=True, slots=True)
class Told:
    """An event as it was recorded."""

    kind: str
    entity: str
    entity_id: UUID
    revision: int | None
    payload: Mapping[str, Any]


#: Who hears of each event inside its transaction, to keep what must not be lost; filled when Django starts.
hearing: list[Callable[[Told], None]] = []

WRITE = """
with place as (
    insert into live_sequence (id, tenant_id, last) values (%(sequence_id)s, %(tenant_id)s, 1)
        on conflict (tenant_id) do update set last = live_sequence.last + 1
    returning last
), event as (
    insert into live_event (id, tenant_id, seq, kind, entity, entity_id, revision, cause, payload, at)
    select %(id)s, %(tenant_id)s, last, %(kind)s, %(entity)s, %(entity_id)s, %(revision)s, %(cause)s::jsonb,
           %(payload)s::jsonb, %(at)s
      from place
    returning seq
)
select pg_notify(%(channel)s, %(tenant_text)s || ':' || seq) from event
"""


def record(
    kind: str,
    entity: str,
    entity_id: UUID,
    *,
    revision: int | None = None,
    payload: Mapping[str, Any] | None = None,
) -> None:
    """Tells everyone of this tenant who watches that something is so now; sent at commit, and never if it rolls back.

    For many rows at once record one event that says so. `payload` is small: what a screen needs to know what to read
    again. Runs inside `tenant()`; the cause is the one in force now.
    """
    told = Told(kind, entity, entity_id, revision, dict(payload or {}))
    for hear in hearing:
        hear(told)
    before_commit(partial(_write, told, cause_of()))


def _write(told: Told, cause: Cause) -> None:
    tenant_id = current_tenant()
    values: dict[str, Any] = {
        "sequence_id": uuid7(),
        "id": uuid7(),
        "tenant_id": tenant_id,
        "tenant_text": str(tenant_id),
        "kind": told.kind,
        "entity": told.entity,
        "entity_id": told.entity_id,
        "revision": told.revision,
        "cause": json.dumps(cause),
        "payload": json.dumps(told.payload, cls=DjangoJSONEncoder),
        "at": now(),
        "channel": CHANNEL,
    }
    with connection.cursor() as cursor:
        cursor.execute(WRITE, values)
