"""A market that Kontor is connected to."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from tests.channels import market as markets
from tests.channels.market import Market
from tests.plugins.api import anonymous, api, enter, other_api

from kontor.core.config import settings

__all__ = ["anonymous", "api", "enter", "other_api"]


@pytest.fixture
def market(monkeypatch: pytest.MonkeyPatch) -> Iterator[Market]:
    """The tests' own channel, in the place of the played eBay."""
    from kontor.channels.registry import CHANNELS

    with markets.open_market() as running:
        monkeypatch.setenv("KONTOR_SANDBOX_URL", running.url)
        monkeypatch.setitem(CHANNELS, "ebay", markets.channel_of())
        settings.cache_clear()
        yield running
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
def connected(market: Market, tenant_a: UUID) -> UUID:
    """A connection of `tenant_a` to the market, by a real consent."""
    return connect(market, tenant_a)


def connect(market: Market, tenant_id: UUID, marketplace: str = "MARKET_DE") -> UUID:
    """Goes through a consent as a browser would; returns the connection."""
    from kontor.channels.connections import consent
    from kontor.core.actor import Actor

    actor = Actor(tenant_id, None, "Test", frozenset({"admin"}))
    begun = consent.begin(actor, "ebay", marketplace)
    back = market.consent(begun.authorize_url)
    path = consent.finish(state=back["state"], code=back["code"], error="", browser=begun.browser)
    market.seen.clear()
    market.grants.clear()
    return UUID(markets.query_of(path)["connected"])
