"""Shopify's product CSV: rows with one handle are a product; the first carries its data and its first variant, further
rows a variant, a picture, or both. Source: Shopify Help Center, "Using CSV files to import and export products"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kontor.core.errors import Problem
from kontor.goods.reading.fields import Structure
from kontor.goods.reading.forms.base import Form, Identity, Reading, name_variant
from kontor.goods.reading.problems import problem
from kontor.goods.reading.rows import Row
from kontor.goods.reading.spool import Member
from kontor.goods.reading.values import ProductDraft, Refusal

_ONLY_VARIANT = "Default Title"


class ShopifyForm(Form):
    """Grouped by handle. Where a variant has no SKU, handle and option values make one, the same at every import."""

    def identity(self, cells: Sequence[str]) -> Identity:
        return Identity("", group=self.cell(cells, Structure.HANDLE), variant_sku=self.sku(cells))

    def refuse(self, cells: Sequence[str]) -> Problem | None:
        handle = self.cell(cells, Structure.HANDLE)
        return None if handle else problem("group.handle_missing", Structure.HANDLE)

    def group(
        self, key: str, members: Sequence[Member], reading: Reading
    ) -> Iterator[ProductDraft | Refusal]:
        rows = [reading.rows.read(number, cells, self.sku(cells)) for number, cells in members]
        head = next((row for row in rows if row.title), rows[0])
        variants = self.variants(head, rows, members)
        chosen = {row.number for row in (head, *variants)}
        pictures = [row for row in rows if row.number not in chosen]
        for row in pictures:
            if row.problems:
                yield reading.assembler.refusal(row.number, row.problems)
        extra_rows = [row.number for row in pictures if not row.problems]
        images = tuple(dict.fromkeys(url for row in rows if not row.problems for url in row.image_urls))
        problems = [found for row in rows for found in row.image_problems]
        parent = replace(head, image_urls=images, image_problems=problems, variant_image_urls=())
        for row in variants:
            row.image_urls, row.image_problems = (), []
            name_variant(row, key, reading, alone=len(variants) == 1)
        if len(variants) == 1 and _has_no_choice(variants[0]):
            variants[0].options, parent.options = [], []
            yield from reading.assembler.article(variants[0], parent, extra_rows)
        else:
            yield from reading.assembler.group(key, parent, variants, extra_rows)

    def variants(self, head: Row, rows: Sequence[Row], members: Sequence[Member]) -> list[Row]:
        """Which of the rows are sold; the head itself where none says so."""
        return [row for row in rows if _is_variant(row)] or [head]


def _is_variant(row: Row) -> bool:
    return (
        bool(row.sku)
        or row.amount is not None
        or bool(row.problems)
        or any(value for _, value in row.options)
    )


def _has_no_choice(row: Row) -> bool:
    values = [value for _, value in row.options if value]
    return not values or values == [_ONLY_VARIANT]
