"""Uploaded packages on disk, in the folder where every import's file is: written, and flushed to the disk, before the row."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from kontor.core.config import settings
from kontor.properties.openimmo.package import Package, open_package
from kontor.properties.property_imports.errors import FileGone


def path_of(tenant_id: UUID, import_id: UUID) -> Path:
    """Where an import's package is."""
    return settings().data_dir / "imports" / str(tenant_id) / str(import_id)


def keep(tenant_id: UUID, import_id: UUID, source: Path) -> Path:
    """Copies an upload to its place, and on to the disk."""
    target = path_of(tenant_id, import_id)
    target.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as given, target.open("xb") as copy:
        shutil.copyfileobj(given, copy, 1 << 20)
        copy.flush()
        os.fsync(copy.fileno())
    return target


@contextmanager
def opened(tenant_id: UUID, import_id: UUID) -> Iterator[Package]:
    """The import's package. Raises FileGone."""
    try:
        file = path_of(tenant_id, import_id).open("rb")
    except FileNotFoundError as error:
        raise FileGone from error
    with file, open_package(file) as package:
        yield package
