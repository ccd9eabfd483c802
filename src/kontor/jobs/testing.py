"""For tests: the due jobs of this database, run in this process by the same claim and the same handlers."""

from __future__ import annotations

from collections.abc import Collection

from kontor.jobs import schedules
from kontor.jobs.runner import run_one


def drain(
    kinds: Collection[str] | None = None,
    *,
    ahead_seconds: float = 0,
    limit: int = 10_000,
    scheduled: bool = False,
) -> int:
    """Runs due jobs until none is due, and says how many ran.

    `ahead_seconds` takes those too that would be due by then (retries, in a moment). `scheduled` makes the jobs of due
    schedules first. Raises RuntimeError after `limit` jobs: something asks for itself again and again.
    """
    if scheduled:
        schedules.insert_due()
    for count in range(limit):
        if run_one(kinds=kinds, ahead_seconds=ahead_seconds) is None:
            return count
    raise RuntimeError(f"{limit} jobs ran and still one is due")
