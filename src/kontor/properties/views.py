"""Properties as they are kept, whole: three queries, however many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from kontor.catalog import gallery
from kontor.catalog.gallery import PictureView
from kontor.catalog.models import Listing, Revision
from kontor.properties.content import PropertyContent
from kontor.properties.parts.texts import Picture
from kontor.properties.writing import KIND


@dataclass(frozen=True, slots=True)
class PropertyView:
    """A property as it is now. `pictures` are in the order of the content's, with what is stored of each."""

    listing_id: UUID
    revision: int
    content: PropertyContent
    pictures: tuple[PictureView, ...]
    created_at: datetime
    updated_at: datetime
    updated_by: Mapping[str, Any] = field(default_factory=dict)

    @property
    def named_pictures(self) -> tuple[tuple[Picture, PictureView], ...]:
        """Each picture with its title and group, and what is stored of it."""
        return tuple(zip(self.content.pictures, self.pictures, strict=True))


def many(listing_ids: Sequence[UUID]) -> list[PropertyView]:
    """The properties of these ids that exist, in the order asked; unknown ids are left out."""
    listings = {row.id: row for row in Listing.objects.filter(id__in=listing_ids, kind=KIND)}
    heads = Revision.objects.filter(id__in=[row.head_id for row in listings.values()])
    snapshots = dict(heads.values_list("listing_id", "snapshot"))
    pictures = gallery.views(list(listings))
    return [
        PropertyView(
            listing_id=row.id,
            revision=row.revision,
            content=PropertyContent.from_json(snapshots[row.id]),
            pictures=pictures[row.id],
            created_at=row.created_at,
            updated_at=row.updated_at,
            updated_by=row.updated_by,
        )
        for key in dict.fromkeys(listing_ids)
        if (row := listings.get(key))
    ]
