"""A played eBay for tests of the whole way: the sandbox in a thread, reached over HTTP like the real one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import httpx2
import pytest

if TYPE_CHECKING:
    from kontor_sandbox.server import RunningSandbox


@dataclass
class Played:
    """The sandbox's control API, in the words of a test."""

    url: str

    def call(self, method: str, path: str, **body: Any) -> Any:
        """One call of the control API."""
        answer = httpx2.request(method, f"{self.url}/_sandbox/api{path}", json=body or None, timeout=30)
        answer.raise_for_status()
        return answer.json()

    def sellers(self) -> dict[str, Any]:
        """Everything eBay knows, by seller."""
        return dict(self.call("GET", "/truth")["ebay"]["sellers"])

    def seen(self, kind: str) -> list[dict[str, Any]]:
        """`listings`, `offers`, `items` or `orders` of all sellers."""
        return [row for seller in self.sellers().values() for row in seller[kind]]

    def open_listings(self) -> list[dict[str, Any]]:
        """What buyers can see."""
        return [row for row in self.seen("listings") if row["status"] in ("ACTIVE", "OUT_OF_STOCK")]

    def buy(self, *lines: tuple[str, int], paid: bool = True, buyer: str = "") -> str:
        """Buys (SKU, quantity) pairs; answers the order's id."""
        wanted = [{"sku": sku, "quantity": quantity} for sku, quantity in lines]
        return str(self.call("POST", "/purchases", lines=wanted, paid=paid, buyer=buyer)["order_id"])

    def fault(self, name: str, operation: str = "* *", times: int = 1, after: int = 0) -> None:
        """Switches a fault on."""
        self.call("POST", "/faults", name=name, operation=operation, times=times, after=after)

    def requests(self, method: str = "", path: str = "") -> list[dict[str, Any]]:
        """What was called, oldest first."""
        answer = httpx2.get(
            f"{self.url}/_sandbox/api/requests",
            params={"method": method, "path": path, "limit": 1000},
            timeout=30,
        )
        return list(answer.json()["requests"])


@pytest.fixture(scope="session")
def running_sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSandbox]:
    """One sandbox per worker; each test resets it."""
    import kontor_sandbox.server

    folder: Path = tmp_path_factory.mktemp("sandbox")
    sandbox = kontor_sandbox.server.start(folder)
    yield sandbox
    sandbox.stop()


@pytest.fixture
def played(running_sandbox: RunningSandbox, db: None) -> Iterator[Played]:
    """A fresh eBay, and our settings pointing at it."""
    from kontor.core.config import settings

    names = {"KONTOR_SANDBOX_URL": running_sandbox.url, "KONTOR_FETCH_GATEWAY": f"{running_sandbox.url}/_web"}
    before = {name: os.environ.get(name) for name in names}
    os.environ |= names
    settings.cache_clear()
    played = Played(running_sandbox.url)
    played.call("POST", "/reset")
    yield played
    for name, value in before.items():
        os.environ.pop(name) if value is None else os.environ.__setitem__(name, value)
    settings.cache_clear()


Connect = Callable[..., UUID]


@pytest.fixture
def connect(played: Played, drain: Callable[..., int]) -> Connect:
    """A function that connects a tenant to the played eBay as a person would, and mends what the account lacks."""

    def connected(tenant_id: UUID, marketplace: str = "EBAY_DE") -> UUID:
        from urllib.parse import parse_qs, unquote, urlsplit

        from kontor.channels.connections import consent, service
        from kontor.core.actor import Actor
        from kontor.core.tenancy import tenant

        actor = Actor(tenant_id, None, "Test", frozenset({"read", "write", "admin"}))
        begun = consent.begin(actor, "ebay", marketplace)
        back = played.call("POST", "/consents", authorize_url=begun.authorize_url)["redirect_url"]
        query = parse_qs(urlsplit(back).query)
        path = consent.finish(state=query["state"][0], code=query["code"][0], error="", browser=begun.browser)
        assert "connected=" in path, unquote(path)
        connection_id = UUID(parse_qs(urlsplit(path).query)["connected"][0])
        for _ in range(8):
            with tenant(tenant_id):
                view = service.view(connection_id)
                for item in view.missing:
                    service.request_setup(connection_id, item["code"])
            if view.is_usable:
                return connection_id
            drain(["connections.setup", "connections.check"], ahead_seconds=60)
        raise AssertionError(f"still missing: {view.missing}")

    return connected
