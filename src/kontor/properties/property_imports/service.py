"""Imports of OpenImmo packages from upload to undo. Steering only: what a job does is in `running` and `undoing`."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from uuid import UUID

from kontor.core.cause import cause_of
from kontor.core.errors import NotFound
from kontor.core.identifiers import uuid7
from kontor.core.tenancy import tenant
from kontor.jobs import service as jobs
from kontor.jobs.models import Lane
from kontor.jobs.models import Status as JobStatus
from kontor.properties.openimmo.package import open_package
from kontor.properties.property_imports import files
from kontor.properties.property_imports.errors import AlreadyStarted, NotUndoable
from kontor.properties.property_imports.models import Phase, PropertyImport

RUN: Final = "property_imports.run"
UNDO: Final = "property_imports.undo"


def upload(tenant_id: UUID, name: str, source: Path) -> UUID:
    """Takes a ZIP archive or a bare XML document in; opens its own `tenant()` block. No property changes before `start`.

    Raises a PackageRefused where the file can't be opened at all; nothing is kept of it then.
    """
    import_id = uuid7()
    with source.open("rb") as file:
        open_package(file).close()
    kept = files.keep(tenant_id, import_id, source)
    try:
        with tenant(tenant_id):
            row = PropertyImport(
                id=import_id, file_name=name[:200], file_bytes=kept.stat().st_size, cause=cause_of()
            )
            row.save(force_insert=True)
    except BaseException:
        kept.unlink()
        raise
    return import_id


def start(import_id: UUID, *, removes_absent: bool = False) -> PropertyImport:
    """Queues the import, also of one that was cancelled or failed on its way: it goes on where it ended.

    With `removes_absent`, what earlier imports brought of an offerer is archived where a document that calls itself whole
    leaves it out. Raises NotFound, AlreadyStarted.
    """
    row = _locked(import_id)
    goes_on = row.phase == Phase.IMPORTING and _is_over(row)
    if row.phase != Phase.READY and not goes_on:
        raise AlreadyStarted
    row.phase, row.removes_absent, row.finished_at, row.cause = (
        Phase.IMPORTING,
        removes_absent,
        None,
        cause_of(),
    )
    return _queued(row, RUN)


def get(import_id: UUID) -> PropertyImport:
    """One import of the open tenant. Raises NotFound."""
    row = PropertyImport.objects.filter(id=import_id).first()
    if row is None:
        raise NotFound
    return row


def undo(import_id: UUID) -> PropertyImport:
    """Queues the undoing, also of one that was cancelled or failed on its way. Raises NotFound, NotUndoable."""
    row = _locked(import_id)
    if row.phase in (Phase.READY, Phase.UNDONE) or not _is_over(row):
        raise NotUndoable
    row.phase, row.finished_at = Phase.UNDOING, None
    return _queued(row, UNDO)


def _locked(import_id: UUID) -> PropertyImport:
    row = PropertyImport.objects.select_for_update().filter(id=import_id).first()
    if row is None:
        raise NotFound
    return row


def _is_over(row: PropertyImport) -> bool:
    """Whether its job came to an end, or was forgotten since."""
    try:
        return row.job_id is None or jobs.get(row.job_id).status == JobStatus.DONE
    except NotFound:
        return True


def _queued(row: PropertyImport, kind: str) -> PropertyImport:
    lock = f"property-import:{row.id}"
    job = jobs.add(kind, {"import_id": str(row.id)}, lock=lock, lane=Lane.BULK, label=row.file_name)
    row.job_id = job.id
    row.save()
    return row
