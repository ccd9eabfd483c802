"""Watching jobs, and stopping them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query

from kontor.core.http.credentials import Signed
from kontor.core.http.paging import Page, Paging, paginate
from kontor.core.http.routing import router
from kontor.jobs import queries, service
from kontor.jobs.models import Lane, Outcome, Status
from kontor.jobs.schemas import JobCounts, JobItemOut, JobOut, PlannedOut

routes = router("/jobs", "Jobs")


@routes.get("", scope="read")
def list_jobs(
    actor: Signed,
    page: Paging,
    status: Annotated[list[Status] | None, Query(description="Only these.")] = None,
    outcome: Annotated[list[Outcome] | None, Query(description="Only these.")] = None,
    kind: Annotated[list[str] | None, Query(description="Only these kinds.")] = None,
    lane: Annotated[list[Lane] | None, Query(description="Only these lanes.")] = None,
    parent: Annotated[UUID | None, Query(description="The parts of this job.")] = None,
    plumbing: Annotated[bool, Query(description="Also jobs that have no label for people.")] = False,
) -> Page[JobOut]:
    """Newest first."""
    found = queries.find(
        statuses=status or (),
        outcomes=outcome or (),
        kinds=kind or (),
        lanes=lane or (),
        parent=parent,
        plumbing=plumbing,
    )
    return paginate(found, page).page(JobOut.model_validate)


@routes.get("/counts", scope="read")
def count_jobs(actor: Signed) -> JobCounts:
    """How many run, wait, failed and were finished today."""
    return JobCounts(**queries.counts())


@routes.get("/planned", scope="read")
def list_planned(actor: Signed) -> list[PlannedOut]:
    """Work that comes again, soonest first."""
    return [PlannedOut.model_validate(row) for row in queries.planned()]


@routes.get("/{job_id}", scope="read")
def get_job(actor: Signed, job_id: UUID) -> JobOut:
    """One job."""
    return JobOut.model_validate(service.get(job_id))


@routes.get("/{job_id}/items", scope="read")
def list_job_items(
    actor: Signed,
    job_id: UUID,
    page: Paging,
    state: Annotated[list[str] | None, Query(description="Only these states.")] = None,
) -> Page[JobItemOut]:
    """What came of each thing that the job worked on, newest first."""
    found = queries.items(job_id, states=state or ())
    return paginate(found, page, order=("-at", "-id")).page(JobItemOut.model_validate)


@routes.post("/{job_id}/cancel", scope="write")
def cancel_job(actor: Signed, job_id: UUID) -> JobOut:
    """Ends it, and its parts; one that runs stops at its next look. What was done stays done."""
    return JobOut.model_validate(service.cancel(job_id))


@routes.post("/{job_id}/pause", scope="write")
def pause_job(actor: Signed, job_id: UUID) -> JobOut:
    """Holds it, and its parts, until it is resumed."""
    return JobOut.model_validate(service.pause(job_id))


@routes.post("/{job_id}/resume", scope="write")
def resume_job(actor: Signed, job_id: UUID) -> JobOut:
    """Lets it go on."""
    return JobOut.model_validate(service.resume(job_id))


@routes.post("/{job_id}/repeat", scope="write", status_code=202)
def repeat_job(actor: Signed, job_id: UUID) -> JobOut:
    """Asks once more for work that failed or was cancelled, as a new job; only where `repeatable` says so."""
    return JobOut.model_validate(service.repeat(job_id))
