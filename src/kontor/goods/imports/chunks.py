"""One chunk of an import: drafts, what came of them, refusals, counts and the place in the file, in one transaction.

A worker may die at any line of it: either all of the chunk is there and the place stands behind it, or nothing is and
the next run reads the same drafts again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.db import connection

from kontor.catalog import mass_insert, references
from kontor.core.identifiers import uuid7
from kontor.goods import service as goods
from kontor.goods.imports import existing, pictures, since
from kontor.goods.imports.existing import Known
from kontor.goods.imports.inputs import Prepared, prepared
from kontor.goods.imports.mapping import ImportDefaults
from kontor.goods.imports.models import Action, Import, ImportChange, ImportRefusal, Phase, Undone
from kontor.goods.imports.rows import as_row, refused_by_goods, refused_for
from kontor.goods.reading import Mapping, ProductDraft, Refusal
from kontor.jobs.errors import LeaseLost

DRAFTS: Final = 500
ROWS: Final = 1_500
"""A chunk ends at whichever comes first, so that its transaction takes some tenths of a second."""


@dataclass(slots=True)
class Chunk:
    """The next results of reading; `settled` counts them."""

    drafts: list[ProductDraft] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)

    @property
    def settled(self) -> int:
        """How far it moves the place in the file."""
        return len(self.drafts) + len(self.refusals)

    @property
    def rows(self) -> int:
        """Records of the file."""
        return len(self.refusals) + sum(len(draft.rows) for draft in self.drafts)


def chunks(results: Iterable[ProductDraft | Refusal]) -> Iterator[Chunk]:
    """The results in chunks, in order."""
    chunk, rows = Chunk(), 0
    for result in results:
        if isinstance(result, ProductDraft):
            chunk.drafts.append(result)
            rows += len(result.rows)
        else:
            chunk.refusals.append(result)
            rows += 1
        if len(chunk.drafts) >= DRAFTS or rows >= ROWS:
            yield chunk
            chunk, rows = Chunk(), 0
    if chunk.settled:
        yield chunk


def settle(import_id: UUID, job_id: UUID, position: int, chunk: Chunk, mapping: Mapping) -> Import:
    """Writes the chunk that begins at `position`; the row as it is afterwards. Inside `tenant()`.

    Raises LeaseLost where another worker went on with this import meanwhile.
    """
    row = Import.objects.select_for_update().get(id=import_id)
    if (row.phase, row.job_id, row.position) != (Phase.IMPORTING, job_id, position):
        raise LeaseLost
    _without_waiting_for_the_disk()
    references.alone()
    refusals, changes = list(chunk.refusals), list[dict[str, Any]]()
    accepted = _accepted(row, chunk.drafts, refusals, mapping)
    stock = goods.StockCause(since.STOCK_KIND, str(row.id), row.file_name[:200])
    outcomes = goods.upsert_many([each.input for each in accepted], stock)
    for each, outcome in zip(accepted, outcomes, strict=True):
        if outcome.listing_id is None:
            refusals += refused_by_goods(each.draft, outcome.problems, mapping)
            continue
        row.imported += len(each.draft.rows)
        changes.append(_change(row, each, outcome))
    _write(row, refusals, changes)
    row.position = position + chunk.settled
    row.save(update_fields=["position", "imported", "refused", "created", "updated", "unchanged"])
    return row


def _without_waiting_for_the_disk() -> None:
    """A database that dies right after this chunk may forget it whole, its place in the file too: it is read again."""
    with connection.cursor() as cursor:
        cursor.execute("set local synchronous_commit = off")


def _accepted(
    row: Import, drafts: Sequence[ProductDraft], refusals: list[Refusal], mapping: Mapping
) -> list[Prepared]:
    """The drafts that may go in; the rows of the others are added to `refusals`."""
    defaults = ImportDefaults.model_validate(row.defaults)
    known = existing.find(drafts)
    mine = _touched_before(row, [each for each in known if each])
    accepted: list[Prepared] = []
    for draft, product in zip(drafts, known, strict=True):
        if product and product.listing_id in mine:
            refusals += refused_for(draft, product, "sku.in_product_of_this_file", mapping)
        elif product and not row.update_existing:
            refusals += refused_for(draft, product, "sku.exists", mapping)
        else:
            accepted.append(prepared(draft, product, defaults))
    return accepted


def _touched_before(row: Import, known: Sequence[Known]) -> set[UUID]:
    if not known:
        return set()
    found = ImportChange.objects.filter(
        import_run_id=row.id, listing_id__in={each.listing_id for each in known}
    )
    return set(found.values_list("listing_id", flat=True))


def _change(row: Import, each: Prepared, outcome: goods.Outcome) -> dict[str, Any]:
    return {
        "id": uuid7(),
        "import_run_id": row.id,
        "listing_id": outcome.listing_id,
        "reference": outcome.reference,
        "action": Action(outcome.action.value),
        "revision_before": outcome.revision_before,
        "revision_after": outcome.revision_after,
        "stock_moved": outcome.stock_moved,
        "row": each.draft.rows[0],
        "problems": [found.as_dict() for found in (*each.problems, *outcome.problems)],
        "undone": Undone.NOT,
        "left_because": "",
    }


def _write(row: Import, refusals: Sequence[Refusal], changes: Sequence[dict[str, Any]]) -> None:
    mass_insert.insert(ImportChange, changes)
    ImportRefusal.objects.bulk_create([as_row(row.id, refusal) for refusal in refusals])
    pictures.note_missing({each["listing_id"]: each["problems"] for each in changes if each["problems"]})
    row.refused += len(refusals)
    for action in Action.values:
        setattr(row, action, getattr(row, action) + sum(each["action"] == action for each in changes))
