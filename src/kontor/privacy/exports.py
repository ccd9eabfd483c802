"""Exports: asked for with a proof, written by a job, fetched by their asker alone, forgotten after some days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from django.core import signing
from django.db.models import QuerySet

from kontor.accounts import sessions
from kontor.accounts.models import Person
from kontor.accounts.people import members
from kontor.accounts.people.members import OwnerOnly
from kontor.audit import service as audit
from kontor.core.actor import Actor
from kontor.core.clock import now
from kontor.core.config import settings
from kontor.core.errors import Conflict, KontorError, NotFound
from kontor.core.tenancy import tenant
from kontor.jobs import service as jobs
from kontor.jobs.models import Lane, Status
from kontor.live import events
from kontor.privacy.archive import Written, folder_of
from kontor.privacy.models import Export, ExportOf, ExportState

WRITE: Final = "privacy.export"
LINK_LIVES: Final = timedelta(minutes=10)
NOBODY: Final = UUID(int=0)
SALT: Final = "kontor.privacy.download"


class NoSuchExport(NotFound):
    """No such export of this person; old ones are forgotten."""

    code, title = "export.not_found", "There is no such export; old ones are forgotten"


class Running(Conflict):
    """The same export is being written."""

    code, title = "export.running", "This export is being written already"


class NotReady(Conflict):
    """Nothing to fetch yet."""

    code, title = "export.not_ready", "This export can't be fetched yet"


class LinkOver(KontorError):
    """The link was changed, is too old, or its export went."""

    code, status, title = "export.link_over", 410, "This link has ended; ask for a new one"


@dataclass(frozen=True, slots=True)
class Download:
    """A file to hand out, and what the browser shall call it."""

    path: Path
    name: str


def ask(actor: Actor, subject: ExportOf) -> Export:
    """Queues an export. Inside `tenant()`. Raises ProofNeeded, OwnerOnly, Running."""
    sessions.proven(actor)
    if subject == ExportOf.BUSINESS and not members.is_owner(actor):
        raise OwnerOnly(needs="owner")
    notice_failures(actor)
    if mine(actor).filter(subject=subject, state=ExportState.RUNNING).exists():
        raise Running
    assert actor.person_id
    return queue(actor.person_id, subject)


def queue(person_id: UUID, subject: ExportOf) -> Export:
    """The same, for who was judged already."""
    row = Export(subject=subject, person_id=person_id)
    job = jobs.add(
        WRITE, {"export_id": str(row.id)}, key=f"export:{row.id}", lane=Lane.BULK, label=str(subject)
    )
    row.job_id = job.id
    row.save(force_insert=True)
    audit.record("export.asked", entity_kind="export", entity_id=row.id, entity_label=str(subject))
    _tell(row)
    return row


def notice_failures(actor: Actor) -> None:
    """An export whose job ended without it has failed: somebody cancelled the job, or it broke."""
    for row in mine(actor).filter(state=ExportState.RUNNING):
        if row.job_id and jobs.get(row.job_id).status == Status.DONE:
            row.state, row.finished_at = ExportState.FAILED, now()
            row.save(update_fields=["state", "finished_at"])


def mine(actor: Actor) -> QuerySet[Export]:
    """The exports that this person asked for in the open tenant."""
    return Export.objects.filter(person_id=actor.person_id or NOBODY)


def get(actor: Actor, export_id: UUID) -> Export:
    """Raises NoSuchExport, also for somebody else's."""
    if (found := mine(actor).filter(id=export_id).first()) is None:
        raise NoSuchExport
    return found


def path_of(row: Export) -> Path:
    """Where its file is."""
    return folder_of(row.tenant_id) / f"{row.id}.zip"


def finish(row: Export, written: Written) -> None:
    """It can be fetched from now on; where it was thrown away meanwhile, or its asker erased, the file goes too."""
    ready = Export.objects.filter(id=row.id, state=ExportState.RUNNING).update(
        state=ExportState.READY,
        finished_at=now(),
        bytes=path_of(row).stat().st_size,
        rows=written.rows,
        files=written.files,
        expires_at=now() + timedelta(days=settings().keep_exports_days),
    )
    if ready:
        events.record("export.changed", "export", row.id, payload={"state": str(ExportState.READY)})
    else:
        path_of(row).unlink(missing_ok=True)


def link(actor: Actor, export_id: UUID) -> tuple[str, datetime]:
    """A token that fetches the export until the moment beside it. Raises ProofNeeded, NoSuchExport, NotReady."""
    sessions.proven(actor)
    row = get(actor, export_id)
    if row.state != ExportState.READY:
        raise NotReady
    return signing.dumps([str(row.tenant_id), str(row.id)], salt=SALT), now() + LINK_LIVES


def open_link(token: str) -> Download:
    """What a link leads to; written down. Opens its own `tenant()`. Raises LinkOver."""
    try:
        tenant_id, export_id = signing.loads(token, salt=SALT, max_age=LINK_LIVES)
    except signing.BadSignature as error:
        raise LinkOver from error
    with tenant(UUID(tenant_id)):
        row = Export.objects.filter(id=export_id, state=ExportState.READY).first()
        if row is None or not path_of(row).is_file():
            raise LinkOver
        row.fetched_at = now()
        row.save(update_fields=["fetched_at"])
        person = Person.objects.filter(id=row.person_id, is_active=True).first()
        if person is None:
            raise LinkOver
        audit.record("export.fetched", entity_kind="export", entity_id=row.id, entity_label=row.subject)
        return Download(path_of(row), f"kontor-{row.subject}-{row.created_at:%Y-%m-%d}.zip")


def remove(row: Export) -> None:
    """The file goes, then the row."""
    for path in (path_of(row), path_of(row).with_suffix(".part")):
        path.unlink(missing_ok=True)
    row.delete()


def _tell(row: Export) -> None:
    events.record("export.changed", "export", row.id, payload={"state": str(row.state)})
