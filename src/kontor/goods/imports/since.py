"""Whether anything happened to a listing since an import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from kontor.catalog.models import Listing, Revision, Status
from kontor.goods.imports.models import Action, Import, ImportChange
from kontor.goods.models import StockEntry

STOCK_KIND: Final = "import"
CHANGED, ARCHIVED, STOCK_MOVED = "changed", "archived", "stock_moved"


def entries(row: Import, listing_ids: Sequence[UUID]) -> QuerySet[StockEntry]:
    """The stock movements of an import in these listings."""
    return StockEntry.objects.filter(
        cause_kind=STOCK_KIND, cause_id=str(row.id), variant__product_id__in=listing_ids
    )


def reasons(
    row: Import, changes: Sequence[ImportChange], listings: Mapping[UUID, Listing]
) -> dict[UUID, str]:
    """Why listings are to be left as they are; those that nothing happened to are left out. Three queries."""
    found = _stock_moved(row, changes)
    found |= dict.fromkeys(_edited(changes, listings), CHANGED)
    found |= {key: ARCHIVED for key in found if key in listings and listings[key].status == Status.ARCHIVED}
    return found | {change.listing_id: CHANGED for change in changes if change.listing_id not in listings}


def _edited(changes: Sequence[ImportChange], listings: Mapping[UUID, Listing]) -> set[UUID]:
    """Listings with a newer revision, unless all that is new in it is a category that Kontor suggested."""
    after = {
        change.listing_id: change.revision_after
        for change in changes
        if change.listing_id in listings and listings[change.listing_id].revision != change.revision_after
    }
    if not after:
        return set()
    revisions = Revision.objects.filter(listing_id__in=after).values_list(
        "listing_id", "number", "changed", "cause__kind"
    )
    return {
        listing_id
        for listing_id, number, changed, who in revisions
        if number > after[listing_id] and (who == "person" or set(changed) - {"category"})
    }


def _stock_moved(row: Import, changes: Sequence[ImportChange]) -> dict[UUID, str]:
    """Listings whose stock the import counted, and something else moved afterwards: a sale, or a later count."""
    counting = {
        change.listing_id: change
        for change in changes
        if change.stock_moved or change.action == Action.CREATED
    }
    if not counting:
        return {}
    counted_at: dict[UUID, datetime] = dict(entries(row, list(counting)).values_list("variant_id", "at"))
    others = StockEntry.objects.filter(variant__product_id__in=counting).exclude(
        cause_kind=STOCK_KIND, cause_id=str(row.id)
    )
    found: dict[UUID, str] = {}
    for listing_id, variant_id, at in others.values_list("variant__product_id", "variant_id", "at"):
        is_later = variant_id in counted_at and at > counted_at[variant_id]
        if is_later or counting[listing_id].action == Action.CREATED:
            found[listing_id] = STOCK_MOVED
    return found
