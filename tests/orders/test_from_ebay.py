"""Somebody buys on a played eBay: the order comes in once, stock follows everywhere, and eBay hears that it left."""

from __future__ import annotations

import random
from collections.abc import Callable
from uuid import UUID

import pytest
from tests.plugins.played import Connect, Played
from tests.publishing.test_to_ebay import PUBLISHING, publish, shirts

from kontor.channels.connections import service as connections
from kontor.channels.contract.capabilities import BringsOrders
from kontor.core.cause import causing
from kontor.core.errors import Conflict, Invalid
from kontor.core.tenancy import tenant
from kontor.goods import service as goods
from kontor.inbound import jobs as inbound_jobs
from kontor.inbound import service as inbound
from kontor.orders import service
from kontor.orders.models import Order, Shipment

__all__ = ["shirts"]
Drain = Callable[..., int]


@pytest.fixture
def shop(tenant_a: UUID, shirts: list[UUID], connect: Connect, drain: Drain) -> UUID:
    """A connection with three live listings of five pieces each."""
    connection_id = connect(tenant_a)
    publish(tenant_a, shirts, connection_id, drain)
    return connection_id


def fetch(tenant_id: UUID, connection_id: UUID, drain: Drain) -> None:
    with tenant(tenant_id):
        inbound.poll_soon(connection_id)
    drain(["inbound.poll"], ahead_seconds=60)


def sku_on_ebay(played: Played, reference: str) -> str:
    return next(
        row["skus"][0] for row in played.open_listings() if reference.replace("-", "") in row["skus"][0]
    )


def quantities(tenant_id: UUID, listing_ids: list[UUID]) -> list[int]:
    with tenant(tenant_id):
        return [goods.get(key).stock for key in listing_ids]


def test_an_order_comes_in_once_and_stock_falls_there_and_here(
    tenant_a: UUID, shirts: list[UUID], shop: UUID, played: Played, drain: Drain
) -> None:
    number = played.buy((sku_on_ebay(played, "TS-1"), 2), (sku_on_ebay(played, "TS-2"), 1))
    for _ in range(3):
        fetch(tenant_a, shop, drain)
    with tenant(tenant_a):
        (order,) = Order.objects.prefetch_related("lines")
        lines = {line.merchant_sku: (line.quantity, line.listing_id) for line in order.lines.all()}
    assert (order.external_id, order.state) == (number, "to_ship")
    assert lines == {"TS-1": (2, shirts[0]), "TS-2": (1, shirts[1])}
    assert quantities(tenant_a, shirts) == [3, 4, 5]
    drain(PUBLISHING, ahead_seconds=5)
    shown = {row["title"].split()[2]: row["variations"][0]["quantity"] for row in played.open_listings()}
    assert shown == {"1": 3, "2": 4, "3": 5}


def test_a_cancelled_order_gives_its_stock_back(
    tenant_a: UUID, shirts: list[UUID], shop: UUID, played: Played, drain: Drain
) -> None:
    number = played.buy((sku_on_ebay(played, "TS-1"), 2))
    fetch(tenant_a, shop, drain)
    assert quantities(tenant_a, shirts[:1]) == [3]
    played.call("POST", f"/orders/{number}/cancel")
    asked = []
    for _ in range(3):
        fetch(tenant_a, shop, drain)
        asked.append(sum(call["path"].endswith(f"/order/{number}") for call in played.requests()))
    assert asked[0] == asked[1] == asked[2]  # the list hides why it was cancelled: asked for, once
    assert quantities(tenant_a, shirts[:1]) == [5]
    with tenant(tenant_a):
        assert Order.objects.get().state == "cancelled"


def test_told_many_times_and_out_of_order_it_is_the_same_order(
    tenant_a: UUID, shirts: list[UUID], shop: UUID, played: Played, drain: Drain
) -> None:
    number = played.buy((sku_on_ebay(played, "TS-1"), 1), paid=False)
    tellings = []
    with causing({"kind": "system", "id": "", "label": "test"}):
        _, connector = connections.connector_for(shop, tenant_id=tenant_a)
    assert isinstance(connector, BringsOrders)
    tellings.append(connector.order(number))
    played.call("POST", f"/orders/{number}/pay")
    tellings.append(connector.order(number))
    for seed in range(6):
        shuffled = tellings * 3
        random.Random(seed).shuffle(shuffled)
        for told in [*shuffled, tellings[1]]:
            with tenant(tenant_a):
                inbound_jobs.take_in(shop, told)
    with tenant(tenant_a):
        assert Order.objects.get().state == "to_ship"
    assert quantities(tenant_a, shirts[:1]) == [4]


def test_an_unpaid_order_reserves_stock_and_may_not_be_shipped(
    tenant_a: UUID, shirts: list[UUID], shop: UUID, played: Played, drain: Drain
) -> None:
    played.buy((sku_on_ebay(played, "TS-1"), 1), paid=False)
    fetch(tenant_a, shop, drain)
    with tenant(tenant_a):
        order = Order.objects.get()
        assert order.state == "unpaid"
        with pytest.raises(Conflict):
            service.ship(order.id, "DHL", "00340434161094042557")
    assert quantities(tenant_a, shirts[:1]) == [4]


class TestShipping:
    def ordered(self, tenant_id: UUID, connection_id: UUID, played: Played, drain: Drain) -> Order:
        played.buy((sku_on_ebay(played, "TS-1"), 2))
        fetch(tenant_id, connection_id, drain)
        with tenant(tenant_id):
            return Order.objects.get()

    def test_ebay_knows_carrier_and_number(
        self, tenant_a: UUID, shop: UUID, played: Played, drain: Drain
    ) -> None:
        order = self.ordered(tenant_a, shop, played, drain)
        with tenant(tenant_a):
            service.ship(order.id, "DHL", "00340434161094042557")
        drain(["orders.ship"], ahead_seconds=60)
        (told,) = played.seen("orders")[0]["fulfilments"]
        assert "00340434161094042557" in str(told)
        with tenant(tenant_a):
            assert Order.objects.get().state == "shipped"
            assert Shipment.objects.get().state == "told"

    def test_a_lost_answer_makes_no_second_parcel(
        self, tenant_a: UUID, shop: UUID, played: Played, drain: Drain
    ) -> None:
        order = self.ordered(tenant_a, shop, played, drain)
        played.fault("answer_lost", "POST /sell/fulfillment/v1/order/*/shipping_fulfillment")
        with tenant(tenant_a):
            service.ship(order.id, "DHL", "00340434161094042557")
        drain(["orders.ship"], ahead_seconds=600)
        assert len(played.seen("orders")[0]["fulfilments"]) == 1
        with tenant(tenant_a):
            assert Shipment.objects.get().state == "told"

    def test_more_than_was_ordered_is_refused(
        self, tenant_a: UUID, shop: UUID, played: Played, drain: Drain
    ) -> None:
        order = self.ordered(tenant_a, shop, played, drain)
        with tenant(tenant_a):
            line = order.lines.get()
            with pytest.raises(Invalid):
                service.ship(order.id, "DHL", "1", lines={line.external_id: 3})
            service.ship(order.id, "DHL", "1", lines={line.external_id: 1})
            service.ship(order.id, "DHL", "2")
            assert [row.lines for row in Shipment.objects.order_by("id")] == [{line.external_id: 1}] * 2
