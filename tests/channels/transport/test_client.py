"""What a connector may rely on, whatever the network, the channel or other processes do meanwhile."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connections
from tests.channels import market as markets
from tests.channels.conftest import connect
from tests.channels.market import DROP, Market

from kontor.channels.connections import service
from kontor.channels.connections.models import Connection, State
from kontor.channels.contract.errors import LoginNeeded, Rejected, Throttled, Unavailable, Unreadable
from kontor.channels.contract.manifest import Budget, Scope
from kontor.channels.registry import CHANNELS
from kontor.channels.transport import gate, repeats
from kontor.channels.transport.about import about
from kontor.channels.transport.client import HttpTransport
from kontor.channels.transport.models import ApplicationToken, Call
from kontor.channels.transport.oauth import ApplicationRefused
from kontor.core.clock import now
from kontor.core.identifiers import uuid7
from kontor.core.tenancy import tenant

ROOT = Path(__file__).parents[3]
WORKER = Path(__file__).with_name("calling_process.py")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses between repeats are for real networks."""
    monkeypatch.setattr(repeats, "FIRST_PAUSE_SECONDS", 0.01)


@pytest.fixture
def http(tenant_a: UUID, connected: UUID) -> HttpTransport:
    return transport(tenant_a, connected)


def transport(tenant_id: UUID, connection_id: UUID) -> HttpTransport:
    _, connector = service.connector_for(connection_id, tenant_id=tenant_id)
    http: HttpTransport = connector.http
    return http


def state(tenant_id: UUID, connection_id: UUID) -> Connection:
    with tenant(tenant_id):
        return Connection.objects.get(id=connection_id)


def in_threads(count: int, do: Any) -> list[Any]:
    """`do()` in that many threads at once; errors are results."""

    def one(_: int) -> Any:
        try:
            return do()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def test_a_call_is_signed_sent_and_answered(market: Market, http: HttpTransport) -> None:
    answer = http.request(
        "POST", "/things", params={"a": "ä b"}, json={"name": "Schürze"}, headers={"X-Own": "1"}
    )
    assert answer.status == 200
    seen = market.seen[-1]
    assert (seen.method, seen.path, seen.query) == ("POST", "/things", {"a": "ä b"})
    assert seen.body == '{"name":"Schürze"}'.encode()
    assert seen.headers["authorization"].removeprefix("Bearer ") in market.access
    assert (seen.headers["content-type"], seen.headers["x-own"]) == ("application/json", "1")
    assert "accept-language" not in seen.headers


def test_the_log_tells_each_call_to_its_tenant_and_keeps_secrets_out(
    http: HttpTransport, tenant_a: UUID, tenant_b: UUID, connected: UUID
) -> None:
    publication, order = uuid7(), uuid7()
    with about(publications=[publication]), about(order=order):
        http.request(
            "POST", "/things", json={"phone": "0451 123", "title": "Jacke", "note": "an kunde@example.com"}
        )
    with tenant(tenant_a):
        (call,) = Call.objects.filter(about__contains=[publication])
        assert call.about == [publication, order]
        assert (call.method, call.path, call.status, call.connection_id) == (
            "POST",
            "/things",
            200,
            connected,
        )
        assert call.channel_request_id == "req-1"
        assert "Jacke" in call.request_excerpt
        texts = " ".join(
            f"{row.path} {row.request_excerpt} {row.answer_excerpt}" for row in Call.objects.all()
        )
    for secret in ("0451", "kunde@", "buyer@", "v^1.1#", "SBX-kontor"):
        assert secret not in texts
    with tenant(tenant_b):
        assert not Call.objects.exists()


def test_a_read_is_repeated_through_an_outage(market: Market, http: HttpTransport) -> None:
    market.faults["GET /things"] = [(503, {}), DROP]
    assert http.request("GET", "/things").status == 200
    assert market.count("GET /things") == 3


def test_a_read_gives_up_after_three(
    market: Market, http: HttpTransport, tenant_a: UUID, connected: UUID
) -> None:
    market.faults["GET /things"] = [(500, {})] * 9
    with pytest.raises(Unavailable) as caught:
        http.request("GET", "/things")
    assert not caught.value.maybe_applied
    assert market.count("GET /things") == 3
    assert state(tenant_a, connected).state == State.UNREACHABLE
    market.faults.clear()
    http.request("GET", "/things")
    assert state(tenant_a, connected).state == State.CALLABLE


