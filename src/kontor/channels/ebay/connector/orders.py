"""Orders: a moving set, read in pages of records and read again where it moved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from kontor.channels.contract.capabilities import BringsOrders
from kontor.channels.contract.errors import Unreadable
from kontor.channels.contract.values import OrderIn
from kontor.channels.ebay.connector.calls import FULFILLMENT, Calls, query_of_next, segment
from kontor.channels.ebay.mapping.orders import order_of
from kontor.channels.ebay.wire.base import read
from kontor.channels.ebay.wire.fulfillment import ORDERS_PAGE, OrdersPage

OVERLAP: Final = timedelta(minutes=5)
"""Asked again each time: eBay's clock is not ours, and an order can become visible late."""

_PASSES: Final = 5
"""Readings of the whole set within one call, while orders that change keep shifting the others."""


class Orders(Calls, BringsOrders):
    """By lastmodifieddate alone: a creation date in the filter would override it."""

    def orders_since(self, watermark: datetime) -> Iterator[OrderIn]:
        since = (watermark.astimezone(UTC) - OVERLAP).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        told: dict[str, datetime] = {}
        unreadable: Unreadable | None = None
        for _ in range(_PASSES):
            met: set[str] = set()
            total = 0
            for page in self._order_pages(since):
                total = page.total
                for raw in page.orders:
                    try:
                        order = order_of(raw, listed=True)
                    except Unreadable as error:
                        unreadable, total = error, total - 1
                        continue
                    met.add(order.external_id)
                    if told.get(order.external_id) != order.changed_at:
                        told[order.external_id] = order.changed_at
                        yield order
            # An order that changes while we read moves, and the others close up behind it: one can slip past us
            # between two pages. Fewer met than counted says that it happened.
            if len(met) >= total:
                break
        if unreadable is not None:
            raise unreadable  # after the others: one order must not keep them from the merchant

    def order(self, external_id: str) -> OrderIn:
        answer = self._http.request(
            "GET", f"{FULFILLMENT}/order/{segment(external_id)}", resource="fulfillment"
        )
        document = answer.json()
        if not isinstance(document, dict):
            raise Unreadable("eBay's answer is no order")
        return order_of(document, listed=False)

    def _order_pages(self, since: str) -> Iterator[OrdersPage]:
        """`offset` counts records here (in the Inventory API it counts pages): `next` is followed, not computed."""
        params = {"filter": f"lastmodifieddate:[{since}..]", "limit": str(ORDERS_PAGE), "offset": "0"}
        seen: set[str] = set()
        while params["offset"] not in seen:
            seen.add(params["offset"])
            answer = self._http.request("GET", f"{FULFILLMENT}/order", resource="fulfillment", params=params)
            page = read(OrdersPage, answer)
            yield page
            if not page.next:
                return
            params = params | {
                name: value for name, value in query_of_next(page.next).items() if name in params
            }
        raise Unreadable("eBay's pages of orders lead in a circle")
