"""Everything that happened to an order: what was told about it, what left the house, and what we told."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from uuid import UUID

from kontor.inbound import service as inbound
from kontor.inbound.models import Receipt
from kontor.orders import service
from kontor.orders.models import Shipment
from kontor.publishing.history import CHANNEL, MOST, calls, entry, newest_first
from kontor.publishing.schemas import HistoryEntry


def of_order(order_id: UUID) -> list[HistoryEntry]:
    """Newest first. Raises NotFound (also for another tenant's id)."""
    order = service.get(order_id)
    receipts = inbound.receipts_about(order.connection_id, order.external_id, MOST)
    shipments = Shipment.objects.filter(order=order).order_by("shipped_at")
    return newest_first(_told(receipts) + [_shipped(row) for row in shipments] + calls([order.id]))


def _told(receipts: Sequence[Receipt]) -> list[HistoryEntry]:
    """What the channel said. A push repeated in a row is one line, of the first time; each poll brought a change."""
    runs = groupby(receipts, key=lambda row: (row.topic, row.source == "webhook" or row.id))
    return [_receipts(list(rows)) for _, rows in runs]


def _receipts(same: Sequence[Receipt]) -> HistoryEntry:
    first = same[-1]
    return entry(
        first.received_at, "receipt", first.topic, CHANNEL,
        source=first.source, times=len(same), last_at=same[0].received_at.isoformat(),
        id=str(first.id), state=same[0].state,
    )  # fmt: skip


def _shipped(row: Shipment) -> HistoryEntry:
    return entry(
        row.shipped_at, "shipment", f"{row.carrier} {row.tracking}", {"kind": "system", "id": "", "label": ""},
        carrier=row.carrier, tracking=row.tracking, state=row.state,
    )  # fmt: skip
