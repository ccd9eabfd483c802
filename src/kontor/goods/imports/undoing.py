"""The job that undoes an import: untouched listings are as before by a new revision, created ones archived, the others
left and listed. Stock that the import counted is moved back by entries of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final
from uuid import UUID

from kontor.catalog import references
from kontor.catalog.models import Listing, Revision, Status
from kontor.core.clock import now
from kontor.core.tenancy import tenant
from kontor.goods import writing
from kontor.goods.content import ProductContent
from kontor.goods.imports import pictures, since
from kontor.goods.imports.events import Teller, tell
from kontor.goods.imports.models import Action, Import, ImportChange, Phase, Undone
from kontor.goods.models import Variant
from kontor.goods.writing import Change, StockCause
from kontor.jobs.errors import LeaseLost
from kontor.jobs.run import JobRun

LISTINGS: Final = 250
"""To a transaction."""


def undo_import(run: JobRun) -> None:
    """Some listings per transaction; a killed run goes on with those that are not settled yet."""
    import_id = UUID(run.payload["import_id"])
    teller, settled = Teller(), -1
    while settled:
        with tenant(run.tenant_id):
            row = Import.objects.select_for_update().get(id=import_id)
            if row.job_id != run.id:
                raise LeaseLost
            if row.phase != Phase.UNDOING:
                return  # finished by a worker that died before it could say so
            settled = _settle(row)
            if settled:
                teller.tell(row)
            else:
                row.phase, row.finished_at = Phase.UNDONE, now()
                row.save(update_fields=["phase", "finished_at"])
                tell(row)
        run.progress(done=row.reverted + row.archived + row.left)


def _settle(row: Import) -> int:
    """The next listings, in one transaction; how many they were."""
    open_ones = ImportChange.objects.filter(import_run_id=row.id, undone=Undone.NOT)
    made = open_ones.filter(action__in=[Action.CREATED, Action.UPDATED])
    some = {change.listing_id: change for change in made.order_by("id")[:LISTINGS]}
    if not some:
        return 0
    references.alone()
    found = writing.current(some)
    reasons = since.reasons(row, list(some.values()), {key: listing for key, (listing, _) in found.items()})
    batch = _batch(row, {key: some[key] for key in some if key not in reasons}, found)
    writing.write(batch, StockCause(f"undo:{since.STOCK_KIND}", str(row.id), row.file_name))
    pictures.forget_missing([change.listing.id for change in batch])
    _note(row, list(some.values()), reasons)
    return len(some)


def _batch(
    row: Import,
    changes: Mapping[UUID, ImportChange],
    found: Mapping[UUID, tuple[Listing, ProductContent]],
) -> list[Change]:
    earlier = _snapshots([change for change in changes.values() if change.action == Action.UPDATED])
    counted = _counted_back(row, list(changes))
    batch = []
    for listing_id, change in changes.items():
        listing, content = found[listing_id]
        if change.action == Action.CREATED:
            after, undo_of = content.with_status(Status.ARCHIVED), None
        elif change.revision_before == change.revision_after:
            after, undo_of = content, None  # only stock moved
        else:
            # A category that was suggested since is none of the import's doing.
            after = replace(earlier[listing_id], category=content.category)
            undo_of = change.revision_before
        batch.append(Change(listing, content, after, counted.get(listing_id, {}), undo_of))
    return batch


def _snapshots(changes: Sequence[ImportChange]) -> dict[UUID, ProductContent]:
    """The content of each listing before the import."""
    wanted = {(change.listing_id, change.revision_before) for change in changes}
    rows = Revision.objects.filter(
        listing_id__in={key for key, _ in wanted}, number__in={number for _, number in wanted}
    )
    return {
        row.listing_id: ProductContent.from_json(row.snapshot)
        for row in rows
        if (row.listing_id, row.number) in wanted
    }


def _counted_back(row: Import, listing_ids: Sequence[UUID]) -> dict[UUID, dict[UUID, int]]:
    """What each variant's stock is without the import's movement, by listing."""
    moved = dict(since.entries(row, listing_ids).values_list("variant_id", "delta"))
    found: dict[UUID, dict[UUID, int]] = {}
    for variant in Variant.objects.filter(id__in=moved):
        found.setdefault(variant.product_id, {})[variant.id] = variant.quantity - moved[variant.id]
    return found


def _note(row: Import, changes: Sequence[ImportChange], reasons: Mapping[UUID, str]) -> None:
    for change in changes:
        change.left_because = reasons.get(change.listing_id, "")
        if change.left_because:
            change.undone = Undone.LEFT
        else:
            change.undone = Undone.ARCHIVED if change.action == Action.CREATED else Undone.REVERTED
    ImportChange.objects.bulk_update(changes, ["undone", "left_because"])
    for counter in (Undone.REVERTED, Undone.ARCHIVED, Undone.LEFT):
        count = sum(change.undone == counter for change in changes)
        setattr(row, counter.value, getattr(row, counter.value) + count)
    row.save(update_fields=["reverted", "archived", "left"])
