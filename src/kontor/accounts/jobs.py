"""What happens to accounts without anybody waiting for it."""

from __future__ import annotations

from uuid import UUID

from kontor.accounts import buckets, everywhere
from kontor.jobs import schedules
from kontor.jobs.registry import handler
from kontor.jobs.run import JobRun

schedules.declare("accounts.prune", "accounts.prune", every_seconds=3600)


@handler(everywhere.KIND)
def tell_tenants(run: JobRun) -> None:
    """Repeats an entry about a person in the logs of their other tenants."""
    if person_id := run.payload["person"]:
        everywhere.repeat(run.tenant_id, UUID(person_id), run.payload["entry"])


@handler("accounts.prune")
def prune(run: JobRun) -> None:
    """Forgets who sent requests an hour ago."""
    buckets.forget()
