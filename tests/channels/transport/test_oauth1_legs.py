"""The three legs with a server that checks each signature."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote
from uuid import UUID

import pytest
from authlib.oauth1.rfc5849 import signature  # type: ignore[import-untyped]

from kontor.channels.contract.errors import LoginNeeded
from kontor.channels.contract.manifest import Manifest
from kontor.channels.immoscout24 import CHANNEL
from kontor.channels.transport import hosts, oauth1
from kontor.channels.transport.client import line
from kontor.channels.transport.oauth import ApplicationRefused
from kontor.channels.transport.oauth1 import Token
from kontor.core.config import settings
from kontor.core.identifiers import uuid7

# The installation's settings for a played eBay lead to the tests' own server.
MANIFEST: Manifest = replace(CHANNEL.manifest, id="ebay")
SECRETS = {"": "", "request": "first"}


@dataclass
class Server:
    """What it was told, and whether it knows the application."""

    knows: bool = True
    told: list[dict[str, str]] = field(default_factory=list)

    def answer(self, address: str, header: str) -> tuple[int, bytes]:
        pairs = {name: unquote(value) for name, value in re.findall(r'(\w+)="([^"]*)"', header)}
        signed = pairs.pop("oauth_signature")
        base = signature.construct_base_string("POST", address, list(pairs.items()))
        secret = hosts.application(MANIFEST).client_secret
        token = pairs.get("oauth_token", "")
        good = signature.hmac_sha1_signature(base, secret, SECRETS[token]) == signed
        self.told.append(pairs)
        if not self.knows or not good or (token and pairs["oauth_verifier"] != "yes"):
            return 401, b""
        made = b"access&oauth_token_secret=second" if token else b"request&oauth_token_secret=first"
        return 200, b"oauth_token=" + made


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    made = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            status, body = made.answer(
                f"http://{self.headers['Host']}{self.path}", self.headers["Authorization"]
            )
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    monkeypatch.setenv("KONTOR_SANDBOX_URL", f"http://127.0.0.1:{running.server_port}")
    settings.cache_clear()
    yield made
    monkeypatch.undo()
    settings.cache_clear()
    running.shutdown()
    running.server_close()


def test_a_consent_becomes_a_token_that_signs(server: Server, tenant_a: UUID) -> None:
    called = line(MANIFEST, tenant_a, uuid7())
    asked = oauth1.request_token(MANIFEST, called, callback="https://kontor.example/back?a=b")
    assert asked == Token("request", "first")
    assert server.told[0]["oauth_callback"] == "https://kontor.example/back?a=b"
    assert oauth1.confirm_address(MANIFEST, asked).endswith("/confirm_access?oauth_token=request")
    assert oauth1.access_token(MANIFEST, called, confirmed=asked, verifier="yes") == Token("access", "second")


def test_a_refused_consent_asks_for_another_and_unknown_keys_for_nobody(
    server: Server, tenant_a: UUID
) -> None:
    called = line(MANIFEST, tenant_a, uuid7())
    with pytest.raises(LoginNeeded):
        oauth1.access_token(MANIFEST, called, confirmed=Token("request", "first"), verifier="no")
    server.knows = False
    with pytest.raises(ApplicationRefused):
        oauth1.request_token(MANIFEST, called, callback="https://kontor.example/back")
