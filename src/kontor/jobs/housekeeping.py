"""The house's own work: what nobody reads any more is taken away."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db.models import Q

from kontor.core.clock import now
from kontor.core.tenancy import tenant
from kontor.jobs import schedules
from kontor.jobs.claims import sweeping
from kontor.jobs.models import Job, Status
from kontor.jobs.registry import handler
from kontor.jobs.run import JobRun
from kontor.live.models import Event

PLUMBING_DAYS, JOB_DAYS, EVENT_DAYS = 3, 180, 30
BATCH = 5000  # so that no single statement holds rows for long

schedules.declare("jobs.prune", "jobs.prune", every_seconds=6 * 3600)


@handler("jobs.prune")
def prune(run: JobRun) -> None:
    """Deletes finished jobs and old events of every tenant, in batches; what people see stays half a year."""
    for tenant_id in _tenants():
        while _prune(tenant_id):
            run.check()


def _tenants() -> list[UUID]:
    with sweeping() as cursor:
        cursor.execute("select distinct tenant_id from jobs_job")
        return [tenant_id for (tenant_id,) in cursor.fetchall()]


def _prune(tenant_id: UUID) -> bool:
    """One batch; True where there may be more."""
    today = now()
    plumbing = Q(label="", parent=None, finished_at__lt=today - timedelta(days=PLUMBING_DAYS))
    read = Q(finished_at__lt=today - timedelta(days=JOB_DAYS))
    with tenant(tenant_id):
        old = Job.objects.filter(plumbing | read, status=Status.DONE).values_list("id", flat=True)[:BATCH]
        jobs, _ = Job.objects.filter(id__in=list(old)).delete()
        past = Event.objects.filter(at__lt=today - timedelta(days=EVENT_DAYS)).values_list("id", flat=True)[
            :BATCH
        ]
        events, _ = Event.objects.filter(id__in=list(past)).delete()
    return max(jobs, events) >= BATCH
