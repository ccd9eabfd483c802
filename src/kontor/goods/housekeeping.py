"""Taking away what nobody will ask for again: pictures that nothing uses, and the files of old imports."""

from __future__ import annotations

from datetime import timedelta

from kontor.accounts.service import tenant_ids
from kontor.catalog import unused as pictures
from kontor.core.clock import now
from kontor.core.config import settings
from kontor.goods.imports import unused as files
from kontor.jobs import schedules
from kontor.jobs.registry import handler
from kontor.jobs.run import JobRun

schedules.declare("goods.prune", "goods.prune", every_seconds=24 * 3600)


@handler("goods.prune")
def prune(run: JobRun) -> None:
    """For every tenant; the job's tally says how many pictures and files went."""
    before = now() - timedelta(days=settings().keep_uploads_days)
    for tenant_id in tenant_ids():
        run.tally(pictures=pictures.forget(tenant_id, before), files=files.forget(tenant_id, before))
