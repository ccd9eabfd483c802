"""What eBay shows now: items in bulk, one offer per SKU, one group per group. Nothing is taken for granted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
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


@dataclass(frozen=True, slots=True)
class Shown:
    """What eBay answered about one listing, its items aside."""

    offers: Mapping[str, wire.OfferRead]
    group: wire.GroupRead | None


class ReadingBack(Finding, ReadsBack[GoodsOut]):
    """eBay has no bulk read of offers: with n SKUs this is n/25 + n calls, one more per group."""

    def read_back(self, batch: Sequence[GoodsOut]) -> Mapping[UUID, Live | ChannelError]:
        items = self._items([variant.sku for listing in batch for variant in listing.variants])
        answers = self._http.side_by_side([partial(self._shown, listing) for listing in batch])
        return {
            listing.publication_id: self._live(listing, items, answer)
            for listing, answer in zip(batch, answers, strict=True)
        }

    def _shown(self, listing: GoodsOut) -> Shown | ChannelError:
        try:
            offers = self._offers_now(listing)
            group = self._get_group(listing.reference) if listing.is_group else None
        except ONE_LISTING as error:
            return error
        return Shown(offers, group)

    def _live(
        self,
        listing: GoodsOut,
        items: Mapping[str, wire.ItemRead | ChannelError],
        answer: Shown | ChannelError,
    ) -> Live | ChannelError:
        if isinstance(answer, ChannelError):
            return answer
        own = {variant.sku: items[variant.sku] for variant in listing.variants if variant.sku in items}
        broken = next((each for each in own.values() if isinstance(each, ChannelError)), None)
        if broken:
            return broken
        readable = {sku: item for sku, item in own.items() if isinstance(item, wire.ItemRead)}
        live_now = live.live_of(listing, readable, answer.offers, answer.group)
        return replace(live_now, address=self._listing_address(live_now.external_id))

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
        skus = [variant.sku for variant in listing.variants]
        found = self._http.side_by_side([partial(self._offer_now, listing, sku) for sku in skus])
        return {sku: offer for sku, offer in zip(skus, found, strict=True) if offer is not None}

    def _offer_now(self, listing: GoodsOut, sku: str) -> wire.OfferRead | None:
        bound = listing.bound.get("offers", {}).get(sku)
        offer = self._get_offer(str(bound)) if bound else None
        return offer or next(iter(self._find_offers(sku, listing.marketplace)), None)
