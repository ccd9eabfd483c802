"""A connection after it was made: what it lacks, what is proven, and what the merchant decides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from tests.channels.conftest import connect
from tests.channels.market import Market
from tests.plugins.api import Caller

from kontor.channels.connections import changes, service
from kontor.channels.connections.models import Connection, State
from kontor.channels.connections.pricing import PriceRule
from kontor.channels.contract.errors import LoginNeeded, SetupNeeded, Unavailable
from kontor.core.clock import now
from kontor.core.config import settings
from kontor.core.identifiers import uuid7
from kontor.core.tenancy import tenant
from kontor.jobs.models import Schedule
from kontor.live.models import Event

Drain = Callable[..., int]
ANY = {"If-Match": "*"}  # nobody else is there


def shown(api: Caller, connection_id: UUID) -> dict[str, object]:
    return dict(api.get(f"/connections/{connection_id}").json())


def test_what_is_missing_is_said_and_made_at_a_press(api: Caller, market: Market, drain: Drain) -> None:
    market.policies.clear()
    connection_id = connect(market, api.tenant_id)
    row = shown(api, connection_id)
    assert row["state"] == "authorised"
    assert row["missing"] == [
        {
            "code": "policy",
            "message": "A policy is missing",
            "setting": "policy_id",
            "creatable": True,
            "choices": [],
        }
    ]
    answer = api.post(f"/connections/{connection_id}/setup", json={"code": "policy"})
    assert answer.status_code == 202
    drain()
    assert api.get(f"/jobs/{answer.json()['job_id']}").json()["outcome"] == "succeeded"
    row = shown(api, connection_id)
    assert (row["state"], row["missing"], row["settings"]) == (
        "callable",
        [],
        {"policy_id": "made by Kontor"},
    )


def test_what_only_the_channel_can_mend_is_refused_with_words(
    api: Caller, market: Market, drain: Drain
) -> None:
    market.registered = False
    connection_id = connect(market, api.tenant_id)
    job_id = api.post(f"/connections/{connection_id}/setup", json={"code": "registration"}).json()["job_id"]
    drain()
    job = api.get(f"/jobs/{job_id}").json()
    assert (job["outcome"], job["problem"]["code"]) == ("failed", "channel.rejected")
    assert shown(api, connection_id)["state"] == "authorised"


def test_a_choice_between_several_is_the_merchants(api: Caller, market: Market, drain: Drain) -> None:
    market.policies = ["cheap", "fast"]
    connection_id = connect(market, api.tenant_id)
    (item,) = shown(api, connection_id)["missing"]  # type: ignore[misc]
    assert item["choices"] == [["cheap", "cheap"], ["fast", "fast"]]
    api.post(f"/connections/{connection_id}/choose", json={"settings": {item["setting"]: "fast"}})
    drain()
    row = shown(api, connection_id)
    assert (row["state"], row["settings"]) == ("callable", {"policy_id": "fast"})
    api.post(f"/connections/{connection_id}/choose", json={"settings": {"policy_id": "gone"}})
    drain()
    assert shown(api, connection_id)["state"] == "authorised"


def test_a_check_renews_the_proof_and_finds_what_was_lost(api: Caller, market: Market, drain: Drain) -> None:
    connection_id = connect(market, api.tenant_id)
    before = shown(api, connection_id)["checked_at"]
    market.registered = False
    api.post(f"/connections/{connection_id}/check")
    drain()
    row = shown(api, connection_id)
    assert row["state"] == "authorised"
    assert str(row["checked_at"]) > str(before)


def test_proof_is_renewed_by_itself_every_hour(market: Market, tenant_a: UUID, connected: UUID) -> None:
    schedule = Schedule.objects.get()
    assert (schedule.kind, schedule.every_seconds, schedule.tenant_id) == (service.CHECK, 3600, tenant_a)
    with tenant(tenant_a):
        service.disconnect(connected)
    assert not Schedule.objects.exists()


def test_a_consent_that_ends_soon_says_when(api: Caller, market: Market) -> None:
    market.refresh_lasts = 13 * 86_400
    row = shown(api, connect(market, api.tenant_id))
    assert row["state"] == "expiring"
    assert str(row["consent_until"]) > (now() + timedelta(days=12)).isoformat()


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (LoginNeeded("gone"), State.REFUSED),
        (Unavailable("away", maybe_applied=False), State.UNREACHABLE),
        (SetupNeeded("no policy", what="policies.return"), State.AUTHORISED),
        (None, State.CALLABLE),
    ],
)
def test_what_comes_of_work_changes_the_state(
    tenant_a: UUID, connected: UUID, error: LoginNeeded | None, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[tuple[UUID, State]] = []
    monkeypatch.setattr(changes, "changed", [lambda *change: heard.append(change)])
    service.note_outcome(connected, error, tenant_id=tenant_a)
    with tenant(tenant_a):
        assert service.view(connected).state == state
        assert service.callable_ids("ebay") == ([connected] if state in ("callable", "unreachable") else [])
    assert heard == ([] if error is None else [(connected, state)])


def test_an_outage_never_hides_that_a_log_in_is_needed(tenant_a: UUID, connected: UUID) -> None:
    service.note_outcome(connected, LoginNeeded("gone"), tenant_id=tenant_a)
    service.note_outcome(connected, Unavailable("away", maybe_applied=False), tenant_id=tenant_a)
    service.note_outcome(connected, None, tenant_id=tenant_a)
    with tenant(tenant_a):
        assert service.view(connected).state == State.REFUSED


def test_a_connection_that_is_refused_answers_what_to_do(api: Caller, market: Market) -> None:
    connection_id = connect(market, api.tenant_id)
    service.note_outcome(connection_id, LoginNeeded("gone"), tenant_id=api.tenant_id)
    for path, body in (("check", {}), ("setup", {"code": "policy"}), ("choose", {"settings": {}})):
        answer = api.post(f"/connections/{connection_id}/{path}", json=body)
        assert (answer.status_code, answer.json()["code"]) == (409, "connection.not_connected")
    assert connect(market, api.tenant_id) == connection_id
    assert shown(api, connection_id)["state"] == "callable"


def test_pausing_is_the_merchants_and_survives_checks(api: Caller, market: Market, drain: Drain) -> None:
    connection_id = connect(market, api.tenant_id)
    assert (
        api.patch(f"/connections/{connection_id}", json={"paused": True}, headers=ANY).json()["state"]
        == "paused"
    )
    api.post(f"/connections/{connection_id}/check")
    drain()
    assert shown(api, connection_id)["state"] == "paused"
    market.seen.clear()
    assert (
        api.patch(f"/connections/{connection_id}", json={"paused": False}, headers=ANY).json()["state"]
        == "callable"
    )
    drain()
    assert market.count("GET /account") == 1  # proven anew


def test_disconnecting_forgets_the_secret_and_keeps_the_rest(
    api: Caller, market: Market, drain: Drain, tenant_a: UUID
) -> None:
    connection_id = connect(market, tenant_a)
    api.post(f"/connections/{connection_id}/check")
    assert api.post(f"/connections/{connection_id}/disconnect").json()["state"] == "disconnected"
    market.seen.clear()
    drain()
    assert market.seen == []
    with tenant(tenant_a):
        assert Connection.objects.get().secret is None
    assert connect(market, tenant_a) == connection_id
    assert shown(api, connection_id)["state"] == "callable"


def test_a_price_rule_is_kept_changed_and_taken_away(api: Caller, market: Market, tenant_a: UUID) -> None:
    path = f"/connections/{connect(market, tenant_a)}"
    rule = {"from": {"USD": "0.92"}, "percent": "5", "round_to": "0.99"}
    assert api.patch(path, json={"price_rule": rule}, headers=ANY).json()["price_rule"] == rule
    assert api.patch(path, json={"label": "Laden"}, headers=ANY).json()["price_rule"] == rule
    with tenant(tenant_a):
        assert service.view(UUID(path.rpartition("/")[2])).price_rule == PriceRule.from_json(rule)
    assert api.patch(path, json={"price_rule": None}, headers=ANY).json()["price_rule"] is None
    for wrong in ({"from": {"XXY": "1"}}, {"from": {"USD": "0"}}, {"percent": "-100"}, {"round_to": "0.5"}):
        assert api.patch(path, json={"price_rule": wrong}, headers=ANY).status_code == 422, wrong


def test_screens_hear_of_each_change(api: Caller, market: Market, tenant_a: UUID) -> None:
    connection_id = connect(market, tenant_a)
    service.note_outcome(connection_id, LoginNeeded("gone"), tenant_id=tenant_a)
    with tenant(tenant_a):
        told = list(Event.objects.filter(kind="connection.changed", entity_id=connection_id).order_by("seq"))
    assert [event.payload["state"] for event in told] == ["callable", "refused"]


def test_another_tenant_sees_nothing(api: Caller, other_api: Caller, market: Market) -> None:
    connection_id = connect(market, api.tenant_id)
    assert other_api.get("/connections").json()["items"] == []
    assert other_api.get(f"/connections/{connection_id}").status_code == 404
    assert other_api.get(f"/connections/{connection_id}/calls").status_code == 404
    for path, body in (
        ("check", {}),
        ("setup", {"code": "x"}),
        ("choose", {"settings": {}}),
        ("disconnect", {}),
    ):
        assert other_api.post(f"/connections/{connection_id}/{path}", json=body).status_code == 404
    assert (
        other_api.patch(f"/connections/{connection_id}", json={"label": "mine"}, headers=ANY).status_code
        == 404
    )
    with pytest.raises(service.ConnectionNotFound):
        service.connector_for(connection_id, tenant_id=other_api.tenant_id)


def test_calls_are_found_by_what_they_were_made_for(api: Caller, market: Market) -> None:
    from kontor.channels.transport.about import about

    connection_id, publication = connect(market, api.tenant_id), uuid7()
    _, connector = service.connector_for(connection_id, tenant_id=api.tenant_id)
    with about(publications=[publication]):
        connector.http.request("POST", "/things", json={"sku": "WL-1"})
    (call,) = api.get(f"/calls?about={publication}").json()["items"]
    assert (call["method"], call["path"], call["status"]) == ("POST", "/things", 200)
    assert api.get(f"/calls?about={uuid7()}").json()["items"] == []


def test_what_is_made_names_the_job_and_is_proven(api: Caller, market: Market, drain: Drain) -> None:
    market.policies.clear()
    connection_id = connect(market, api.tenant_id)
    api.post(f"/connections/{connection_id}/setup", json={"code": "policy"})
    drain()
    (job,) = api.get("/jobs", params={"kind": "connections.setup"}).json()["items"]
    assert (job["label"], job["note"]) == ("policy", shown(api, connection_id)["label"])
    assert (job["done"], job["total"], job["tallies"]) == (1, 1, {"proven": 1})


def test_how_often_it_is_asked_is_what_the_settings_say(
    api: Caller, market: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection_id = connect(market, api.tenant_id)
    monkeypatch.setenv("KONTOR_POLL_SECONDS", "17")
    settings.cache_clear()
    assert shown(api, connection_id)["poll_seconds"] == 17
    assert api.get("/channels").json()[0]["poll_seconds"] == 17


def test_a_look_that_failed_can_be_asked_for_again(api: Caller, market: Market, drain: Drain) -> None:
    market.registered = False
    connection_id = connect(market, api.tenant_id)
    job_id = api.post(f"/connections/{connection_id}/setup", json={"code": "registration"}).json()["job_id"]
    assert api.post(f"/jobs/{job_id}/repeat").json()["code"] == "job.not_repeatable"  # it waits still
    drain()
    assert api.get(f"/jobs/{job_id}").json()["repeatable"]
    again = api.post(f"/jobs/{job_id}/repeat")
    assert again.status_code == 202
    assert (again.json()["label"], again.json()["status"]) == ("registration", "waiting")
    assert again.json()["id"] != job_id
