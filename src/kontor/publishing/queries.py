"""Reads that others need: what is on which channel, by listing or by the channel's SKU."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import Count

from kontor.goods import queries as goods
from kontor.publishing.models import ChannelSku, Publication

CHIP: Final = (
    "id", "listing_id", "connection_id", "connection__channel", "connection__marketplace", "connection__label",
    "state", "wanted", "task", "problems", "differences", "external_id", "address", "proved_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SoldVariant:
    """What a channel's SKU stands for in the catalogue."""

    merchant_sku: str
    variant_id: UUID
    listing_id: UUID


def variants_by_channel_sku(connection_id: UUID, skus: Sequence[str]) -> dict[str, SoldVariant]:
    """By the channel's SKU; one that we never listed is left out."""
    rows = {
        row.sku: (row.merchant_sku, row.publication.listing_id)
        for row in ChannelSku.objects.filter(connection_id=connection_id, sku__in=skus).select_related(
            "publication"
        )
    }
    variants = goods.variants_by_sku(
        [(listing_id, merchant_sku) for merchant_sku, listing_id in rows.values()]
    )
    return {
        sku: SoldVariant(merchant_sku, variants[listing_id, merchant_sku], listing_id)
        for sku, (merchant_sku, listing_id) in rows.items()
        if (listing_id, merchant_sku) in variants
    }


def by_listing(listing_ids: Sequence[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """Publications as list rows show them: one query for a page of listings.

    Only the columns of a chip are read: whole rows and their connections would cost more than the rest of the page.
    """
    found: dict[UUID, list[dict[str, Any]]] = {}
    rows = Publication.objects.filter(listing_id__in=listing_ids).order_by("id").values(*CHIP)
    for row in rows:
        row["channel"], row["marketplace"] = (
            row.pop("connection__channel"),
            row.pop("connection__marketplace"),
        )
        row["label"] = row.pop("connection__label")
        row["problem_count"] = len(row.pop("problems")) + sum(
            1 for d in row.pop("differences") if not d["reason"]
        )
        found.setdefault(row.pop("listing_id"), []).append(row)
    return found


def counts_by_state() -> dict[str, int]:
    """How many listings stand in each state somewhere, for the views' tabs."""
    rows = Publication.objects.values_list("state").annotate(Count("listing_id", distinct=True))
    return {f"channel_state:{state}": count for state, count in rows}
