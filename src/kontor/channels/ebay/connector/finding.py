"""Looks: what eBay has for a SKU or an offer id, None where it has nothing."""

from __future__ import annotations

from kontor.channels.contract.errors import Gone
from kontor.channels.ebay.connector.calls import INVENTORY, Calls, segment
from kontor.channels.ebay.wire import inventory as wire
from kontor.channels.ebay.wire.base import read

FORMAT = "FIXED_PRICE"


class Finding(Calls):
    """Reads of single things, used by every look and by the read-back."""

    def _find_offers(self, sku: str, marketplace: str) -> tuple[wire.OfferRead, ...]:
        """A SKU's offers on one marketplace. That there are none is a 404 at eBay."""
        params = {"sku": sku, "marketplace_id": marketplace, "format": FORMAT}
        try:
            answer = self._http.request("GET", f"{INVENTORY}/offer", resource="inventory", params=params)
        except Gone:
            return ()
        # Filtered here too: another marketplace's offer must never be taken for this one's.
        return tuple(
            offer
            for offer in read(wire.OffersRead, answer).offers
            if offer.marketplaceId in {"", marketplace} and offer.format in {"", FORMAT}
        )

    def _get_offer(self, offer_id: str) -> wire.OfferRead | None:
        try:
            answer = self._inventory("GET", f"offer/{segment(offer_id)}")
        except Gone:
            return None
        return read(wire.OfferRead, answer)

    def _get_group(self, key: str) -> wire.GroupRead | None:
        try:
            answer = self._inventory("GET", f"inventory_item_group/{segment(key)}")
        except Gone:
            return None
        return read(wire.GroupRead, answer)
