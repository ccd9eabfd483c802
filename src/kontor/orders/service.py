"""Orders: taken in exactly once however often they are told, stock taken with them, shipped, and told back."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from kontor.accounts.people.notices import notify
from kontor.channels.connections import service as connections
from kontor.channels.contract.values import OrderIn, ShipmentOut
from kontor.core.clock import now
from kontor.core.errors import Conflict, Invalid, NotFound, Problem
from kontor.core.tenancy import current_tenant
from kontor.goods import service as goods
from kontor.jobs import service as jobs
from kontor.jobs.models import Lane
from kontor.live import events
from kontor.orders import buyers
from kontor.orders.models import Order, OrderLine, Shipment
from kontor.publishing import queries as publications

SHIP = "orders.ship"
LINE_TAKEN, LINE_RETURNED = "order_line", "order_cancelled"


def take(connection_id: UUID, told: OrderIn) -> tuple[Order, bool]:
    """Makes or brings up to date one order, and its stock; returns it and whether anything changed.

    Stock falls when the order is first seen, paid or not: the channel has reserved it too. It returns when the order is
    cancelled. Each line's taking and returning is one ledger entry, whatever is told twice or out of order.
    """
    order, is_new = Order.objects.select_for_update().get_or_create(
        connection_id=connection_id,
        external_id=told.external_id,
        defaults={**_columns(told), "received_at": now()},
    )
    if is_new:
        _add_lines(order, told)
    elif told.changed_at < order.changed_at or _same(order, told):
        return order, False
    else:
        columns = _columns(told)
        if buyers.is_forgotten(order):
            columns |= {"buyer": buyers.reduced(told.buyer, told.placed_at), "raw": order.raw}
        for name, value in columns.items():
            setattr(order, name, value)
        order.revision += 1
        order.save()
    _move_stock(order)
    if is_new:
        channel = connections.view(connection_id).label
        link = f"/inbox/{order.id}"
        notify("order.received", current_tenant(), link=link, number=order.external_id, channel=channel)
    _refresh(order, new=is_new)
    return order, True


def ship(
    order_id: UUID,
    carrier: str,
    tracking: str,
    *,
    lines: dict[str, int] | None = None,
    shipped_at: datetime | None = None,
) -> Shipment:
    """Records a shipment and queues telling the channel. Without `lines`, everything that has not left yet.

    Raises NotFound, Conflict (unpaid, cancelled, shipped already) and Invalid (a line or quantity that is not there).
    """
    order = get(order_id, lock=True)
    if order.state in (Order.State.UNPAID, Order.State.CANCELLED):
        raise Conflict(
            f"An order that is {order.state.replace('_', ' ')} can't be shipped", state=order.state
        )
    open_lines = _open_quantities(order)
    wanted = lines if lines is not None else {key: left for key, left in open_lines.items() if left > 0}
    if not wanted:
        raise Conflict("Everything of this order has been shipped", state=order.state)
    problems = tuple(
        Problem(
            "orders.line_quantity", f"{open_lines.get(key, 0)} of this line are left to ship", f"lines.{key}"
        )
        for key, quantity in wanted.items()
        if not 0 < quantity <= open_lines.get(key, 0)
    )
    if problems:
        raise Invalid("These quantities can't be shipped", problems=problems)
    shipment = Shipment.objects.create(
        order=order, carrier=carrier, tracking=tracking, shipped_at=shipped_at or now(), lines=wanted
    )
    _tell(order, shipment)
    _refresh(order)
    return shipment


def tell_again(shipment_id: UUID) -> None:
    """Queues a failed telling once more."""
    shipment = Shipment.objects.filter(id=shipment_id).select_related("order").first()
    if shipment is None:
        raise NotFound("There is no such shipment")
    if shipment.state == Shipment.State.TOLD:
        raise Conflict("The channel knows this shipment already")
    Shipment.objects.filter(id=shipment_id).update(state=Shipment.State.WAITING, problem=None)
    _tell(shipment.order, shipment)


def outgoing(shipment_id: UUID) -> tuple[UUID, Shipment, ShipmentOut]:
    """(connection, row, value for the connector)."""
    shipment = Shipment.objects.select_related("order").get(id=shipment_id)
    order = shipment.order
    value = ShipmentOut(
        order.external_id, shipment.carrier, shipment.tracking, shipment.shipped_at, shipment.lines
    )
    return order.connection_id, shipment, value


def told(shipment_id: UUID, external_id: str) -> None:
    """The channel has it."""
    shipment = Shipment.objects.select_related("order").get(id=shipment_id)
    Shipment.objects.filter(id=shipment_id).update(
        state=Shipment.State.TOLD, external_id=external_id, problem=None
    )
    _refresh(shipment.order)


def telling_failed(shipment_id: UUID, problem: Problem) -> None:
    """The channel said no; the person sees why, and may correct and tell again."""
    shipment = Shipment.objects.select_related("order").get(id=shipment_id)
    Shipment.objects.filter(id=shipment_id).update(state=Shipment.State.FAILED, problem=problem.as_dict())
    _refresh(shipment.order)


def get(order_id: UUID, *, lock: bool = False) -> Order:
    """Raises NotFound (also for another tenant's id)."""
    rows = Order.objects.select_for_update() if lock else Order.objects.all()
    order = rows.filter(id=order_id).first()
    if order is None:
        raise NotFound("There is no such order")
    return order


def state_of(payment: str, fulfilment: str, cancel: str) -> Order.State:
    """What a person has to do about an order in these three states of the channel."""
    if cancel == "cancelled":
        return Order.State.CANCELLED
    if fulfilment == "fulfilled":
        return Order.State.SHIPPED
    if cancel == "requested":
        return Order.State.CANCEL_REQUESTED
    return Order.State.UNPAID if payment in ("pending", "failed") else Order.State.TO_SHIP


def _columns(told: OrderIn) -> dict[str, Any]:
    return {
        "state": state_of(told.payment, told.fulfilment, told.cancel),
        "payment": told.payment,
        "fulfilment": told.fulfilment,
        "cancel": told.cancel,
        "buyer": dict(told.buyer),
        "total_minor": told.total.minor,
        "currency": told.total.currency,
        "placed_at": told.placed_at,
        "changed_at": told.changed_at,
        "raw": dict(told.raw),
    }


def _same(order: Order, told: OrderIn) -> bool:
    columns = _columns(told)
    names = (
        ("payment", "fulfilment", "cancel")
        if buyers.is_forgotten(order)
        else ("payment", "fulfilment", "cancel", "raw")
    )
    return all(getattr(order, name) == columns[name] for name in names)


def _add_lines(order: Order, told: OrderIn) -> None:
    known = publications.variants_by_channel_sku(order.connection_id, [line.sku for line in told.lines])
    OrderLine.objects.bulk_create(
        OrderLine(
            order=order,
            external_id=line.external_id,
            sku=line.sku,
            merchant_sku=known[line.sku].merchant_sku if line.sku in known else "",
            variant_id=known[line.sku].variant_id if line.sku in known else None,
            listing_id=known[line.sku].listing_id if line.sku in known else None,
            title=line.title[:300],
            quantity=line.quantity,
            unit_price_minor=line.unit_price.minor,
            currency=line.unit_price.currency,
        )
        for line in told.lines
    )


def _move_stock(order: Order) -> None:
    lines = OrderLine.objects.filter(order=order).exclude(variant_id=None).order_by("variant_id")
    # In one order of variants everywhere, so that two orders never wait for each other in a circle.
    for line in lines:
        assert line.variant_id
        goods.take_stock(line.variant_id, line.quantity, LINE_TAKEN, str(line.id))
        if order.state == Order.State.CANCELLED:
            goods.put_back(line.variant_id, line.quantity, LINE_RETURNED, str(line.id))


def _open_quantities(order: Order) -> dict[str, int]:
    left = {line.external_id: line.quantity for line in OrderLine.objects.filter(order=order)}
    for shipment in Shipment.objects.filter(order=order):
        for key, quantity in shipment.lines.items():
            left[key] = left.get(key, 0) - quantity
    return left


def _tell(order: Order, shipment: Shipment) -> None:
    jobs.add(
        SHIP,
        {"shipment_id": str(shipment.id)},
        key=f"ship:{shipment.id}",
        lock=f"ship:{order.id}",
        lane=Lane.NOW,
        label=order.external_id,
    )


def _refresh(order: Order, **more: Any) -> None:
    payload = {"state": order.state, "number": order.external_id, **more}
    events.record("order.changed", "order", order.id, revision=order.revision, payload=payload)
