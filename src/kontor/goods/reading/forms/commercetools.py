"""commercetools' product CSV: the row of variant 1 begins a product, its other variants follow and only count on.

Source: commercetools docs, "Product CSV format" of the import and export command line tools.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kontor.goods.reading.fields import Field, Structure
from kontor.goods.reading.forms.base import Reading, parent_and_children
from kontor.goods.reading.forms.plain import PlainForm
from kontor.goods.reading.spool import Member
from kontor.goods.reading.values import ProductDraft, Refusal


class CommercetoolsForm(PlainForm):
    """The product's row is its first variant too."""

    def follows(self, cells: Sequence[str]) -> bool:
        variant = self.cell(cells, Structure.ROW_ID)
        return variant not in ("", "1") and not self.cell(cells, Field.PARENT_SKU)

    def group(
        self, key: str, members: Sequence[Member], reading: Reading
    ) -> Iterator[ProductDraft | Refusal]:
        rows = [self.row(member, reading) for member in members]
        parent, children = parent_and_children(key, rows, reading)
        yield from reading.assembler.group(key, parent, [parent, *children] if parent else children)
