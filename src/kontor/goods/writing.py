"""The one writer of products: any number of changes in a fixed number of statements.

A single save is a batch of one, so that an import of 5,000 and a person's edit can't come to different ends.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from kontor.catalog import changes, gallery, mass_insert, text
from kontor.catalog.models import Listing, Revision, Status
from kontor.core.cause import cause_of
from kontor.core.clock import now
from kontor.core.identifiers import uuid7
from kontor.goods import brands
from kontor.goods.content import ProductContent, VariantContent, changed_fields, kinds_of_change
from kontor.goods.models import Product, StockEntry, Variant, VariantState
from kontor.live import events

LONGEST_SEARCH = 10_000
_IDS_IN_EVENT = 50
_SUMMARY = ("price_minor", "price_to_minor", "currency", "stock", "variant_count")
_LISTING_FIELDS = [
    "reference", "title", "description", "language", "status", "revision", "head_id", "updated_at", "updated_by", "headline",
    "detail", "sort_title", "search", "brand", "thumb_id", "pictures_waiting", "pictures_failed", *_SUMMARY,
]  # fmt: skip
_PRODUCT_FIELDS = [
    "brand_id", "brand_name", "mpn", "condition", "category_hint", "category", "aspects", "option_names",
]  # fmt: skip
_VARIANT_FIELDS = [
    "sku", "gtin", "price_minor", "currency", "weight_g", "options", "mpn", "aspects", "position",
    "state",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class StockCause:
    """Why stock moves; each cause moves a variant once."""

    kind: str = "count"
    id: str = field(default_factory=lambda: str(uuid7()))
    note: str = ""


@dataclass(slots=True)
class Change:
    """One product's way from `before` to `after`. `listing` is the locked row, or a new one that is not stored yet."""

    listing: Listing
    before: ProductContent | None
    after: ProductContent
    counted: Mapping[UUID, int] = field(default_factory=dict)
    undo_of: int | None = None
    is_suggested: bool = False  # a machine's guess: a revision, but nothing that the merchant did
    moves: dict[UUID, tuple[int, int]] = field(
        default_factory=dict
    )  # variant -> (delta, quantity afterwards)

    @property
    def is_content(self) -> bool:
        """Whether a new revision is due."""
        return self.before != self.after

    @property
    def kinds(self) -> frozenset[str]:
        """What listeners hear."""
        kinds = kinds_of_change(self.before, self.after) if self.is_content else frozenset()
        return kinds | {changes.STOCK} if self.moves else kinds


def new_listing(kind: str) -> Listing:
    """A row for a product that does not exist yet."""
    return Listing(id=uuid7(), kind=kind, revision=0, created_at=now())


def current(listing_ids: Iterable[UUID]) -> dict[UUID, tuple[Listing, ProductContent]]:
    """The locked rows of these products and the content of their last revision; unknown ids are left out."""
    wanted = Listing.objects.filter(id__in=set(listing_ids), kind="goods")
    rows = list(wanted.order_by("id").select_for_update())
    listings = {row.id: row for row in rows}
    last = Revision.objects.filter(id__in=[row.head_id for row in rows])
    return {
        listing_id: (listings[listing_id], ProductContent.from_json(snapshot))
        for listing_id, snapshot in last.values_list("listing_id", "snapshot")
    }


def write(batch: Sequence[Change], cause: StockCause) -> None:
    """Writes all changes, their revisions, stock entries and one event, and tells the listeners.

    Raises IntegrityError where `alone` was not called and another transaction took a SKU meanwhile.
    """
    stored = _stored_variants(batch)
    _move(batch, stored, cause)
    touched = [change for change in batch if change.is_content or change.moves]
    edited = [change for change in touched if change.is_content]
    if not touched:
        return
    for change in edited:
        change.listing.revision += 1
        change.listing.head_id = uuid7()
    _release_skus(edited, stored)
    _write_listings(touched, edited, stored)
    _write_products(edited)
    _write_variants(edited, stored)
    _write_moves(touched, stored, cause)
    _write_revisions(edited)
    _announce(touched)


def _stored_variants(batch: Sequence[Change]) -> dict[UUID, Variant]:
    known = [change.listing.id for change in batch if change.before is not None]
    rows = Variant.objects.filter(product_id__in=known).order_by("id").select_for_update() if known else ()
    return {row.id: row for row in rows}


def _move(batch: Sequence[Change], stored: Mapping[UUID, Variant], cause: StockCause) -> None:
    """What each count means as a movement; a cause that moved a variant before does not move it again."""
    counted = [key for change in batch for key in change.counted if key in stored]
    done = (
        set(
            StockEntry.objects.filter(
                variant_id__in=counted, cause_kind=cause.kind, cause_id=cause.id
            ).values_list("variant_id", flat=True)
        )
        if counted
        else set()
    )
    for change in batch:
        for variant_id, quantity in change.counted.items():
            before = stored[variant_id].quantity if variant_id in stored else 0
            if quantity != before and variant_id not in done:
                change.moves[variant_id] = (quantity - before, quantity)


def _release_skus(edited: Sequence[Change], stored: Mapping[UUID, Variant]) -> None:
    """Frees the SKUs of variants that go or change theirs, so that two can swap in one statement."""
    freed: set[UUID] = set()
    for change in edited:
        skus = {variant.id: variant.sku for variant in change.after.variants}
        before = change.before.variants if change.before else ()
        freed |= {variant.id for variant in before if skus.get(variant.id) != variant.sku}
    if freed:
        Variant.objects.filter(id__in=freed).update(state=VariantState.REMOVED)


