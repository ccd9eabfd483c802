"""Magento 2's product CSV: a configurable row, after its variants, names them in `configurable_variations`.

Source: Adobe Commerce user guide, "Product data attributes" and the sample data of Magento 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kontor.core.errors import Problem
from kontor.goods.reading.fields import Field, Structure
from kontor.goods.reading.forms.base import Form, Identity, Reading, parent_and_children
from kontor.goods.reading.problems import problem
from kontor.goods.reading.rows import Row
from kontor.goods.reading.spool import Member
from kontor.goods.reading.values import ProductDraft, Refusal

_UNSOLD = frozenset(("bundle", "grouped", "giftcard"))
# A comma parts attributes only where the next code follows: values hold commas too.
_ATTRIBUTES = re.compile(r",(?=[a-z][a-z0-9_]*=)", re.IGNORECASE)
_FLAGS = frozenset(("yes", "no", "0", "1", ""))


class MagentoForm(Form):
    """Rows of a store view translate another row and are refused as such."""

    def identity(self, cells: Sequence[str]) -> Identity:
        return Identity(self.sku(cells), is_parent=self._kind(cells) == "configurable")

    def refuse(self, cells: Sequence[str]) -> Problem | None:
        if (view := self.cell(cells, Structure.STORE_VIEW)) and view not in ("default", "admin"):
            return problem("row.translation", Structure.STORE_VIEW, sku=self.sku(cells), view=view)
        if (kind := self._kind(cells)) in _UNSOLD:
            return problem("type.unsupported", Structure.ROW_TYPE, type=kind)
        return None if self.sku(cells) else problem("sku.missing", Field.SKU)

    def children(self, cells: Sequence[str]) -> Iterable[str]:
        return (options["sku"] for options in self._variations(cells))

    def group(
        self, key: str, members: Sequence[Member], reading: Reading
    ) -> Iterator[ProductDraft | Refusal]:
        rows = [self.row(member, reading) for member in members]
        parent, children = parent_and_children(key, rows, reading)
        own = next((member for member in members if parent and member.number == parent.number), None)
        if own:
            self._hand_out_options(own.cells, children)
        yield from reading.assembler.group(key, parent, children)

    def row(self, member: Member, reading: Reading) -> Row:
        row = super().row(member, reading)
        for code, value in _pairs(self.cell(member.cells, Structure.ATTRIBUTES)):
            if value.lower() not in _FLAGS:
                row.aspects.setdefault(_label(code), tuple(value.split("|")))
        return row

    def _hand_out_options(self, parent_cells: Sequence[str], children: Sequence[Row]) -> None:
        labels = dict(_pairs(self.cell(parent_cells, Structure.VARIATION_LABELS)))
        variations = {options["sku"]: options for options in self._variations(parent_cells)}
        for child in children:
            options = variations.get(child.sku, {})
            child.options = [
                (labels.get(code) or _label(code), value) for code, value in options.items() if code != "sku"
            ]

    def _variations(self, cells: Sequence[str]) -> Iterator[dict[str, str]]:
        for text in self.cell(cells, Structure.VARIATIONS).split("|"):
            options = dict(_pairs(text))
            if options.get("sku"):
                yield options

    def _kind(self, cells: Sequence[str]) -> str:
        if self.cell(cells, Structure.VARIATIONS):
            return "configurable"
        return self.cell(cells, Structure.ROW_TYPE).lower()


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for pair in _ATTRIBUTES.split(text):
        code, sign, value = pair.partition("=")
        if sign:
            yield code.strip(), value.strip().strip('"')


def _label(code: str) -> str:
    return code.replace("_", " ").capitalize()
