"""Price and quantity by the one call that leaves title, pictures and attributes alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kontor.channels.contract.capabilities import UpdatesPriceStock
from kontor.channels.contract.errors import ChannelError, Gone
from kontor.channels.contract.journal import SAFE, Journal, Settled
from kontor.channels.contract.values import PriceStock
from kontor.channels.ebay.connector.calls import Calls, chunks
from kontor.channels.ebay.connector.settling import row_error, settle_rows
from kontor.channels.ebay.mapping.goods import amount
from kontor.channels.ebay.wire import inventory as wire
from kontor.channels.ebay.wire.base import read


class Prices(Calls, UpdatesPriceStock):
    """bulkUpdatePriceQuantity: the quantity of the item, the price of its offer."""

    price_batch_size = wire.BULK_LIMIT

    def update_price_stock(
        self, rows: Sequence[PriceStock], run: Journal
    ) -> Mapping[str, ChannelError | None]:
        outcomes: dict[str, ChannelError | None] = {
            row.sku: Gone("eBay has no offer for this variant: publish the listing again", sku=row.sku)
            for row in rows
            if not _offer_id(row)
        }
        known = [row for row in rows if _offer_id(row)]
        for part in chunks(known, wire.BULK_LIMIT):
            settled = settle_rows(
                run,
                "price",
                part,
                self._bulk_update,
                key=lambda row: (row.publication_id, row.sku),
                again=SAFE,
            )
            for row in part:
                answer = settled.get(row.sku)
                outcomes[row.sku] = answer if isinstance(answer, ChannelError) else None
        return outcomes

    def _bulk_update(self, rows: Sequence[PriceStock]) -> dict[str, Settled]:
        body = wire.BulkPriceQuantity(
            requests=[
                wire.PriceQuantity(
                    sku=row.sku,
                    shipToLocationAvailability=wire.ShipToLocationAvailability(quantity=row.quantity),
                    offers=[wire.OfferPrice(offerId=_offer_id(row), price=amount(row.price))],
                )
                for row in rows
            ]
        )
        answer = self._inventory("POST", "bulk_update_price_quantity", body)
        skus = {_offer_id(row): row.sku for row in rows}
        settled: dict[str, Settled] = {}
        # A SKU can have a row for its item and one for its offer: it is taken when both are.
        for row in read(wire.BulkAnswer, answer).responses:
            sku = row.sku or skus.get(row.offerId, "")
            if sku not in skus.values():
                continue
            if not row.is_taken:
                settled[sku] = row_error(row, "POST bulk_update_price_quantity")
            elif sku not in settled:
                settled[sku] = {}
        return settled


def _offer_id(row: PriceStock) -> str:
    return str(row.bound.get("offers", {}).get(row.sku, ""))
