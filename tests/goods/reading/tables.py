"""Small tables as text, read in one step."""

from __future__ import annotations

import gzip
import io
from collections.abc import Sequence
from pathlib import Path

import pytest

from kontor.core.tabular import Table, open_table
from kontor.goods.reading import Defaults, Mapping, ProductDraft, Refusal, drafts, recognise
from kontor.goods.reading.fields import Condition, WeightUnit

DEFAULTS = Defaults(quantity=1, condition=Condition.NEW, currency="EUR", weight_unit=WeightUnit.KILOGRAM)
_SHARED = Path(__file__).parents[4] / "shared" / "data" / "goods"


def table_of(content: str | bytes) -> Table:
    return open_table(io.BytesIO(content.encode() if isinstance(content, str) else content))


def mapping_of(content: str) -> Mapping:
    table = table_of(content)
    return recognise(table.heading, table.sample())


class Outcome:
    """What a table was read into."""

    def __init__(self, results: Sequence[ProductDraft | Refusal]) -> None:
        self.products = {draft.sku: draft for draft in results if isinstance(draft, ProductDraft)}
        self.refused = [refusal for refusal in results if isinstance(refusal, Refusal)]
        self.codes = {refusal.row: refusal.code for refusal in self.refused}

    @property
    def groups(self) -> list[ProductDraft]:
        return [draft for draft in self.products.values() if draft.option_names]

    def variants(self, sku: str) -> dict[str, tuple[str, ...]]:
        return {variant.sku: variant.option_values for variant in self.products[sku].variants}


def read(content: str | bytes, defaults: Defaults = DEFAULTS) -> Outcome:
    table = table_of(content)
    return Outcome(list(drafts(table, recognise(table.heading, table.sample()), defaults)))


def shared_file(name: str) -> io.BytesIO:
    """A real file beside the repository; skips the test where there is none."""
    path = _SHARED / name
    if not path.exists():
        pytest.skip(f"the shared test data are not here: ../shared/data/goods/{name}")
    content = path.read_bytes()
    return io.BytesIO(gzip.decompress(content) if name.endswith(".gz") else content)
