"""What a form has to know: who a record is, whether it can be an article at all, and how a group is put together."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as Lookup
from dataclasses import dataclass
from typing import NamedTuple

from kontor.core.errors import Problem
from kontor.goods.reading.assembly import Assembler
from kontor.goods.reading.fields import Field
from kontor.goods.reading.mapping import Mapping
from kontor.goods.reading.rows import Row, RowReader, clean_sku
from kontor.goods.reading.spool import Member
from kontor.goods.reading.values import ProductDraft, Refusal

_UNFIT = re.compile(r"[^\w.]+")


class Identity(NamedTuple):
    """Who a record is. `parent` is the SKU or alias of its parent; `group` is set where rows are gathered by a key of
    their own instead (a handle), and then `variant_sku` is what must be unique."""

    sku: str
    parent: str = ""
    is_parent: bool = False
    alias: str = ""
    group: str = ""
    variant_sku: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the second pass works with. SKUs that a form makes up are added to `first_rows`."""

    rows: RowReader
    assembler: Assembler
    first_rows: dict[str, int]
    parent_of: Lookup[str, str]


class Form(ABC):
    """One way of writing products into a table."""

    def __init__(self, mapping: Mapping) -> None:
        self._index = {column.target: column.index for column in reversed(mapping.columns) if column.target}

    def cell(self, cells: Sequence[str], target: str) -> str:
        """The trimmed cell of the column with this target; "" where there is no such column."""
        index = self._index.get(target)
        return "" if index is None else cells[index].strip()

    @abstractmethod
    def identity(self, cells: Sequence[str]) -> Identity:
        """Who this record is. Asked only of records that `refuse` let pass."""

    @abstractmethod
    def refuse(self, cells: Sequence[str]) -> Problem | None:
        """Why this record can be no article, whatever else stands in it."""

    def children(self, cells: Sequence[str]) -> Iterable[str]:
        """The SKUs that a parent's record names as its variants, where the form does so."""
        return ()

    def follows(self, cells: Sequence[str]) -> bool:
        """Whether this record belongs to the last one that follows none: forms without a word for a parent."""
        return False

    def single(self, member: Member, reading: Reading) -> ProductDraft | Refusal:
        """An article of its own."""
        return reading.assembler.single(self.row(member, reading))

    @abstractmethod
    def group(
        self, key: str, members: Sequence[Member], reading: Reading
    ) -> Iterator[ProductDraft | Refusal]:
        """All records of one group, in the file's order."""

    def row(self, member: Member, reading: Reading) -> Row:
        """The record read."""
        return reading.rows.read(member.number, member.cells, self.identity(member.cells).sku)

    def sku(self, cells: Sequence[str]) -> str:
        """The record's own SKU, "" where it has none."""
        return clean_sku(self.cell(cells, Field.SKU))


def handle_of(text: str) -> str:
    """Words as they may stand in a SKU."""
    return _UNFIT.sub("-", text).strip("-")


def name_variant(row: Row, handle: str, reading: Reading, *, alone: bool = False) -> None:
    """Gives a variant without a SKU one of handle and option values, the same at every import; notes one that is taken."""
    if not row.sku:
        values = [] if alone else [handle_of(value) for _, value in row.options if value]
        row.sku = "-".join([handle, *values])
    first = reading.first_rows.setdefault(row.sku, row.number)
    if first != row.number:
        row.note("sku.duplicate_in_file", Field.SKU, sku=row.sku, first_row=first)


def parent_and_children(key: str, rows: Sequence[Row], reading: Reading) -> tuple[Row | None, list[Row]]:
    """The row whose SKU is the group's key, and the others. A parent that has a parent itself is noted as nested."""
    parent = next((row for row in rows if row.sku == key), None)
    if parent and (above := reading.parent_of.get(key)):
        parent.note("group.nested", Field.PARENT_SKU, sku=key, parent=above)
    return parent, [row for row in rows if row is not parent]
