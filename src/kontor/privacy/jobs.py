"""Writing exports, carrying out erasures, forgetting both."""

from __future__ import annotations

from uuid import UUID

from kontor.accounts.models import Person
from kontor.accounts.service import tenant_ids
from kontor.core.clock import now
from kontor.core.tenancy import tenant
from kontor.jobs import schedules
from kontor.jobs.registry import handler
from kontor.jobs.run import JobRun
from kontor.privacy import archive, erasing, erasures, exports
from kontor.privacy.models import Export, ExportOf, ExportState

LOOK_AGAIN_SECONDS = 15.0

schedules.declare(erasures.ERASE, erasures.ERASE, every_seconds=300)
schedules.declare("privacy.prune", "privacy.prune", every_seconds=24 * 3600)


@handler(exports.WRITE)
def export(run: JobRun) -> None:
    """Writes one export; a worker that dies leaves a draft, and the next one begins anew."""
    with tenant(run.tenant_id):
        row = Export.objects.filter(id=run.payload["export_id"], state=ExportState.RUNNING).first()
    if row is None:
        return
    done = 0

    def beat(name: str) -> None:
        nonlocal done
        done += 1
        run.progress(done=done, note=name)

    path = exports.path_of(row)
    if row.subject == ExportOf.BUSINESS:
        written = archive.write_business(path, run.tenant_id, beat)
    else:
        written = archive.write_person(path, Person.objects.get(id=row.person_id), beat)
    run.progress(done=done, total=done, note="")
    with tenant(run.tenant_id):
        exports.finish(row, written)


@handler(erasures.ERASE)
def erase(run: JobRun) -> None:
    """Carries out what is due; each goes on where an earlier attempt ended. One that waits holds up no other."""
    done = [erasing.carry_out(erasure_id, run.check) for erasure_id in erasures.due()]
    if not all(done):
        run.again(after_seconds=LOOK_AGAIN_SECONDS)


@handler("privacy.prune")
def prune(run: JobRun) -> None:
    """Forgets exports whose time is over, in every tenant."""
    for tenant_id in tenant_ids():
        run.check()
        _prune(tenant_id)


def _prune(tenant_id: UUID) -> None:
    with tenant(tenant_id):
        for row in Export.objects.filter(expires_at__lt=now()):
            exports.remove(row)
