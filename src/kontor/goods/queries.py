"""Reads that other nouns need of goods, each one or two queries however many things are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from kontor.catalog import media
from kontor.catalog.models import Listing, Revision, Status
from kontor.goods.models import Product, StockEntry, Variant, VariantState
from kontor.goods.views import KIND


@dataclass(frozen=True, slots=True)
class Uncategorised:
    """A product in use that has no category on a marketplace yet, with what a suggestion is made from."""

    listing_id: UUID
    title: str
    category_hint: str


def without_category(marketplace: str, listing_ids: Sequence[UUID] | None) -> list[Uncategorised]:
    """Those of `listing_ids` (None: all in use) that nobody has looked up a category for on this marketplace."""
    rows = _products(listing_ids).exclude(category__has_key=marketplace)
    titles = dict(Listing.objects.filter(id__in=rows.values("id")).values_list("id", "headline"))
    return [Uncategorised(row.id, titles.get(row.id, ""), row.category_hint) for row in rows.order_by("id")]


def categories_of(marketplace: str, listing_ids: Sequence[UUID] | None) -> set[str]:
    """The category ids in use on a marketplace."""
    found = _products(listing_ids).values_list(f"category__{marketplace}__id", flat=True).distinct()
    return {category_id for category_id in found if category_id}


def in_category(marketplace: str, category_id: str) -> list[UUID]:
    """The products in use of this category."""
    rows = _products(None).filter(**{f"category__{marketplace}__id": category_id})
    return list(rows.values_list("id", flat=True))


def variants_by_sku(wanted: Sequence[tuple[UUID, str]]) -> dict[tuple[UUID, str], UUID]:
    """Variant ids by (listing, SKU); removed ones too, since they may have been sold before they went."""
    rows = Variant.objects.filter(
        product_id__in={listing_id for listing_id, _ in wanted}, sku__in={sku for _, sku in wanted}
    )
    order = {VariantState.REMOVED: 0, VariantState.SHELVED: 1, VariantState.ACTIVE: 2}
    ranked = sorted(rows, key=lambda row: order[VariantState(row.state)])
    return {(row.product_id, row.sku): row.id for row in ranked}


def listings_by_sku(skus: Sequence[str]) -> dict[str, UUID]:
    """Listing ids of products in use by a variant's SKU or the product's own reference."""
    variants = Variant.objects.filter(sku__in=skus, state=VariantState.ACTIVE)
    found = dict(variants.values_list("sku", "product_id"))
    listings = Listing.objects.filter(reference__in=skus).exclude(status=Status.ARCHIVED)
    return dict(listings.values_list("reference", "id")) | found


def thumbs(listing_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Signed paths of the small pictures; listings without one are left out."""
    rows = Listing.objects.filter(id__in=listing_ids).exclude(thumb_id=None)
    return {
        key: path for key, thumb in rows.values_list("id", "thumb_id") if (path := media.thumb_path(thumb))
    }


def headlines(listing_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Titles as lists show them."""
    return dict(Listing.objects.filter(id__in=listing_ids).values_list("id", "headline"))


def exists(listing_id: UUID) -> bool:
    """Whether this tenant has such a listing, archived or not."""
    return Listing.objects.filter(id=listing_id).exists()


def revisions(listing_id: UUID, most: int) -> list[Revision]:
    """The newest revisions, newest first, without their snapshots."""
    return list(Revision.objects.filter(listing_id=listing_id).defer("snapshot").order_by("-number")[:most])


def stock_entries(listing_id: UUID, most: int) -> list[StockEntry]:
    """The newest stock movements of a listing, newest first, with their variants."""
    rows = StockEntry.objects.filter(variant__product_id=listing_id).select_related("variant")
    return list(rows.order_by("-at", "-id")[:most])


def _products(listing_ids: Sequence[UUID] | None) -> QuerySet[Product]:
    if listing_ids is not None:
        return Product.objects.filter(id__in=listing_ids)
    in_use = Listing.objects.filter(kind=KIND).exclude(status=Status.ARCHIVED)
    return Product.objects.filter(id__in=in_use.values("id"))
