"""Takes listings off. The offers stay, so that publishing again is short; eBay then gives a new listing id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from uuid import UUID

from kontor.channels.contract.errors import ChannelError, Gone
from kontor.channels.contract.journal import SAFE, Journal, Json
from kontor.channels.contract.values import GoodsOut, Published
from kontor.channels.ebay.connector.calls import segment
from kontor.channels.ebay.connector.finding import Finding
from kontor.channels.ebay.connector.settling import ONE_LISTING
from kontor.channels.ebay.wire import inventory as wire


class Withdrawing(Finding):
    """Ends listings; one that is ended already (25713) is a success."""

    def withdraw(self, batch: Sequence[GoodsOut], run: Journal) -> Mapping[UUID, Published | ChannelError]:
        outcomes: dict[UUID, Published | ChannelError] = {}
        for listing in batch:
            try:
                self._end(listing, run, name="withdraw")
            except ONE_LISTING as error:
                outcomes[listing.publication_id] = error
            else:
                outcomes[listing.publication_id] = self._ended(listing)
        return outcomes

    def _ended(self, listing: GoodsOut) -> Published:
        listing_id = str(listing.bound.get("listing_id", ""))
        return Published(
            external_id=listing_id,
            address=self._listing_address(listing_id),
            bound={**listing.bound, "listing_id": ""},
        )

    def _end(self, listing: GoodsOut, run: Journal, *, name: str) -> None:
        """Ends what `bound` says is there: it may have another shape than the listing has now."""
        bound = listing.bound
        if bound.get("shape", "group" if listing.is_group else "single") == "group":
            key = str(bound.get("group") or listing.reference)
            run.step(
                listing.publication_id,
                name,
                lambda: self._withdraw_group(key, listing.marketplace),
                again=SAFE,
            )
            return
        for offer_id in dict(bound.get("offers", {})).values() or self._published_offers(listing):
            run.step(
                listing.publication_id,
                f"{name}:{offer_id}",
                partial(self._withdraw_offer, str(offer_id)),
                again=SAFE,
            )

    def _published_offers(self, listing: GoodsOut) -> list[str]:
        """Nothing is bound where a publish never came to its end; what it left behind is found by SKU."""
        return [
            offer.offerId
            for variant in listing.variants
            for offer in self._find_offers(variant.sku, listing.marketplace)
            if offer.is_published
        ]

    def _withdraw_offer(self, offer_id: str) -> Json:
        try:
            self._inventory("POST", f"offer/{segment(offer_id)}/withdraw")
        except Gone:
            return {"was_off": True}
        return {}

    def _withdraw_group(self, key: str, marketplace: str) -> Json:
        body = wire.GroupKey(inventoryItemGroupKey=key, marketplaceId=marketplace)
        try:
            self._inventory("POST", "offer/withdraw_by_inventory_item_group", body)
        except Gone:
            return {"was_off": True}
        return {}
