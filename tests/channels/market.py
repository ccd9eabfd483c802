"""A small channel of the tests' own: a server that speaks OAuth and a few calls, and a connector for it.

It stands in the registry under eBay's id, so that the installation's settings for a played eBay lead to it.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import socket
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from kontor.channels.contract.capabilities import ChecksAccount
from kontor.channels.contract.channel import Channel
from kontor.channels.contract.errors import ChannelError, LoginNeeded, Rejected, Throttled, Unavailable
from kontor.channels.contract.manifest import Budget, Manifest, Marketplace, OAuth2, Poll, Trade
from kontor.channels.contract.transport import Answer, Transport
from kontor.channels.contract.values import AccountReport, SetupItem
from kontor.core.clock import now

API = "/_hosts/api.market.test"
DROP = "drop"  # the answer is lost after the work was done


@dataclass(frozen=True)
class Seen:
    """One request as it arrived."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes


@dataclass
class Market:
    """The server's truth, and what it is told to do wrong: `faults["GET /account"]` is used up one by one."""

    url: str
    account_id: str = "seller-1"
    account_name: str = "hafenleinen"
    registered: bool = True
    policies: list[str] = field(default_factory=lambda: ["standard"])
    expires_in: int = 7200
    refresh_lasts: int = 47_304_000
    refresh_pause: float = 0.0
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    access: set[str] = field(default_factory=set)
    refresh: set[str] = field(default_factory=set)
    grants: list[str] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    faults: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    lock: threading.Lock = field(default_factory=threading.Lock)

    def consent(self, authorize_url: str, *, agrees: bool = True, account_id: str = "") -> dict[str, str]:
        """What the browser brings back from the consent page."""
        asked = {name: values[-1] for name, values in parse_qs(urlsplit(authorize_url).query).items()}
        self.account_id = account_id or self.account_id
        if not agrees:
            return {"state": asked["state"], "error": "access_denied"}
        code = f"v^1.1#i^1#{secrets.token_hex(8)}%2B=="
        self.codes[code] = asked
        return {"state": asked["state"], "code": code}

    def count(self, call: str) -> int:
        """How often a call arrived: `GET /account`."""
        return sum(f"{one.method} {one.path}" == call for one in self.seen)

    def expire_access(self) -> None:
        """Every access token given so far is too old."""
        self.access.clear()

    def revoke(self) -> None:
        """The seller took the consent back."""
        self.access.clear()
        self.refresh.clear()


class Handler(BaseHTTPRequestHandler):
    """Routes to the market; one instance per connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # an answer leaves in one piece
    market: Market

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def _serve(self) -> None:
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = parts.path.removeprefix(API)
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        seen = Seen(self.command, path, query, {k.lower(): v for k, v in self.headers.items()}, body)
        with self.market.lock:
            self.market.seen.append(seen)
            faults = self.market.faults.get(f"{self.command} {path}")
            fault = faults.pop(0) if faults else None
        if isinstance(fault, tuple):
            return self._answer(*fault)
        status, answer = self._work(seen)
        if fault == DROP:
            self.connection.shutdown(socket.SHUT_RDWR)
            return None
        return self._answer(status, answer)

    def _work(self, seen: Seen) -> tuple[int, Any]:
        if seen.path == "/token":
            return self._token(seen)
        if seen.path == "/_sandbox/api/apps":
            return 200, {}
        if seen.headers.get("authorization", "").removeprefix("Bearer ") not in self.market.access:
            return 401, {"error": "invalid_token"}
        if seen.path == "/account":
            missing = [] if self.market.registered else ["registration"]
            return 200, {
                "id": self.market.account_id,
                "name": self.market.account_name,
                "policies": self.market.policies,
                "missing": missing,
            }
        if seen.path == "/policies":
            self.market.policies.append(json.loads(seen.body)["name"])
        return 200, {"path": seen.path, "email": "buyer@example.com", "access_token": "v^1.1#secret"}

    def _token(self, seen: Seen) -> tuple[int, Any]:
        form = {name: values[-1] for name, values in parse_qs(seen.body.decode()).items()}
        client = base64.b64decode(seen.headers["authorization"].removeprefix("Basic ")).decode()
        if client != "Kontor-Sandbox-SBX:SBX-kontor-sandbox-secret":
            return 401, {"error": "invalid_client"}
        grant = form["grant_type"]
        threading.Event().wait(self.market.refresh_pause)
        with self.market.lock:
            self.market.grants.append(grant)
            if grant == "authorization_code":
                asked = self.market.codes.pop(form["code"], None)
                if asked is None or form["redirect_uri"] != asked["redirect_uri"] or not _proven(asked, form):
                    return 400, {"error": "invalid_grant"}
            if grant == "refresh_token" and form["refresh_token"] not in self.market.refresh:
                return 400, {"error": "invalid_grant"}
            return 200, self._fresh(grant)

    def _fresh(self, grant: str) -> dict[str, Any]:
        token = f"v^1.1#{grant[:3]}#{secrets.token_hex(8)}"
        self.market.access.add(token)
        answer: dict[str, Any] = {
            "access_token": token,
            "expires_in": self.market.expires_in,
            "token_type": "Bearer",
        }
        if grant == "authorization_code":
            kept = f"v^1.1#kept#{secrets.token_hex(8)}"
            self.market.refresh.add(kept)
            answer |= {"refresh_token": kept, "refresh_token_expires_in": self.market.refresh_lasts}
        return answer

    def _answer(self, status: int, answer: Any, headers: dict[str, str] | None = None) -> None:
        body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.send_response(status)
        for name, value in {
            "Content-Type": "application/json",
            "X-Request-Id": "req-1",
            **(headers or {}),
        }.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Silent."""