CUT = (200, b'{"orders": [{"orderId": "12-345')


def test_a_read_whose_answer_ends_in_the_middle_is_repeated(market: Market, http: HttpTransport) -> None:
    market.faults["GET /things"] = [CUT, CUT]
    assert http.request("GET", "/things").json()["path"] == "/things"
    assert market.count("GET /things") == 3


def test_a_read_whose_answers_all_end_in_the_middle_gives_up(market: Market, http: HttpTransport) -> None:
    market.faults["GET /things"] = [CUT] * 9
    with pytest.raises(Unreadable) as caught:
        http.request("GET", "/things")
    assert not caught.value.maybe_applied
    assert market.count("GET /things") == 3


def test_a_write_whose_answer_ends_in_the_middle_leaves_once(market: Market, http: HttpTransport) -> None:
    market.faults["POST /things"] = [CUT]
    answer = http.request("POST", "/things", json={})
    with pytest.raises(Unreadable) as caught:
        answer.json()
    assert caught.value.maybe_applied
    assert market.count("POST /things") == 1


@pytest.mark.parametrize("fault", [DROP, (500, {}), (502, b"<html>")])
def test_a_write_leaves_once_and_says_that_it_may_have_happened(
    market: Market, http: HttpTransport, fault: Any
) -> None:
    market.faults["POST /things"] = [fault]
    with pytest.raises(Unavailable) as caught:
        http.request("POST", "/things", json={})
    assert caught.value.maybe_applied
    assert market.count("POST /things") == 1


def test_a_write_that_found_nobody_has_not_happened(
    market: Market, http: HttpTransport, monkeypatch: pytest.MonkeyPatch
) -> None:
    http.request("GET", "/things")
    monkeypatch.setitem(markets.MANIFEST.hosts, "gone", {"played": "https://gone.test"})
    nobody = markets.socket.socket()
    with closing(nobody):
        nobody.bind(("127.0.0.1", 0))
        monkeypatch.setattr(
            "kontor.channels.transport.hosts.address",
            lambda manifest, host: f"http://127.0.0.1:{nobody.getsockname()[1]}",
        )
        with pytest.raises(Unavailable) as caught:
            http.request("POST", "/things", json={})
    assert not caught.value.maybe_applied


def test_a_business_no_is_the_channels_own_and_harms_nothing(
    market: Market, http: HttpTransport, tenant_a: UUID, connected: UUID
) -> None:
    market.faults["POST /things"] = [(400, {"why": "because"})]
    with pytest.raises(Rejected):
        http.request("POST", "/things", json={})
    assert state(tenant_a, connected).state == State.CALLABLE
    assert http.request("POST", "/things", json={}).status == 200


def test_an_old_token_is_renewed_once_and_the_call_repeated_once(market: Market, http: HttpTransport) -> None:
    market.expire_access()
    assert http.request("POST", "/things", json={}).status == 200
    assert (market.count("POST /things"), market.grants) == (2, ["refresh_token"])


def test_a_token_is_renewed_before_it_ends(market: Market, tenant_a: UUID) -> None:
    market.expires_in = 60  # the manifest renews 120 seconds ahead
    connection_id = connect(market, tenant_a)
    market.expires_in = 7200
    transport(tenant_a, connection_id).request("GET", "/things")
    assert (market.count("GET /things"), market.grants) == (1, ["refresh_token"])


def test_twenty_calls_with_an_old_token_renew_it_once(
    market: Market, tenant_a: UUID, connected: UUID
) -> None:
    market.expire_access()
    market.refresh_pause = 0.2
    answers = in_threads(20, lambda: transport(tenant_a, connected).request("GET", "/things").status)
    assert answers == [200] * 20
    assert market.grants == ["refresh_token"]


