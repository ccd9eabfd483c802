"""Which products in use the drafts of a chunk mean: by reference, else by a variant's SKU, as `goods.upsert` finds them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from kontor.catalog.models import Listing, Status
from kontor.goods.models import Variant, VariantState
from kontor.goods.reading import ProductDraft
from kontor.goods.views import KIND


@dataclass(frozen=True, slots=True)
class Known:
    """A product in use, and the SKUs of its variants."""

    listing_id: UUID
    reference: str
    skus: frozenset[str]


def find(drafts: Sequence[ProductDraft]) -> list[Known | None]:
    """For each draft the product that it means, None where it is new. Three queries however many."""
    skus = {variant.sku for draft in drafts for variant in draft.variants}
    by_sku = dict(
        Variant.objects.filter(sku__in=skus, state=VariantState.ACTIVE).values_list("sku", "product_id")
    )
    in_use = Listing.objects.filter(kind=KIND).exclude(status=Status.ARCHIVED)
    by_reference = dict(
        in_use.filter(reference__in={draft.sku for draft in drafts}).values_list("reference", "id")
    )
    owners = [_owner(draft, by_reference, by_sku) for draft in drafts]
    wanted = {owner for owner in owners if owner}
    found = _known(wanted) if wanted else {}
    return [found.get(owner) if owner else None for owner in owners]


def _owner(draft: ProductDraft, by_reference: dict[str, UUID], by_sku: dict[str, UUID]) -> UUID | None:
    if named := by_reference.get(draft.sku):
        return named
    return next((by_sku[variant.sku] for variant in draft.variants if variant.sku in by_sku), None)


def _known(listing_ids: set[UUID]) -> dict[UUID, Known]:
    skus: dict[UUID, set[str]] = defaultdict(set)
    references: dict[UUID, str] = {}
    rows = Listing.objects.filter(id__in=listing_ids).values_list("id", "reference")
    references |= dict(rows)
    variants = Variant.objects.filter(product_id__in=listing_ids, state=VariantState.ACTIVE)
    for listing_id, sku in variants.values_list("product_id", "sku"):
        skus[listing_id].add(sku)
    return {key: Known(key, reference, frozenset(skus[key])) for key, reference in references.items()}
