"""eBay's own upload files: below a listing's row stand its variations, each with `Relationship` = Variation.

Source: eBay File Exchange, "Advanced instructions", variations: the listing's `RelationshipDetails` has all values of each
name (`Color=Red;Blue|Size=S;M`), a variation one of each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kontor.goods.reading.fields import Structure
from kontor.goods.reading.forms.base import Reading, parent_and_children
from kontor.goods.reading.forms.listed import listed_options
from kontor.goods.reading.forms.plain import PlainForm
from kontor.goods.reading.rows import Row
from kontor.goods.reading.spool import Member
from kontor.goods.reading.values import ProductDraft, Refusal


class EbayForm(PlainForm):
    """A listing's row is never a variation itself."""

    def follows(self, cells: Sequence[str]) -> bool:
        return self.cell(cells, Structure.ROW_TYPE).casefold().startswith("variation")

    def group(
        self, key: str, members: Sequence[Member], reading: Reading
    ) -> Iterator[ProductDraft | Refusal]:
        rows = [self.row(member, reading) for member in members]
        parent, children = parent_and_children(key, rows, reading)
        if parent:
            parent.options = [(name, "") for name, _ in parent.options]
        yield from reading.assembler.group(key, parent, children)

    def row(self, member: Member, reading: Reading) -> Row:
        row = super().row(member, reading)
        row.options += listed_options(self.cell(member.cells, Structure.ATTRIBUTES))
        return row
