"""Which listings of a file the story publishes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kontor.core.tabular import open_table
from kontor.goods.reading import Defaults, ProductDraft, Refusal, drafts, recognise

FEWEST_GROUPS = 10


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file as reading understands it, without any database: the yardstick of the story."""

    drafts: tuple[ProductDraft, ...]
    refused: tuple[Refusal, ...]
    records: int


def read(path: Path, defaults: Defaults) -> FileRead:
    """Reads the whole file with the mapping that is recognised. Raises TabularError for what is no table."""
    taken: list[ProductDraft] = []
    refused: list[Refusal] = []
    with path.open("rb") as file:
        table = open_table(file)
        mapping = recognise(table.heading, table.sample())
        for result in drafts(table, mapping, defaults):
            (taken if isinstance(result, ProductDraft) else refused).append(result)  # type: ignore[arg-type]
        records = sum(1 for _ in table.records())
    return FileRead(tuple(taken), tuple(refused), records)


def spread(everything: Sequence[ProductDraft], items: int | None) -> list[ProductDraft]:
    """`items` listings spread evenly over those with price and picture address; at least ten groups if there are.

    Without `items`: every listing of the file.
    """
    if items is None:
        return list(everything)
    fit = [draft for draft in everything if _has_price(draft) and _has_picture(draft)]
    chosen = _evenly(range(len(fit)), items)
    groups = [index for index, draft in enumerate(fit) if len(draft.variants) > 1]
    lacking = min(FEWEST_GROUPS, len(groups), items) - sum(1 for index in chosen if index in set(groups))
    if lacking > 0:
        singles = [index for index in chosen if index not in set(groups)]
        more = _evenly([index for index in groups if index not in set(chosen)], lacking)
        gone = set(_evenly(singles, len(more)))
        chosen = sorted([index for index in chosen if index not in gone] + more)
    return [fit[index] for index in chosen]


def _evenly(things: Sequence[int], count: int) -> list[int]:
    if count >= len(things):
        return list(things)
    return [things[position * len(things) // count] for position in range(count)]


def _has_price(draft: ProductDraft) -> bool:
    return all(variant.price_minor for variant in draft.variants)


def _has_picture(draft: ProductDraft) -> bool:
    return bool(draft.image_urls) or any(variant.image_urls for variant in draft.variants)
