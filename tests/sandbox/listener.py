"""An endpoint for notifications as a client would run it."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.sandbox.shop import Shop

BASE = "/commerce/notification/v1"
TOKEN = "t" * 40
WAIT_SECONDS = 90  # a deadline for what never comes, not an expectation: two busy cores are slow


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
