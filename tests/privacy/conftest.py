"""The API clients, the mailbox, and a business with something in it."""

from __future__ import annotations

from uuid import UUID

import pytest
from tests.plugins.api import Caller, anonymous, api, enter, other_api
from tests.plugins.mails import post

from kontor.channels.connections.models import Connection, State
from kontor.core.clock import now
from kontor.core.money import Money
from kontor.core.tenancy import tenant
from kontor.goods import service as goods
from kontor.goods.values import ProductInput, VariantInput

__all__ = ["anonymous", "api", "enter", "other_api", "post"]


@pytest.fixture
def connection_id(tenant_a: UUID) -> UUID:
    """An account that could be called."""
    with tenant(tenant_a):
        return Connection.objects.create(
            channel="ebay", marketplace="EBAY_DE", account_id="a", label="eBay Deutschland",
            state=State.CALLABLE, connected_at=now(), secret=b"sealed",
        ).id  # fmt: skip


@pytest.fixture
def listing_id(api: Caller) -> UUID:
    """A product that the owner of `tenant_a` made, by the API: so its revision names them."""
    body = {
        "title": {"de": "Kaffeemühle"},
        "variants": [{"sku": "K-1", "price": {"minor": 1250, "currency": "EUR"}}],
    }
    answer = api.post("/listings", json=body)
    if answer.status_code == 201:
        return UUID(answer.json()["id"])
    draft = ProductInput(
        reference="K-1", title={"de": "Kaffeemühle"},
        variants=(VariantInput(sku="K-1", price=Money(1250, "EUR"), quantity=3),),
    )  # fmt: skip
    from kontor.core.cause import causing

    with causing({"kind": "person", "id": str(api.person_id), "label": "Test owner"}), tenant(api.tenant_id):
        return goods.save(None, draft).listing_id
