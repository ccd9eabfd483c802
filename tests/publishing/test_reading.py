"""Reading what stands where: a page costs the same for many as for few, and each account says how its listings stand."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from tests.plugins.api import Caller, api, enter, other_api

from kontor.channels.connections.models import Connection
from kontor.channels.connections.models import State as Standing
from kontor.core.actor import Actor
from kontor.core.clock import now
from kontor.core.http.paging import PageAsked
from kontor.core.tenancy import tenant
from kontor.goods import service as goods
from kontor.goods.values import ProductInput
from kontor.publishing.api import list_publications
from kontor.publishing.models import Publication, State

__all__ = ["api", "enter", "other_api"]


@pytest.fixture
def accounts(tenant_a: UUID) -> list[UUID]:
    """Two that are ready; the first has live and refused listings, the second none."""
    with tenant(tenant_a):
        made = [
            Connection.objects.create(
                channel="ebay", marketplace=marketplace, account_id="hafen", label=marketplace,
                state=Standing.CALLABLE, connected_at=now(),
            ).id
            for marketplace in ("EBAY_DE", "EBAY_FR")
        ]  # fmt: skip
        for number, state in enumerate([State.LIVE] * 9 + [State.REJECTED] * 3):
            listing_id = goods.save(
                None, ProductInput(reference=f"K-{number}", title={"de": "Ware"})
            ).listing_id
            Publication.objects.create(listing_id=listing_id, connection_id=made[0], state=state)
    return made


def test_a_page_of_publications_costs_one_query(tenant_a: UUID, accounts: list[UUID]) -> None:
    actor = Actor(tenant_a, None, "", frozenset({"read"}))
    for limit in (2, 12):
        with tenant(tenant_a), CaptureQueriesContext(database) as captured:
            page = list_publications(actor, PageAsked(limit=limit))
        assert (len(page.items), len(captured)) == (limit, 1)


def test_each_account_says_how_its_listings_stand(
    api: Caller, other_api: Caller, accounts: list[UUID]
) -> None:
    assert api.get("/publications/counts").json() == [
        {"connection_id": str(accounts[0]), "counts": {"live": 9, "rejected": 3}}
    ]
    assert other_api.get("/publications/counts").json() == []
