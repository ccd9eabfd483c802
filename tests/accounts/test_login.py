"""Registering, logging in, staying logged in, logging out: over HTTP, as a client sees it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from kontor.accounts import sessions, throttle
from kontor.accounts.models import LoginAttempts, Membership, RefreshToken
from kontor.core.clock import now
from kontor.core.config import settings
from kontor.core.vault import new_key

PASSWORD = "drei Segel im Wind"
MARTINA = {
    "email": "Martina@Thomsen.example",
    "password": PASSWORD,
    "first_name": "Martina",
    "last_name": "Thomsen",
    "company": "Thomsen Trödel & Technik",
}
AUTH = "/api/v1/auth"


@pytest.fixture
def martina(anonymous: TestClient) -> dict[str, Any]:
    """Martina's answer when she registered; her browser's cookie is in `anonymous`."""
    answer = anonymous.post(f"{AUTH}/register", json=MARTINA)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def bearer(tokens: dict[str, Any]) -> dict[str, str]:
    return {"Authorization": f"Bearer {tokens['access_token']}"}


def test_a_business_registers_and_its_owner_is_logged_in(
    anonymous: TestClient, martina: dict[str, Any]
) -> None:
    assert martina["token_type"] == "bearer"
    assert martina["expires_in"] == 1800
    assert martina["tenant"]["name"] == "Thomsen Trödel & Technik"
    me = anonymous.get(f"{AUTH}/me", headers=bearer(martina)).json()
    assert me["user"]["email"] == "martina@thomsen.example"
    assert me["user"]["name"] == "Martina Thomsen"
    assert me["user"]["role"] == "owner"
    assert me["scopes"] == ["admin", "read", "write"]
    assert [tenant["id"] for tenant in me["tenants"]] == [martina["tenant"]["id"]]


def test_everything_wrong_with_a_registration_is_said_at_once(anonymous: TestClient) -> None:
    bad = {**MARTINA, "email": "martina", "password": "12345", "company": "  "}
    answer = anonymous.post(f"{AUTH}/register", json=bad)
    assert answer.status_code == 422
    assert {row["field"] for row in answer.json()["problems"]} == {"email", "password", "company"}
    assert anonymous.post(f"{AUTH}/register", json=MARTINA).status_code == 201


def test_login_takes_the_address_however_it_is_typed(anonymous: TestClient, martina: dict[str, Any]) -> None:
    answer = anonymous.post(f"{AUTH}/login", json={"email": " MARTINA@thomsen.EXAMPLE", "password": PASSWORD})
    assert answer.status_code == 200
    assert answer.json()["user"]["id"] == martina["user"]["id"]
    cookie = answer.headers["set-cookie"]
    for attribute in ("kontor_refresh=", "HttpOnly", "SameSite=strict", "Path=/api/v1/auth"):
        assert attribute in cookie


def test_wrong_password_and_unknown_address_answer_the_same(
    anonymous: TestClient, martina: dict[str, Any]
) -> None:
    wrong = anonymous.post(f"{AUTH}/login", json={"email": MARTINA["email"], "password": "nope"})
    unknown = anonymous.post(f"{AUTH}/login", json={"email": "who@thomsen.example", "password": PASSWORD})
    assert wrong.status_code == unknown.status_code == 401
    ours, theirs = wrong.json(), unknown.json()
    assert ours.pop("instance") != theirs.pop("instance")
    assert ours == theirs
    assert ours["code"] == "login.wrong"


def test_every_log_in_costs_one_verification(
    anonymous: TestClient, martina: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is asked for, and however it ends: the time tells nothing."""
    from django.contrib.auth.hashers import Argon2PasswordHasher

    from kontor.accounts.factors.models import Secret
    from kontor.accounts.models import Person

    def person(email: str, **fields: Any) -> Person:
        made = Person.objects.create(email=email, **{"password": known.password, **fields})
        Membership.objects.create(person=made, tenant_id=martina["tenant"]["id"])
        return made

    known = Person.objects.get()
    person("out@thomsen.example", is_active=False)
    person("invited@thomsen.example", password="!")
    Secret.objects.create(person=person("two@thomsen.example"), sealed=b"", confirmed_at=now())
    verified: list[str] = []
    encoded: list[str] = []
    real = Argon2PasswordHasher.verify

    def counting(self: Any, password: str, stored: str) -> bool:
        verified.append(stored)
        return bool(real(self, password, stored))

    monkeypatch.setattr(Argon2PasswordHasher, "verify", counting)
    monkeypatch.setattr(Argon2PasswordHasher, "encode", lambda *given: encoded.append("") or "")
    asked = {
        (MARTINA["email"], "nope"): "login.wrong",
        (MARTINA["email"], PASSWORD): None,
        ("who@thomsen.example", PASSWORD): "login.wrong",
        ("out@thomsen.example", PASSWORD): "login.wrong",
        ("invited@thomsen.example", PASSWORD): "login.wrong",
        ("two@thomsen.example", PASSWORD): "login.second_factor",
    }
    for (email, password), code in asked.items():
        answer = anonymous.post(f"{AUTH}/login", json={"email": email, "password": password})
        assert answer.json().get("code") == code, email
        assert len(verified) == 1, email
        verified.clear()
        assert not encoded
    anonymous.post(f"{AUTH}/login", json={"email": "who@thomsen.example", "password": PASSWORD})
    anonymous.post(f"{AUTH}/login", json={"email": MARTINA["email"], "password": "nope"})
    assert len({stored.split("$")[3] for stored in verified}) == 1, "the same Argon2 parameters"


