"""Carrying deliveries out, and forgetting old ones."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connections

from kontor.accounts.service import tenant_ids
from kontor.core.clock import now
from kontor.core.config import settings
from kontor.core.tenancy import tenant
from kontor.jobs import schedules
from kontor.jobs.registry import handler
from kontor.jobs.run import JobRun
from kontor.webhooks import deliveries, outgoing, sending

BATCH = 2000

schedules.declare("webhooks.prune", "webhooks.prune", every_seconds=24 * 3600)


@handler(outgoing.DELIVER, retries=50)
def deliver(run: JobRun) -> None:
    """One attempt. A worker that dies after the call leaves it unanswered; it is made again, under the same `webhook-id`."""
    with tenant(run.tenant_id):
        call = deliveries.begin(UUID(run.payload["delivery_id"]))
    if call is None:
        return
    if isinstance(call, datetime):
        run.again(at=call)
    connections.close_all()  # a stranger's server may take its time: nobody waits for our connection meanwhile
    answer = sending.post(call.url, call.body.encode(), call.headers)
    with tenant(run.tenant_id):
        next_at = deliveries.settle(call.attempt_id, answer)
    if next_at:
        run.again(at=next_at)


@handler("webhooks.prune")
def prune(run: JobRun) -> None:
    """Forgets deliveries of every tenant that are older than KEEP_DELIVERIES_DAYS."""
    before = now() - timedelta(days=settings().keep_deliveries_days)
    for tenant_id in tenant_ids():
        full = True
        while full:
            run.check()
            with tenant(tenant_id):
                full = deliveries.forget(before, BATCH) == BATCH
