"""Reading mails that were kept."""

from __future__ import annotations

from uuid import UUID

from kontor.core.tenancy import tenant
from kontor.enquiries import service
from kontor.jobs.registry import handler
from kontor.jobs.run import JobRun


@handler(service.INTERPRET)
def interpret(run: JobRun) -> None:
    """One mail; what was read of it before stays as it is."""
    with tenant(run.tenant_id):
        service.interpret(UUID(run.payload["mail_id"]))
