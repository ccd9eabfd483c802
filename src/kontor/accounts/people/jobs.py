"""What happens to people without anybody waiting for it: silent mails, the daily summary, forgetting."""

from __future__ import annotations

from datetime import timedelta

from kontor.accounts.models import Person
from kontor.accounts.people import addresses, notices
from kontor.accounts.people.models import EmailToken, Notice
from kontor.accounts.service import tenant_ids
from kontor.core.clock import now
from kontor.core.tenancy import tenant
from kontor.jobs import schedules
from kontor.jobs.registry import handler
from kontor.jobs.run import JobRun

NOTICE_LIFE, LINK_LIFE = timedelta(days=90), timedelta(days=30)

schedules.declare("people.digest", "people.digest", every_seconds=30 * 60)
schedules.declare("people.prune", "people.prune", every_seconds=24 * 3600)


@handler("people.forgotten")
def forgotten(run: JobRun) -> None:
    """Sends the link for a new password, if the address is somebody's."""
    with tenant(run.tenant_id):
        if person := _person(run):
            addresses.send_reset(person)


@handler("people.verify")
def verify(run: JobRun) -> None:
    """Sends the link that confirms the address, if it is somebody's and not confirmed."""
    with tenant(run.tenant_id):
        if person := _person(run):
            addresses.send_verification(person)


def _person(run: JobRun) -> Person | None:
    return Person.objects.filter(email=run.payload["email"], is_active=True).first()


@handler("people.digest")
def digest(run: JobRun) -> None:
    """Sends the summaries that are due, tenant by tenant; a repeat finds them sent."""
    for tenant_id in tenant_ids():
        run.check()
        notices.send_digests(tenant_id, now())


@handler("people.prune")
def prune(run: JobRun) -> None:
    """Forgets old notices and links."""
    EmailToken.objects.filter(created_at__lt=now() - LINK_LIFE).delete()
    for tenant_id in tenant_ids():
        run.check()
        with tenant(tenant_id):
            Notice.objects.filter(at__lt=now() - NOTICE_LIFE).delete()
