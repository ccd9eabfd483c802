"""Connecting an account: from the button to "callable", by the API and a browser's cookies."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from httpx2 import Response
from tests.channels import market as markets
from tests.channels.market import Market, address_of, query_of
from tests.plugins.api import Caller

from kontor.channels.connections.models import Connection, OAuthState
from kontor.channels.registry import CHANNELS
from kontor.core.clock import now
from kontor.core.tenancy import tenant

WANTED = {"channel": "ebay", "marketplace": "MARKET_DE"}


def begin(api: Caller, **wanted: object) -> str:
    answer = api.post("/connections/authorize", json=WANTED | wanted)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["authorize_url"])


def come_back(browser: Caller, params: dict[str, str], path: str = "/connections/callback") -> dict[str, str]:
    """What the web UI finds in its address after the way back."""
    answer: Response = browser.get(address_of(path, params), follow_redirects=False)
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"].startswith("/channels?")
    assert answer.headers["cache-control"] == "no-store"
    return query_of(answer.headers["location"])


def connect(api: Caller, market: Market, **wanted: object) -> str:
    return come_back(api, market.consent(begin(api, **wanted)))["connected"]


def test_a_consent_makes_a_connection_that_was_proven(api: Caller, market: Market) -> None:
    address = begin(api)
    asked = query_of(address)
    assert address.startswith(f"{market.url}/_hosts/api.market.test/authorize?")
    assert asked["redirect_uri"] == "Kontor-KontorHub-SBX-demo"  # a name, not an address
    assert (asked["response_type"], asked["scope"], asked["locale"]) == ("code", "sell read", "de-DE")

    connection = api.get(f"/connections/{come_back(api, market.consent(address))['connected']}").json()
    assert (connection["state"], connection["account_name"], connection["label"]) == (
        "callable",
        "hafenleinen",
        "Market DE",
    )
    assert connection["settings"] == {"policy_id": "standard"}
    assert connection["marketplace"]["currency"] == "EUR"
    assert connection["missing"] == []
    assert connection["checked_at"]
    assert market.count("GET /account") == 1


def test_secrets_leave_neither_the_api_nor_the_database_in_clear(
    api: Caller, market: Market, tenant_a: UUID
) -> None:
    connection_id = connect(api, market)
    secrets = market.access | market.refresh
    assert not any(secret in api.get("/connections").text for secret in secrets)
    assert not any(secret in api.get(f"/connections/{connection_id}/calls").text for secret in secrets)
    with tenant(tenant_a):
        sealed = bytes(Connection.objects.get().secret or b"")
    assert sealed
    assert not any(secret.encode() in sealed for secret in secrets)


def test_the_way_back_works_once(api: Caller, market: Market) -> None:
    back = market.consent(begin(api))
    assert "connected" in come_back(api, back)
    assert come_back(api, back) == {"problem": "connection.state_unknown"}


def test_the_consent_of_another_browser_connects_nothing(
    api: Caller, other_api: Caller, market: Market, tenant_a: UUID
) -> None:
    back = market.consent(begin(api))
    assert come_back(other_api, back) == {"problem": "connection.state_unknown"}
    begin(other_api)  # a cookie of its own does not help
    assert come_back(other_api, back) == {"problem": "connection.state_unknown"}
    with tenant(tenant_a):
        assert not Connection.objects.exists()
    assert "connected" in come_back(api, back)  # and the right one may still come back


def test_a_consent_that_took_too_long_begins_again(api: Caller, market: Market) -> None:
    back = market.consent(begin(api))
    OAuthState.objects.update(expires_at=now() - timedelta(seconds=1))
    assert come_back(api, back) == {"problem": "connection.state_unknown"}
    connect(api, market)


def test_the_state_is_kept_as_a_hash_and_the_cookie_away_from_scripts(api: Caller, market: Market) -> None:
    answer = api.post("/connections/authorize", json=WANTED)
    state = query_of(answer.json()["authorize_url"])["state"]
    assert state not in repr(OAuthState.objects.values().get())
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "max-age=600" in cookie


def test_declining_connects_nothing_and_says_so(api: Caller, market: Market) -> None:
    back = market.consent(begin(api), agrees=False)
    assert come_back(api, back) == {"problem": "connection.declined", "channel": "ebay"}
    assert come_back(api, {"error": "access_denied"}) == {"problem": "connection.declined"}
    assert api.get("/connections").json()["items"] == []
    connect(api, market)


def test_a_code_that_is_refused_connects_nothing(api: Caller, market: Market) -> None:
    back = market.consent(begin(api))
    assert come_back(api, back | {"code": "another"})["problem"] == "channel.login_needed"
    assert api.get("/connections").json()["items"] == []


def test_an_outage_during_the_way_back_is_told(api: Caller, market: Market) -> None:
    market.faults["GET /account"] = [(503, {})] * 3
    assert come_back(api, market.consent(begin(api)))["problem"] == "channel.unavailable"
    connect(api, market)


def test_pkce_where_the_channel_wants_it(
    api: Caller, market: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(CHANNELS, "ebay", markets.channel_of(pkce=True))
    address = begin(api)
    assert query_of(address)["code_challenge_method"] == "S256"
    assert "connected" in come_back(api, market.consent(address))


def test_connecting_again_keeps_everything(api: Caller, market: Market) -> None:
    connection_id = connect(api, market)
    wish = {"label": "Laden", "price_rule": {"from": {"USD": "0.92"}}}
    assert api.patch(f"/connections/{connection_id}", json=wish, headers={"If-Match": "*"}).status_code == 200
    for wanted in ({"connection_id": connection_id}, {}):  # by the button, or by connecting as if anew
        assert connect(api, market, **wanted) == connection_id
    (row,) = api.get("/connections").json()["items"]
    assert (row["label"], row["price_rule"]["from"], row["state"]) == ("Laden", {"USD": "0.92"}, "callable")
    calls = api.get(f"/connections/{connection_id}/calls").json()["items"]
    assert sum(call["path"] == "/account" for call in calls) == 3


def test_connecting_again_with_another_account_is_refused_and_changes_nothing(
    api: Caller, market: Market, tenant_a: UUID
) -> None:
    connection_id = connect(api, market)
    before = api.get(f"/connections/{connection_id}").json()
    with tenant(tenant_a):
        sealed = bytes(Connection.objects.get().secret or b"")
    market.account_name = "fremd"
    back = come_back(api, market.consent(begin(api, connection_id=connection_id), account_id="seller-2"))
    assert back == {
        "problem": "connection.other_account",
        "channel": "ebay",
        "connected": "hafenleinen",
        "signed_in": "fremd",
    }
    assert api.get(f"/connections/{connection_id}").json() == before
    with tenant(tenant_a):
        assert bytes(Connection.objects.get().secret or b"") == sealed


def test_several_accounts_and_marketplaces_stand_beside_each_other(api: Caller, market: Market) -> None:
    first = connect(api, market)
    second = connect(api, market, marketplace="MARKET_US")
    market.account_id = "seller-2"
    third = connect(api, market)
    items = api.get("/connections").json()["items"]
    assert [row["id"] for row in items] == [first, second, third]
    assert [row["marketplace"]["currency"] for row in items] == ["EUR", "USD", "EUR"]


def test_what_was_asked_wrongly_is_refused(api: Caller, market: Market) -> None:
    for wanted, status, code in [
        ({"channel": "nope"}, 404, "not_found"),
        ({"marketplace": "MARKET_FR"}, 404, "not_found"),
        ({"connection_id": "01890000-0000-7000-8000-000000000000"}, 404, "connection.not_found"),
        ({"return_to": "https://evil.example/"}, 422, "invalid"),
        ({"return_to": "//evil.example/"}, 422, "invalid"),
        ({"return_to": "/\\evil.example"}, 422, "invalid"),
    ]:
        answer = api.post("/connections/authorize", json=WANTED | wanted)
        assert (answer.status_code, answer.json()["code"]) == (status, code), wanted
    connection_id = connect(api, market)
    answer = api.post(
        "/connections/authorize", json=WANTED | {"connection_id": connection_id, "marketplace": "MARKET_US"}
    )
    assert answer.status_code == 422


def test_only_administrators_connect(enter: object, tenant_a: UUID, market: Market) -> None:
    member: Caller = enter(tenant_a, "member")  # type: ignore[operator]
    assert member.post("/connections/authorize", json=WANTED).status_code == 403
    assert member.get("/connections").status_code == 200


def test_without_keys_of_the_installation_nothing_begins(
    api: Caller, market: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kontor.core.config import settings

    monkeypatch.setenv("EBAY_ENVIRONMENT", "production")
    settings.cache_clear()
    answer = api.post("/connections/authorize", json=WANTED)
    assert (answer.status_code, answer.json()["code"]) == (409, "connection.not_configured")
    (channel,) = api.get("/channels").json()
    assert (channel["is_configured"], channel["environment"]) == (False, "production")


def test_the_merchants_words_lead_the_same_way(api: Caller, market: Market) -> None:
    assert api.get("/ebay/status").json() == {"connected": False, "connections": []}
    address = api.post("/ebay/oauth/connect", json={"marketplace": "MARKET_DE"}).json()["authorize_url"]
    connection_id = come_back(api, market.consent(address), "/ebay/oauth/callback")["connected"]
    status = api.get("/ebay/status").json()
    assert (status["connected"], status["connections"][0]["id"]) == (True, connection_id)
    assert api.post("/ebay/disconnect", json={}).json()["connected"] is False
    answer = api.post("/ebay/disconnect", json={})
    assert (answer.status_code, answer.json()["code"]) == (404, "connection.not_found")
