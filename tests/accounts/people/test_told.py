"""What the rest of the house tells people of by itself: orders, a lost access, refusals that nobody watches."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from tests.plugins.api import Caller

from kontor.channels.connections import service as connections
from kontor.channels.connections.models import Connection, State
from kontor.channels.contract.errors import LoginNeeded, Rejected
from kontor.channels.contract.values import OrderIn
from kontor.core.clock import now
from kontor.core.money import Money
from kontor.core.tenancy import tenant
from kontor.goods import service as goods
from kontor.goods.values import ProductInput, VariantInput
from kontor.orders import service as orders
from kontor.publishing import settle
from kontor.publishing.models import Publication
from kontor.publishing.models import State as Shown


@pytest.fixture
def connection_id(tenant_a: UUID) -> UUID:
    """An account that could be called."""
    with tenant(tenant_a):
        return Connection.objects.create(
            channel="ebay", marketplace="EBAY_DE", account_id="a", label="eBay Deutschland",
            state=State.CALLABLE, connected_at=now(),
        ).id  # fmt: skip


@pytest.fixture
def publication_id(tenant_a: UUID, connection_id: UUID) -> UUID:
    """A listing that is live there."""
    draft = ProductInput(
        reference="K-1", title={"de": "Kaffeemühle"},
        variants=(VariantInput(sku="K-1", price=Money(1250, "EUR"), quantity=3),),
    )  # fmt: skip
    with tenant(tenant_a):
        listing_id = goods.save(None, draft).listing_id
        return Publication.objects.create(
            listing_id=listing_id, connection_id=connection_id, state=Shown.LIVE
        ).id


def told(api: Caller) -> list[tuple[str, str]]:
    """Events that this person was told of, and the channel named in each; the newest first."""
    rows = api.get("/me/notices").json()["items"]
    return [(row["event"], row["params"]["channel"]) for row in rows]


def test_an_order_is_told_once_however_often_it_comes(
    tenant_a: UUID, connection_id: UUID, api: Caller, other_api: Caller
) -> None:
    order = OrderIn(
        external_id="26-01001", placed_at=now(), changed_at=now(), payment="pending", fulfilment="not_started",
        cancel="none", lines=(), total=Money(1250, "EUR"), buyer={"name": "Rike"}, raw={},
    )  # fmt: skip
    for paid in (order, order, replace(order, payment="paid", changed_at=now() + timedelta(minutes=1))):
        with tenant(tenant_a):
            orders.take(connection_id, paid)
    assert told(api) == [("order.received", "eBay Deutschland")]
    assert told(other_api) == []


def test_a_lost_access_is_told_once(tenant_a: UUID, connection_id: UUID, api: Caller) -> None:
    for _ in range(2):
        connections.note_outcome(connection_id, LoginNeeded("gone"), tenant_id=tenant_a)
    assert told(api) == [("connection.refused", "eBay Deutschland")]


def test_a_refusal_is_told_where_nobody_started_a_run(
    tenant_a: UUID, publication_id: UUID, api: Caller
) -> None:
    for run_id, state in ((UUID(int=1), Shown.WANTED), (None, Shown.WANTED), (None, Shown.REJECTED)):
        with tenant(tenant_a):
            row = Publication.objects.get(id=publication_id)
            row.run_id, row.state = run_id, state
            settle.refused(row, Rejected("No such aspect"))
    (notice,) = api.get("/me/notices").json()["items"]
    assert (notice["event"], notice["params"]["title"]) == ("listing.refused", "Kaffeemühle")
