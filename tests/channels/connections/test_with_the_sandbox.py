"""The whole way with the sandbox that comes with Kontor, and the real eBay connector."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import httpx2
import pytest
from tests.channels.market import query_of
from tests.plugins.api import Caller

import kontor_sandbox
from kontor.channels.connections import service
from kontor.channels.ebay.wire.account import PaymentPolicy
from kontor.core.config import settings
from kontor.core.tenancy import tenant

Drain = Callable[..., int]


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[kontor_sandbox.RunningSandbox]:
    running = kontor_sandbox.start(tmp_path_factory.mktemp("sandbox"))
    yield running
    running.stop()


@pytest.fixture
def played(
    sandbox: kontor_sandbox.RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> Iterator[httpx2.Client]:
    """The sandbox in the place of eBay; the client is its control page."""
    monkeypatch.setenv("KONTOR_SANDBOX_URL", sandbox.url)
    settings.cache_clear()
    with httpx2.Client(base_url=sandbox.url, timeout=20) as control:
        control.post("/_sandbox/api/reset").raise_for_status()
        yield control
    monkeypatch.undo()
    settings.cache_clear()


def connect(api: Caller, played: httpx2.Client, **wanted: object) -> UUID:
    """Press Connect, land on the consent page, agree, come back."""
    answer = api.post("/connections/authorize", json={"channel": "ebay", "marketplace": "EBAY_DE"} | wanted)
    assert answer.status_code == 200, answer.text
    page = played.get(answer.json()["authorize_url"])
    assert page.status_code == 200, page.text
    agreed = played.post(
        answer.json()["authorize_url"],
        data={"decision": "agree", "account": "werkhof-berlin"},
        follow_redirects=False,
    )
    assert agreed.status_code == 302, agreed.text
    back = agreed.headers["location"]
    assert back.startswith(f"{settings().public_url}/api/v1/")
    home = api.get(back.removeprefix(settings().public_url), follow_redirects=False)
    found = query_of(home.headers["location"])
    assert "connected" in found, found
    return UUID(found["connected"])


def press_everything(api: Caller, connection_id: UUID, drain: Drain) -> dict[str, Any]:
    """The connection after every button was pressed."""
    for _ in range(8):
        row: dict[str, Any] = api.get(f"/connections/{connection_id}").json()
        makeable = [item["code"] for item in row["missing"] if item["creatable"]]
        if not makeable:
            break
        api.post(f"/connections/{connection_id}/setup", json={"code": makeable[0]})
        drain()
    return row


def test_an_account_becomes_callable_at_a_few_presses(
    api: Caller, played: httpx2.Client, drain: Drain
) -> None:
    connection_id = connect(api, played)
    row = press_everything(api, connection_id, drain)
    assert (row["state"], row["missing"]) == ("callable", [])
    assert row["account_name"] == "werkhof-berlin"
    calls = api.get(f"/connections/{connection_id}/calls?limit=200").json()["items"]
    assert {call["path"].partition("?")[0] for call in calls} >= {
        "/identity/v1/oauth2/token",
        "/sell/account/v1/privilege",
    }


def test_where_there_are_several_policies_one_is_chosen_by_its_setting(
    api: Caller, played: httpx2.Client, drain: Drain
) -> None:
    connection_id = connect(api, played)
    with tenant(api.tenant_id):  # nothing is chosen yet, and a second policy appears at eBay
        service.request_setup(connection_id, "program.policies")
    drain()
    _, connector = service.connector_for(connection_id, tenant_id=api.tenant_id)
    for name in ("Sofort", "Rechnung"):
        policy = PaymentPolicy(name=name, marketplaceId="EBAY_DE", immediatePay=True)
        connector._http.request("POST", "/sell/account/v1/payment_policy", json=policy.body())
    row = press_everything(api, connection_id, drain)
    (question,) = row["missing"]
    assert (question["code"], question["creatable"]) == ("policies.payment", False)
    assert [name for _, name in question["choices"]] == ["Sofort", "Rechnung"]
    chosen = question["choices"][1][0]
    api.post(f"/connections/{connection_id}/choose", json={"settings": {question["setting"]: chosen}})
    drain()
    row = api.get(f"/connections/{connection_id}").json()
    assert (row["state"], row["missing"]) == ("callable", [])
    assert row["settings"]["payment_policy_id"] == chosen


def test_a_consent_taken_back_at_ebay_asks_for_a_new_one_and_keeps_the_connection(
    api: Caller, played: httpx2.Client, drain: Drain
) -> None:
    connection_id = connect(api, played)
    played.request("DELETE", "/_sandbox/api/consents", json={}).raise_for_status()
    api.post(f"/connections/{connection_id}/check")
    drain()
    row = api.get(f"/connections/{connection_id}").json()
    assert (row["state"], row["problem"]["code"]) == ("refused", "channel.login_needed")
    assert connect(api, played, connection_id=str(connection_id)) == connection_id
    assert api.get(f"/connections/{connection_id}").json()["state"] != "refused"


def test_a_category_is_found_by_words(api: Caller, played: httpx2.Client, drain: Drain) -> None:
    connection_id = connect(api, played)
    press_everything(api, connection_id, drain)
    address = f"/connections/{connection_id}/categories"
    assert not api.get(address, params={"q": "Schürze"}).json()["asked"]
    assert api.post(address, json={"q": "Schürze"}).status_code == 202
    drain()
    found = api.get(address, params={"q": "Schürze"}).json()
    assert found["asked"]
    assert found["items"]
    best = found["items"][0]
    assert best["category_id"]
    assert best["path"][-1] == best["name"]
    assert api.get(address, params={"q": "s"}).status_code == 422


def test_nobody_searches_by_anothers_connection(
    api: Caller, other_api: Caller, played: httpx2.Client
) -> None:
    connection_id = connect(api, played)
    assert other_api.get(f"/connections/{connection_id}/categories", params={"q": "Hut"}).status_code == 404
