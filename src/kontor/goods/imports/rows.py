"""Drafts that are not taken, as refusals of their rows: each row of a draft ends in exactly one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from kontor.core.errors import Problem
from kontor.goods.imports.existing import Known
from kontor.goods.imports.models import ImportRefusal
from kontor.goods.reading import Mapping, ProductDraft, Refusal, VariantDraft
from kontor.goods.reading.fields import Field
from kontor.goods.reading.problems import problem

_VARIANT = re.compile(r"variants\.(\d+)\.?")
_WORDS: Final = {
    "reference": Field.SKU,
    "variants": Field.PARENT_SKU,
    "description": Field.DESCRIPTION_HTML,
    "pictures": Field.IMAGE_URLS,
    "options": "option1_value",
    "option_names": "option1_name",
    "language": Field.TITLE,
    "aspects": "",
}
"""What the goods service calls otherwise than the heading of the plain form does."""


def refused_for(draft: ProductDraft, product: Known, code: str, mapping: Mapping) -> list[Refusal]:
    """All rows of a draft that means a product which is not to be changed; each row names its own SKU where that is
    in use, else the product's."""
    skus = {variant.row: variant.sku for variant in draft.variants}

    def reason(row: int) -> Refusal:
        own = skus.get(row, draft.sku)
        sku = own if own in product.skus else product.reference
        return _refusal(row, [problem(code, Field.SKU, sku=sku)], own, mapping)

    return [reason(row) for row in draft.rows]


def refused_by_goods(draft: ProductDraft, problems: Sequence[Problem], mapping: Mapping) -> list[Refusal]:
    """All rows of a draft that the goods service refused: what is wrong at the row where it is, and at the others
    which row that was."""
    at: dict[int, list[Problem]] = {}
    for found in problems:
        if found.severity == "error":
            at.setdefault(_row_of(draft, found), []).append(_in_words_of_the_file(found))
    culprit = min(at)
    skus = {variant.row: variant.sku for variant in draft.variants}
    return [
        _refusal(
            row,
            at.get(row) or [problem("group.sibling_refused", Field.PARENT_SKU, row=culprit)],
            skus.get(row, draft.sku),
            mapping,
        )
        for row in draft.rows
    ]


def as_row(import_id: UUID, refusal: Refusal) -> ImportRefusal:
    """A refusal as it is stored."""
    return ImportRefusal(
        import_run_id=import_id,
        row=refusal.row,
        field=refusal.field[:200],
        column=refusal.column[:200],
        code=refusal.code,
        message=refusal.message,
        params=dict(refusal.params),
        others=[other.as_dict() for other in refusal.others],
        sku=refusal.sku[:100],
    )


def _refusal(row: int, problems: Sequence[Problem], sku: str, mapping: Mapping) -> Refusal:
    first, *others = problems
    column = mapping.column_name(first.field) if first.field else ""
    return Refusal(row, first.field, column, first.code, first.message, first.params, tuple(others), sku)


def _row_of(draft: ProductDraft, found: Problem) -> int:
    """The row that a problem of the product comes from: its variant's, else the product's first."""
    if variant := _variant_of(draft, found):
        return variant.row
    return draft.rows[0]


def _variant_of(draft: ProductDraft, found: Problem) -> VariantDraft | None:
    if sku := found.params.get("sku"):
        return next((variant for variant in draft.variants if variant.sku == sku), None)
    match = _VARIANT.match(found.field)
    # In a product that was there before, its own variants stand before the file's: the place tells nothing then.
    if match and int(match[1]) < len(draft.variants):
        return draft.variants[int(match[1])]
    return None


def _in_words_of_the_file(found: Problem) -> Problem:
    name = _VARIANT.sub("", found.field).partition(".")[0] or found.field.partition(".")[0]
    return Problem(found.code, found.message, str(_WORDS.get(name, name)), found.params, found.fix)