def test_guessing_is_slowed_but_the_owner_elsewhere_is_not(
    anonymous: TestClient, martina: dict[str, Any]
) -> None:
    for _ in range(throttle.PASSWORD.free + 1):
        throttle.PASSWORD.failed(MARTINA["email"], "testclient")
    refused = anonymous.post(f"{AUTH}/login", json={"email": MARTINA["email"], "password": PASSWORD})
    assert (refused.status_code, refused.json()["code"]) == (429, "login.throttled")
    assert 0 < refused.json()["params"]["retry_after_seconds"] <= 300
    throttle.PASSWORD.admit(MARTINA["email"], "198.51.100.7")
    LoginAttempts.objects.update(blocked_until=now())
    assert (
        anonymous.post(f"{AUTH}/login", json={"email": MARTINA["email"], "password": PASSWORD}).status_code
        == 200
    )
    assert not LoginAttempts.objects.exists()


def test_the_browser_refreshes_by_cookie_and_scripts_never_see_the_token(
    anonymous: TestClient, martina: dict[str, Any]
) -> None:
    first = anonymous.cookies["kontor_refresh"]
    answer = anonymous.post(f"{AUTH}/refresh", json={})
    assert answer.status_code == 200
    assert answer.json()["refresh_token"] is None
    assert anonymous.cookies["kontor_refresh"] != first
    assert anonymous.get(f"{AUTH}/me", headers=bearer(answer.json())).status_code == 200


def test_a_copied_refresh_token_ends_the_session_for_both(
    anonymous: TestClient, martina: dict[str, Any]
) -> None:
    anonymous.cookies.clear()
    stolen = {"refresh_token": martina["refresh_token"]}
    mine = anonymous.post(f"{AUTH}/refresh", json=stolen).json()
    anonymous.cookies.clear()
    RefreshToken.objects.filter(replaced_at__isnull=False).update(
        replaced_at=now() - sessions.GRACE - timedelta(seconds=1)
    )
    thief = anonymous.post(f"{AUTH}/refresh", json=stolen)
    assert (thief.status_code, thief.json()["code"]) == (401, "session.over")
    me = anonymous.post(f"{AUTH}/refresh", json={"refresh_token": mine["refresh_token"]})
    assert me.status_code == 401


def test_two_tabs_that_wake_together_both_stay_logged_in(
    anonymous: TestClient, martina: dict[str, Any]
) -> None:
    anonymous.cookies.clear()
    token = {"refresh_token": martina["refresh_token"]}
    tabs = [anonymous.post(f"{AUTH}/refresh", json=token).json() for _ in range(2)]
    for tab in tabs:
        again = anonymous.post(f"{AUTH}/refresh", json={"refresh_token": tab["refresh_token"]})
        assert again.status_code == 200


