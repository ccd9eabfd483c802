"""Reading jobs, for screens."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, time
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from kontor.core.clock import now
from kontor.core.tenancy import current_tenant
from kontor.jobs.models import Job, JobItem, Outcome, Schedule, Status
from kontor.jobs.service import get


def find(
    *,
    statuses: Collection[str] = (),
    outcomes: Collection[str] = (),
    kinds: Collection[str] = (),
    lanes: Collection[str] = (),
    parent: UUID | None = None,
    plumbing: bool = False,
) -> QuerySet[Job]:
    """Jobs of the open tenant by what is asked; those without a label only where `plumbing` or a kind asks for them."""
    jobs = Job.objects.filter(parent_id=parent) if parent else Job.objects.all()
    if not (plumbing or kinds or parent):
        jobs = jobs.exclude(label="")
    if statuses:
        jobs = jobs.filter(_shown_as(statuses))
    for column, values in (("outcome", outcomes), ("kind", kinds), ("lane", lanes)):
        if values:
            jobs = jobs.filter(**{f"{column}__in": list(values)})
    return jobs


def _shown_as(statuses: Collection[str]) -> Q:
    """Jobs that people see in one of these: see `Job.shown_status`."""
    shown = Q(status__in=list(statuses))
    watches = Q(status=Status.WAITING, watches=True)
    return shown | watches if Status.LEASED in statuses else shown & ~watches


def items(job_id: UUID, *, states: Collection[str] = ()) -> QuerySet[JobItem]:
    """What came of each thing. Raises JobNotFound."""
    found = JobItem.objects.filter(job_id=get(job_id).id)
    return found.filter(state__in=list(states)) if states else found


def counts() -> dict[str, int]:
    """For the heading of the jobs page. Today is the day in UTC."""
    midnight = datetime.combine(now().date(), time.min, tzinfo=UTC)
    today = Q(finished_at__gte=midnight)
    return Job.objects.exclude(label="").aggregate(
        running=Count("id", filter=_shown_as([Status.LEASED])),
        waiting=Count("id", filter=_shown_as([Status.WAITING])),
        paused=Count("id", filter=Q(status=Status.PAUSED)),
        failed_today=Count("id", filter=today & Q(outcome__in=[Outcome.FAILED, Outcome.ERROR])),
        finished_today=Count("id", filter=today & Q(outcome=Outcome.SUCCEEDED)),
    )


def planned() -> QuerySet[Schedule]:
    """What comes again for the open tenant, soonest first."""
    return Schedule.objects.filter(tenant_id=current_tenant()).order_by("next_at")
