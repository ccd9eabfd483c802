"""WooCommerce's product CSV: `Type` says what a row is, a variation names its parent by SKU or as `id:741`.

Source: WooCommerce docs, "Product CSV Importer and Exporter": lists are parted by a comma, a variation has one value of
each attribute, its parent all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kontor.core.errors import Problem
from kontor.goods.reading.fields import Field, Structure
from kontor.goods.reading.forms.base import Form, Identity, Reading, parent_and_children
from kontor.goods.reading.options import slot_names
from kontor.goods.reading.problems import problem
from kontor.goods.reading.rows import Row, clean_sku
from kontor.goods.reading.spool import Member
from kontor.goods.reading.values import ProductDraft, Refusal

_UNSOLD = frozenset(("grouped", "external", "bundle", "composite"))
_COMMA = re.compile(r"(?<!\\),")


class WooCommerceForm(Form):
    """Rows without a SKU are known by their id."""

    def identity(self, cells: Sequence[str]) -> Identity:
        kinds = self._kinds(cells)
        row_id = self.cell(cells, Structure.ROW_ID)
        return Identity(
            sku=self.sku(cells),
            parent=clean_sku(self.cell(cells, Field.PARENT_SKU)) if "variation" in kinds else "",
            is_parent="variable" in kinds,
            alias=f"id:{row_id}" if row_id else "",
        )

    def refuse(self, cells: Sequence[str]) -> Problem | None:
        if unsold := self._kinds(cells) & _UNSOLD:
            return problem("type.unsupported", Structure.ROW_TYPE, type=min(unsold))
        return None if self.sku(cells) else problem("sku.missing", Field.SKU)

    def single(self, member: Member, reading: Reading) -> ProductDraft | Refusal:
        row = self.row(member, reading)
        _attributes_to_aspects(row)
        return reading.assembler.single(row)

    def group(
        self, key: str, members: Sequence[Member], reading: Reading
    ) -> Iterator[ProductDraft | Refusal]:
        rows = [self.row(member, reading) for member in members]
        parent, children = parent_and_children(key, rows, reading)
        if parent:
            names = slot_names([parent])
            _attributes_to_aspects(parent)
            parent.options = [(name, "") for name in names]
        yield from reading.assembler.group(key, parent, children)

    def row(self, member: Member, reading: Reading) -> Row:
        row = super().row(member, reading)
        if ">" not in row.category_hint:
            row.category_hint = _listed(row.category_hint)[0]
        return row

    def sku(self, cells: Sequence[str]) -> str:
        row_id = self.cell(cells, Structure.ROW_ID)
        return super().sku(cells) or (f"id-{row_id}" if row_id else "")

    def _kinds(self, cells: Sequence[str]) -> frozenset[str]:
        return frozenset(_listed(self.cell(cells, Structure.ROW_TYPE).lower()))


def _listed(text: str) -> list[str]:
    return [part.strip().replace("\\,", ",") for part in _COMMA.split(text)]


def _attributes_to_aspects(row: Row) -> None:
    for name, values in row.options:
        if name and values:
            row.aspects[name] = tuple(filter(None, _listed(values)))
    row.options = []