def test_logging_out_ends_the_session_everywhere(anonymous: TestClient, martina: dict[str, Any]) -> None:
    answer = anonymous.post(f"{AUTH}/logout", json={})
    assert answer.status_code == 204
    assert "kontor_refresh" not in anonymous.cookies
    refused = anonymous.post(f"{AUTH}/refresh", json={"refresh_token": martina["refresh_token"]})
    assert refused.status_code == 401
    assert anonymous.post(f"{AUTH}/logout", json={}).status_code == 204


def test_a_page_of_another_site_cannot_use_the_cookie(anonymous: TestClient, martina: dict[str, Any]) -> None:
    for path in ("refresh", "logout", "login", "register"):
        answer = anonymous.post(
            f"{AUTH}/{path}",
            json=MARTINA
            if path == "register"
            else {}
            if path != "login"
            else {"email": "a@b.c", "password": "x"},
            headers={"Origin": "https://evil.example"},
        )
        assert (answer.status_code, answer.json()["code"]) == (403, "origin.foreign")
    assert (
        anonymous.post(f"{AUTH}/refresh", json={}, headers={"Origin": "http://127.0.0.1:8000"}).status_code
        == 200
    )


def test_a_person_in_two_businesses_chooses(anonymous: TestClient, martina: dict[str, Any]) -> None:
    from kontor.accounts.models import Tenant

    second = Tenant.objects.create(name="Nebenan", slug="nebenan", language="de")
    Membership.objects.create(person_id=martina["user"]["id"], tenant=second, role="read_only")
    credentials = {"email": MARTINA["email"], "password": PASSWORD}
    assert anonymous.post(f"{AUTH}/login", json=credentials).json()["tenant"]["id"] == martina["tenant"]["id"]
    chosen = anonymous.post(f"{AUTH}/login", json={**credentials, "tenant": "nebenan"}).json()
    assert chosen["tenant"]["id"] == str(second.id)
    me = anonymous.get(f"{AUTH}/me", headers=bearer(chosen)).json()
    assert me["scopes"] == ["read"]
    assert me["tenants"][0]["slug"] == "nebenan"
    other = anonymous.post(f"{AUTH}/login", json={**credentials, "tenant": "strangers"})
    assert other.status_code == 404


def test_who_left_the_business_is_out(anonymous: TestClient, martina: dict[str, Any]) -> None:
    from kontor.accounts.models import Person

    Person.objects.update(is_active=False)
    assert anonymous.get(f"{AUTH}/me", headers=bearer(martina)).status_code == 401
    assert anonymous.post(f"{AUTH}/refresh", json={}).status_code == 401
    refused = anonymous.post(f"{AUTH}/login", json={"email": MARTINA["email"], "password": PASSWORD})
    assert refused.json()["code"] == "login.wrong"


@pytest.fixture
def in_public(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An installation that people reach at an https:// address of its own."""
    for name, value in {
        "KONTOR_ENVIRONMENT": "production",
        "PUBLIC_URL": "https://kontor.thomsen.example",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "JWT_SECRET_KEY": secrets.token_urlsafe(32),
        "VAULT_KEYS": new_key(),
        "EMAIL_HOST": "mail.thomsen.example",
    }.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()


@pytest.mark.usefixtures("in_public")
def test_over_https_the_cookie_goes_no_other_way(anonymous: TestClient) -> None:
    own = {"Origin": "https://kontor.thomsen.example"}
    cookie = anonymous.post(f"{AUTH}/register", json=MARTINA, headers=own).headers["set-cookie"]
    for attribute in ("__Host-kontor_refresh=", "Secure", "HttpOnly", "SameSite=strict", "Path=/;"):
        assert attribute in cookie
    for foreign in ("http://127.0.0.1:5173", "https://thomsen.example", "null"):
        answer = anonymous.post(f"{AUTH}/refresh", json={}, headers={"Origin": foreign})
        assert answer.json()["code"] == "origin.foreign", foreign


def test_many_refreshes_at_once_leave_one_living_chain(
    anonymous: TestClient, martina: dict[str, Any]
) -> None:
    anonymous.cookies.clear()
    token = {"refresh_token": martina["refresh_token"]}
    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(lambda _: anonymous.post(f"{AUTH}/refresh", json=token), range(12)))
    assert [answer.status_code for answer in answers] == [200] * 12
    replaced = RefreshToken.objects.filter(replaced_at__isnull=False)
    assert replaced.count() == 1
