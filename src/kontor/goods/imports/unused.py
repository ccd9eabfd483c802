"""Files of imports that nobody will read again."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from kontor.core.tenancy import tenant
from kontor.goods.imports import files, queries
from kontor.goods.imports.models import Import, Phase
from kontor.goods.imports.standing import State, state_of

_READING: Final = (State.IMPORTING, State.PAUSED)


def forget(tenant_id: UUID, before: datetime) -> int:
    """Deletes a tenant's files of before that moment, but none that a job still reads; how many.

    Opens its own `tenant()`. Afterwards the import can still be looked at and undone; its refused rows can no longer
    be had as a file.
    """
    folder = files.folder_of(tenant_id)
    if not folder.exists():
        return 0
    old = {UUID(path.name): path for path in folder.iterdir() if path.stat().st_mtime < before.timestamp()}
    with tenant(tenant_id):
        begun = list(Import.objects.filter(id__in=old, phase=Phase.IMPORTING))
        jobs = queries.jobs_of(begun)
    read = {row.id for row in begun if state_of(row, jobs.get(row.id)) in _READING}
    for import_id in old.keys() - read:
        old[import_id].unlink(missing_ok=True)
    return len(old.keys() - read)
