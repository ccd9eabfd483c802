"""The one writer of properties: any number of changes in a fixed number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from kontor.catalog import changes, gallery, mass_insert, text
from kontor.catalog.gallery import PictureSpec
from kontor.catalog.models import Listing, Revision
from kontor.core.cause import cause_of
from kontor.core.clock import now
from kontor.core.identifiers import uuid7
from kontor.live import events
from kontor.properties import summary
from kontor.properties.content import PropertyContent, changed_fields
from kontor.properties.models import Property

KIND: Final = "property"
_IDS_IN_EVENT: Final = 50
_LISTING_FIELDS: Final = [
    "reference", "title", "description", "language", "status", "revision", "head_id", "updated_at", "updated_by", "headline",
    "detail", "sort_title", "search", "price_minor", "price_to_minor", "currency", "stock", "variant_count", "thumb_id",
    "pictures_waiting", "pictures_failed",
]  # fmt: skip
_PROPERTY_FIELDS: Final = [
    field.attname for field in Property._meta.concrete_fields if field.attname not in ("id", "tenant_id")
]
# What the price of a listing is made from: their change is heard as one of the price, not of the content.
_PRICE_FIELDS: Final = frozenset(
    f"prices.{name}" for name in ("cold_rent", "flat_rate_rent", "warm_rent", "purchase_price", "lease")
)


@dataclass(slots=True)
class Change:
    """One property's way from `before` to `after`. `listing` is the locked row, or one that is not stored yet."""

    listing: Listing
    before: PropertyContent | None
    after: PropertyContent
    undo_of: int | None = None

    @property
    def is_content(self) -> bool:
        """Whether a new revision is due."""
        return self.before != self.after

    @property
    def kinds(self) -> frozenset[str]:
        """What listeners hear."""
        if self.before is None:
            return frozenset({changes.CONTENT})
        found, kinds = set(changed_fields(self.before, self.after)), set()
        if "archived" in (self.before.status, self.after.status) and "status" in found:
            kinds.add(changes.ARCHIVED if self.after.status == "archived" else changes.RESTORED)
            found.discard("status")
        if found & _PRICE_FIELDS:
            kinds.add(changes.PRICE)
        if found - _PRICE_FIELDS:
            kinds.add(changes.CONTENT)
        return frozenset(kinds)


def new_listing() -> Listing:
    """A row for a property that does not exist yet."""
    return Listing(id=uuid7(), kind=KIND, revision=0, created_at=now())


def current(listing_ids: Iterable[UUID]) -> dict[UUID, tuple[Listing, PropertyContent]]:
    """The locked rows of these properties and the content of their last revision; unknown ids are left out."""
    wanted = Listing.objects.filter(id__in=set(listing_ids), kind=KIND)
    listings = {row.id: row for row in wanted.order_by("id").select_for_update()}
    last = Revision.objects.filter(id__in=[row.head_id for row in listings.values()])
    return {
        listing_id: (listings[listing_id], PropertyContent.from_json(snapshot))
        for listing_id, snapshot in last.values_list("listing_id", "snapshot")
    }


def write(batch: Sequence[Change]) -> None:
    """Writes revisions where content differs, with one event, and tells the listeners.

    Raises IntegrityError where `references.alone` was not called and another transaction took a reference meanwhile.
    """
    edited = [change for change in batch if change.is_content]
    if not edited:
        return
    for change in edited:
        change.listing.revision += 1
        change.listing.head_id = uuid7()
    _write_listings(edited)
    mass_insert.insert(Property, [_property_row(change) for change in edited], update=_PROPERTY_FIELDS)
    _write_revisions(edited)
    _announce(edited)


def picture_specs(content: PropertyContent) -> tuple[PictureSpec, ...]:
    """The pictures as the gallery keeps them, in order."""
    return tuple(PictureSpec(picture.url, picture.media_id) for picture in content.pictures)


def _write_listings(edited: Sequence[Change]) -> None:
    galleries = gallery.write(
        {
            change.listing.id: picture_specs(change.after)
            for change in edited
            if change.before is None or picture_specs(change.before) != picture_specs(change.after)
        },
        known=[change.listing.id for change in edited if change.before is not None],
    )
    moment, cause = now(), dict(cause_of())
    for change in edited:
        listing = change.listing
        listing.updated_at, listing.updated_by = moment, cause
        _describe(listing, change.after)
        if found := galleries.get(listing.id):
            listing.thumb_id, listing.pictures_waiting = found.thumb_id, found.waiting
            listing.pictures_failed = found.failed
    mass_insert.insert(
        Listing, [mass_insert.columns(change.listing) for change in edited], update=_LISTING_FIELDS
    )
    gallery.fetch_waiting([listing_id for listing_id, found in galleries.items() if found.waiting])


def _describe(listing: Listing, content: PropertyContent) -> None:
    price = summary.asking_price(content)
    listing.reference, listing.status, listing.language = content.reference, content.status, content.language
    listing.title = {language: texts.title for language, texts in content.texts.items() if texts.title}
    listing.description = summary.clean_html(content)
    listing.headline = content.headline
    listing.sort_title = text.fold(content.headline)[:200]
    listing.search, listing.detail = summary.search_words(content), summary.detail(content)
    listing.price_minor = listing.price_to_minor = price.minor if price else None
    listing.currency = price.currency if price else ""
    listing.stock, listing.variant_count = int(summary.is_available(content)), 1


def _property_row(change: Change) -> dict[str, Any]:
    content, listing = change.after, change.listing
    address = content.address
    return {
        "id": listing.id, "status": content.status, "kind": content.kind or "", "marketing": content.marketing or "",
        "country": address.country, "postal_code": address.postal_code[:20], "city": address.city[:120],
        "city_key": text.fold(address.city)[:120], "latitude": _degrees(address.latitude),
        "longitude": _degrees(address.longitude), "area": summary.main_area(content),
        "plot_area": content.areas.plot_area, "rooms": content.rooms.rooms, "price_minor": listing.price_minor,
        "currency": listing.currency, "openimmo_id": content.identifiers.openimmo_obid[:200],
        "sort_title": listing.sort_title, "updated_at": listing.updated_at,
    }  # fmt: skip


def _degrees(value: Any) -> float | None:
    return None if value is None else float(value)


def _write_revisions(edited: Sequence[Change]) -> None:
    moment, cause = now(), cause_of()
    rows = [
        {
            "id": change.listing.head_id,
            "listing_id": change.listing.id,
            "number": change.listing.revision,
            "snapshot": change.after.as_json(),
            "changed": changed_fields(change.before, change.after),
            "cause": cause,
            "undo_of": change.undo_of,
            "at": moment,
        }
        for change in edited
    ]
    mass_insert.insert(Revision, rows)


def _announce(edited: Sequence[Change]) -> None:
    by_kinds: Mapping[frozenset[str], list[UUID]] = defaultdict(list)
    for change in edited:
        by_kinds[change.kinds].append(change.listing.id)
    first = edited[0].listing
    payload: dict[str, Any] = {"what": sorted(set().union(*by_kinds))}
    if len(edited) > 1:
        ids = [str(change.listing.id) for change in edited[:_IDS_IN_EVENT]]
        payload |= {"count": len(edited), "ids": ids}
    events.record("listing.changed", "listing", first.id, revision=first.revision, payload=payload)
    for kinds, listing_ids in by_kinds.items():
        changes.tell(listing_ids, kinds)
