"""Asking for work, and steering it. All inside `tenant()`: a job is written with the fact that caused it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from kontor.core.cause import cause_of
from kontor.core.clock import now
from kontor.core.errors import Problem
from kontor.jobs.errors import JobFinished, JobNotFound, JobNotRepeatable
from kontor.jobs.models import Job, Lane, Outcome, Status, Wish
from kontor.live import events

CHANNEL = "kontor_jobs"
FIELDS = [field for field in Job._meta.concrete_fields if field.column]
INSERT = f"""
insert into jobs_job ({", ".join(str(field.column) for field in FIELDS)})
values ({", ".join(["%s"] * len(FIELDS))})
on conflict (tenant_id, key) where status = 'waiting' and not (key = '')
do update set run_at = least(jobs_job.run_at, excluded.run_at)
returning *
"""  # noqa: S608


def add(
    kind: str,
    payload: Mapping[str, Any],
    *,
    key: str = "",
    lock: str = "",
    lane: Lane = Lane.NORMAL,
    run_at: datetime | None = None,
    label: str = "",
    parent: UUID | None = None,
    total: int = 0,
) -> Job:
    """Queues work; workers hear of it at commit, and never if it rolls back.

    `key`: while a job of this key waits, that one is returned, moved forward where this would run earlier; its payload
    stays, so a keyed handler reads what it needs when it runs. `lock`: only one job of it runs at a time. `label` is
    what people read; a job without one is plumbing and tells no screen about itself.
    """
    wanted = Job(
        kind=kind,
        payload=dict(payload),
        key=key,
        lock=lock,
        lane=lane,
        label=label,
        parent_id=parent,
        total=total,
        run_at=run_at or now(),
        cause=cause_of(),
    )
    values = [field.get_db_prep_save(field.pre_save(wanted, add=True), connection) for field in FIELDS]
    job: Job = Job.objects.raw(INSERT, values)[0]
    wake(lane)
    tell(job)
    return job


def wake(lane: str) -> None:
    """A hint to the workers, delivered at commit; they look by themselves too."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_notify(%s, %s)", [CHANNEL, lane])


def tell(job: Job) -> None:
    """The event that makes screens read a job again; only for jobs that people see."""
    if job.label:
        payload = {name: getattr(job, name) for name in ("kind", "outcome", "done", "total")}
        payload["status"] = job.shown_status
        events.record("job.changed", "job", job.id, payload=payload)


def get(job_id: UUID) -> Job:
    """Raises JobNotFound, also for another tenant's id."""
    try:
        return Job.objects.get(id=job_id)
    except Job.DoesNotExist as error:
        raise JobNotFound from error


def cancel(job_id: UUID) -> Job:
    """Ends a waiting or paused job now and a running one at its next look, with all its parts. Raises JobFinished."""
    job = _unfinished(job_id)
    for part in _with_parts(job):
        if part.status == Status.LEASED:
            part.wish = Wish.CANCEL
        else:
            part.status, part.outcome, part.finished_at = Status.DONE, Outcome.CANCELLED, now()
        part.save()
        tell(part)
    return get(job_id)


def pause(job_id: UUID) -> Job:
    """Holds a job and its parts until `resume`; a running one stops at its next look. Raises JobFinished."""
    job = _unfinished(job_id)
    for part in _with_parts(job):
        if part.status == Status.LEASED:
            part.wish = Wish.PAUSE
        else:
            part.status = Status.PAUSED
        part.save()
        tell(part)
    return get(job_id)


def resume(job_id: UUID) -> Job:
    """Lets a paused job and its parts go on. Raises JobFinished."""
    job = _unfinished(job_id)
    for part in _with_parts(job):
        if part.status == Status.PAUSED:
            to_waiting(part, at=now())
        elif part.wish == Wish.PAUSE:
            part.wish = Wish.NONE
        part.save()
        tell(part)
        wake(part.lane)
    return get(job_id)


def repeat(job_id: UUID) -> Job:
    """Asks once more for the work of a job that came to nothing. Raises JobNotFound and JobNotRepeatable."""
    job = get(job_id)
    if not job.is_repeatable:
        raise JobNotRepeatable
    return add(job.kind, job.payload, key=job.key, lock=job.lock, lane=Lane(job.lane), label=job.label)


def to_waiting(job: Job, *, at: datetime) -> None:
    """Puts `job` back in the queue, unsaved; or ends it where a newer one of its key waits and will do the same."""
    newer = (
        Job.objects.filter(key=job.key, status=Status.WAITING).exclude(id=job.id)
        if job.key
        else Job.objects.none()
    )
    if newer.select_for_update().first():
        job.status, job.outcome, job.finished_at = Status.DONE, Outcome.CANCELLED, now()
        job.problem = Problem("job.superseded", "A newer job for the same thing takes its place").as_dict()
    else:
        job.status, job.run_at = Status.WAITING, at


def _unfinished(job_id: UUID) -> Job:
    job = Job.objects.select_for_update().filter(id=job_id).first()
    if job is None:
        raise JobNotFound
    if job.status == Status.DONE:
        raise JobFinished
    return job


def _with_parts(job: Job) -> list[Job]:
    open_ones = Job.objects.select_for_update().exclude(status=Status.DONE)
    return list(open_ones.filter(Q(id=job.id) | Q(parent_id=job.id)).order_by("id"))