def test_two_processes_with_an_old_token_renew_it_once(
    market: Market, tenant_a: UUID, connected: UUID
) -> None:
    market.expire_access()
    market.refresh_pause = 0.5
    command = [sys.executable, str(WORKER), str(tenant_a), str(connected), "10"]
    environment = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    workers = [
        subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for worker in workers:
        assert worker.stdout
        assert worker.stdout.readline() == "up\n"
    outputs = [worker.communicate("go\n", timeout=60)[0] for worker in workers]
    assert outputs == ["200 " * 10 + "\n"] * 2
    assert market.grants == ["refresh_token"]


def test_a_consent_taken_back_asks_for_a_log_in_once_and_never_loops(
    market: Market, tenant_a: UUID, connected: UUID
) -> None:
    market.revoke()
    outcomes = in_threads(8, lambda: transport(tenant_a, connected).request("GET", "/things"))
    assert {type(outcome) for outcome in outcomes} == {LoginNeeded}
    assert market.grants == ["refresh_token"]
    assert state(tenant_a, connected).state == State.REFUSED
    seen = len(market.seen)
    with pytest.raises(LoginNeeded):
        transport(tenant_a, connected).request("GET", "/things")
    assert len(market.seen) == seen


def test_a_token_that_stays_refused_after_renewing_asks_for_a_log_in(
    market: Market, http: HttpTransport, tenant_a: UUID, connected: UUID
) -> None:
    market.faults["GET /things"] = [(401, {})] * 9
    with pytest.raises(LoginNeeded):
        http.request("GET", "/things")
    assert market.grants == ["refresh_token"]
    row = state(tenant_a, connected)
    assert row.state == State.REFUSED
    assert row.problem["code"] == "channel.login_needed"


def test_connecting_anew_while_a_renewal_runs_wins(
    market: Market, http: HttpTransport, tenant_a: UUID, connected: UUID
) -> None:
    market.expire_access()
    old = state(tenant_a, connected).token_generation
    with tenant(tenant_a):
        Connection.objects.filter(id=connected).update(refresh_lease_until=now() + timedelta(seconds=30))
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(lambda: (http.request("GET", "/things").status, connections.close_all())[0])
        assert connect(market, tenant_a) == connected
        assert waiting.result(timeout=10) == 200
    assert "refresh_token" not in market.grants
    assert state(tenant_a, connected).token_generation == old + 1


@pytest.mark.parametrize(
    ("fault", "error"),
    [((429, {"error": "slow_down"}), Throttled), ((500, {"error": "server_error"}), Unavailable)],
)
def test_a_sign_in_that_is_out_of_order_is_no_refusal(
    market: Market, http: HttpTransport, tenant_a: UUID, connected: UUID, fault: Any, error: type[Exception]
) -> None:
    market.expire_access()
    market.faults["POST /token"] = [fault] * 9
    with pytest.raises(error) as caught:
        http.request("POST", "/things", json={})
    assert not getattr(caught.value, "maybe_applied", False)
    assert state(tenant_a, connected).state != State.REFUSED


def test_too_fast_stops_that_resource_and_no_other(market: Market, http: HttpTransport) -> None:
    market.faults["POST /things"] = [(429, {}, {"Retry-After": "120"})]
    with pytest.raises(Throttled) as caught:
        http.request("POST", "/things", resource="things", json={})
    assert timedelta(seconds=110) < caught.value.until - now() < timedelta(seconds=130)
    with pytest.raises(Throttled) as again:
        http.request("POST", "/things", resource="things", json={})
    assert again.value.resource == "things"
    assert market.count("POST /things") == 1
    assert http.request("GET", "/other", resource="other").status == 200


def test_a_short_too_fast_is_waited_out_also_by_a_write(market: Market, http: HttpTransport) -> None:
    market.faults["POST /things"] = [(429, {}, {"Retry-After": "1"})]
    began = now()
    assert http.request("POST", "/things", resource="things", json={}).status == 200
    assert now() - began >= timedelta(seconds=0.9)
    assert market.count("POST /things") == 2


def test_too_fast_without_a_time_waits_half_a_minute(market: Market, http: HttpTransport) -> None:
    market.faults["GET /things"] = [(429, {})]
    with pytest.raises(Throttled) as caught:
        http.request("GET", "/things", resource="things")
    assert timedelta(seconds=25) < caught.value.until - now() < timedelta(seconds=35)


def opens_again(http: Any, resource: str) -> datetime:
    """What a market that is asked for it would say: `reopens_at`."""
    answer = http.request("GET", "/limits", resource="limits", params={"of": resource}, as_application=True)
    return now() + timedelta(seconds=answer.json()["seconds"])


def test_too_fast_without_a_time_asks_the_channel_when_it_opens_again(
    market: Market, tenant_a: UUID, connected: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(CHANNELS, "ebay", markets.channel_of(reopens_at=opens_again))
    market.faults["GET /things"] = [(429, {})]
    market.faults["GET /limits"] = [(200, {"seconds": 7200})]
    http = transport(tenant_a, connected)
    for _ in range(2):
        with pytest.raises(Throttled) as caught:
            http.request("GET", "/things", resource="things")
        assert timedelta(seconds=7100) < caught.value.until - now() < timedelta(seconds=7300)
    assert (market.count("GET /things"), market.count("GET /limits")) == (1, 1)
    assert next(seen.query for seen in market.seen if seen.path == "/limits") == {"of": "things"}


@pytest.mark.parametrize(
    ("answers", "asked"), [([(429, {})] * 9, 1), ([(503, {})] * 9, 3), ([(200, b'{"seconds": 72')] * 9, 3)]
)
def test_too_fast_waits_half_a_minute_where_the_channel_does_not_say_more(
    market: Market, tenant_a: UUID, connected: UUID, monkeypatch: pytest.MonkeyPatch, answers: Any, asked: int
) -> None:
    monkeypatch.setitem(CHANNELS, "ebay", markets.channel_of(reopens_at=opens_again))
    market.faults["POST /things"] = [(429, {})]
    market.faults["GET /limits"] = answers
    with pytest.raises(Throttled) as caught:
        transport(tenant_a, connected).request("POST", "/things", resource="things", json={})
    assert caught.value.resource == "things"
    assert timedelta(seconds=25) < caught.value.until - now() < timedelta(seconds=35)
    assert (market.count("POST /things"), market.count("GET /limits")) == (1, asked)


def test_a_limit_is_shared_by_all_threads_and_kept(
    market: Market, tenant_a: UUID, connected: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    budget = Budget(5, seconds=1.0, per=Scope.API_KEY)
    monkeypatch.setitem(CHANNELS, "ebay", markets.channel_of(budget))
    began = now()
    assert (
        in_threads(12, lambda: transport(tenant_a, connected).request("GET", "/things").status) == [200] * 12
    )
    assert now() - began >= timedelta(seconds=2)


def test_a_limit_that_is_long_used_up_goes_back_to_the_queue(
    tenant_a: UUID, connected: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(
        CHANNELS, "ebay", markets.channel_of(Budget(1, seconds=86_400, per=Scope.RESOURCE, resource="x"))
    )
    http = transport(tenant_a, connected)
    http.request("GET", "/things", resource="x")
    with pytest.raises(Throttled) as caught:
        http.request("GET", "/things", resource="x")
    assert caught.value.until - now() > timedelta(hours=23)
    assert http.request("GET", "/things", resource="y").status == 200


def test_a_host_that_is_down_is_left_alone_and_tried_again(
    market: Market, http: HttpTransport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "OPEN_SECONDS", 0.3)
    market.faults["POST /things"] = [(503, {})] * 99
    outcomes = in_threads(20, lambda: http.request("POST", "/things", json={}))
    assert {type(outcome) for outcome in outcomes} == {Unavailable}
    arrived = market.count("POST /things")
    for _ in range(5):
        with pytest.raises(Unavailable):
            http.request("POST", "/things", json={})
    assert market.count("POST /things") - arrived <= 1
    market.faults.clear()
    deadline = now() + timedelta(seconds=15)
    while now() < deadline:
        try:
            assert http.request("GET", "/things").status == 200
            break
        except Unavailable:
            continue
    assert [http.request("GET", "/things").status for _ in range(3)] == [200] * 3


def test_the_applications_own_token_is_asked_for_once_and_kept_sealed(
    market: Market, tenant_a: UUID, connected: UUID
) -> None:
    ask = lambda: transport(tenant_a, connected).request("GET", "/taxonomy", as_application=True).status  # noqa: E731
    assert in_threads(10, ask) == [200] * 10
    assert market.grants == ["client_credentials"]
    row = ApplicationToken.objects.get()
    assert not any(token.encode() in bytes(row.secret) for token in market.access)
    market.expire_access()
    assert ask() == 200
    assert market.grants == ["client_credentials"] * 2


def test_an_application_that_is_refused_is_nobodys_log_in(
    market: Market, http: HttpTransport, tenant_a: UUID, connected: UUID
) -> None:
    market.faults["POST /token"] = [(401, {"error": "invalid_client"})]
    with pytest.raises(ApplicationRefused):
        http.request("GET", "/taxonomy", as_application=True)
    assert state(tenant_a, connected).state == State.CALLABLE
    assert http.request("GET", "/taxonomy", as_application=True).status == 200


def test_a_call_inside_a_transaction_is_refused(http: HttpTransport, tenant_a: UUID) -> None:
    with tenant(tenant_a), pytest.raises(RuntimeError, match="durable"):
        http.request("GET", "/things")
