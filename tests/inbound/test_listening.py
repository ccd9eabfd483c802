"""Listening to an account: from when on, until when it was heard, and what was told already."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from kontor.channels.connections import service as connections
from kontor.channels.connections.models import Connection, State
from kontor.channels.contract.values import Notification
from kontor.core.clock import now
from kontor.core.tenancy import tenant
from kontor.inbound import service
from kontor.inbound.models import Receipt
from kontor.jobs.models import Schedule

Drain = Callable[..., int]


def connection(name: str = "hafen") -> UUID:
    """The row of an account that may be used, inside `tenant()`."""
    return Connection.objects.create(
        channel="ebay", marketplace="EBAY_DE", account_id=name, label="eBay DE",
        state=State.CALLABLE, connected_at=now(),
    ).id  # fmt: skip


def test_an_account_is_asked_regularly_from_its_connection_to_its_disconnection(
    tenant_a: UUID, account: UUID, drain: Drain
) -> None:
    listening = Schedule.objects.filter(name__in=[f"poll:{account}", f"sweep:{account}"])
    drain([service.SUBSCRIBE])  # the played eBay can't reach this address: polling alone keeps us true
    assert listening.count() == 2
    with tenant(tenant_a):
        connections.disconnect(account)
    assert listening.count() == 0


def test_the_first_look_goes_back_a_month_and_none_goes_back_behind_another(tenant_a: UUID) -> None:
    start = datetime(2026, 3, 1, tzinfo=UTC)
    ends = [start + timedelta(minutes=minutes) for minutes in range(8)]
    for seed in range(3):
        shuffled = list(ends)
        random.Random(seed).shuffle(shuffled)
        with tenant(tenant_a):
            connection_id = connection(f"account-{seed}")
            assert abs(service.watermark(connection_id) - (now() - timedelta(days=30))) < timedelta(minutes=5)
            reached = []
            for end in shuffled:
                service.advance(connection_id, end)
                reached.append(service.watermark(connection_id))
        assert reached == sorted(reached)
        assert reached[-1] == max(ends)


def test_events_with_long_ids_are_told_apart(tenant_a: UUID) -> None:
    pushes = [Notification(f"{'n' * 300}-{end}", "TOPIC", "hafen", (), {"end": end}) for end in (1, 2, 1)]
    with tenant(tenant_a):
        connection_id = connection()
        assert [service.store_notification(connection_id, push) for push in pushes] == [True, True, False]
        assert sorted(row.body["end"] for row in Receipt.objects.all()) == [1, 2]
