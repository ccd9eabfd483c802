"""Etsy's "Download your listings": one row per listing, its choices listed in cells, all SKUs in one.

Source: Etsy Help Center, "How to download your listing information", and the file's heading: `VARIATION 1 NAME`,
`VARIATION 1 VALUES` with commas between; prices and stock of single choices are not in it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kontor.core.errors import Problem
from kontor.goods.reading.fields import Field
from kontor.goods.reading.forms.base import Form, Identity, Reading, handle_of, name_variant
from kontor.goods.reading.problems import problem
from kontor.goods.reading.rows import Row, clean_sku
from kontor.goods.reading.spool import Member
from kontor.goods.reading.values import ProductDraft, Refusal


class EtsyForm(Form):
    """A group of its own in each row. Where SKUs and choices are as many, they stand in the same order."""

    def identity(self, cells: Sequence[str]) -> Identity:
        skus = self._skus(cells)
        return Identity("", group=skus[0] if skus else handle_of(self.cell(cells, Field.TITLE))[:60])

    def refuse(self, cells: Sequence[str]) -> Problem | None:
        is_named = self._skus(cells) or handle_of(self.cell(cells, Field.TITLE))
        return None if is_named else problem("sku.missing", Field.SKU)

    def group(
        self, key: str, members: Sequence[Member], reading: Reading
    ) -> Iterator[ProductDraft | Refusal]:
        for member in members:
            row = reading.rows.read(member.number, member.cells, "")
            variants = _variants(row, self._skus(member.cells))
            for variant in variants:
                name_variant(variant, key, reading, alone=len(variants) == 1)
            parent = replace(row, options=[(name, "") for name, _ in row.options])
            if len(variants) == 1:
                yield reading.assembler.single(variants[0])
            elif any(variant.problems for variant in variants):
                yield reading.assembler.refusal(row.number, [each for v in variants for each in v.problems])
            else:
                yield from reading.assembler.group(key, parent, variants)

    def _skus(self, cells: Sequence[str]) -> list[str]:
        return [sku for part in self.cell(cells, Field.SKU).split(",") if (sku := clean_sku(part))]


def _variants(row: Row, skus: Sequence[str]) -> list[Row]:
    """One row for each combination of choices. The stock is that of all together: none gets more than its share."""
    choices = [
        [(name, choice) for value in values.split(",") if (choice := value.strip())]
        for name, values in row.options
        if name and values
    ]
    combinations = list(itertools.product(*choices))
    if len(combinations) == 1:
        return [replace(row, sku=skus[0] if skus else "", options=list(combinations[0]))]
    named = list(skus) if len(skus) == len(combinations) else [""] * len(combinations)
    share = None if row.quantity is None else row.quantity // len(combinations)
    return [
        replace(
            row, sku=sku, options=list(options), quantity=share, problems=[], image_urls=(), image_problems=[]
        )
        for sku, options in zip(named, combinations, strict=True)
    ]
