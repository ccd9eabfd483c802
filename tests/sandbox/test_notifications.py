"""Destinations, subscriptions and signed events (T7's left side)."""

from __future__ import annotations

import base64
import json
import time

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from tests.sandbox.listener import BASE, WAIT_SECONDS, Listener, destination, subscribe
from tests.sandbox.shop import Shop, error_ids


def verified(shop: Shop, body: bytes, header: str) -> bool:
    envelope = json.loads(base64.b64decode(header))
    answer = shop.good("GET", f"{BASE}/public_key/{envelope['kid']}", token=shop.application_token())
    text = answer["key"].removeprefix("-----BEGIN PUBLIC KEY-----").removesuffix("-----END PUBLIC KEY-----")
    assert "\n" not in answer["key"]
    key = serialization.load_der_public_key(base64.b64decode(text))
    assert isinstance(key, ec.EllipticCurvePublicKey)
    try:
        key.verify(base64.b64decode(envelope["signature"]), body, ec.ECDSA(hashes.SHA1()))
    except InvalidSignature:
        return False
    return True


def settled(shop: Shop, attempts: int) -> None:
    """Waits until the sandbox has noted what came of so many attempts at its only event."""
    deadline = time.monotonic() + WAIT_SECONDS
    while shop.control("GET", "/deliveries")["deliveries"][0]["attempts"] < attempts:
        assert time.monotonic() < deadline, f"attempt {attempts} was never noted"
        time.sleep(0.02)


def buy(shop: Shop, sku: str = "REGAL1") -> str:
    return str(shop.control("POST", "/purchases", {"lines": [{"sku": sku}]})["order_id"])


def test_a_destination_needs_a_configuration_and_passes_the_challenge(shop: Shop, listener: Listener) -> None:
    assert error_ids(destination(shop, listener)) == [195003]
    shop.good("PUT", f"{BASE}/config", {"alertEmail": "a@b.example"}, token=shop.application_token())
    assert destination(shop, listener).status_code == 201
    assert error_ids(destination(shop, listener)) == [195021]


@pytest.mark.parametrize(
    ("changes", "error_id"),
    [
        ({"verificationToken": "short"}, 195019),
        ({"endpoint": "https://hub.example.org/events"}, 195017),
        ({"verificationToken": "u" * 40}, 195020),
    ],
)
def test_a_wrong_destination_is_refused(
    shop: Shop, listener: Listener, changes: dict[str, str], error_id: int
) -> None:
    shop.good("PUT", f"{BASE}/config", {"alertEmail": "a@b.example"}, token=shop.application_token())
    assert error_ids(destination(shop, listener, **changes)) == [error_id]


def test_an_order_is_told_with_a_signature_over_the_raw_bytes(ready_shop: Shop, listener: Listener) -> None:
    assert subscribe(ready_shop, listener).status_code == 201
    ready_shop.list_item("REGAL1")
    order_id = buy(ready_shop)
    event = listener.wait(1)[0]
    assert event["metadata"]["topic"] == "ORDER_CONFIRMATION"
    assert event["notification"]["data"]["orderId"] == order_id
    body, header = listener.events[0]
    assert verified(ready_shop, body, header)
    assert not verified(ready_shop, json.dumps(json.loads(body)).encode(), header)


def test_an_event_nobody_takes_comes_again(ready_shop: Shop, listener: Listener) -> None:
    subscribe(ready_shop, listener)
    listener.refuse = 1
    ready_shop.list_item("REGAL1")
    buy(ready_shop)
    first, second = listener.wait(2)
    assert first["notification"]["notificationId"] == second["notification"]["notificationId"]
    assert second["notification"]["publishAttemptCount"] == 2


def test_an_address_that_never_answers_is_marked_down(ready_shop: Shop, listener: Listener) -> None:
    subscribe(ready_shop, listener)
    listener.refuse = 8
    ready_shop.list_item("REGAL1")
    buy(ready_shop)
    for attempt in range(1, 9):
        listener.wait(attempt)
        settled(ready_shop, attempt)
        ready_shop.control("POST", "/clock", {"advance_seconds": 60})
    token = ready_shop.application_token()
    [found] = ready_shop.good("GET", f"{BASE}/destination", token=token)["destinations"]
    assert found["status"] == "MARKED_DOWN"
    assert len(listener.events) == 8


def test_events_can_come_twice(ready_shop: Shop, listener: Listener) -> None:
    subscribe(ready_shop, listener)
    ready_shop.control("POST", "/faults", {"name": "duplicate_event"})
    ready_shop.list_item("REGAL1")
    buy(ready_shop)
    first, second = listener.wait(2)
    assert first == second


def test_events_can_overtake(ready_shop: Shop, listener: Listener) -> None:
    subscribe(ready_shop, listener)
    ready_shop.control("POST", "/faults", {"name": "reordered_events"})
    ready_shop.list_item("REGAL1")
    orders = [buy(ready_shop), buy(ready_shop)]
    events = listener.wait(2)
    assert [event["notification"]["data"]["orderId"] for event in events] == orders[::-1]


def test_a_user_topic_needs_the_sellers_token(shop: Shop, listener: Listener) -> None:
    refused = subscribe(shop, listener, token=shop.application_token())
    assert (refused.status_code, error_ids(refused)) == (403, [195011])
    assert subscribe(shop, listener).status_code == 201
    assert error_ids(subscribe(shop, listener)) == [195012]


def test_taking_consent_back_is_told_to_the_application(shop: Shop, listener: Listener) -> None:
    token = shop.application_token()
    assert subscribe(shop, listener, "AUTHORIZATION_REVOCATION", token).status_code == 201
    shop.control("DELETE", "/consents", {"account": "werkhof-berlin"})
    assert listener.wait(1)[0]["notification"]["data"]["username"] == "werkhof-berlin"


def test_a_deleted_account_and_a_sold_out_item_are_told(ready_shop: Shop, listener: Listener) -> None:
    token = ready_shop.application_token()
    for topic in ("MARKETPLACE_ACCOUNT_DELETION", "ITEM_AVAILABILITY"):
        assert subscribe(ready_shop, listener, topic, token).status_code == 201
    ready_shop.control("POST", "/events", {"topic": "MARKETPLACE_ACCOUNT_DELETION"})
    assert listener.wait(1)[0]["notification"]["data"]["username"] == "werkhof-berlin"
    ready_shop.list_item("REGAL1", quantity=1)
    buy(ready_shop)
    assert listener.wait(2)[1]["notification"]["data"]["availability"] == "TEMPORARILY_UNAVAILABLE"


def test_an_endpoint_may_call_back_while_it_is_asked(shop: Shop, listener: Listener) -> None:
    """A hub that looks something up before it answers the challenge must not wait for itself."""
    shop.good("PUT", f"{BASE}/config", {"alertEmail": "a@b.example"}, token=shop.application_token())
    listener.on_challenge = lambda: shop.good("GET", "/sell/account/v1/privilege")
    begin = time.monotonic()
    assert destination(shop, listener).status_code == 201
    assert time.monotonic() - begin < 3
