"""Who gets into `/admin`: nobody where it is off, nobody from elsewhere, nobody without a second factor."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pyotp
import pytest
from tests.administration.conftest import FAR, PASSWORD, Open, Window

from kontor.core.clock import now
from kontor.core.config import settings

PAGES = ("/admin", "/admin/", "/admin/login/", "/admin/jobs/job/", "/admin/static/admin/css/base.css")


def test_without_the_flag_it_is_not_there(window: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "admin_allowed_ips", ["0.0.0.0/0"])
    for path in PAGES:
        answer = window().get(path)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found"), path


@pytest.mark.usefixtures("administration")
def test_from_elsewhere_it_is_not_there_either(window: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in PAGES:
        assert window(FAR).get(path).json()["code"] == "not_found", path
        assert window("not an address").get(path).status_code == 404
    assert window().get("/admin/login/").status_code == 200
    monkeypatch.setattr(settings(), "admin_allowed_ips", [])
    assert window().get("/admin/login/").status_code == 404


@pytest.mark.usefixtures("administration")
def test_without_logging_in_every_page_leads_to_the_door(window: Open) -> None:
    for path in ("/admin/", "/admin/tenants/", "/admin/jobs/job/", "/admin/jobs/job/1/change/"):
        assert window().get(path).url.path == "/admin/login/", path


@pytest.mark.usefixtures("administration")
def test_all_three_must_be_right_and_nobody_learns_which_was_not(window: Open, app: pyotp.TOTP) -> None:
    from kontor.accounts.models import Person

    right, said = app.at(now()), set()
    Person.objects.create_user("staff@example.com", PASSWORD, is_staff=True)  # without any second factor
    Person.objects.create_user("rike@example.com", PASSWORD)  # does not run the house
    for wish in (
        {"code": "000000"},
        {"code": right, "password": "not the password"},
        {"code": right, "email": "nobody@example.com"},
        {"code": right, "email": "rike@example.com"},
        {"code": right, "email": "staff@example.com"},
        {"code": "AAAA-AAAAA-AAAAA"},
    ):
        page = window().log_in(**wish)
        assert page.url.path == "/admin/login/", wish
        said.add(page.text.split('class="errornote">')[1].split("<")[0])
    assert len(said) == 1
    assert window().log_in(app.at(now())).url.path == "/admin/tenants/"


@pytest.mark.usefixtures("administration")
def test_guessing_is_slowed(window: Open, app: pyotp.TOTP) -> None:
    from kontor.accounts.models import LoginAttempts

    here = window()
    for _ in range(6):
        here.log_in("000000", password="not the password")
    assert LoginAttempts.objects.get().failures >= 6
    LoginAttempts.objects.update(blocked_until=now() + timedelta(minutes=5))  # however long the six took
    page = here.log_in(app.at(now()))
    assert page.url.path == "/admin/login/"
    assert "Too many attempts" in page.text


def test_the_cookie_and_the_page_are_as_strict_as_ours(inside: Window, tenant_a: UUID) -> None:
    answer = inside.enter(tenant_a)
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert "<script>" not in answer.text
    assert " onclick=" not in answer.text
    assert "no-store" in answer.headers["cache-control"]
    (cookie,) = inside.client.cookies.jar
    assert (cookie.name, cookie.has_nonstandard_attr("HttpOnly")) == ("kontor_admin", True)
    assert cookie.get_nonstandard_attr("SameSite") == "Strict"
    assert inside.get("/admin/static/admin/css/base.css").status_code == 200
    assert inside.get("/admin/static/../../../settings.py").status_code == 404


def test_without_the_forms_token_nothing_is_done(inside: Window, tenant_a: UUID) -> None:
    assert inside.client.post("/admin/tenants/", data={"tenant": str(tenant_a)}).status_code == 403
    assert inside.get("/admin/jobs/job/").url.path == "/admin/tenants/"


def test_who_is_dismissed_is_out_at_the_next_click(
    inside: Window, tenant_a: UUID, entries: Callable[[UUID], list[Any]]
) -> None:
    from kontor.administration import operators
    from kontor.core.errors import NotFound
    from kontor.jobs.schedules import HOUSE

    inside.enter(tenant_a)
    operators.dismiss("OP@example.com")
    assert inside.get("/admin/jobs/job/").url.path == "/admin/login/"
    operators.name("op@example.com")
    assert inside.get("/admin/jobs/job/").status_code == 200
    with pytest.raises(NotFound):
        operators.name("nobody@example.com")
    assert [row.action for row in entries(HOUSE)][-2:] == ["operator.dismissed", "operator.named"]


def test_a_changed_password_ends_the_session(inside: Window) -> None:
    from kontor.accounts.models import Person

    person = Person.objects.get(email="op@example.com")
    person.set_password("ein ganz anderes Passwort")
    person.save()
    assert inside.get("/admin/tenants/").url.path == "/admin/login/"


@pytest.mark.usefixtures("administration")
@pytest.mark.parametrize(
    ("language", "word"), [("de", "Einmalcode"), ("en", "One-time"), ("fr", "usage unique")]
)
def test_it_speaks_three_languages(window: Open, language: str, word: str) -> None:
    assert word in window(language=language).get("/admin/login/").text
