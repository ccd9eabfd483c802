"""What other nouns add to lists of listings: their channels' states, filters by them, and counts for the views."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

import orjson
from django.db.models import Q, TextField, Value
from django.db.models.expressions import Combinable

from kontor.catalog.models import Listing

Filter = Callable[[str], Q]
Count = Callable[[], Mapping[str, int]]

publications: list[Callable[[], Combinable]] = []
"""At most one: an expression on Listing that is `ListingRow.publications` as JSON text, each an object with every field of
`schemas.PublicationBrief`. The database writes the JSON: reading rows to write it ourselves cost more than the page."""

filters: dict[str, Filter] = {}
"""Query parameter -> condition on Listing for its value: `filters["channel_state"] = lambda value: Q(Exists(...))`.

It depends on nothing else: `queries.page` keeps what was compiled from it."""

problems: list[Callable[[], Q]] = []
"""Conditions on Listing that mean "this needs a hand"; any of them puts a listing into that view."""

counts: list[Count] = []
"""Further counts for `GET /listings/facets`, by name."""


def publications_json() -> Combinable:
    """The expression that was lent, or that of nothing published anywhere."""
    return publications[0]() if publications else Value("[]", TextField())


def publications_of(listing_id: UUID) -> list[dict[str, Any]]:
    """The channels' states of one listing."""
    found = Listing.objects.filter(id=listing_id).values_list(publications_json(), flat=True).first()
    return list(orjson.loads(found)) if found else []
