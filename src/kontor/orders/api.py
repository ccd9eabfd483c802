"""Orders over HTTP."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.db.models import Count, Q
from fastapi import Query, Response

from kontor.channels.connections import service as connections
from kontor.core.http.credentials import Signed
from kontor.core.http.etags import etag
from kontor.core.http.paging import Page, Paging, paginate
from kontor.core.http.routing import router
from kontor.inbound import service as inbound
from kontor.orders import figures, history, service
from kontor.orders.answers import order_detail, order_out, with_lines
from kontor.orders.ebay_api import routes as ebay_routes
from kontor.orders.models import Order
from kontor.orders.schemas import (
    OrderCounts,
    OrderDetail,
    OrderFigures,
    OrderOut,
    ShipIn,
    State,
)
from kontor.publishing.schemas import HistoryEntry

routes = router("/orders", "Orders")
__all__ = ["ebay_routes", "routes"]  # the application includes both


@routes.get("", scope="read")
def list_orders(
    actor: Signed,
    page: Paging,
    state: Annotated[list[State] | None, Query()] = None,
    connection_id: UUID | None = None,
    search: Annotated[str, Query(max_length=100)] = "",
) -> Page[OrderOut]:
    """The inbox, newest first."""
    rows = with_lines(Order.objects.all())
    if state:
        rows = rows.filter(state__in=state)
    if connection_id:
        rows = rows.filter(connection_id=connection_id)
    if search:
        rows = rows.filter(Q(external_id__icontains=search) | Q(buyer__name__icontains=search))
    return paginate(rows, page, order=("-placed_at", "-id")).page(order_out)


@routes.get("/counts", scope="read")
def count_orders(actor: Signed) -> OrderCounts:
    """For the tabs."""
    rows = Order.objects.values_list("state").annotate(Count("id"))
    return OrderCounts(counts=dict(rows))


@routes.get("/figures", scope="read")
def order_figures(
    actor: Signed,
    days: Annotated[int, Query(ge=1, le=92)] = 14,
    time_zone: Annotated[
        str, Query(max_length=60, description="Whose days: an IANA name.", examples=["Europe/Berlin"])
    ] = "UTC",
) -> OrderFigures:
    """Orders and revenue day by day, and what waits to be shipped."""
    return figures.of_days(days, figures.zone(time_zone))


@routes.post("/fetch", scope="write", status_code=202)
def fetch_orders(actor: Signed) -> None:
    """Asks every connection now instead of at its next turn."""
    for connection_id in connections.callable_ids():
        inbound.poll_soon(connection_id)


@routes.get("/{order_id}", scope="read")
def get_order(actor: Signed, order_id: UUID, response: Response) -> OrderDetail:
    """One order."""
    return _detail(order_id, response)


@routes.post("/{order_id}/ship", scope="write", status_code=202, idempotent=True)
def ship(actor: Signed, order_id: UUID, what: ShipIn, response: Response) -> OrderDetail:
    """Records that it left, and tells the channel."""
    service.ship(order_id, what.carrier, what.tracking, lines=what.lines)
    return _detail(order_id, response)


@routes.post("/{order_id}/shipments/{shipment_id}/tell", scope="write", status_code=202)
def tell_again(actor: Signed, order_id: UUID, shipment_id: UUID, response: Response) -> OrderDetail:
    """Tells the channel again after it said no."""
    service.get(order_id)
    service.tell_again(shipment_id)
    return _detail(order_id, response)


@routes.get("/{order_id}/history", scope="read")
def order_history(actor: Signed, order_id: UUID) -> list[HistoryEntry]:
    """Everything that happened to an order, newest first."""
    return history.of_order(order_id)


def _detail(order_id: UUID, response: Response) -> OrderDetail:
    service.get(order_id)
    row = with_lines(Order.objects.all()).prefetch_related("shipments").get(id=order_id)
    response.headers["ETag"] = etag(row.revision)
    return order_detail(row)
