"""Who sends too many requests waits; everybody else goes on, and nobody pays for the counting."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import anyio
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from starlette.testclient import TestClient
from tests.plugins.api import Caller, Enter

from kontor.core.config import settings
from kontor.core.http import limits
from kontor.core.http.limits import WINDOW_SECONDS, Granted, Policy

SMALL = Policy("tenant", 40)


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """No tokens of an earlier test."""
    limits._purses.clear()
    yield
    limits._purses.clear()


@pytest.fixture
def figures(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """A function that sets requests per minute."""

    def choose(**chosen: int) -> None:
        for name, quota in chosen.items():
            monkeypatch.setattr(settings(), f"rate_limit_{name}", quota)

    return choose


def test_answers_say_what_is_left(api: Caller, figures: Callable[..., None]) -> None:
    figures(tenant=40)
    first, second = (api.get("/listings").headers for _ in range(2))
    assert first["ratelimit-policy"] == '"tenant";q=40;w=60'
    assert first["ratelimit"] == '"tenant";r=39;t=2'
    assert second["ratelimit"] in ('"tenant";r=38;t=3', '"tenant";r=39;t=2')  # the latter a second later


def test_who_sends_too_many_is_told_how_long_to_wait(
    api: Caller, other_api: Caller, figures: Callable[..., None]
) -> None:
    figures(tenant=40)
    began, passed = time.monotonic(), 0
    while (refused := api.post("/imports", files={"file": ("a.csv", b"sku\n")})).status_code != 429:
        passed += 1
    assert 40 <= passed <= 41 + (time.monotonic() - began) / 1.5  # what came back meanwhile
    said = refused.json()
    assert (refused.status_code, said["code"], said["params"]["policy"]) == (429, "rate.limited", "tenant")
    assert 1 <= int(refused.headers["retry-after"]) <= 2
    assert int(refused.headers["retry-after"]) == said["params"]["retry_after_seconds"]
    assert other_api.get("/listings").status_code == 200


def test_a_key_has_a_limit_of_its_own(
    tenant_a: UUID, api: Caller, anonymous: TestClient, figures: Callable[..., None]
) -> None:
    from kontor.accounts.keys import text
    from kontor.accounts.keys.models import ApiKey
    from kontor.core.tenancy import tenant

    figures(key=20, tenant=100)
    secret, prefix = text.made(tenant_a)
    with tenant(tenant_a):
        ApiKey.objects.create(name="Lager", prefix=prefix, hash=text.hashed(secret), scopes=["read"])
    bearer = {"Authorization": f"Bearer {secret}"}
    first = anonymous.get("/api/v1/listings", headers=bearer)
    assert first.headers["ratelimit-policy"] == '"key";q=20;w=60, "tenant";q=100;w=60'
    while (refused := anonymous.get("/api/v1/listings", headers=bearer)).status_code == 200:
        continue
    assert refused.json()["params"]["policy"] == "key"
    assert api.get("/listings").status_code == 200


def test_an_address_without_a_credential_is_limited_whatever_it_tries(
    anonymous: TestClient, api: Caller, figures: Callable[..., None]
) -> None:
    figures(address=20)
    guess = {"Authorization": "Bearer nobodys"}
    answers = [anonymous.get("/api/v1/listings", headers=guess).status_code for _ in range(12)]
    assert set(answers) == {401}
    while (status := anonymous.get("/api/v1/auth/invitations/x").status_code) == 410:
        continue
    assert status == 429
    assert anonymous.get("/api/v1/listings", headers=guess).status_code == 429
    assert api.get("/listings").status_code == 200, "who is known there goes on"
    assert anonymous.get("/healthz").status_code == 200


def test_a_subscriber_has_one_bucket_for_all_addresses_of_their_net() -> None:
    def name(address: str) -> str:
        [(_, found)] = limits.of_address(address)
        return found

    assert name("2001:db8::1") == name("2001:db8::ffff:2") != name("2001:db8:0:1::1")
    assert name("192.0.2.7") != name("192.0.2.8")


def test_processes_share_a_bucket(db: None) -> None:
    """Four processes at once: together they get the figure, and not one more."""
    from django.db import connections

    from kontor.accounts import buckets

    taken: list[int] = []

    def process() -> None:
        for _ in range(60):
            taken.append(buckets.take("tenant:x", SMALL, SMALL.handful).tokens)
        connections.close_all()

    began = time.monotonic()
    threads = [threading.Thread(target=process) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    came_back = math.ceil((time.monotonic() - began) / SMALL.seconds_each)
    assert 40 <= sum(taken) <= 40 + came_back


def test_tokens_come_back_evenly(db: None) -> None:
    from django.db import connection

    from kontor.accounts import buckets

    assert buckets.take("tenant:y", SMALL, 100).tokens == 40
    assert buckets.take("tenant:y", SMALL, 1).tokens == 0
    with connection.cursor() as cursor:
        cursor.execute(
            "update accounts_ratebucket set paid_at = paid_at - 15"
        )  # a quarter of the window later
    assert buckets.take("tenant:y", SMALL, 100).tokens == 10
    buckets.forget()
    assert buckets.take("tenant:y", SMALL, 100).tokens == 0


@hypothesis_settings(max_examples=60, deadline=None)
@given(
    quota=st.integers(1, 200),
    waits=st.lists(st.floats(0, 20), min_size=1, max_size=120),
    processes=st.integers(1, 4),
)
def test_no_window_lets_more_through_than_bucket_and_refill(
    quota: int, waits: list[float], processes: int
) -> None:
    """Whatever the moments and processes, against a shared bucket that is the textbook's."""
    policy, clock, paid_at = Policy("tenant", quota), 1000.0, 0.0
    purses = [limits.Purse(policy) for _ in range(processes)]
    passed: list[float] = []
    for number, wait in enumerate(waits):
        clock += wait
        for purse in (purses[number % processes],) * 3:
            if not purse.spend(clock) and purse.wait_seconds(clock) <= 0:
                begin = max(paid_at, clock)
                free = math.floor((clock + WINDOW_SECONDS - begin) / policy.seconds_each + 1e-6)
                tokens = min(max(free, 0), policy.handful)
                paid_at = begin + tokens * policy.seconds_each
                purse.put(Granted(tokens, paid_at - clock), clock)
                if not purse.spend(clock):
                    continue
            elif purse.wait_seconds(clock) > 0 and purse.tokens <= 0:
                continue
            passed.append(clock)
    for at in passed:
        within = sum(1 for other in passed if at <= other < at + WINDOW_SECONDS)
        assert within <= 2 * quota + processes * policy.handful + 1


