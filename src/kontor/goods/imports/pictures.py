"""Pictures that a file names and that have no address: a problem of the listing, shown where its pictures are."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from kontor.catalog.models import Listing, ListingMedia, PictureState

CODE: Final = "image.no_address"
_LAST = 30_000  # behind all pictures that can be had


def note_missing(problems: Mapping[UUID, Sequence[Mapping[str, Any]]]) -> None:
    """Puts a failed picture into each listing for every such problem, once. The next change of the listing's pictures
    takes it away again."""
    wanted = {
        (listing_id, str(found["params"].get("value", ""))): dict(found)
        for listing_id, all_of_it in problems.items()
        for found in all_of_it
        if found["code"] == CODE
    }
    if not wanted:
        return
    listing_ids = {listing_id for listing_id, _ in wanted}
    there = ListingMedia.objects.filter(listing_id__in=listing_ids, is_shown=True, state=PictureState.FAILED)
    known = set(there.values_list("listing_id", "source_url"))
    ListingMedia.objects.bulk_create(
        ListingMedia(
            listing_id=listing_id,
            position=_LAST,
            source_url=value,
            state=PictureState.FAILED,
            problem=found,
        )
        for (listing_id, value), found in wanted.items()
        if (listing_id, value) not in known
    )
    _refresh(listing_ids)


def forget_missing(listing_ids: Collection[UUID]) -> None:
    """Takes those of these listings away again."""
    rows = ListingMedia.objects.filter(
        listing_id__in=listing_ids, is_shown=True, state=PictureState.FAILED, problem__code=CODE
    )
    touched = set(rows.values_list("listing_id", flat=True))
    rows.update(is_shown=False)
    _refresh(touched)


def _refresh(listing_ids: Collection[UUID]) -> None:
    """Brings the number of failed pictures on the listings' own rows up to date; one statement however many."""
    failed = ListingMedia.objects.filter(listing_id=OuterRef("id"), is_shown=True, state=PictureState.FAILED)
    count = failed.order_by().values("listing_id").annotate(count=Count("*")).values("count")
    Listing.objects.filter(id__in=listing_ids).update(pictures_failed=Coalesce(Subquery(count), 0))
