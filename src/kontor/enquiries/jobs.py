"""Collecting mails, and reading those that were kept."""

from __future__ import annotations

from uuid import UUID

from kontor.core.tenancy import tenant
from kontor.enquiries import mailboxes, service
from kontor.jobs.registry import handler
from kontor.jobs.run import JobRun


@handler(mailboxes.COLLECT, retries=3, backoff_seconds=20)
def collect(run: JobRun) -> None:
    """One mailbox; the tally says how many mails were new."""
    run.tally(mails=mailboxes.collect(run.tenant_id, UUID(run.payload["mailbox_id"]), run.check))


@handler(service.INTERPRET)
def interpret(run: JobRun) -> None:
    """One mail; what was read of it before stays as it is."""
    with tenant(run.tenant_id):
        service.interpret(UUID(run.payload["mail_id"]))
