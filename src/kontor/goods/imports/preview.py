"""What the beginning of a file would become: shown in the mapping step, written nowhere."""

from __future__ import annotations

from typing import Final

from kontor.core.tabular import TabularError
from kontor.goods.imports import answers, files
from kontor.goods.imports.mapping import ImportDefaults
from kontor.goods.imports.models import Import
from kontor.goods.imports.schemas import Preview
from kontor.goods.reading import Mapping, MappingIncomplete, ProductDraft, Refusal, drafts, survey

ROWS: Final = 500
"""So many rows are read for it: enough to see how the file writes its numbers, and some hundredths of a second."""
_SHOWN = 10


def preview(row: Import) -> Preview | None:
    """None while something is missing that reading can't do without. A group cut by the end of the sample is shown as
    far as it goes."""
    mapping = Mapping.model_validate(row.mapping)
    defaults = ImportDefaults.model_validate(row.defaults).whole()
    taken: list[ProductDraft] = []
    refused: list[Refusal] = []
    try:
        with files.opened(row) as whole:
            table = whole.head(ROWS)
            found = survey(table, mapping, defaults)
            for result in drafts(table, mapping, defaults, surveyed=found):
                if isinstance(result, ProductDraft):
                    taken.append(result)
                else:
                    refused.append(result)
    except (MappingIncomplete, TabularError):  # `missing` says so
        return None
    return Preview(
        rows=found.rows,
        products=[answers.preview_product(draft) for draft in taken[:_SHOWN]],
        product_count=len(taken),
        refusals=[answers.preview_refusal(refusal) for refusal in refused[:_SHOWN]],
        refused_rows=len(refused),
    )
