"""What other nouns add to lists of listings: their channels' states, filters by them, and counts for the views."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

Source = Callable[[Sequence[UUID]], Mapping[UUID, Sequence[Mapping[str, Any]]]]
Filter = Callable[[str], Q]
Count = Callable[[], Mapping[str, int]]

sources: list[Source] = []
"""Each gives, for a page of listing ids, the rows of `ListingRow.publications`, with every field of
`schemas.PublicationBrief`."""

filters: dict[str, Filter] = {}
"""Query parameter -> condition on Listing for its value: `filters["channel_state"] = lambda value: Q(Exists(...))`.

It depends on nothing else: `queries.page` keeps what was compiled from it."""

problems: list[Callable[[], Q]] = []
"""Conditions on Listing that mean "this needs a hand"; any of them puts a listing into that view."""

counts: list[Count] = []
"""Further counts for `GET /listings/facets`, by name."""


def publications(listing_ids: Sequence[UUID]) -> dict[UUID, list[Mapping[str, Any]]]:
    """The channels' states of a page of listings, from every source."""
    found: dict[UUID, list[Mapping[str, Any]]] = {listing_id: [] for listing_id in listing_ids}
    for source in sources:
        for listing_id, rows in source(listing_ids).items():
            found[listing_id].extend(rows)
    return found
