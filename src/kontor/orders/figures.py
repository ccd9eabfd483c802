"""What came in, day by day, and what waits: the figures of the first page. Two queries, whatever came in."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db.models import Count, Min, Q, Sum
from django.db.models.functions import TruncDate

from kontor.catalog.schemas import MoneyOut
from kontor.core.clock import now
from kontor.core.errors import Invalid, Problem
from kontor.orders.models import Order
from kontor.orders.schemas import DayFigures, OrderFigures

State = Order.State
EARNS = ~Q(state__in=(State.UNPAID, State.CANCELLED))


def zone(name: str) -> ZoneInfo:
    """The time zone of that IANA name. Raises Invalid."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        problem = Problem("time_zone.unknown", "There is no such time zone.", field="time_zone")
        raise Invalid(problems=(problem,)) from error


def of_days(days: int, zone: ZoneInfo) -> OrderFigures:
    """The last `days` days of that zone, today last, each day even where nothing came.

    Revenue is what is paid and not cancelled, for each currency by itself.
    """
    today = now().astimezone(zone).date()
    first = today - timedelta(days=days - 1)
    rows = (
        Order.objects.filter(placed_at__gte=datetime.combine(first, time.min, zone))
        .annotate(day=TruncDate("placed_at", tzinfo=zone))
        .values_list("day", "currency")
        .annotate(count=Count("id"), earned=Sum("total_minor", filter=EARNS))
        .order_by("day", "currency")
    )
    orders: dict[object, int] = defaultdict(int)
    revenue: dict[object, list[MoneyOut]] = defaultdict(list)
    for day, currency, count, minor in rows:
        orders[day] += count
        if amount := MoneyOut.of(minor, currency):
            revenue[day].append(amount)
    waiting = Order.objects.filter(state=State.TO_SHIP).aggregate(count=Count("id"), since=Min("placed_at"))
    dates = [first + timedelta(days=past) for past in range(days)]
    return OrderFigures(
        days=[DayFigures(date=day, orders=orders[day], revenue=revenue[day]) for day in dates],
        to_ship=waiting["count"],
        to_ship_since=waiting["since"],
    )
