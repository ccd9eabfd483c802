"""A played eBay, and pushes signed with its key."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from httpx2 import Response
from starlette.testclient import TestClient
from tests.plugins.api import anonymous, api, enter
from tests.plugins.played import Connect, connect, played, running_sandbox

if TYPE_CHECKING:
    from kontor_sandbox.server import RunningSandbox

__all__ = ["anonymous", "api", "connect", "enter", "played", "running_sandbox"]
Sign = Callable[[bytes], dict[str, str]]
Push = Callable[..., Response]


@pytest.fixture
def account(tenant_a: UUID, connect: Connect) -> UUID:
    """A connected account."""
    return connect(tenant_a)


@pytest.fixture
def hook(tenant_a: UUID, account: UUID) -> str:
    """The path at which eBay calls about `account`."""
    from kontor.core.tenancy import tenant
    from kontor.inbound import service

    with tenant(tenant_a):
        return urlsplit(service.open_route(tenant_a, account).endpoint).path


@pytest.fixture
def sign(running_sandbox: RunningSandbox) -> Sign:
    """A function that makes the headers with which eBay would send these bytes."""
    from kontor_sandbox.ebay.delivery import signature_header

    def signed(body: bytes) -> dict[str, str]:
        with running_sandbox.world.store.transaction() as db:
            return {"Content-Type": "application/json", "X-EBAY-SIGNATURE": signature_header(db, body)}

    return signed


@pytest.fixture
def push(anonymous: TestClient, hook: str, sign: Sign) -> Push:
    """A function that sends these bytes to `hook`, rightly signed unless `headers` say otherwise."""

    def sent(body: bytes, headers: dict[str, str] | None = None) -> Response:
        return anonymous.post(hook, content=body, headers=sign(body) if headers is None else headers)

    return sent
