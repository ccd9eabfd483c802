"""Where an import stands: its own phase, seen together with its job."""

from __future__ import annotations

from enum import StrEnum

from kontor.goods.imports.models import Import, Phase
from kontor.jobs.models import Job, Outcome, Status


class State(StrEnum):
    """What people see."""

    MAPPING = "mapping"
    IMPORTING = "importing"
    PAUSED = "paused"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNDOING = "undoing"
    UNDONE = "undone"


class Step(StrEnum):
    """What can be done next. The middle three are asked of the job."""

    MAP = "map"
    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    CANCEL = "cancel"
    UNDO = "undo"


def state_of(row: Import, job: Job | None) -> State:
    """A job may be cancelled, paused or fail without ever touching the import's row, so nothing is copied there.

    The two are read one after the other: a job that succeeded meanwhile leaves the row as it was read, not "failed".
    """
    if row.phase not in (Phase.IMPORTING, Phase.UNDOING) or job is None:
        return State(row.phase)
    if job.status == Status.PAUSED:
        return State.PAUSED
    if job.status != Status.DONE or job.outcome == Outcome.SUCCEEDED:
        return State(row.phase)
    return State.CANCELLED if job.outcome == Outcome.CANCELLED else State.FAILED


def steps_of(row: Import, job: Job | None) -> tuple[Step, ...]:
    """What the person may do now."""
    state = state_of(row, job)
    if state in (State.IMPORTING, State.UNDOING):
        return (Step.PAUSE, Step.CANCEL)
    if state is State.PAUSED:
        return (Step.RESUME, Step.CANCEL)
    if state is State.MAPPING:
        return (Step.MAP, Step.START)
    undo = (Step.UNDO,) if row.created or row.updated else ()
    if state in (State.CANCELLED, State.FAILED):
        return (Step.START, *undo) if row.phase == Phase.IMPORTING else (Step.UNDO,)
    return undo if state is State.DONE else ()
