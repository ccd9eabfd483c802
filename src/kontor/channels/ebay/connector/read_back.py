"""What eBay shows now: items in bulk, one offer per SKU, one group per group. Nothing is taken for granted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from kontor.channels.contract.capabilities import ReadsBack
from kontor.channels.contract.errors import ChannelError
from kontor.channels.contract.values import GoodsOut, Live
from kontor.channels.ebay.connector.calls import chunks
from kontor.channels.ebay.connector.finding import Finding
from kontor.channels.ebay.connector.settling import ONE_LISTING, row_error
from kontor.channels.ebay.mapping import live
from kontor.channels.ebay.wire import inventory as wire
from kontor.channels.ebay.wire.base import read


class ReadingBack(Finding, ReadsBack[GoodsOut]):
    """eBay has no bulk read of offers: with n SKUs this is n/25 + n calls, one more per group."""

    def read_back(self, batch: Sequence[GoodsOut]) -> Mapping[UUID, Live | ChannelError]:
        skus = [variant.sku for listing in batch for variant in listing.variants]
        items = self._items(skus)
        found: dict[UUID, Live | ChannelError] = {}
        for listing in batch:
            try:
                offers = self._offers_now(listing)
                group = self._get_group(listing.reference) if listing.is_group else None
            except ONE_LISTING as error:
                found[listing.publication_id] = error
                continue
            own = {variant.sku: items[variant.sku] for variant in listing.variants if variant.sku in items}
            broken = next((each for each in own.values() if isinstance(each, ChannelError)), None)
            readable = {sku: item for sku, item in own.items() if isinstance(item, wire.ItemRead)}
            shown = live.live_of(listing, readable, offers, group)
            address = self._listing_address(shown.external_id)
            found[listing.publication_id] = broken or replace(shown, address=address)
        return found

    def expected(self, listing: GoodsOut) -> Mapping[str, Any]:
        return live.expected(listing)

    def reason(self, field: str, sent: Any, found: Any) -> str:
        return live.reason(field, sent, found)

    def _items(self, skus: Sequence[str]) -> dict[str, wire.ItemRead | ChannelError]:
        """Items by SKU. One that eBay does not know is left out; one that it could not read is an error."""
        found: dict[str, wire.ItemRead | ChannelError] = {}
        for part in chunks(list(dict.fromkeys(skus)), wire.BULK_LIMIT):
            body = wire.BulkGetItems(requests=[wire.SkuKey(sku=sku) for sku in part])
            answer = self._inventory("POST", "bulk_get_inventory_item", body)
            for row in read(wire.ItemRows, answer).responses:
                if row.inventoryItem is not None:
                    found[row.sku or row.inventoryItem.sku] = row.inventoryItem
                elif row.statusCode >= 500:
                    as_row = wire.BulkRow(statusCode=row.statusCode, sku=row.sku, errors=row.errors)
                    found[row.sku] = row_error(as_row, "GET bulk_get_inventory_item")
        return found

    def _offers_now(self, listing: GoodsOut) -> dict[str, wire.OfferRead]:
        bound = listing.bound.get("offers", {})
        offers: dict[str, wire.OfferRead] = {}
        for variant in listing.variants:
            offer = self._get_offer(str(bound[variant.sku])) if bound.get(variant.sku) else None
            if offer is None:
                offer = next(iter(self._find_offers(variant.sku, listing.marketplace)), None)
            if offer is not None:
                offers[variant.sku] = offer
        return offers
