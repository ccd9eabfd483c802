"""Imports from upload to undo. Steering only: what a job does is in `running` and `undoing`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final
from uuid import UUID

from kontor.accounts.models import Tenant
from kontor.core.cause import cause_of
from kontor.core.clock import now
from kontor.core.errors import NotFound, Problem
from kontor.core.identifiers import uuid7
from kontor.core.tabular import open_table
from kontor.core.tenancy import tenant
from kontor.goods.imports import counting, files, queries
from kontor.goods.imports.errors import AlreadyStarted, NotUndoable
from kontor.goods.imports.events import tell
from kontor.goods.imports.mapping import ColumnEdit, ImportDefaults, check_defaults, edited, remembered
from kontor.goods.imports.models import Import, ImportProfile, Phase
from kontor.goods.imports.standing import Step, steps_of
from kontor.goods.reading import Mapping, MappingIncomplete, check, recognise
from kontor.goods.reading.fields import FileForm
from kontor.jobs import service as jobs
from kontor.jobs.models import Lane

RUN: Final = "imports.run"
UNDO: Final = "imports.undo"


def upload(tenant_id: UUID, name: str, source: Path) -> UUID:
    """Takes a file in and recognises it; opens its own `tenant()` block. Raises a TabularError where it is no table."""
    import_id = uuid7()
    kept = files.keep(tenant_id, import_id, source)
    try:
        row = _recognised(tenant_id, import_id, name, kept)
        with tenant(tenant_id):
            _remember(row)
            row.save(force_insert=True)
            counting.count_or_queue(row)
            tell(row)
    except BaseException:
        kept.unlink()
        raise
    return import_id


def change_mapping(
    import_id: UUID,
    edits: Sequence[ColumnEdit],
    defaults: ImportDefaults | None = None,
    form: FileForm | None = None,
) -> Import:
    """The mapping as the person wants it. Raises NotFound, AlreadyStarted, and Invalid with every problem."""
    row = _locked(import_id)
    if row.phase != Phase.MAPPING:
        raise AlreadyStarted
    if defaults is not None:
        check_defaults(defaults)
        row.defaults = defaults.model_dump(mode="json")
    before = Mapping.model_validate(row.mapping)
    mapping = edited(before, edits, form)
    row.mapping = mapping.model_dump(mode="json")
    row.save(update_fields=["mapping", "defaults"])
    if counting.identity(mapping) != counting.identity(before):
        counting.count_or_queue(row)
    tell(row)
    return row


def missing(row: Import) -> tuple[Problem, ...]:
    """What keeps the import from being started: the mapping's gaps, and a file that can't be read to its end."""
    found = check(Mapping.model_validate(row.mapping), ImportDefaults.model_validate(row.defaults).whole())
    unreadable = [Problem(**each) for each in row.warnings if each["severity"] == "error"]
    return (*unreadable, *(each for each in found if each.severity == "error"))


def start(import_id: UUID, *, update_existing: bool) -> Import:
    """Queues the rows, and remembers the mapping. Raises NotFound, AlreadyStarted, MappingIncomplete."""
    row = _locked(import_id)
    if Step.START not in _steps(row):
        raise AlreadyStarted
    if problems := missing(row):
        raise MappingIncomplete("Some columns have to be mapped first.", problems=problems)
    _keep_profile(row)
    row.phase, row.update_existing, row.cause = Phase.IMPORTING, update_existing, cause_of()
    return _queued(row, RUN, row.rows or 0)


def undo(import_id: UUID) -> Import:
    """Queues the undoing. Raises NotFound, NotUndoable."""
    row = _locked(import_id)
    if Step.UNDO not in _steps(row):
        raise NotUndoable
    row.phase = Phase.UNDOING
    return _queued(row, UNDO, row.created + row.updated)


def _queued(row: Import, kind: str, total: int) -> Import:
    lock = f"import:{row.id}"
    job = jobs.add(
        kind, {"import_id": str(row.id)}, lock=lock, lane=Lane.BULK, label=row.file_name, total=total
    )
    row.job_id, row.finished_at = job.id, None
    row.save(update_fields=["phase", "update_existing", "cause", "job_id", "finished_at"])
    tell(row)
    return row


def _recognised(tenant_id: UUID, import_id: UUID, name: str, path: Path) -> Import:
    with path.open("rb") as file:
        table = open_table(file)
        mapping = recognise(table.heading, table.sample())
        return Import(
            id=import_id,
            tenant_id=tenant_id,
            file_name=name,
            file_bytes=path.stat().st_size,
            fingerprint=mapping.fingerprint,
            dialect=files.described(table),
            warnings=[warning.as_dict() for warning in table.warnings],
            mapping=mapping.model_dump(mode="json"),
            cause=cause_of(),
            created_at=now(),
        )


def _remember(row: Import) -> None:
    """Lays what a person said of the last file with this heading over what was recognised in this one."""
    profile = ImportProfile.objects.filter(fingerprint=row.fingerprint).first()
    if profile is None:
        language = Tenant.objects.get(id=row.tenant_id).language
        row.defaults = ImportDefaults(language=language).model_dump(mode="json")
        return
    known = Mapping.model_validate(profile.mapping)
    row.mapping = remembered(Mapping.model_validate(row.mapping), known).model_dump(mode="json")
    row.defaults, row.is_remembered = profile.defaults, True


def _keep_profile(row: Import) -> None:
    mapping = Mapping.model_validate(row.mapping)
    bare = mapping.model_copy(
        update={"columns": tuple(each.model_copy(update={"samples": ()}) for each in mapping.columns)}
    )
    ImportProfile.objects.update_or_create(
        fingerprint=row.fingerprint,
        defaults={"mapping": bare.model_dump(mode="json"), "defaults": row.defaults, "updated_at": now()},
    )


def _steps(row: Import) -> tuple[Step, ...]:
    return steps_of(row, queries.jobs_of([row]).get(row.id))


def _locked(import_id: UUID) -> Import:
    row = Import.objects.select_for_update().filter(id=import_id).first()
    if row is None:
        raise NotFound
    return row
