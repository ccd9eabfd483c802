"""Clients that speak to the real ASGI application, in this process, over HTTP.

`serve(routes)` serves a few routes that a test declares. `api` is an owner of `tenant_a`, `other_api` one of `tenant_b`, `anonymous` nobody; `enter(tenant_id, role)` makes more.
A fault of ours raises in the test with its traceback, instead of answering 500.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
from httpx2 import Response
from starlette.testclient import TestClient

if TYPE_CHECKING:  # a plugin is read before Django is set up
    from kontor.core.http.routing import Routes

BASE_URL = "http://127.0.0.1:8000"
Enter = Callable[..., "Caller"]
Serve = Callable[["Routes"], TestClient]
Token = Callable[..., dict[str, str]]


class Caller(TestClient):
    """A logged-in person's client. Paths may leave `/api/v1` out: `api.get("/listings")`."""

    tenant_id: UUID
    person_id: UUID
    session_id: UUID

    def request(self, method: str, url: Any, **options: Any) -> Response:  # type: ignore[override]
        """httpx's own, with the short paths."""
        path = str(url)
        is_short = path.startswith("/") and not path.startswith(("/api/", "/docs", "/healthz", "/readyz"))
        return super().request(method, f"/api/v1{path}" if is_short else url, **options)


@pytest.fixture
def anonymous(db: None) -> Iterator[TestClient]:
    """A client without any credential."""
    from kontor.asgi import application

    with TestClient(application, base_url=BASE_URL) as client:
        yield client


@pytest.fixture
def enter(db: None) -> Iterator[Enter]:
    """A function `enter(tenant_id, role="owner")` that makes a person of that role and their client.

    Further options are TestClient's.
    """
    with ExitStack() as stack:
        yield lambda tenant_id, role="owner", **options: _entered(stack, tenant_id, role, **options)


@pytest.fixture
def api(tenant_a: UUID, enter: Enter) -> Caller:
    """The owner of `tenant_a`."""
    return enter(tenant_a)


@pytest.fixture
def other_api(tenant_b: UUID, enter: Enter) -> Caller:
    """The owner of `tenant_b`, who must never see what is the first one's."""
    return enter(tenant_b)


def _entered(stack: ExitStack, tenant_id: UUID, role: str, **options: Any) -> Caller:
    from kontor.accounts import sessions, tokens
    from kontor.accounts.models import Membership, Person
    from kontor.asgi import application

    # No password: Argon2 would take longer than the test. `tests/accounts` logs in for real.
    person = Person.objects.create(
        email=f"{role}-{uuid4().hex[:8]}@example.com", first_name="Test", last_name=role, password="!"
    )
    membership = Membership.objects.create(person=person, tenant_id=tenant_id, role=role)
    session = sessions.begin(membership).session
    caller = stack.enter_context(Caller(application, base_url=BASE_URL, **options))
    caller.headers["Authorization"] = f"Bearer {tokens.issue(session).text}"
    caller.tenant_id, caller.person_id, caller.session_id = tenant_id, person.id, session.id
    return caller


@pytest.fixture
def serve() -> Iterator[Serve]:
    """A function that serves routes behind our door; faults of ours answer 500 as they would for a person."""
    from kontor.core.http import problems
    from kontor.core.http.hardening import Door

    with ExitStack() as stack:

        def served(routes: Routes) -> TestClient:
            app = FastAPI()
            problems.install(app)
            app.include_router(routes.router)
            door = Door(app, allowed_hosts=["testserver"], public_url="http://testserver")
            return stack.enter_context(TestClient(door, raise_server_exceptions=False))

        yield served


@pytest.fixture
def token(tenant_a: UUID) -> Token:
    """A function that makes the Authorization header of somebody with a role in `tenant_a`."""

    def made(role: str = "owner") -> dict[str, str]:
        from kontor.accounts import sessions, tokens
        from kontor.accounts.models import Membership, Person

        person = Person.objects.create(
            email=f"{role}@example.com", first_name="Rike", last_name="Boje", password="!"
        )
        membership = Membership.objects.create(person=person, tenant_id=tenant_a, role=role)
        session = sessions.begin(membership).session
        return {"Authorization": f"Bearer {tokens.issue(session).text}"}

    return made
