"""Telling the channel that an order has left, once."""

from __future__ import annotations

from uuid import UUID

from kontor.channels.connections import service as connections
from kontor.channels.contract.capabilities import BringsOrders, Fulfils
from kontor.channels.contract.errors import ChannelError, Rejected, SetupNeeded
from kontor.channels.transport.about import about
from kontor.core.errors import Problem
from kontor.core.tenancy import tenant
from kontor.inbound import jobs as inbound
from kontor.jobs.registry import handler
from kontor.jobs.run import JobRun
from kontor.orders import service
from kontor.orders.models import Shipment


@handler(service.SHIP, retries=8)
def tell(run: JobRun) -> None:
    """The channel's call is not idempotent and may mail the buyer: it is looked up first, every time, then made."""
    shipment_id = UUID(run.payload["shipment_id"])
    with tenant(run.tenant_id):
        connection_id, shipment, value = service.outgoing(shipment_id)
    if shipment.state == Shipment.State.TOLD:
        return
    _, connector = connections.connector_for(connection_id, tenant_id=run.tenant_id)
    if not isinstance(connector, Fulfils):
        return
    try:
        with about(order=shipment.order_id):
            known = connector.find_shipment(value)
            run.check()
            external_id = known or connector.ship(value)
    except (Rejected, SetupNeeded) as error:
        problem = (
            error.problems[0]
            if error.problems
            else Problem(error.code, error.detail, params=dict(error.params))
        )
        with tenant(run.tenant_id):
            service.telling_failed(shipment_id, problem)
        return
    except ChannelError as error:
        connections.note_outcome(connection_id, error, tenant_id=run.tenant_id)
        raise
    with tenant(run.tenant_id):
        service.told(shipment_id, external_id)
    if isinstance(connector, BringsOrders):
        told = connector.order(value.order_external_id)
        with tenant(run.tenant_id):
            inbound.take_in(connection_id, told)
