"""Reads that others need: what is on which channel, by listing or by the channel's SKU."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import Count

from kontor.core.prepared import prepared
from kontor.goods import queries as goods
from kontor.publishing.models import ChannelSku, Publication

# Written out: with Django's compiler and rows this query cost more than the rest of a page of listings.
CHIPS: Final = """
    select p.listing_id, p.id, p.connection_id, c.channel, c.marketplace, c.label, p.state, p.wanted, p.task,
           p.external_id, p.address, p.proved_at,
           jsonb_array_length(p.problems) + (
               select count(*) from jsonb_array_elements(p.differences) d where coalesce(d ->> 'reason', '') = ''
           ) as problem_count
      from publishing_publication p
      join connections_connection c on c.id = p.connection_id
     where p.listing_id = any(%s::uuid[])
     order by p.id"""


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
    """Publications as list rows show them: one query for a page of listings."""
    found: dict[UUID, list[dict[str, Any]]] = {}
    with prepared() as cursor:
        cursor.execute(CHIPS, [f"{{{','.join(map(str, listing_ids))}}}"])
        names = [column.name for column in cursor.description]
        for listing_id, *values in cursor.fetchall():
            found.setdefault(listing_id, []).append(dict(zip(names[1:], values, strict=True)))
    return found


def counts_by_connection() -> dict[UUID, dict[str, int]]:
    """How many publications stand in each state, by connection; withdrawn and ended ones too."""
    found: dict[UUID, dict[str, int]] = {}
    for connection_id, state, count in Publication.objects.values_list("connection_id", "state").annotate(
        Count("id")
    ):
        found.setdefault(connection_id, {})[state] = count
    return found


def counts_by_state() -> dict[str, int]:
    """How many listings stand in each state somewhere, for the views' tabs."""
    rows = Publication.objects.values_list("state").annotate(Count("listing_id", distinct=True))
    return {f"channel_state:{state}": count for state, count in rows}
