"""Where an import stands: its own phase, seen together with its job, which may be paused, cancelled or fail by itself."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from uuid import UUID

from kontor.jobs import queries as jobs
from kontor.jobs.models import Job, Outcome, Status
from kontor.properties.property_imports.models import Phase, PropertyImport


class State(StrEnum):
    """What people see."""

    READY = "ready"
    IMPORTING = "importing"
    PAUSED = "paused"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNDOING = "undoing"
    UNDONE = "undone"


def state_of(row: PropertyImport, job: Job | None) -> State:
    """A job that succeeded meanwhile leaves the row as it was read."""
    if row.phase not in (Phase.IMPORTING, Phase.UNDOING) or job is None:
        return State(row.phase)
    if job.status == Status.PAUSED:
        return State.PAUSED
    if job.status != Status.DONE or job.outcome == Outcome.SUCCEEDED:
        return State(row.phase)
    return State.CANCELLED if job.outcome == Outcome.CANCELLED else State.FAILED


def jobs_of(rows: Sequence[PropertyImport]) -> dict[UUID, Job]:
    """The present job of each import that has one, by the import's id; one query."""
    wanted = {row.job_id for row in rows if row.job_id}
    found = {job.id: job for job in jobs.find(plumbing=True).filter(id__in=wanted)} if wanted else {}
    return {row.id: found[row.job_id] for row in rows if row.job_id in found}
