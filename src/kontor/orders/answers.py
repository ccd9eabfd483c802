"""How orders become the API's answers."""

from __future__ import annotations

from collections import Counter

from django.db.models import Prefetch, QuerySet

from kontor.goods import queries as goods
from kontor.orders.models import Order, OrderLine, Shipment
from kontor.orders.schemas import OrderDetail, OrderLineOut, OrderOut, ShipmentOut
from kontor.publishing.schemas import ProblemOut


def order_out(row: Order) -> OrderOut:
    """For answers; `connection` and `lines` should be loaded with it."""
    lines = list(row.lines.all())
    return OrderOut(
        **{
            name: getattr(row, name)
            for name in ("id", "connection_id", "state", "payment", "fulfilment", "cancel", "total_minor", "currency",
                         "placed_at", "changed_at", "received_at")
        },
        number=row.external_id,
        channel=row.connection.channel,
        marketplace=row.connection.marketplace,
        buyer_name=row.buyer.get("name", ""),
        first_title=lines[0].title if lines else "",
        line_count=len(lines),
        piece_count=sum(line.quantity for line in lines),
    )  # fmt: skip


def with_lines(rows: QuerySet[Order]) -> QuerySet[Order]:
    """Loads what `order_out` reads: two more queries for a page."""
    return rows.select_related("connection").prefetch_related(
        Prefetch("lines", OrderLine.objects.order_by("id"))
    )


def order_detail(row: Order) -> OrderDetail:
    """One order with its lines and shipments; both should be loaded with it."""
    lines, shipments = row.lines.all(), row.shipments.all()
    shipped: Counter[str] = Counter()
    for shipment in shipments:
        shipped.update(shipment.lines)
    thumbs = goods.thumbs([line.listing_id for line in lines if line.listing_id])
    return OrderDetail(
        **order_out(row).model_dump(),
        revision=row.revision,
        buyer=row.buyer,
        lines=[
            OrderLineOut(
                external_id=line.external_id,
                sku=line.merchant_sku or line.sku,
                listing_id=line.listing_id,
                title=line.title,
                quantity=line.quantity,
                left_to_ship=max(line.quantity - shipped[line.external_id], 0),
                unit_price_minor=line.unit_price_minor,
                currency=line.currency,
                thumb=thumbs.get(line.listing_id) if line.listing_id else None,
            )
            for line in lines
        ],
        shipments=[_shipment_out(shipment) for shipment in shipments],
    )


def _shipment_out(row: Shipment) -> ShipmentOut:
    return ShipmentOut(
        id=row.id,
        carrier=row.carrier,
        tracking=row.tracking,
        shipped_at=row.shipped_at,
        lines=row.lines,
        state=row.state,
        external_id=row.external_id,
        problem=ProblemOut(**row.problem) if row.problem else None,
    )
