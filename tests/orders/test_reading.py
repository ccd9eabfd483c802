"""Reading orders: a page costs the same for many as for few, and a history says each thing once."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from tests.plugins.api import Caller, api, enter

from kontor.channels.connections.models import Connection, State
from kontor.channels.contract.values import Notification, OrderIn, OrderLineIn
from kontor.core.actor import Actor
from kontor.core.clock import now
from kontor.core.http.paging import PageAsked
from kontor.core.money import Money
from kontor.core.tenancy import tenant
from kontor.inbound import service as inbound
from kontor.orders import service
from kontor.orders.api import list_orders

__all__ = ["api", "enter"]


@pytest.fixture
def connection_id(tenant_a: UUID) -> UUID:
    """An account that is ready."""
    with tenant(tenant_a):
        row = Connection.objects.create(
            channel="ebay", marketplace="EBAY_DE", account_id="hafen", label="eBay DE",
            state=State.CALLABLE, connected_at=now(),
        )  # fmt: skip
    return row.id


def order(number: str, *, at: datetime, lines: int = 2, payment: str = "paid") -> OrderIn:
    return OrderIn(
        external_id=number, placed_at=at, changed_at=at, payment=payment, fulfilment="not_started", cancel="none",
        lines=tuple(
            OrderLineIn(f"{number}-{n}", f"SKU-{n}", f"Ware {n}", 1, Money(1250, "EUR")) for n in range(lines)
        ),
        total=Money(1250 * lines, "EUR"), buyer={"name": "Rike"}, raw={"orderId": number, "payment": payment},
    )  # fmt: skip


def test_a_page_of_orders_costs_three_queries_however_long_it_is(tenant_a: UUID, connection_id: UUID) -> None:
    def queries(limit: int) -> int:
        actor = Actor(tenant_a, None, "", frozenset({"read"}))
        with tenant(tenant_a), CaptureQueriesContext(database) as captured:
            page = list_orders(actor, PageAsked(limit=limit))
        assert len(page.items) == limit
        assert [row.line_count for row in page.items] == [2] * limit
        return len(captured)

    with tenant(tenant_a):
        for number in range(12):
            service.take(connection_id, order(f"26-{number}", at=now()))
    assert queries(2) == queries(12) <= 3


def test_a_push_told_twice_is_one_line_and_what_changed_is_another(
    api: Caller, tenant_a: UUID, connection_id: UUID
) -> None:
    with tenant(tenant_a):
        unpaid = order("26-1", at=now() - timedelta(minutes=5), payment="pending")
        for event in ("event-1", "event-2"):
            push = Notification(event, "ORDER_CONFIRMATION", "hafen", ("26-1",), {"notificationId": event})
            inbound.store_notification(connection_id, push)
        for told in (unpaid, order("26-1", at=now())):
            inbound.store_polled(connection_id, told)
            taken, _ = service.take(connection_id, told)
        service.ship(taken.id, "DHL", "00340434161094042557")
    entries = api.get(f"/orders/{taken.id}/history").json()
    assert [(row["kind"], row["title"], row["details"].get("times")) for row in entries] == [
        ("shipment", "DHL 00340434161094042557", None),
        ("receipt", "order", 1),
        ("receipt", "order", 1),
        ("receipt", "ORDER_CONFIRMATION", 2),
    ]
    assert [row["at"] for row in entries] == sorted((row["at"] for row in entries), reverse=True)
