"""Polling and reading what came in. `orders` stands above this app and registers how an order is taken in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from kontor.accounts.service import tenant_ids
from kontor.channels.connections import service as connections
from kontor.channels.connections.states import State
from kontor.channels.contract.capabilities import BringsOrders, Notifies
from kontor.channels.contract.errors import ChannelError
from kontor.channels.contract.values import OrderIn
from kontor.core.clock import now
from kontor.core.config import settings
from kontor.core.errors import Problem
from kontor.core.tenancy import tenant
from kontor.inbound import service
from kontor.inbound.models import Receipt
from kontor.jobs import schedules
from kontor.jobs.registry import handler
from kontor.jobs.run import JobRun

TakeOrder = Callable[[UUID, OrderIn], object]
take_order: list[TakeOrder] = []  # filled by kontor.orders when it starts

CloseAccount = Callable[[UUID, dict[str, Any]], object]  # (tenant, what the channel told of the account)
close_account: list[CloseAccount] = []  # filled by kontor.privacy

# eBay tells each application of everybody: of any seller who took consent back, of anybody whose account was closed.
CONSENT_REVOKED = "AUTHORIZATION_REVOCATION"
ACCOUNT_CLOSED = "MARKETPLACE_ACCOUNT_DELETION"
BATCH: Final = 1_000


schedules.declare(service.PRUNE, service.PRUNE, every_seconds=24 * 3600)


@handler(service.POLL, retries=5)
def poll(run: JobRun) -> None:
    """Takes in every order changed since the watermark; each order is its own transaction with its receipt."""
    connection_id = UUID(run.payload["connection_id"])
    view, connector = connections.connector_for(connection_id, tenant_id=run.tenant_id)
    if not isinstance(connector, BringsOrders) or not view.is_usable:
        return
    with tenant(run.tenant_id):
        since = service.watermark(connection_id)
    newest: datetime | None = None
    try:
        for told in connector.orders_since(since):
            run.check()
            complete = _complete(run, connector, connection_id, told)
            if complete:
                with tenant(run.tenant_id):
                    take_in(connection_id, complete)
            newest = max(newest or told.changed_at, told.changed_at)
    except ChannelError as error:
        connections.note_outcome(connection_id, error, tenant_id=run.tenant_id)
        raise
    connections.note_outcome(connection_id, None, tenant_id=run.tenant_id)
    with tenant(run.tenant_id):
        service.advance(connection_id, newest or since)


@handler(service.INTERPRET, retries=8)
def interpret(run: JobRun) -> None:
    """A push is only a hint: fetches what it is about. A topic that means nothing to us is kept and left."""
    with tenant(run.tenant_id):
        receipt = Receipt.objects.get(id=UUID(run.payload["receipt_id"]))
    view, connector = connections.connector_for(receipt.connection_id, tenant_id=run.tenant_id)
    try:
        if receipt.topic == CONSENT_REVOKED:
            if view.state not in (State.REFUSED, State.DISCONNECTED):
                with tenant(run.tenant_id):
                    connections.request_check(view.id)  # whether it was ours, the account itself says
        elif receipt.topic == ACCOUNT_CLOSED:
            for close in close_account:
                close(run.tenant_id, receipt.body)
            with tenant(run.tenant_id):
                service.forget_receipt(receipt.id)
        elif receipt.resource_ids and isinstance(connector, BringsOrders):
            for external_id in receipt.resource_ids:
                told = connector.order(external_id)
                with tenant(run.tenant_id):
                    take_in(view.id, told)
    except ChannelError as error:
        with tenant(run.tenant_id):
            service.settle(receipt.id, Problem(error.code, error.detail, params=dict(error.params)))
        raise
    with tenant(run.tenant_id):
        service.settle(receipt.id, None)


@handler(service.SUBSCRIBE, retries=5)
def subscribe(run: JobRun) -> None:
    """Asks the channel to push to us. Where it can't reach us, polling alone keeps us true."""
    connection_id = UUID(run.payload["connection_id"])
    with tenant(run.tenant_id):
        service.keep_polling(run.tenant_id, connection_id)
        route = service.open_route(run.tenant_id, connection_id)
    _, connector = connections.connector_for(connection_id, tenant_id=run.tenant_id)
    if isinstance(connector, Notifies):
        topics = connector.subscribe(route.endpoint, settings().ebay_verification_token)
        run.progress(done=len(topics), total=len(topics), note=", ".join(topics))


@handler(service.PRUNE)
def prune(run: JobRun) -> None:
    """Empties what channels told every tenant longer ago than KEEP_RECEIPTS_DAYS: buyers stand in it."""
    before = now() - timedelta(days=settings().keep_receipts_days)
    for tenant_id in tenant_ids():
        while True:
            run.check()
            with tenant(tenant_id):
                emptied = service.forget_before(before, BATCH)
            run.tally(receipts=emptied)
            if emptied < BATCH:
                break


def _complete(run: JobRun, connector: BringsOrders, connection_id: UUID, told: OrderIn) -> OrderIn | None:
    """The order as its own address tells it, where the list hides something; None where that was taken in before."""
    if not told.cancel_detail_needed:
        return told
    with tenant(run.tenant_id):
        if service.is_known(connection_id, told):
            return None
    return connector.order(told.external_id)


def take_in(connection_id: UUID, told: OrderIn) -> None:
    """Stores the telling and takes the order in, in the caller's one transaction."""
    service.store_polled(connection_id, told)
    for take in take_order:
        take(connection_id, told)
