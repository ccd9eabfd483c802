"""A list of orders that is sorted by change and changes between two pages: the ground beneath an offset gives way."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.contract.http import PlainTransport, Tokens

from kontor.channels.contract.errors import Unreadable
from kontor.channels.ebay import CHANNEL

START = datetime(2026, 11, 1, tzinfo=UTC)
PAGE = 200


class Orders:
    """Orders by time of change, oldest first. `between` is called after each page that was told."""

    def __init__(self, count: int) -> None:
        self.changed = {f"order-{number}": START + timedelta(seconds=number) for number in range(count)}
        self.between: Callable[[int], None] = lambda page: None
        self.broken: set[str] = set()
        self.pages = 0
        self.circle = False

    def touch(self, order_id: str) -> None:
        """The order changes: it moves to the end, and the others close up behind it."""
        self.changed[order_id] = max(self.changed.values()) + timedelta(seconds=1)

    def page(self, offset: int) -> dict[str, Any]:
        """What eBay answers for an offset."""
        rows = sorted(self.changed, key=lambda order_id: self.changed[order_id])
        told = [self._order(order_id) for order_id in rows[offset : offset + PAGE]]
        document: dict[str, Any] = {"total": len(rows), "orders": told}
        if offset + PAGE < len(rows) or self.circle:
            following = 0 if self.circle else offset + PAGE
            document["next"] = (
                f"https://api.ebay.com/sell/fulfillment/v1/order?limit={PAGE}&offset={following}"
            )
        self.pages += 1
        self.between(self.pages)
        return document

    def _order(self, order_id: str) -> dict[str, Any]:
        changed = self.changed[order_id].isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return {
            "orderId": order_id,
            "creationDate": "2026-11-01T00:00:00.000Z",
            "lastModifiedDate": "soon" if order_id in self.broken else changed,
            "orderPaymentStatus": "PAID",
            "pricingSummary": {"total": {"value": "1.00", "currency": "EUR"}},
        }


@contextmanager
def reading(orders: Orders) -> Iterator[Any]:
    """A connector that reads these orders over HTTP."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            offset = int(parse_qs(urlsplit(self.path).query)["offset"][0])
            body = orjson.dumps(orders.page(offset))
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}"
    transport = PlainTransport(CHANNEL, {"api": address}, Tokens("t", "t", lambda: "t"), "EBAY_DE")
    try:
        yield CHANNEL.connector(transport)
    finally:
        transport.close()
        server.shutdown()
        server.server_close()
        thread.join()


def test_an_order_that_slips_between_two_pages_is_not_lost() -> None:
    orders = Orders(450)
    orders.between = lambda page: orders.touch("order-0") if page == 1 else None
    with reading(orders) as connector:
        told = [order.external_id for order in connector.orders_since(START)]
    assert set(told) == set(orders.changed)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    count=st.integers(150, 450),
    moves=st.lists(st.tuples(st.integers(1, 3), st.integers(0, 449)), max_size=6),
)
def test_whatever_moves_while_reading_every_order_comes_and_its_last_state_too(
    count: int, moves: list[tuple[int, int]]
) -> None:
    orders = Orders(count)

    def between(page: int) -> None:
        for when, which in moves:
            if when == page:
                orders.touch(f"order-{which % count}")

    orders.between = between
    with reading(orders) as connector:
        told = {order.external_id: order.changed_at for order in connector.orders_since(START)}
    assert set(told) == set(orders.changed)


def test_one_order_that_makes_no_sense_does_not_keep_the_others_away() -> None:
    orders = Orders(5)
    orders.broken = {"order-2"}
    told: list[str] = []
    with reading(orders) as connector, pytest.raises(Unreadable):
        told.extend(order.external_id for order in connector.orders_since(START))
    assert told == ["order-0", "order-1", "order-3", "order-4"]
    assert orders.pages == 1


def test_pages_that_lead_in_a_circle_end_with_a_word() -> None:
    orders = Orders(3)
    orders.circle = True
    with reading(orders) as connector, pytest.raises(Unreadable):
        list(connector.orders_since(START))
