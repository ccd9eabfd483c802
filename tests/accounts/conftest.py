"""The API clients of `tests.plugins.api`, and browsers."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.accounts.browser import BASE_URL, Browser
from tests.plugins.api import anonymous, api, enter, other_api

__all__ = ["anonymous", "api", "enter", "other_api"]


@pytest.fixture
def visit(db: None) -> Iterator[Callable[..., Browser]]:
    """A function that opens a browser; `device` is its User-Agent, `address` the IP address it comes from."""
    from kontor.asgi import application

    with ExitStack() as stack:

        def opened(device: str = "Firefox", address: str = "192.0.2.7") -> Browser:
            client = TestClient(application, base_url=BASE_URL, client=(address, 50000))
            return Browser(stack.enter_context(client), device)

        yield opened


@pytest.fixture
def martina(visit: Callable[..., Browser]) -> Browser:
    """The owner of a new business, in her browser."""
    return visit().register()


@pytest.fixture
def entries(db: None) -> Callable[[Any], list[Any]]:
    """A function that reads a tenant's audit log, oldest first."""

    def read(tenant_id: Any) -> list[Any]:
        from kontor.audit.models import Entry
        from kontor.core.tenancy import tenant

        with tenant(tenant_id):
            return list(Entry.objects.order_by("id"))

    return read
