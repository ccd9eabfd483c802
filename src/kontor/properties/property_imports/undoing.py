"""The job that undoes an import: properties untouched since are as before by a new revision, created ones archived, removed
ones back in use; the others are left, with the reason."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from kontor.catalog import references
from kontor.core.clock import now
from kontor.core.tenancy import tenant
from kontor.jobs.errors import LeaseLost
from kontor.jobs.run import JobRun
from kontor.properties import service, views
from kontor.properties.property_imports.models import Action, Phase, PropertyImport, PropertyResult, Undone
from kontor.properties.views import PropertyView

RESULTS: Final = 50
CHANGED, REFERENCE_TAKEN = "changed", "reference_taken"


def undo_import(run: JobRun) -> None:
    """Some properties per transaction, the last ones first; a killed run goes on with those that are not settled yet."""
    import_id = UUID(run.payload["import_id"])
    settled = RESULTS
    while settled:
        with tenant(run.tenant_id):
            row = PropertyImport.objects.select_for_update().get(id=import_id)
            if row.job_id != run.id:
                raise LeaseLost
            if row.phase != Phase.UNDOING:
                return  # finished by a worker that died before it could say so
            settled = _settle(row)
            if not settled:
                row.phase, row.finished_at = Phase.UNDONE, now()
            row.save()
        run.progress(done=row.reverted + row.archived + row.restored + row.left)


def _settle(row: PropertyImport) -> int:
    """The next results, in one transaction; how many they were."""
    made = PropertyResult.objects.filter(import_run_id=row.id, undone=Undone.NOT, listing__isnull=False)
    some = list(made.exclude(action__in=[Action.UNCHANGED, Action.REFUSED]).order_by("-number")[:RESULTS])
    references.alone()
    for result in some:
        found = views.many([result.listing_id] if result.listing_id else [])
        result.undone, result.left_because = _undone(result, found[0] if found else None)
        setattr(row, result.undone, getattr(row, result.undone) + 1)
    PropertyResult.objects.bulk_update(some, ["undone", "left_because"])
    return len(some)


def _undone(result: PropertyResult, view: PropertyView | None) -> tuple[str, str]:
    if view is None or view.revision != result.revision_after:
        return Undone.LEFT, CHANGED
    try:
        match result.action:
            case Action.CREATED:
                service.archive([view.listing_id])
                return Undone.ARCHIVED, ""
            case Action.REMOVED:
                service.restore([view.listing_id])
                return Undone.RESTORED, ""
        service.undo_many([(view.listing_id, result.revision_before)])
    except service.ReferenceTaken:
        return Undone.LEFT, REFERENCE_TAKEN
    return Undone.REVERTED, ""
