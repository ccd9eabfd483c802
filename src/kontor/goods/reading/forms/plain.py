"""The plain form: one row per article or variant, a variant names its parent's SKU."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kontor.core.errors import Problem
from kontor.goods.reading.fields import Field
from kontor.goods.reading.forms.base import Form, Identity, Reading, parent_and_children
from kontor.goods.reading.options import stands_beside
from kontor.goods.reading.problems import problem
from kontor.goods.reading.rows import Row, clean_sku
from kontor.goods.reading.spool import Member
from kontor.goods.reading.values import ProductDraft, Refusal

_SEVERAL_VALUES = re.compile(r"[|;,\n]")


class PlainForm(Form):
    """`sku` and `parent_sku`. Without a column of SKUs, the GTIN is the SKU."""

    def identity(self, cells: Sequence[str]) -> Identity:
        sku = self.sku(cells)
        parent = clean_sku(self.cell(cells, Field.PARENT_SKU))
        # Some exports write a parent's own SKU beside it.
        return Identity(sku, "" if parent == sku else parent)

    def refuse(self, cells: Sequence[str]) -> Problem | None:
        return None if self.sku(cells) else problem("sku.missing", Field.SKU)

    def group(
        self, key: str, members: Sequence[Member], reading: Reading
    ) -> Iterator[ProductDraft | Refusal]:
        parent, children = parent_and_children(
            key, [self.row(member, reading) for member in members], reading
        )
        if parent and _is_variant(parent, children):
            children = [parent, *children]
        yield from reading.assembler.group(key, parent, children)

    def sku(self, cells: Sequence[str]) -> str:
        return super().sku(cells) if Field.SKU in self._index else clean_sku(self.cell(cells, Field.GTIN))


def _is_variant(parent: Row, children: Sequence[Row]) -> bool:
    """Whether the parent's row is its first variant too: it says an option's value, and not a list of them; or it has
    price and stock like the others, and a colour or size that none of them has."""
    values = [value for _, value in parent.options if value]
    if values:
        return not any(_SEVERAL_VALUES.search(value) for value in values)
    is_sold = parent.amount is not None and (
        parent.quantity is not None or all(child.quantity is None for child in children)
    )
    return is_sold and stands_beside(parent, children)
