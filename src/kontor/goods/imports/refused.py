"""The file of only the refused rows, written when it is asked for."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePath
from uuid import UUID

from kontor.core.tabular import RowError, write_refused
from kontor.core.tenancy import tenant
from kontor.goods.imports import files, queries


@dataclass(frozen=True, slots=True)
class Written:
    """A file for the caller to send and to remove."""

    path: Path
    name: str


def written(tenant_id: UUID, import_id: UUID) -> Written:
    """Copies the refused rows out of the upload; opens its own `tenant()`. Raises NotFound, FileGone."""
    with tenant(tenant_id):
        row = queries.get(import_id)
        refusals = queries.refusals(import_id).values_list("row", "column", "code", "message")
        errors = {
            number: RowError(column, f"{message} ({code})")
            for number, column, code, message in refusals.iterator(chunk_size=5_000)
        }
    descriptor, name = tempfile.mkstemp(prefix="kontor-refused-", suffix=".csv")
    path = Path(name)
    try:
        with files.opened(row) as table, os.fdopen(descriptor, "wb") as target:
            write_refused(target, table, errors)
    except BaseException:
        path.unlink()
        raise
    return Written(path, f"{PurePath(row.file_name).stem}-refused.csv")