def _proven(asked: dict[str, str], form: dict[str, str]) -> bool:
    if "code_challenge" not in asked:
        return True
    digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == asked["code_challenge"]


@contextmanager
def open_market() -> Iterator[Market]:
    """A running market on a free port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    market = Market(f"http://127.0.0.1:{server.server_port}")
    server.RequestHandlerClass = type("OwnHandler", (Handler,), {"market": market})  # type: ignore[assignment]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield market
    server.shutdown()
    server.server_close()


class MarketConnector(ChecksAccount):
    """What the tests ask of the market, through the transport alone."""

    def __init__(self, http: Transport) -> None:
        self.http = http

    def check_account(self) -> AccountReport:
        answer = self.http.request("GET", "/account", resource="account").json()
        chosen = self.http.settings.get("policy_id", "")
        missing = [SetupItem(code, "Register on the market", creatable=False) for code in answer["missing"]]
        if len(answer["policies"]) == 1:
            chosen = answer["policies"][0]
        elif chosen not in answer["policies"]:
            choices = tuple((name, name) for name in answer["policies"])
            lacking = SetupItem(
                "policy", "A policy is missing", creatable=not choices, choices=choices, setting="policy_id"
            )
            missing.append(lacking)
        settings = {"policy_id": chosen} if chosen in answer["policies"] else {}
        return AccountReport(answer["id"], answer["name"], tuple(missing), settings, {"limit": 100})

    def create_setup(self, code: str) -> None:
        if code != "policy":
            raise Rejected("This can only be done on the market")
        self.http.request("POST", "/policies", resource="account", json={"name": "made by Kontor"})


def error_from_answer(answer: Answer, call: str) -> ChannelError:
    """The market's words."""
    is_write = not call.startswith("GET ")
    wait = answer.headers.get("retry-after")
    if answer.status == 401:
        return LoginNeeded("The market wants a sign-in")
    if answer.status == 429:
        until = now() + timedelta(seconds=float(wait)) if wait else now()
        return Throttled("too fast", until=until, resource="")
    if answer.status >= 500:
        return Unavailable("the market is down", maybe_applied=is_write)
    return Rejected("no")


MANIFEST = Manifest(
    id="ebay",
    name="Market",
    trades=(Trade.GOODS,),
    auth=OAuth2(
        authorize_host="api",
        authorize_path="/authorize",
        token_host="api",
        token_path="/token",
        scopes=("sell", "read"),
        application_scopes=("base",),
        redirect_is_name=True,
        keeps_refresh_token=True,
    ),
    hosts={"api": dict.fromkeys(("production", "sandbox", "played"), "https://api.market.test")},
    marketplaces=(
        Marketplace("MARKET_DE", "de-DE", "EUR", "DE"),
        Marketplace("MARKET_US", "en-US", "USD", "US"),
    ),
    budgets=(),
    freshness=Poll(seconds=300),
)


def channel_of(
    *budgets: Budget,
    pkce: bool = False,
    reopens_at: Callable[[Transport, str], datetime | None] | None = None,
) -> Channel:
    """The market as the registry holds it."""
    manifest = replace(MANIFEST, budgets=budgets, auth=replace(MANIFEST.auth, pkce=pkce))
    return Channel(
        manifest, MarketConnector, error_from_answer, lambda sku, taken: sku, reopens_at=reopens_at
    )


def query_of(address: str) -> dict[str, str]:
    """The parameters of an address, decoded once."""
    return {name: values[-1] for name, values in parse_qs(urlsplit(address).query).items()}


def address_of(path: str, params: dict[str, str]) -> str:
    """A path with a query."""
    return f"{path}?{urlencode(params)}"
