"""What a handler holds while it works: its job, and the ways to report and to ask whether to go on."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NoReturn
from uuid import UUID

from kontor.core.cause import Cause
from kontor.core.clock import now
from kontor.core.errors import Problem
from kontor.core.tenancy import tenant
from kontor.jobs.claims import Claimed
from kontor.jobs.errors import Again, JobCancelled, JobPaused, LeaseLost
from kontor.jobs.models import Job, JobItem, Status, Wish
from kontor.jobs.service import tell

TELL_SECONDS = 0.5  # how often a running job may tell screens about itself


@dataclass(eq=False, slots=True)
class JobRun:
    """One run of one job. Its methods open a short `tenant()` block each: call them between yours, not inside.

    `progress`, `tally`, `item` and `check` raise JobCancelled, JobPaused or LeaseLost when the job has to stop.
    """

    id: UUID
    tenant_id: UUID
    kind: str
    payload: dict[str, Any]
    attempts: int
    label: str
    lease: UUID
    asked_by: Cause
    lost: threading.Event = field(default_factory=threading.Event)
    _told_at: float = 0.0

    @classmethod
    def of(cls, claimed: Claimed) -> JobRun:
        """The run of a job just claimed."""
        return cls(
            claimed.id,
            claimed.tenant_id,
            claimed.kind,
            claimed.payload,
            claimed.attempts,
            claimed.label,
            claimed.lease,
            claimed.cause,
        )

    @property
    def cause(self) -> Cause:
        """What is written down as the cause of all that this run changes."""
        return {"kind": "job", "id": str(self.id), "label": self.label or self.kind}

    def check(self) -> None:
        """Returns if the run may go on."""
        with tenant(self.tenant_id):
            self._mine()

    def progress(self, *, done: int | None = None, total: int | None = None, note: str | None = None) -> None:
        """Says how far it is; what is None stays."""
        with tenant(self.tenant_id):
            job = self._mine()
            job.done = job.done if done is None else done
            job.total = job.total if total is None else total
            job.note = job.note if note is None else note[:300]
            job.save(update_fields=["done", "total", "note"])
            self._tell(job)

    def tally(self, **counts: int) -> None:
        """Adds to the counts by state that the segmented bar shows: `run.tally(live=1)`."""
        with tenant(self.tenant_id):
            job = self._mine()
            for state, count in counts.items():
                job.tallies[state] = job.tallies.get(state, 0) + count
            job.save(update_fields=["tallies"])
            self._tell(job)

    def standing(self, counts: Mapping[str, int]) -> None:
        """Says how many things stand in which state now; replaces what `tally` or this said before."""
        with tenant(self.tenant_id):
            job = self._mine()
            job.tallies = {state: count for state, count in counts.items() if count}
            job.save(update_fields=["tallies"])
            self._tell(job)

    def item(
        self, ref_kind: str, ref_id: UUID | str, label: str, state: str, problem: Problem | None = None
    ) -> None:
        """What came of one thing; said again, it replaces what was said before."""
        with tenant(self.tenant_id):
            self._mine()
            JobItem.objects.update_or_create(
                job_id=self.id,
                ref_kind=ref_kind,
                ref_id=str(ref_id),
                defaults={
                    "label": label[:200],
                    "state": state,
                    "problem": problem.as_dict() if problem else None,
                    "at": now(),
                },
            )

    def again(self, *, after_seconds: float = 0, at: datetime | None = None) -> NoReturn:
        """Back to waiting; this attempt does not count."""
        raise Again(at, after_seconds=after_seconds)

    def _mine(self) -> Job:
        """The row, locked, if it is still ours and nobody wants it to stop."""
        if self.lost.is_set():
            raise LeaseLost
        job = (
            Job.objects.select_for_update().filter(id=self.id, lease=self.lease, status=Status.LEASED).first()
        )
        if job is None:
            self.lost.set()
            raise LeaseLost
        obey(job.wish)
        return job

    def _tell(self, job: Job) -> None:
        if time.monotonic() - self._told_at >= TELL_SECONDS:
            self._told_at = time.monotonic()
            tell(job)


def obey(wish: str) -> None:
    """Raises JobCancelled or JobPaused where that is wished."""
    if wish == Wish.CANCEL:
        raise JobCancelled
    if wish == Wish.PAUSE:
        raise JobPaused
