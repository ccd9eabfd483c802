"""A buyer who wants to be forgotten: what of them goes from the orders, and what commercial and tax law keep.

§ 147 AO and § 257 HGB keep what an order proves, and for whom it was: name and address beside the amounts. What they
don't ask for (e-mail, phone, user name, the channel's own words) goes at once, the rest when the years are over.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import reduce
from operator import or_
from typing import Any, Final

from django.db.models import Q

from kontor.core.clock import now
from kontor.inbound import service as inbound
from kontor.live import events
from kontor.orders.models import Order

LAW: Final = "§ 147 AO, § 257 HGB"
YEARS_KEPT: Final = 10  # the longest of the terms, from the end of the order's year
KEPT_BY_LAW: Final = (
    "name", "company", "address_line1", "address_line2", "postal_code", "city", "state_or_province", "country",
)  # fmt: skip
ERASED: Final = "erased_at"  # in `Order.raw`, in place of the channel's words


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What became of a buyer's orders; `kept_until` is the last moment at which law keeps one of `kept`."""

    orders: int
    kept: int
    receipts: int
    kept_until: datetime | None


def keeps_until(placed_at: datetime) -> datetime:
    """Until when law keeps an order of that day."""
    return datetime(placed_at.year + YEARS_KEPT + 1, 1, 1, tzinfo=UTC)


def reduced(buyer: Mapping[str, Any], placed_at: datetime) -> dict[str, Any]:
    """What of a buyer stays."""
    if keeps_until(placed_at) <= now():
        return {}
    return {name: buyer[name] for name in KEPT_BY_LAW if name in buyer}


def is_forgotten(order: Order) -> bool:
    """Whether the buyer's data was erased; what the channel tells later must not bring it back."""
    return ERASED in order.raw


def forget(wanted: Q, limit: int) -> Forgotten:
    """Erases the buyer from at most `limit` orders that fit and were not done yet. Inside `tenant()`."""
    rows = (
        Order.objects.select_for_update().filter(wanted).exclude(raw__has_key=ERASED).order_by("id")[:limit]
    )
    receipts, until = 0, []
    for order in rows:
        order.buyer = reduced(order.buyer, order.placed_at)
        order.raw = {ERASED: now().isoformat()}
        order.revision += 1
        order.save(update_fields=["buyer", "raw", "revision"])
        receipts += inbound.forget_bodies(order.connection_id, order.external_id)
        if order.buyer:
            until.append(keeps_until(order.placed_at))
        payload = {"state": order.state, "number": order.external_id}
        events.record("order.changed", "order", order.id, revision=order.revision, payload=payload)
    return Forgotten(len(rows), len(until), receipts, max(until, default=None))


def called(**values: str) -> Q:
    """Orders whose buyer has each of these (`email`, `name`, `username`), whatever the case."""
    found = Q()
    for name, value in values.items():
        if value:
            found &= Q(**{f"buyer__{name}__iexact": value})
    return found or Q(pk__in=())


def known_as(names: list[str]) -> Q:
    """Orders whose buyer's user name is one of these."""
    return reduce(or_, (Q(buyer__username=name) for name in names if name), Q(pk__in=()))
