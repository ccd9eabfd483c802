"""Uploaded files on disk, beside the database: one per import, under its tenant.

A file is written, and flushed to the disk, before its row: a process killed between leaves a file that nobody names,
never a row without its file.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from kontor.core.config import settings
from kontor.core.errors import NotFound
from kontor.core.tabular import Table
from kontor.core.tabular.dialect import Dialect
from kontor.core.tabular.encoding import Encoding
from kontor.goods.imports.models import Import


class FileGone(NotFound):
    """The uploaded file is no longer in the data folder."""

    code, title = "import.file_gone", "The uploaded file is no longer there; upload it again"


def folder_of(tenant_id: UUID) -> Path:
    """Where a tenant's files are, each named by its import; not there before the first."""
    return settings().data_dir / "imports" / str(tenant_id)


def path_of(tenant_id: UUID, import_id: UUID) -> Path:
    """Where an import's file is."""
    return folder_of(tenant_id) / str(import_id)


def keep(tenant_id: UUID, import_id: UUID, source: Path) -> Path:
    """Copies an upload to its place, and on to the disk."""
    target = path_of(tenant_id, import_id)
    target.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as given, target.open("xb") as copy:
        shutil.copyfileobj(given, copy, 1 << 20)
        copy.flush()
        os.fsync(copy.fileno())
    return target


def described(table: Table) -> dict[str, Any]:
    """How the file is to be read, as JSON; `opened` needs not find it out again."""
    encoding, dialect = table.encoding, table.dialect
    return {
        "encoding": encoding.codec,
        "mark": encoding.mark.hex(),
        "is_flawed": encoding.flawed,
        "delimiter": dialect.delimiter,
        "skips_blanks": dialect.skips_blanks,
        "drops_trailing": dialect.drops_trailing,
        "preface_lines": dialect.preface_lines,
        "heading": list(table.heading),
    }


@contextmanager
def opened(row: Import) -> Iterator[Table]:
    """The import's table, the same at every call. Raises FileGone."""
    told = row.dialect
    try:
        file = path_of(row.tenant_id, row.id).open("rb")
    except FileNotFoundError as error:
        raise FileGone from error
    with file:
        yield Table(
            file,
            Encoding(told["encoding"], bytes.fromhex(told["mark"]), flawed=told["is_flawed"]),
            Dialect(told["delimiter"], told["skips_blanks"], told["drops_trailing"], told["preface_lines"]),
            tuple(told["heading"]),
        )