def test_a_flood_over_its_limit_asks_the_database_next_to_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[int] = []

    def take(name: str, policy: Policy, wanted: int) -> Granted:
        asked.append(wanted)
        return (
            Granted(wanted, len(asked) * wanted * policy.seconds_each)
            if len(asked) <= 20
            else Granted(0, 60.0)
        )

    monkeypatch.setattr(limits, "_takes", [take])

    async def flood() -> int:
        passed = 0
        for _ in range(2000):
            try:
                await limits.admit([(SMALL, "x")])
            except limits.RateLimited:
                continue
            passed += 1
        return passed

    assert anyio.run(flood) == 40
    assert len(asked) <= 22


def test_a_database_that_is_away_stops_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    def away(*_: Any) -> Granted:
        raise OperationalError

    monkeypatch.setattr(limits, "_takes", [away])
    assert "RateLimit" in anyio.run(limits.admit, [(SMALL, "x")])


def test_pictures_and_channels_are_not_counted(anonymous: TestClient, figures: Callable[..., None]) -> None:
    figures(address=1)
    for path in (f"/avatars/{'0' * 64}", "/hooks/ebay/no-such-token?challenge_code=x"):
        assert {anonymous.get(f"/api/v1{path}").status_code for _ in range(4)} == {404}


def test_bodies_have_an_end(api: Caller, enter: Enter) -> None:
    answer = api.put(
        "/brands", content=b" " * (2 * 1024 * 1024 + 1), headers={"Content-Type": "application/json"}
    )
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")

    def endless() -> Iterator[bytes]:
        for _ in range(60):
            yield b" " * 65536

    answer = api.put("/brands", content=endless(), headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
