"""What eBay pushes is believed only when signed, kept once, answered at once, and read as often as anybody likes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import orjson
import pytest
from starlette.testclient import TestClient
from tests.inbound.conftest import Push, Sign
from tests.plugins.api import Caller
from tests.plugins.played import Played
from tests.publishing.test_to_ebay import publish, shirts

from kontor.channels.connections import service as connections
from kontor.core.clock import now
from kontor.core.config import settings
from kontor.core.tenancy import tenant
from kontor.goods import service as goods
from kontor.inbound import jobs, service
from kontor.inbound.models import Receipt, WebhookRoute
from kontor.jobs import schedules
from kontor.jobs.models import Job
from kontor.orders.models import Order

__all__ = ["shirts"]
Drain = Callable[..., int]
READING = [service.INTERPRET]


def said(topic: str = "ORDER_CONFIRMATION", event: str = "n-1", **data: Any) -> bytes:
    """A push as eBay words it."""
    return orjson.dumps(
        {"metadata": {"topic": topic}, "notification": {"notificationId": event, "data": data}}
    )


def receipts(api: Caller) -> list[dict[str, Any]]:
    return list(api.get("/receipts").json()["items"])


def test_a_push_brings_its_order_once_however_often_it_comes_and_is_read(
    api: Caller,
    tenant_a: UUID,
    account: UUID,
    shirts: list[UUID],
    played: Played,
    push: Push,
    drain: Drain,
) -> None:
    publish(tenant_a, shirts[:1], account, drain)
    number = played.buy((played.open_listings()[0]["skus"][0], 2))
    body = said(order={"orderId": number}, sellerId="hafen")
    assert [push(body).status_code for _ in range(3)] == [204] * 3
    (kept,) = receipts(api)
    assert (kept["source"], kept["topic"], kept["state"]) == ("webhook", "ORDER_CONFIRMATION", "waiting")
    assert (kept["resource_ids"], kept["body"]) == ([number], orjson.loads(body))

    drain(READING)
    for _ in range(2):
        assert api.post(f"/receipts/{kept['id']}/replay").status_code == 202
        drain(READING)
    assert {(row["source"], row["state"]) for row in receipts(api)} == {("webhook", "done"), ("poll", "done")}
    with tenant(tenant_a):
        assert Order.objects.get().external_id == number
        assert goods.get(shirts[0]).stock == 3


def test_a_push_whose_signature_does_not_fit_is_neither_kept_nor_read(
    push: Push, sign: Sign, tenant_a: UUID
) -> None:
    body = said(order={"orderId": "12-34"})
    forged = [{}, {"X-EBAY-SIGNATURE": "forged"}, sign(said(order={"orderId": "56-78"})), sign(body + b" ")]
    for headers in forged:
        answer = push(body, headers)
        assert (answer.status_code, answer.json()["code"]) == (412, "channel.not_authentic")
    with tenant(tenant_a):
        assert not Receipt.objects.exists()
        assert not Job.objects.filter(kind=service.INTERPRET).exists()
    assert push(body).status_code == 204


def test_what_can_not_be_read_says_why_and_may_be_read_again(api: Caller, push: Push, drain: Drain) -> None:
    assert push(said(order={"orderId": "00-00000-00000"})).status_code == 204
    for _ in range(2):
        drain(READING)
        (kept,) = receipts(api)
        assert (kept["state"], kept["problem"]["code"]) == ("failed", "channel.gone")
        api.post(f"/receipts/{kept['id']}/replay")
        assert [(row["state"], row["problem"]) for row in receipts(api)] == [("waiting", None)]


def test_a_genuine_push_in_a_form_we_do_not_know_is_kept_for_a_person(
    api: Caller, push: Push, drain: Drain
) -> None:
    for _ in range(2):
        assert push(b'{"metadata": {"topic": "NEW"}, "notification": "elsewhere"}').status_code == 204
    drain(READING)
    (kept,) = receipts(api)
    assert (kept["state"], kept["problem"]["code"]) == ("failed", "channel.unreadable")
    assert "elsewhere" in kept["body"]["text"]


def test_after_their_time_messages_are_emptied_and_still_known(
    tenant_a: UUID, account: UUID, api: Caller, push: Push, drain: Drain
) -> None:
    push(said("ITEM_AVAILABILITY", "n-old", itemId="110"))
    push(said("ITEM_AVAILABILITY", "n-new", itemId="111"))
    drain(READING)
    long_ago = now() - timedelta(days=settings().keep_receipts_days + 1)
    with tenant(tenant_a):
        Receipt.objects.filter(external_id="n-old").update(received_at=long_ago)
    schedules.remove(service.PRUNE)
    schedules.ensure_declared()
    drain([service.PRUNE], scheduled=True)
    push(said("ITEM_AVAILABILITY", "n-old", itemId="110"))
    kept = {row["external_id"]: row["body"] for row in receipts(api)}
    assert kept["n-old"] == {}
    assert kept["n-new"] != {}
    assert len(kept) == 2


def test_a_topic_that_means_nothing_to_us_is_kept_and_left(
    api: Caller, push: Push, drain: Drain, played: Played
) -> None:
    assert push(said("ITEM_AVAILABILITY", itemId="110")).status_code == 204
    before = len(played.requests())
    drain(READING)
    assert [row["state"] for row in receipts(api)] == ["done"]
    assert len(played.requests()) == before


def test_only_the_seller_who_took_consent_back_must_sign_in_again(
    tenant_a: UUID, account: UUID, push: Push, drain: Drain, played: Played
) -> None:
    def state_after(event: str) -> str:
        assert push(said("AUTHORIZATION_REVOCATION", event, username="somebody")).status_code == 204
        drain([*READING, connections.CHECK], ahead_seconds=5)
        with tenant(tenant_a):
            return str(connections.view(account).state)

    assert state_after("n-1") == "callable"  # eBay tells of every seller of the application
    played.call("DELETE", "/consents")
    assert state_after("n-2") == "refused"
    assert state_after("n-3") == "refused"


def test_who_closed_an_account_is_not_kept_on_a_receipt(api: Caller, push: Push, drain: Drain) -> None:
    push(said(jobs.ACCOUNT_CLOSED, username="rike_b", userId="u-1", eiasToken="t"))
    drain(READING)
    (kept,) = receipts(api)
    assert (kept["state"], kept["body"]) == ("done", {})
    api.post(f"/receipts/{kept['id']}/replay")
    drain(READING)
    assert [row["state"] for row in receipts(api)] == ["done"]


class TestAddress:
    def test_the_handshake_is_answered_over_the_address_that_was_registered(
        self, anonymous: TestClient, hook: str
    ) -> None:
        endpoint = WebhookRoute.objects.get().endpoint
        expected = hashlib.sha256(f"abc{settings().ebay_verification_token}{endpoint}".encode()).hexdigest()
        answer = anonymous.get(hook, params={"challenge_code": "abc"}, headers={"X-Forwarded-Host": "else"})
        assert answer.json() == {"challengeResponse": expected}

    def test_it_stays_the_same_however_often_it_is_asked_for(
        self, tenant_a: UUID, account: UUID, hook: str
    ) -> None:
        with tenant(tenant_a):
            assert service.open_route(tenant_a, account).endpoint.endswith(hook)

    @pytest.mark.parametrize("wrong", ["/api/v1/hooks/ebay/guessed", "other channel"])
    def test_one_that_nobody_gave_out_is_not_there(
        self, anonymous: TestClient, hook: str, sign: Sign, wrong: str
    ) -> None:
        path = hook.replace("/ebay/", "/etsy/") if wrong == "other channel" else wrong
        body = said(order={"orderId": "12-34"})
        assert anonymous.post(path, content=body, headers=sign(body)).status_code == 404
        assert anonymous.get(path, params={"challenge_code": "abc"}).status_code == 404
