"""The same key, the same answer, one effect."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from pydantic import BaseModel
from starlette.testclient import TestClient
from tests.plugins.api import Serve, Token

from kontor.accounts.models import Tenant
from kontor.core.errors import Conflict
from kontor.core.http.routing import router

KEY = {"Idempotency-Key": "order-4711"}


class Wish(BaseModel):
    """A body."""

    name: str


@pytest.fixture
def doors() -> tuple[Event, Event]:
    """Entered, and may leave: for the request that is in flight."""
    return Event(), Event()


@pytest.fixture
def client(serve: Serve, doors: tuple[Event, Event]) -> TestClient:
    routes = router("", "X")

    @routes.post("/shops", scope="write", status_code=201, idempotent=True)
    def create(wish: Wish) -> str:
        row = Tenant.objects.create(name=wish.name, slug=wish.name)
        if wish.name == "slow":
            doors[0].set()
            assert doors[1].wait(10)
        if wish.name == "refused":
            raise Conflict
        return str(row.id)

    return serve(routes)


def made() -> int:
    return Tenant.objects.exclude(slug="alpha-handel").count()


def test_a_repeat_gets_the_first_answer_and_does_nothing(client: TestClient, token: Token) -> None:
    headers = token() | KEY
    first, again = (client.post("/shops", json={"name": "a"}, headers=headers) for _ in range(2))
    assert (again.status_code, again.json()) == (201, first.json())
    assert again.headers["idempotent-replayed"] == "true"
    assert "idempotent-replayed" not in first.headers
    assert made() == 1


def test_another_request_under_the_same_key_is_refused(client: TestClient, token: Token) -> None:
    headers = token() | KEY
    client.post("/shops", json={"name": "a"}, headers=headers)
    other = client.post("/shops", json={"name": "b"}, headers=headers)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency.mismatch")
    assert made() == 1


def test_keys_are_each_persons_own(client: TestClient, token: Token) -> None:
    for number, role in enumerate(("owner", "member")):
        assert (
            client.post("/shops", json={"name": f"a{number}"}, headers=token(role) | KEY).status_code == 201
        )
    assert made() == 2


def test_a_refused_attempt_leaves_the_key_free(client: TestClient, token: Token) -> None:
    headers = token() | KEY
    for _ in range(2):
        assert client.post("/shops", json={"name": "refused"}, headers=headers).status_code == 409
    assert client.post("/shops", json={"name": "a"}, headers=headers).status_code == 201
    assert made() == 1


def test_a_repeat_while_the_first_runs_is_told_so(
    client: TestClient, token: Token, doors: tuple[Event, Event]
) -> None:
    headers = token() | KEY
    entered, may_leave = doors
    with ThreadPoolExecutor(1) as threads:
        first = threads.submit(client.post, "/shops", json={"name": "slow"}, headers=headers)
        assert entered.wait(10)
        second = client.post("/shops", json={"name": "slow"}, headers=headers)
        may_leave.set()
        assert first.result().status_code == 201
    assert (second.status_code, second.json()["code"]) == (409, "idempotency.in_flight")
    assert made() == 1
