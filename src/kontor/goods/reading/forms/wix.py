"""Wix's product CSV: a product's row, then a row for each variant with the same handle.

Source: Wix Help Center, "Wix Stores: Creating a CSV file to import products": `fieldType` is Product or Variant, a variant's
price is the product's and its `surcharge`, a colour is written `#rrggbb:name`, `inventory` is a number or InStock.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kontor.goods.reading.cells.prices import read_price
from kontor.goods.reading.fields import Field, Structure
from kontor.goods.reading.forms.shopify import ShopifyForm
from kontor.goods.reading.problems import BadCell
from kontor.goods.reading.rows import Row
from kontor.goods.reading.spool import Member

_COLOUR = re.compile(r"#[0-9A-Fa-f]{3,8}:")


class WixForm(ShopifyForm):
    """Grouped by handle, as Shopify's; which rows are variants is said, and their prices are differences."""

    def variants(self, head: Row, rows: Sequence[Row], members: Sequence[Member]) -> list[Row]:
        cells = {member.number: member.cells for member in members}
        head.options = [(name, "") for name, _ in head.options]  # it lists all choices there are
        found = [
            row for row in rows if self.cell(cells[row.number], Structure.ROW_TYPE).casefold() == "variant"
        ]
        for row in found:
            row.options = [(name, _COLOUR.sub("", value)) for name, value in row.options]
            self._add_to_price(row, head, self.cell(cells[row.number], Structure.SURCHARGE))
        return found or [head]

    @staticmethod
    def _add_to_price(row: Row, head: Row, surcharge: str) -> None:
        if row.amount is not None or head.amount is None:
            return
        row.amount, row.currency = head.amount, row.currency or head.currency
        try:
            if surcharge:
                row.amount += read_price(surcharge, ".", "")[0]
        except BadCell as error:
            row.note(error.code, Field.PRICE, **error.params)
