"""Finding, leasing and renewing jobs across all tenants: the only SQL that runs as `kontor_sweep`.

That role sees the job table and nothing else. It is taken for one short transaction and laid down at its end.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, connection, transaction

from kontor.core.cause import Cause
from kontor.core.config import settings

NOBODY = UUID(
    int=0
)  # the tenants' policy is evaluated beside the sweep's own, and must have something to read

# Two ways to be due, kept apart so that each is read from its own index: the time has come, or the lease ran out.
FREE = """j.kind = any(%(kinds)s) and (j.lock = '' or not exists (
        select from jobs_job o
         where o.tenant_id = j.tenant_id and o.lock = j.lock and o.status = 'leased' and o.id <> j.id))"""
WAITING = (
    f"""j.status = 'waiting' and j.run_at <= clock_timestamp() + %(ahead)s * interval '1 second' and {FREE}"""
)
EXPIRED = f"""j.status = 'leased' and j.leased_until < clock_timestamp() and {FREE}"""
# Walks the index from tenant to tenant instead of reading every waiting job.
TENANTS = f"""
with recursive waiting (tenant_id) as (
    (select tenant_id from jobs_job where status = 'waiting' and lane = %(lane)s order by tenant_id limit 1)
    union all
    select (select j.tenant_id from jobs_job j
             where j.status = 'waiting' and j.lane = %(lane)s and j.tenant_id > w.tenant_id
             order by j.tenant_id limit 1)
      from waiting w where w.tenant_id is not null
), somebody as (
    select tenant_id from waiting where tenant_id is not null
    union
    select tenant_id from jobs_job where status = 'leased' and leased_until < clock_timestamp()
)
select s.tenant_id, r.running
  from somebody s
  left join lateral (
      select count(*) as running from jobs_job j
       where j.status = 'leased' and j.leased_until >= clock_timestamp() and j.tenant_id = s.tenant_id and j.lane = %(lane)s
  ) r on true
  left join lateral (
      select max(leased_at) as served from jobs_job j where j.tenant_id = s.tenant_id and j.lane = %(lane)s
  ) l on true
 where exists (select from jobs_job j where j.lane = %(lane)s and j.tenant_id = s.tenant_id and {WAITING})
    or exists (select from jobs_job j where j.lane = %(lane)s and j.tenant_id = s.tenant_id and {EXPIRED})
 order by r.running, l.served nulls first
"""  # noqa: S608
CLAIM = f"""
update jobs_job set
    attempts = attempts + case when status = 'waiting' then 1 else 0 end,
    crashes = crashes + case when status = 'waiting' then 0 else 1 end,
    status = 'leased', lease = %(lease)s, leased_at = clock_timestamp(),
    leased_until = clock_timestamp() + %(seconds)s * interval '1 second'
 where id = coalesce(
    (select j.id from jobs_job j
      where j.lane = %(lane)s and j.tenant_id = %(tenant)s and (%(job)s::uuid is null or j.id = %(job)s) and {EXPIRED}
      order by j.leased_until limit 1 for update skip locked),
    (select j.id from jobs_job j
      where j.lane = %(lane)s and j.tenant_id = %(tenant)s and (%(job)s::uuid is null or j.id = %(job)s) and {WAITING}
      order by j.run_at, j.id limit 1 for update skip locked))
returning id, tenant_id, kind, payload, attempts, crashes, label, wish, cause, lane
"""  # noqa: S608
ONE_AT_A_TIME = "select pg_advisory_xact_lock(hashtextextended('kontor.newcomer:' || %(lane)s, 0))"
RENEW = """
update jobs_job set leased_until = clock_timestamp() + %(seconds)s * interval '1 second'
 where id in (select id from jobs_job where lease = any(%(leases)s) and status = 'leased' for update skip locked)
"""
HELD = "select lease, wish from jobs_job where lease = any(%(leases)s) and status = 'leased'"
# The order is the index's: without it the planner would read the whole table to find that a lane is empty.
LANES_DUE = f"""
select lane from unnest(%(lanes)s::text[]) as wanted (lane)
 where (select true from jobs_job j where j.lane = wanted.lane and {WAITING}
         order by j.lane, j.tenant_id, j.run_at, j.id limit 1)
    or exists (select from jobs_job j where j.lane = wanted.lane and {EXPIRED})
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Claimed:
    """A job that this process holds under `lease`."""

    id: UUID
    tenant_id: UUID
    kind: str
    payload: dict[str, Any]
    attempts: int
    crashes: int
    label: str
    wish: str
    cause: Cause
    lane: str
    lease: UUID


@contextmanager
def sweeping() -> Iterator[Any]:
    """A cursor in a short transaction that sees every tenant's jobs."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(
            "select set_config('app.tenant', %s, true), set_config('role', 'kontor_sweep', true)",
            [str(NOBODY)],
        )
        yield cursor


def claim(
    lane: str,
    kinds: Collection[str],
    *,
    job_id: UUID | None = None,
    ahead_seconds: float = 0,
    newcomer_besides: Collection[UUID] | None = None,
) -> Claimed | None:
    """Leases the next due job of a lane, for the tenant that has the fewest running and was served longest ago.

    With `newcomer_besides`, only for a tenant that has none running in this lane, and is not among those.
    """
    values = {
        "lane": lane,
        "kinds": list(kinds),
        "ahead": ahead_seconds,
        "seconds": settings().job_lease_seconds,
        "job": job_id,
    }
    passed_over: set[UUID] = set()
    while True:
        tenant_id = NOBODY
        try:
            with sweeping() as cursor:
                if newcomer_besides is not None:  # or two workers would each give the same newcomer a seat
                    cursor.execute(ONE_AT_A_TIME, values)
                cursor.execute(TENANTS, values)
                for tenant_id, running in cursor.fetchall():
                    if tenant_id in passed_over:
                        continue
                    if newcomer_besides is not None and (running or tenant_id in newcomer_besides):
                        continue
                    lease = uuid4()
                    cursor.execute(CLAIM, {**values, "tenant": tenant_id, "lease": lease})
                    if row := cursor.fetchone():
                        return _claimed(row, lease)
                return None
        except IntegrityError:  # another worker took a job of the same lock in this very moment
            passed_over.add(tenant_id)


def _claimed(row: Sequence[Any], lease: UUID) -> Claimed:
    job_id, tenant_id, kind, payload, attempts, crashes, label, wish, cause, lane = row
    # psycopg under Django leaves jsonb as text, for JSONField to read.
    return Claimed(
        job_id,
        tenant_id,
        kind,
        json.loads(payload),
        attempts,
        crashes,
        label,
        wish,
        json.loads(cause),
        lane,
        lease,
    )


def lanes_due(lanes: Collection[str], kinds: Collection[str]) -> list[str]:
    """The lanes in which something could be claimed now."""
    with sweeping() as cursor:
        cursor.execute(LANES_DUE, {"lanes": list(lanes), "kinds": list(kinds), "ahead": 0})
        return [lane for (lane,) in cursor.fetchall()]


def renew(leases: Collection[UUID]) -> dict[UUID, str]:
    """Renews those leases and answers which of them are still ours, with what is wished of their jobs.

    A row that its own handler has locked is left for the next turn: waiting for it would let all other leases run out.
    """
    values = {"leases": list(leases), "seconds": settings().job_lease_seconds}
    with sweeping() as cursor:
        cursor.execute(RENEW, values)
        cursor.execute(HELD, values)
        return dict(cursor.fetchall())