def _write_listings(
    touched: Sequence[Change], edited: Sequence[Change], stored: Mapping[UUID, Variant]
) -> None:
    galleries = gallery.write(
        {
            change.listing.id: change.after.pictures
            for change in edited
            if change.before is None or change.before.pictures != change.after.pictures
        },
        known=[change.listing.id for change in edited if change.before is not None],
    )
    moment, cause = now(), cause_of()
    for change in touched:
        listing = change.listing
        if change.is_content and not change.is_suggested:
            listing.updated_at, listing.updated_by = moment, dict(cause)
        _summarise(listing, change, stored)
        if change.is_content:
            _describe(listing, change.after)
        if found := galleries.get(listing.id):
            listing.thumb_id, listing.pictures_waiting = found.thumb_id, found.waiting
            listing.pictures_failed = found.failed
    listings = [mass_insert.columns(change.listing) for change in touched]
    mass_insert.insert(Listing, listings, update=_LISTING_FIELDS)
    gallery.fetch_waiting([listing_id for listing_id, found in galleries.items() if found.waiting])


def _summarise(listing: Listing, change: Change, stored: Mapping[UUID, Variant]) -> None:
    prices = [variant.price for variant in change.after.variants if variant.price]
    listing.currency = prices[0].currency if prices else ""
    amounts = [price.minor for price in prices if price.currency == listing.currency]
    listing.price_minor, listing.price_to_minor = min(amounts, default=None), max(amounts, default=None)
    listing.variant_count = len(change.after.variants)
    listing.stock = sum(_quantity(variant.id, change, stored) for variant in change.after.variants)


def _quantity(variant_id: UUID, change: Change, stored: Mapping[UUID, Variant]) -> int:
    if variant_id in change.moves:
        return change.moves[variant_id][1]
    return stored[variant_id].quantity if variant_id in stored else 0


def _describe(listing: Listing, content: ProductContent) -> None:
    listing.reference, listing.status, listing.language = content.reference, content.status, content.language
    listing.title, listing.description = dict(content.title), dict(content.description)
    listing.headline, listing.brand = content.headline, content.brand
    listing.sort_title = text.fold(content.headline)[:200]
    listing.detail = {"options": list(content.option_names)}
    words = [content.reference, *content.title.values(), content.brand, content.mpn]
    words += [word for variant in content.variants for word in (variant.sku, variant.gtin, variant.mpn)]
    listing.search = text.fold(" ".join(dict.fromkeys(filter(None, words))))[:LONGEST_SEARCH]


def _write_products(edited: Sequence[Change]) -> None:
    brand_ids = brands.ensure({change.after.brand for change in edited})
    rows = [
        {
            "id": change.listing.id,
            "brand_id": brand_ids.get(brands.key_of(change.after.brand)),
            "brand_name": change.after.brand,
            "mpn": change.after.mpn,
            "condition": change.after.condition,
            "category_hint": change.after.category_hint,
            "category": change.after.category,
            "aspects": change.after.aspects,
            "option_names": change.after.option_names,
        }
        for change in edited
    ]
    mass_insert.insert(Product, rows, update=_PRODUCT_FIELDS)


def _write_variants(edited: Sequence[Change], stored: Mapping[UUID, Variant]) -> None:
    rows = [
        _variant_row(variant, position, change, stored)
        for change in edited
        for position, variant in enumerate(change.after.variants)
    ]
    mass_insert.insert(Variant, rows, update=_VARIANT_FIELDS)


def _variant_row(
    variant: VariantContent, position: int, change: Change, stored: Mapping[UUID, Variant]
) -> dict[str, Any]:
    is_archived = change.after.status == Status.ARCHIVED
    return {
        "id": variant.id,
        "product_id": change.listing.id,
        "sku": variant.sku,
        "gtin": variant.gtin,
        "price_minor": variant.price.minor if variant.price else None,
        "currency": variant.price.currency if variant.price else "",
        "weight_g": variant.weight_g,
        "options": dict(variant.options),
        "mpn": variant.mpn,
        "aspects": variant.aspects,
        "position": position,
        "state": VariantState.SHELVED if is_archived else VariantState.ACTIVE,
        # For a new row; `_write_moves` does it for the others.
        "quantity": _quantity(variant.id, change, stored),
    }


def _write_moves(touched: Sequence[Change], stored: Mapping[UUID, Variant], cause: StockCause) -> None:
    moment, who = now(), cause_of()
    entries: list[dict[str, Any]] = [
        {
            "id": uuid7(), "variant_id": variant_id, "delta": delta, "balance": balance, "cause_kind": cause.kind,
            "cause_id": cause.id, "cause": who, "note": cause.note, "at": moment,
        }
        for change in touched
        for variant_id, (delta, balance) in change.moves.items()
    ]  # fmt: skip
    mass_insert.insert(StockEntry, entries)
    moved = [stored[entry["variant_id"]] for entry in entries if entry["variant_id"] in stored]
    balances = {entry["variant_id"]: entry["balance"] for entry in entries}
    for row in moved:
        row.quantity = balances[row.id]
    mass_insert.insert(Variant, [mass_insert.columns(row) for row in moved], update=["quantity"])


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


def _announce(touched: Sequence[Change]) -> None:
    by_kinds: dict[frozenset[str], list[UUID]] = defaultdict(list)
    for change in touched:
        by_kinds[change.kinds].append(change.listing.id)
    first = touched[0].listing
    payload: dict[str, Any] = {"what": sorted(set().union(*by_kinds))}
    if len(touched) > 1:
        ids = [str(change.listing.id) for change in touched[:_IDS_IN_EVENT]]
        payload |= {"count": len(touched), "ids": ids}
    events.record("listing.changed", "listing", first.id, revision=first.revision, payload=payload)
    for kinds, listing_ids in by_kinds.items():
        changes.tell(listing_ids, kinds)
