"""Everything that happened to an order: what was told about it, and what we told."""

from __future__ import annotations

from uuid import UUID

from kontor.inbound import service as inbound
from kontor.orders import service
from kontor.publishing.history import CHANNEL, MOST, calls, entry, newest_first
from kontor.publishing.schemas import HistoryEntry


def of_order(order_id: UUID) -> list[HistoryEntry]:
    """Newest first. Raises NotFound (also for another tenant's id)."""
    order = service.get(order_id)
    receipts = inbound.receipts_about(order.connection_id, order.external_id, MOST)
    entries = [
        entry(
            row.received_at, "receipt", row.topic, CHANNEL, source=row.source, id=str(row.id), state=row.state
        )
        for row in receipts
    ]
    return newest_first(entries + calls([order.id]))
