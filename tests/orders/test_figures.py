"""What the first page says of the day: orders and revenue by the days of the person who looks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from tests.plugins.api import Caller, api, enter

from kontor.channels.connections.models import Connection, State
from kontor.core.clock import now
from kontor.core.identifiers import uuid7
from kontor.core.tenancy import tenant
from kontor.orders import figures
from kontor.orders.models import Order

__all__ = ["api", "enter"]
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture(autouse=True)
def connection_id(tenant_a: UUID) -> UUID:
    """An account that orders come from."""
    with tenant(tenant_a):
        return Connection.objects.create(
            channel="ebay", marketplace="EBAY_DE", account_id="hafen", label="eBay DE",
            state=State.CALLABLE, connected_at=now(),
        ).id  # fmt: skip


def order(at: datetime, minor: int = 1000, currency: str = "EUR", state: str = "shipped") -> None:
    given: dict[str, Any] = {"payment": "paid", "fulfilment": "not_started", "cancel": "none", "raw": {}}
    Order.objects.create(
        connection=Connection.objects.get(), external_id=str(uuid7()), state=state, total_minor=minor, currency=currency,
        placed_at=at, changed_at=at, received_at=at, **given,
    )  # fmt: skip


def test_money_is_counted_for_each_currency_by_itself_and_only_what_is_earned(tenant_a: UUID) -> None:
    with tenant(tenant_a):
        for minor, currency, state in (
            (1000, "EUR", "shipped"), (250, "EUR", "to_ship"), (900, "PLN", "to_ship"),
            (5000, "EUR", "cancelled"), (7000, "EUR", "unpaid"), (800, "USD", "unpaid"),
        ):  # fmt: skip
            order(now(), minor, currency, state)
        today = figures.of_days(1, BERLIN).days[-1]
    assert today.orders == 6
    assert [(each.minor, each.currency) for each in today.revenue] == [(1250, "EUR"), (900, "PLN")]


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/Los_Angeles", "Pacific/Auckland"])
def test_a_day_begins_where_the_person_is(tenant_a: UUID, zone: str) -> None:
    midnight = now().astimezone(ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0)
    with tenant(tenant_a):
        order(midnight)
        order(midnight - timedelta(seconds=1))
        order(midnight - timedelta(days=40))
        days = figures.of_days(3, ZoneInfo(zone)).days
    assert [day.orders for day in days] == [0, 1, 1]
    assert days[-1].date == midnight.date()


def test_what_waits_longest_is_named_and_two_queries_are_enough(tenant_a: UUID) -> None:
    oldest = datetime(2026, 1, 5, 12, tzinfo=UTC)
    with tenant(tenant_a):
        for past in range(5):
            order(oldest + timedelta(days=past), state="to_ship")
        with CaptureQueriesContext(database) as captured:
            found = figures.of_days(30, BERLIN)
    assert (found.to_ship, found.to_ship_since) == (5, oldest)
    assert len(captured) == 2


def test_over_http_a_shop_without_orders_has_empty_days_and_no_zone_is_invented(api: Caller) -> None:
    answer = api.get("/orders/figures", params={"days": 2, "time_zone": "Europe/Berlin"}).json()
    assert [(day["orders"], day["revenue"]) for day in answer["days"]] == [(0, []), (0, [])]
    assert answer["to_ship_since"] is None
    refused = api.get("/orders/figures", params={"time_zone": "../../etc/passwd"})
    assert (refused.status_code, refused.json()["problems"][0]["code"]) == (422, "time_zone.unknown")
