"""How channels answer is told to Prometheus: for the whole installation, by operation, with nobody's ids."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connections
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client import generate_latest
from tests.channels.market import DROP, Market
from tests.channels.transport.test_client import in_threads, transport

from kontor import metrics
from kontor.channels.contract.errors import Throttled, Unavailable
from kontor.channels.ebay.routes import ROUTES
from kontor.channels.registry import CHANNELS
from kontor.channels.transport import figures, gate, repeats
from kontor.channels.transport.client import HttpTransport
from kontor.core.clock import now


@pytest.fixture
def http(tenant_a: UUID, connected: UUID, monkeypatch: pytest.MonkeyPatch) -> HttpTransport:
    from dataclasses import replace

    monkeypatch.setattr(repeats, "FIRST_PAUSE_SECONDS", 0.01)
    channel = CHANNELS["ebay"]
    manifest = replace(channel.manifest, routes=("/things", "/things/{}"))
    monkeypatch.setitem(CHANNELS, "ebay", replace(channel, manifest=manifest))
    return transport(tenant_a, connected)


def told() -> str:
    metrics.REGISTRY.collect()
    return generate_latest(metrics.REGISTRY).decode()


def count(operation: str, outcome: str) -> float:
    name = "kontor_channel_call_seconds_count"
    labels = {"channel": "ebay:played", "operation": operation, "outcome": outcome}
    return metrics.REGISTRY.get_sample_value(name, labels) or 0.0


def test_calls_are_counted_by_operation_and_outcome(market: Market, http: HttpTransport) -> None:
    for sku in ("SCHUERZE-1", "SCHUERZE-2"):
        http.request("POST", f"/things/{sku}", json={})
    http.request("POST", "/hidden/SCHUERZE-3", json={})
    market.faults["POST /things"] = [DROP]
    with pytest.raises(Unavailable):
        http.request("POST", "/things", json={})
    assert count("POST /things/{}", "200") == 2
    assert count(f"POST {figures.OTHER}", "200") == 1
    assert count("POST /things", "unavailable") == 1
    assert "SCHUERZE" not in told()


def test_what_several_threads_count_at_once_is_all_there(http: HttpTransport) -> None:
    def work() -> None:
        for _ in range(5):
            http.request("GET", "/things/1")
        connections.close_all()

    assert not any(isinstance(each, Exception) for each in in_threads(6, work))
    assert count("GET /things/{}", "200") == 30


def test_a_wait_for_a_limit_is_told(http: HttpTransport) -> None:
    gate.hold(http._hold_key("things"), now() + timedelta(minutes=5))
    with pytest.raises(Throttled):
        http.request("GET", "/things", resource="things")
    labels = {"channel": "ebay:played", "resource": "things", "outcome": "put_off"}
    assert metrics.REGISTRY.get_sample_value("kontor_channel_wait_seconds_count", labels) == 1


@given(st.lists(st.text(st.characters(exclude_characters="/"), max_size=12), max_size=9))
def test_a_label_is_a_declared_route_whatever_the_path(segments: list[str]) -> None:
    assert figures.route_of("/".join(segments), ROUTES) in {*ROUTES, figures.OTHER}


def test_a_word_of_the_channels_own_goes_before_a_value() -> None:
    own = "/sell/inventory/v1/offer/publish_by_inventory_item_group"
    assert figures.route_of(own, ROUTES) == own
    assert figures.route_of("/sell/inventory/v1/offer/714", ROUTES) == "/sell/inventory/v1/offer/{}"
