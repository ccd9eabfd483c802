"""Registering with an address that has an account: as at log-in, for its owner and for everybody else."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from tests.accounts.browser import MARTINA, PASSWORD, Browser
from tests.accounts.factors.conftest import App, app

from kontor.accounts import throttle
from kontor.accounts.models import LoginAttempts, Membership, Person, Tenant
from kontor.core.clock import now
from kontor.mail.models import Message

__all__ = ["app"]
Open = Callable[..., Browser]
Entries = Callable[[Any], list[Any]]
NEBENAN = {**MARTINA, "company": "Nebenan", "first_name": "Somebody", "email": "MARTINA@thomsen.example"}
WRONG = {**NEBENAN, "password": "zwei Segel im Wind"}


@pytest.fixture
def stranger(martina: Browser, visit: Open) -> Browser:
    """At another browser, elsewhere, where Martina has an account."""
    return visit("curl", "203.0.113.9")


def refusal(browser: Browser) -> dict[str, Any]:
    """The last answer, without the number of the incident."""
    return {name: value for name, value in browser.said.items() if name != "instance"}


def test_a_stranger_is_refused_in_the_words_of_a_log_in_and_changes_nothing(
    martina: Browser, stranger: Browser, entries: Entries
) -> None:
    assert stranger.login("zwei Segel im Wind").status_code == 401
    at_login = refusal(stranger)
    assert stranger.send("POST", "/auth/register", WRONG).status_code == 401
    assert refusal(stranger) == at_login
    assert (Person.objects.count(), Tenant.objects.count()) == (1, 1)
    assert Person.objects.get().first_name == "Martina"
    refused = [entry for entry in entries(Tenant.objects.get().id) if entry.action == "session.refused"]
    assert [entry.address for entry in refused] == ["203.0.113.9"] * 2


def test_it_counts_as_a_guess_and_the_owner_elsewhere_is_not_slowed(
    martina: Browser, stranger: Browser
) -> None:
    for _ in range(throttle.PASSWORD.free + 1):
        assert stranger.send("POST", "/auth/register", WRONG).status_code == 401
    for path, body in (("register", WRONG), ("login", {"email": MARTINA["email"], "password": PASSWORD})):
        assert stranger.send("POST", f"/auth/{path}", body).status_code == 429
        assert stranger.code == "login.throttled"
    assert martina.login().status_code == 200


def test_a_place_that_tries_many_addresses_is_slowed(stranger: Browser) -> None:
    for number in range(throttle.REGISTER.free + 1):
        other = Person.objects.create_user(f"{number}@thomsen.example", "drei Segel im Wind")
        assert stranger.send("POST", "/auth/register", {**WRONG, "email": other.email}).status_code == 401
    assert (
        stranger.send("POST", "/auth/register", {**WRONG, "email": "new@thomsen.example"}).status_code == 429
    )


def test_the_owner_of_the_address_is_told_once_a_day(martina: Browser, stranger: Browser) -> None:
    def told() -> int:
        return Message.objects.filter(template="register_tried", recipient=MARTINA["email"]).count()

    for _ in range(3):
        stranger.send("POST", "/auth/register", WRONG)
    assert told() == 1
    LoginAttempts.objects.all().delete()
    Message.objects.update(created_at=now() - timedelta(days=1))
    stranger.send("POST", "/auth/register", WRONG)
    assert told() == 2


def test_the_right_password_makes_a_further_business_of_the_same_person(
    martina: Browser, visit: Open
) -> None:
    again = visit()
    said = again.post("/auth/register", NEBENAN, expect=201)
    again.token = said["access_token"]
    me = again.get("/auth/me")
    assert (said["tenant"]["name"], me["user"]["role"], me["user"]["name"]) == (
        "Nebenan",
        "owner",
        "Martina Thomsen",
    )
    assert [tenant["name"] for tenant in me["tenants"]] == ["Nebenan", MARTINA["company"]]
    assert Person.objects.count() == 1
    martina.get("/auth/me")


def test_registering_the_same_business_again_logs_in_to_it(martina: Browser, visit: Open) -> None:
    said = visit().post("/auth/register", {**MARTINA, "company": MARTINA["company"].upper()}, expect=201)
    assert said["tenant"]["id"] == martina.get("/auth/me")["tenant"]["id"]
    assert Tenant.objects.count() == 1


def test_a_double_click_makes_one_business(visit: Open) -> None:
    browsers = [visit() for _ in range(4)]
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda one: one.send("POST", "/auth/register", MARTINA), browsers))
    assert {answer.status_code for answer in answers} == {201}
    assert (Person.objects.count(), Tenant.objects.count()) == (1, 1)


def test_the_second_factor_comes_before_the_business(martina: Browser, app: App, visit: Open) -> None:
    elsewhere = visit("Safari", "198.51.100.4")
    assert elsewhere.send("POST", "/auth/register", NEBENAN).status_code == 401
    assert elsewhere.code == "login.second_factor"
    assert Tenant.objects.count() == 1
    assert elsewhere.second_step("totp", code=app.code()).status_code == 200
    assert elsewhere.said["tenant"]["name"] == "Nebenan"
    assert Membership.objects.filter(tenant__name="Nebenan", role="owner").count() == 1


def test_who_is_out_stays_out_and_hears_nothing(stranger: Browser) -> None:
    Person.objects.update(is_active=False)
    assert stranger.send("POST", "/auth/register", NEBENAN).status_code == 401
    assert stranger.code == "login.wrong"
    assert not Message.objects.filter(template="register_tried").exists()


def test_every_registration_costs_one_computation_of_argon2(
    stranger: Browser, visit: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Verifying and hashing are the same work: whoever is registered, and however it ends, the time tells nothing."""
    from django.contrib.auth.hashers import Argon2PasswordHasher

    Person.objects.create(email="invited@thomsen.example", password="!")
    spent: list[str] = []
    real_verify, real_encode = Argon2PasswordHasher.verify, Argon2PasswordHasher.encode

    def verify(self: Any, password: str, stored: str) -> bool:
        spent.append("verify")
        return bool(real_verify(self, password, stored))

    def encode(self: Any, password: str, salt: str) -> str:
        spent.append("encode")
        return str(real_encode(self, password, salt))

    monkeypatch.setattr(Argon2PasswordHasher, "verify", verify)
    monkeypatch.setattr(Argon2PasswordHasher, "encode", encode)
    for body, status, work in (
        (WRONG, 401, "verify"),
        (NEBENAN, 201, "verify"),
        ({**NEBENAN, "email": "invited@thomsen.example"}, 401, "verify"),
        ({**NEBENAN, "email": "new@thomsen.example"}, 201, "encode"),
        ({**NEBENAN, "email": "newer@thomsen.example", "password": "kurz"}, 422, ""),
        ({**NEBENAN, "password": "kurz"}, 422, ""),
    ):
        assert visit("curl", "198.51.100.8").send("POST", "/auth/register", body).status_code == status
        assert spent == ([work] if work else []), body
        spent.clear()
