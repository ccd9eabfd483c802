"""Reads that others need: what is on which channel, by listing or by the channel's SKU."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Count, TextField
from django.db.models.expressions import RawSQL

from kontor.goods import queries as goods
from kontor.publishing.models import ChannelSku, Publication

# Listings of a page and their chips in one question. Times in the notation of the API's other answers.
CHIPS: Final = """
    (select coalesce(json_agg(chip), '[]')::text from (
        select p.id, p.connection_id, c.channel, c.marketplace, c.label, p.state, p.wanted, p.task, p.external_id, p.address,
               to_char(p.proved_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as proved_at,
               jsonb_array_length(p.problems) + (
                   select count(*) from jsonb_array_elements(p.differences) d where coalesce(d ->> 'reason', '') = ''
               ) as problem_count
          from publishing_publication p
          join connections_connection c on c.id = p.connection_id
         where p.listing_id = catalog_listing.id
         order by p.id) chip)"""


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


def chips() -> RawSQL:
    """A listing's publications as its row in a list shows them: JSON, as text."""
    return RawSQL(CHIPS, (), TextField())  # noqa: S611 (a fixed text, without values)


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
