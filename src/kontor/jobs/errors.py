"""How a handler says that it is not done, and what the API refuses."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol, runtime_checkable

from kontor.core.clock import now
from kontor.core.errors import Conflict, NotFound


class JobControl(Exception):  # these steer, they are no failures
    """Base of what leaves a handler early without being an error. Never catch these in a handler."""


class Again(JobControl):
    """Back to waiting until `at`; the attempt does not count."""

    def __init__(self, at: datetime | None = None, *, after_seconds: float = 0) -> None:
        super().__init__()
        self.at = at or now() + timedelta(seconds=after_seconds)


class Watching(Again):
    """The work goes on in other jobs, and this one comes back to look: for people it runs meanwhile."""


class JobCancelled(JobControl):
    """Somebody cancelled it."""


class JobPaused(JobControl):
    """Somebody paused it; it begins again, from the start of its handler, when resumed."""


class LeaseLost(JobControl):
    """Another worker has the job by now: stop, and write nothing more."""


class JobNotFound(NotFound):
    """No such job in this tenant."""

    code, title = "job.not_found", "There is no such job"


class JobFinished(Conflict):
    """It is done: nothing is left to cancel, pause or resume."""

    code, title = "job.finished", "This job is done already"


class JobNotRepeatable(Conflict):
    """It runs still, or succeeded, or its work is asked for elsewhere."""

    code, title = "job.not_repeatable", "This job can't be asked for again"


@runtime_checkable
class AsksToWait(Protocol):
    """A KontorError of any noun that carries `until`: too fast, and no attempt is lost."""

    until: datetime


@runtime_checkable
class MayPass(Protocol):
    """A KontorError of any noun that carries `retry_after_seconds`: an outage, tried again with growing pauses."""

    retry_after_seconds: float | None
