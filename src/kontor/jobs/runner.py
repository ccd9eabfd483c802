"""Runs one job and writes down what came of it. Threads of our worker call it, and so could any broker's task."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from django.db import InterfaceError, OperationalError, connection

from kontor.core.cause import causing
from kontor.core.clock import now
from kontor.core.config import settings
from kontor.core.errors import KontorError, Problem
from kontor.core.tenancy import tenant
from kontor.jobs.claims import Claimed, claim
from kontor.jobs.errors import Again, AsksToWait, JobCancelled, JobPaused, LeaseLost, MayPass, Watching
from kontor.jobs.models import Job, Lane, Outcome, Status, Wish
from kontor.jobs.registry import HANDLERS, Handler
from kontor.jobs.run import JobRun, obey
from kontor.jobs.service import tell, to_waiting

CRASH_LIMIT = 25  # a job under which this many workers died is the reason for it
LONGEST_PAUSE_SECONDS = 900.0
AWAY_SECONDS = 0.05
log = logging.getLogger("kontor.jobs")


class Renewal(Protocol):
    """Keeps the lease of a run alive while its handler works."""

    def holding(self, run: JobRun) -> AbstractContextManager[None]:
        """Renews until the block ends."""
        ...


def run_one(
    lanes: Collection[Lane] = tuple(Lane),
    *,
    kinds: Collection[str] | None = None,
    job_id: UUID | None = None,
    ahead_seconds: float = 0,
    renewal: Renewal | None = None,
) -> Claimed | None:
    """Claims the next due job of the first lane that has one, runs it, and answers which it was.

    `job_id` asks for that job only (a broker's message names it; if it is not due, or another has it, nothing runs).
    """
    for lane in lanes:
        claimed = claim(lane, kinds or list(HANDLERS), job_id=job_id, ahead_seconds=ahead_seconds)
        if claimed:
            run_claimed(claimed, renewal)
            return claimed
    return None


def run_claimed(claimed: Claimed, renewal: Renewal | None = None) -> None:
    """Runs the handler of a job that is ours, and settles the row."""
    run, handler = JobRun.of(claimed), HANDLERS[claimed.kind]
    if claimed.crashes >= CRASH_LIMIT:
        problem = Problem(
            "job.keeps_crashing", "Workers die over this job", params={"times": claimed.crashes}
        )
        _settle(run, Outcome.ERROR, problem)
        return
    with renewal.holding(run) if renewal else nullcontext():
        try:
            obey(claimed.wish)
            with causing(run.cause):
                handler.run(run)
        except JobCancelled:
            _settle(run, Outcome.CANCELLED)
        except JobPaused:
            _put_back(run, now(), counted=False, paused=True)
        except LeaseLost:
            log.warning("%s %s: another worker has it by now", run.kind, run.id)
        except Again as again:
            _put_back(run, again.at, counted=False, watches=isinstance(again, Watching))
        except KontorError as error:
            _after_error(run, handler, error)
        except (OperationalError, InterfaceError) as error:
            log.warning("%s %s: the database was away: %s", run.kind, run.id, error)
            _retry(run, handler, Problem("database.unavailable", "The database could not be reached"), None)
        except Exception:  # the one place where a bug of a handler becomes a row
            log.exception("%s %s", run.kind, run.id)
            _settle(
                run, Outcome.ERROR, Problem("job.error", "Something went wrong in Kontor; the log says what")
            )
        else:
            _settle(run, Outcome.SUCCEEDED)


def _after_error(run: JobRun, handler: Handler, error: KontorError) -> None:
    problem = Problem(
        error.code,
        error.detail,
        params={**error.params, "problems": [row.as_dict() for row in error.problems]},
    )
    if isinstance(error, AsksToWait):
        _put_back(run, max(error.until, now()), counted=False, problem=problem)
    elif isinstance(error, MayPass):
        _retry(run, handler, problem, error.retry_after_seconds)
    else:
        log.info("%s %s: %s %s", run.kind, run.id, error.code, error.detail)
        _settle(run, Outcome.FAILED, problem)


def _retry(run: JobRun, handler: Handler, problem: Problem, at_least_seconds: float | None) -> None:
    if run.attempts > handler.retries:
        _settle(run, Outcome.FAILED, problem)
        return
    pause = min(handler.backoff_seconds * 2 ** (run.attempts - 1), LONGEST_PAUSE_SECONDS)
    pause *= random.uniform(0.8, 1.2)  # noqa: S311  # so that a thousand jobs don't return at once
    at = now() + timedelta(seconds=max(pause, at_least_seconds or 0))
    _put_back(run, at, counted=True, problem=problem)


def _put_back(
    run: JobRun,
    at: datetime,
    *,
    counted: bool,
    paused: bool = False,
    watches: bool = False,
    problem: Problem | None = None,
) -> None:
    """Back to waiting (or to paused). A wish that came meanwhile is granted."""

    def change(job: Job) -> None:
        job.attempts -= 0 if counted else 1
        job.watches = watches
        if job.wish == Wish.CANCEL:
            job.status, job.outcome, job.finished_at = Status.DONE, Outcome.CANCELLED, now()
        elif paused or job.wish == Wish.PAUSE:
            job.status = Status.PAUSED
        else:
            to_waiting(job, at=at)

    _write(run, change, problem)


def _settle(run: JobRun, outcome: Outcome, problem: Problem | None = None) -> None:
    def change(job: Job) -> None:
        job.status, job.outcome, job.finished_at = Status.DONE, outcome, now()

    _write(run, change, problem)


def _write(run: JobRun, change: Callable[[Job], None], problem: Problem | None) -> None:
    """Gives the lease back with what came of the run. While the database is away it tries again, half a lease long:
    what was done should not be done twice for a restart that took a second."""
    deadline = time.monotonic() + settings().job_lease_seconds / 2
    while True:
        try:
            with tenant(run.tenant_id):
                job = _held(run)
                if job is None:
                    return
                job.problem = problem.as_dict() if problem else None
                change(job)
                job.wish, job.lease, job.leased_until = Wish.NONE, None, None
                job.save()
                tell(job)
                return
        except (OperationalError, InterfaceError):
            if time.monotonic() > deadline:
                raise
            connection.close()  # the pool may hand out several that died with the server
            time.sleep(AWAY_SECONDS)


def _held(run: JobRun) -> Job | None:
    """The row, locked, if it is still ours: who lost the lease can't mark the job."""
    job = Job.objects.select_for_update().filter(id=run.id, lease=run.lease, status=Status.LEASED).first()
    if job is None:
        log.warning("%s %s: finished after its lease was lost; what it says is not taken", run.kind, run.id)
    return job
