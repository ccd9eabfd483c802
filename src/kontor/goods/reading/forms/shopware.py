"""Shopware's product CSV: a variant names its parent by id (6) or number (5, and many a plugin of 6).

Source: Shopware 6 docs, "Import/Export", default profile "product"; Shopware 5 docs, "CSV import/export",
`configuratorOptions`.
"""

from __future__ import annotations

from collections.abc import Sequence

from kontor.goods.reading.fields import Field, Structure
from kontor.goods.reading.forms.base import Identity, Reading
from kontor.goods.reading.forms.listed import listed_options
from kontor.goods.reading.forms.plain import PlainForm
from kontor.goods.reading.rows import Row, clean_sku
from kontor.goods.reading.spool import Member


class ShopwareForm(PlainForm):
    """The plain form, in which a parent has an id besides, and a variant lists its options."""

    def identity(self, cells: Sequence[str]) -> Identity:
        sku, row_id = self.sku(cells), self.cell(cells, Structure.ROW_ID)
        parent = clean_sku(self.cell(cells, Field.PARENT_SKU))
        return Identity(sku, "" if parent in (sku, row_id) else parent, alias=row_id)

    def row(self, member: Member, reading: Reading) -> Row:
        row = super().row(member, reading)
        row.options += listed_options(self.cell(member.cells, Structure.ATTRIBUTES))
        return row
