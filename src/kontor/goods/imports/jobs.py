"""What workers do of imports."""

from __future__ import annotations

from uuid import UUID

from kontor.goods.imports import counting, running, service, undoing
from kontor.jobs.registry import handler
from kontor.jobs.run import JobRun


@handler(counting.KIND)
def count(run: JobRun) -> None:
    """Counts the rows of a large file, and the SKUs that are in use already."""
    counting.count_later(run.tenant_id, UUID(run.payload["import_id"]))


handler(service.RUN)(running.run_import)
handler(service.UNDO)(undoing.undo_import)
