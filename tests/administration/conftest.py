"""An operator of the installation, and the administration as a browser sees it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import pyotp
import pytest
from starlette.testclient import TestClient
from tests.api.world import World

from kontor.core.clock import now
from kontor.core.config import settings

BASE_URL = "http://127.0.0.1:8000"
PASSWORD = "Krabben am Deich 4711"
NEAR, FAR = "192.0.2.7", "198.51.100.4"
Open = Callable[..., "Window"]


@dataclass
class Window:
    """A browser in front of `/admin`."""

    client: TestClient
    said: list[Any] = field(default_factory=list)

    def get(self, path: str = "/admin/", **options: Any) -> Any:
        """A page, wherever it leads."""
        return self.client.get(path, **options)

    def post(self, path: str, form: dict[str, Any], **options: Any) -> Any:
        """A form of that page, with its token."""
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.client.get(path).text)
        given = {**form, **({"csrfmiddlewaretoken": token[1]} if token else {})}
        return self.client.post(path, data=given, **options)

    def log_in(self, code: str, email: str = "op@example.com", password: str = PASSWORD) -> Any:
        """The form at the door."""
        return self.post("/admin/login/", {"username": email, "password": password, "code": code})

    def enter(self, tenant_id: UUID) -> Any:
        """One of the businesses."""
        return self.post("/admin/tenants/", {"tenant": str(tenant_id)})


@pytest.fixture
def administration(monkeypatch: pytest.MonkeyPatch) -> None:
    """Switched on, for one network."""
    monkeypatch.setattr(settings(), "admin", True)
    monkeypatch.setattr(settings(), "admin_allowed_ips", ["192.0.2.0/24"])


@pytest.fixture
def window(db: None) -> Iterator[Open]:
    """A function that opens a browser at an address."""
    from kontor.asgi import application

    with ExitStack() as stack:

        def opened(address: str = NEAR, language: str = "en") -> Window:
            client = TestClient(application, base_url=BASE_URL, client=(address, 50000))
            client.headers["Accept-Language"] = language
            return Window(stack.enter_context(client))

        yield opened


@pytest.fixture
def app(db: None) -> pyotp.TOTP:
    """The operator's authenticator app; the operator belongs to no business."""
    from kontor.accounts.factors import totp
    from kontor.accounts.models import Person

    person = Person.objects.create_user("op@example.com", PASSWORD, first_name="Ole", is_staff=True)
    secret = totp.begin(person).secret
    made = pyotp.TOTP(secret)
    totp.confirm(person, made.at(now() - timedelta(seconds=30)))
    return made


@pytest.fixture
def inside(administration: None, window: Open, app: pyotp.TOTP) -> Window:
    """Logged in."""
    made = window()
    assert made.log_in(app.at(now())).url.path == "/admin/tenants/"
    return made


@pytest.fixture
def alpha(tenant_a: UUID) -> World:
    """One of everything in `tenant_a`."""
    return World(tenant_a, mark="Geheimnis von Alpha")


@pytest.fixture
def beta(tenant_b: UUID) -> World:
    """And in `tenant_b`."""
    return World(tenant_b, mark="Geheimnis von Beta")


@pytest.fixture
def entries(db: None) -> Callable[[UUID], list[Any]]:
    """A function that reads a tenant's audit log, oldest first."""

    def read(tenant_id: UUID) -> list[Any]:
        from kontor.audit.models import Entry
        from kontor.core.tenancy import tenant

        with tenant(tenant_id):
            return list(Entry.objects.order_by("at", "id"))

    return read
