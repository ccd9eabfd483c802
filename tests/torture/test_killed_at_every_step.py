"""A worker killed at every journalled step: exactly one listing, exactly one order, exactly one movement of stock."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from tests.plugins.played import Connect, Played
from tests.publishing.test_to_ebay import make_ready, rows

from kontor.core.tenancy import tenant
from kontor.goods import service as goods
from kontor.inbound import service as inbound
from kontor.orders.models import Order
from kontor.publishing import service

Drain = Callable[..., int]
ROOT = Path(__file__).parents[2]
MOST_MOMENTS = 200


def run_until_killed(moment: int, *kinds: str) -> bool:
    """Whether the worker met its fate; False where it came to the end of its work."""
    environment = {**os.environ, "KONTOR_JOB_LEASE_SECONDS": "0.3", "PYTHONPATH": f"{ROOT}/src:{ROOT}"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.torture.killed_worker", str(moment), *kinds],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode in (0, -9), done.stderr[-3000:]
    return done.returncode == -9


@pytest.mark.usefixtures("played")
def test_one_listing_however_often_the_worker_dies(
    tenant_a: UUID, shirts: list[UUID], connect: Connect, played: Played, drain: Drain
) -> None:
    """Each run of the worker gets one moment further into the publish than the one before, and dies there."""
    connection_id = connect(tenant_a)
    make_ready(tenant_a, shirts, connection_id, drain)
    with tenant(tenant_a):
        service.publish(shirts[:2], connection_id)
    deaths = 0
    while run_until_killed(deaths + 1, "publishing.push"):
        deaths += 1
        assert deaths < MOST_MOMENTS
    assert deaths >= 6
    drain(["publishing.push"], ahead_seconds=60)
    assert [rows(tenant_a)[key].state for key in shirts[:2]] == ["live", "live"]
    assert len(played.seen("listings")) == 2
    assert len(played.seen("offers")) == 2


@pytest.mark.usefixtures("played")
def test_one_order_however_often_the_worker_dies(
    tenant_a: UUID, shirts: list[UUID], connect: Connect, played: Played, drain: Drain
) -> None:
    connection_id = connect(tenant_a)
    make_ready(tenant_a, shirts, connection_id, drain)
    with tenant(tenant_a):
        service.publish(shirts, connection_id)
    drain(["publishing.push"], ahead_seconds=60)
    skus = [row["skus"][0] for row in played.open_listings()]
    numbers = {played.buy((sku, 1)) for sku in skus}
    with tenant(tenant_a):
        inbound.poll_soon(connection_id)
    deaths = 0
    while run_until_killed(deaths + 1, "inbound.poll"):
        deaths += 1
        assert deaths < MOST_MOMENTS
    assert deaths >= 4
    with tenant(tenant_a):
        inbound.poll_soon(connection_id)
    drain(["inbound.poll"], ahead_seconds=60)
    with tenant(tenant_a):
        assert {order.external_id for order in Order.objects.all()} == numbers
        assert Order.objects.count() == len(numbers)
        assert [goods.get(key).stock for key in shirts] == [4, 4, 4]
