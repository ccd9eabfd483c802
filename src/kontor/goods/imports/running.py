"""The job that imports: reads the file from the place that is settled, and settles chunk after chunk."""

from __future__ import annotations

from itertools import islice
from uuid import UUID

from django.db import connection

from kontor.accounts.people.notices import notify
from kontor.core.clock import now
from kontor.core.tenancy import tenant
from kontor.goods.imports import chunks, files, queries
from kontor.goods.imports.events import Teller, tell
from kontor.goods.imports.mapping import ImportDefaults
from kontor.goods.imports.models import Import, Phase
from kontor.goods.reading import Mapping, drafts, survey
from kontor.jobs.errors import LeaseLost
from kontor.jobs.run import JobRun


def run_import(run: JobRun) -> None:
    """Reads the file twice: once for what belongs together, then row by row. Nothing is written before the first pass
    came to the end of the file, so one that can't be read leaves nothing behind.

    Drafts come in the same order at every reading; those before the settled place are read and passed over.
    Raises FileGone, and what reading raises.
    """
    import_id = UUID(run.payload["import_id"])
    with tenant(run.tenant_id):
        row = queries.get(import_id)
    if row.phase != Phase.IMPORTING or row.job_id != run.id:
        return  # finished by a worker that died before it could say so
    mapping = Mapping.model_validate(row.mapping)
    defaults = ImportDefaults.model_validate(row.defaults).reading()
    teller = Teller()
    with files.opened(row) as table:
        surveyed = survey(table, mapping, defaults)
        run.progress(done=row.imported + row.refused, total=surveyed.rows)
        results = drafts(table, mapping, defaults, surveyed=surveyed)
        position = row.position
        for chunk in chunks.chunks(islice(results, position, None)):
            with tenant(run.tenant_id):
                row = chunks.settle(import_id, run.id, position, chunk, mapping)
                teller.tell(row)
            if position == 0:
                _learn_sizes(run)
            position = row.position
            run.progress(done=row.imported + row.refused)
    _finish(run, import_id, surveyed.rows)


def _learn_sizes(run: JobRun) -> None:
    """After the first chunk. PostgreSQL plans the checks of foreign keys when it first needs them: on tables that were
    never measured it takes an index that reads all of the tenant's listings for each check, and stays with it."""
    with tenant(run.tenant_id), connection.cursor() as cursor:
        cursor.execute("select goods_learn_sizes()")


def _finish(run: JobRun, import_id: UUID, rows: int) -> None:
    with tenant(run.tenant_id):
        row = Import.objects.select_for_update().get(id=import_id)
        if (row.phase, row.job_id) != (Phase.IMPORTING, run.id):
            raise LeaseLost
        row.phase, row.rows, row.finished_at = Phase.DONE, rows, now()
        row.save(update_fields=["phase", "rows", "finished_at"])
        tell(row)
        _notify_who_asked(run, row)


def _notify_who_asked(run: JobRun, row: Import) -> None:
    if run.asked_by["kind"] == "person":
        counts = {"imported": row.imported, "refused": row.refused}
        notify(
            "import.done", run.tenant_id, [UUID(run.asked_by["id"])],
            link=f"/imports/{row.id}", file=row.file_name, **counts,
        )  # fmt: skip
