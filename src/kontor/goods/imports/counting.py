"""How many rows a file has, and how many of its SKUs are in use already: asked before anything is written."""

from __future__ import annotations

from itertools import islice
from typing import Final
from uuid import UUID

from kontor.core.errors import Problem
from kontor.core.tabular import TabularError
from kontor.core.tenancy import tenant
from kontor.goods import queries as goods
from kontor.goods.imports import files, queries
from kontor.goods.imports.events import tell
from kontor.goods.imports.mapping import ImportDefaults
from kontor.goods.imports.models import Import, Phase
from kontor.goods.reading import Mapping, survey
from kontor.goods.reading.fields import Field
from kontor.jobs import service as jobs
from kontor.jobs.models import Lane

KIND: Final = "imports.count"
COUNTED_AT_ONCE_BYTES: Final = 2 << 20
"""Files up to this size are counted while the person waits: some tenths of a second."""
_SKUS_PER_QUERY = 5_000
_IDENTITY = {Field.SKU, Field.PARENT_SKU, Field.GTIN}


def count_or_queue(row: Import) -> None:
    """Counts a small file at once, and a large one as a job; `rows` and `existing` are None until then."""
    row.rows = row.existing = None
    if row.file_bytes <= COUNTED_AT_ONCE_BYTES:
        _count(row)
        row.save(update_fields=["rows", "existing", "warnings"])
    else:
        row.save(update_fields=["rows", "existing"])
        jobs.add(KIND, {"import_id": str(row.id)}, key=f"{KIND}:{row.id}", lane=Lane.NOW)


def count_later(tenant_id: UUID, import_id: UUID) -> None:
    """The job: reads the file outside of any transaction, and leaves what was mapped otherwise meanwhile."""
    with tenant(tenant_id):
        row = queries.get(import_id)
    names = _read(row)
    with tenant(tenant_id):
        now = Import.objects.select_for_update().get(id=import_id)
        if now.phase == Phase.MAPPING and now.mapping == row.mapping:
            now.rows, now.warnings, now.existing = row.rows, row.warnings, _in_use(names)
            now.save(update_fields=["rows", "existing", "warnings"])
            tell(now)


def identity(mapping: Mapping) -> tuple[object, ...]:
    """What the count depends on: the form, and the columns that say who a row is."""
    named = [
        (column.index, column.target)
        for column in mapping.columns
        if column.target in _IDENTITY or column.target.startswith("structure:")
    ]
    return (mapping.form, *named)


def _count(row: Import) -> None:
    row.existing = _in_use(_read(row))


def _read(row: Import) -> list[str]:
    """Sets `rows`, and answers the names by which articles of the file may be known. What keeps the file from being
    read to its end becomes a warning that keeps the import from being started."""
    mapping = Mapping.model_validate(row.mapping)
    row.warnings = [each for each in row.warnings if each["severity"] != "error"]
    try:
        with files.opened(row) as table:
            found = survey(table, mapping, ImportDefaults.model_validate(row.defaults).reading())
    except TabularError as error:
        problem = Problem(error.code, error.detail, params=error.params)
        row.rows, row.warnings = 0, [*row.warnings, problem.as_dict()]
        return []
    row.rows = found.rows
    return list(dict.fromkeys([*found.first_rows, *found.group_sizes]))


def _in_use(names: list[str]) -> int:
    rest, found = iter(names), 0
    while some := list(islice(rest, _SKUS_PER_QUERY)):
        found += len(goods.listings_by_sku(some))
    return found
