"""Destinations, subscriptions and signed events (T7's left side)."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from tests.sandbox.shop import Shop, error_ids

BASE = "/commerce/notification/v1"
TOKEN = "t" * 40
WAIT_SECONDS = 15


class Listener:
    """An endpoint as a client would run it; ``refuse`` answers so many events with 500 first."""

    def __init__(self) -> None:
        self.events: list[tuple[bytes, str]] = []
        self.refuse = 0
        self.on_challenge: Callable[[], Any] = lambda: None
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                listener.on_challenge()
                code = parse_qs(urlsplit(self.path).query)["challenge_code"][0]
                answer = hashlib.sha256(f"{code}{TOKEN}{listener.endpoint}".encode()).hexdigest()
                self._say(200, json.dumps({"challengeResponse": answer}).encode())

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                listener.events.append((body, self.headers["x-ebay-signature"]))
                listener.refuse -= 1
                self._say(500 if listener.refuse >= 0 else 204, b"")

            def _say(self, status: int, body: bytes) -> None:
                self.send_response(status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.endpoint = f"http://127.0.0.1:{self.server.server_address[1]}/ebay/events"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def wait(self, count: int) -> list[dict[str, Any]]:
        """The events so far, when there are so many; fails at the deadline."""
        deadline = time.monotonic() + WAIT_SECONDS
        while len(self.events) < count:
            assert time.monotonic() < deadline, f"{len(self.events)} of {count} events came"
            time.sleep(0.01)
        return [json.loads(body) for body, _ in self.events]


@pytest.fixture
def listener() -> Iterator[Listener]:
    running = Listener()
    yield running
    running.server.shutdown()


def destination(shop: Shop, listener: Listener, **changes: str) -> Any:
    token = shop.application_token()
    config = {"endpoint": listener.endpoint, "verificationToken": TOKEN} | changes
    return shop.call(
        "POST",
        f"{BASE}/destination",
        {"name": "hub", "status": "ENABLED", "deliveryConfig": config},
        token=token,
    )


def subscribe(
    shop: Shop, listener: Listener, topic: str = "ORDER_CONFIRMATION", token: str | None = None
) -> Any:
    application = shop.application_token()
    shop.good("PUT", f"{BASE}/config", {"alertEmail": "a@b.example"}, token=application)
    made = destination(shop, listener)
    if made.status_code == 201:
        destination_id = made.headers["location"].rsplit("/", 1)[1]
    else:
        found = shop.good("GET", f"{BASE}/destination", token=application)
        destination_id = found["destinations"][0]["destinationId"]
    body = {
        "topicId": topic,
        "status": "ENABLED",
        "destinationId": destination_id,
        "payload": {"format": "JSON", "schemaVersion": "1.0", "deliveryProtocol": "HTTPS"},
    }
    return shop.call("POST", f"{BASE}/subscription", body, token=token)


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
