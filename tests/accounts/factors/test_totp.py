"""An authenticator app as second factor, from setting it up to the wrong code."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID

import pyotp
import pytest
from tests.accounts.browser import Browser
from tests.accounts.factors.conftest import App

from kontor.accounts import throttle
from kontor.accounts.factors.models import Challenge, Secret
from kontor.accounts.models import LoginAttempts, Person, Session
from kontor.core.clock import now


def log_in(browser: Browser) -> None:
    """The first step, with the right password."""
    assert browser.login().status_code == 401
    assert browser.code == "login.second_factor"


def test_an_app_is_set_up_and_asked_for_at_the_next_log_in(
    martina: Browser, app: App, elsewhere: Browser
) -> None:
    listed = martina.get("/me/factors")
    assert [row["kind"] for row in listed["items"]] == ["totp"]
    assert listed["recovery_codes_left"] == 10
    log_in(elsewhere)
    assert not elsewhere.token, "the password alone opens nothing"
    assert elsewhere.said["params"]["methods"] == ["totp", "recovery"]
    assert "passkey_options" not in elsewhere.said["params"]
    assert elsewhere.second_step("totp", code=app.code()).status_code == 200
    assert elsewhere.get("/auth/me")["scopes"] == ["admin", "read", "write"]
    assert elsewhere.get("/me/sessions")["items"][0]["second_factor"] == "totp"


def test_what_the_app_takes_in_says_whose_it_is(martina: Browser) -> None:
    begun = martina.post("/me/factors/totp")
    read = pyotp.parse_uri(begun["uri"])
    assert (read.issuer, read.name, read.secret) == ("Kontor", "martina@thomsen.example", begun["secret"])
    assert begun["svg"].startswith("<svg")
    assert "script" not in begun["svg"]


def test_the_secret_is_sealed_and_is_not_shown_again(martina: Browser, app: App) -> None:
    secret = app.totp.secret
    assert secret.encode() not in bytes(Secret.objects.get().sealed)
    assert secret not in str(martina.get("/me/factors"))


def test_an_app_counts_only_when_its_code_came_back(martina: Browser, elsewhere: Browser) -> None:
    martina.post("/me/factors/totp/confirm", {"code": "123456"}, expect=409)
    assert martina.code == "factor.not_begun"
    begun = martina.post("/me/factors/totp")
    wrong = str((int(App(begun["secret"]).code()) + 500_000) % 1_000_000).zfill(6)
    martina.post("/me/factors/totp/confirm", {"code": wrong}, expect=422)
    assert martina.problems == {("code", "factor.code_wrong")}
    assert elsewhere.login().status_code == 200
    martina.post("/me/factors/totp/confirm", {"code": App(begun["secret"]).code()})
    assert elsewhere.login().status_code == 401


def test_a_new_phone_replaces_the_old_one(martina: Browser, app: App, elsewhere: Browser) -> None:
    new = App(martina.post("/me/factors/totp")["secret"])
    assert martina.post("/me/factors/totp/confirm", {"code": new.code(-1)})["recovery_codes"] is None
    log_in(elsewhere)
    elsewhere.challenge = elsewhere.said["params"]["challenge"]  # type: ignore[attr-defined]
    assert elsewhere.second_step("totp", code=app.code()).status_code == 401
    assert elsewhere.second_step("totp", code=new.code()).status_code == 200


def test_a_code_that_was_used_is_refused(app: App, visit: Callable[..., Browser]) -> None:
    code = app.code()
    for expected in (200, 401):
        visitor = visit()
        log_in(visitor)
        assert visitor.second_step("totp", code=code).status_code == expected
    visitor = visit()
    log_in(visitor)
    assert visitor.second_step("totp", code=app.code(-1)).status_code == 401, "nor one before it"


def test_one_code_sent_by_many_at_once_opens_one_session(app: App, visit: Callable[..., Browser]) -> None:
    visitors = [visit() for _ in range(4)]
    for visitor in visitors:
        log_in(visitor)
    code = app.code()
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda one: one.second_step("totp", code=code).status_code, visitors))
    assert sorted(answers) == [200, 401, 401, 401]


@pytest.mark.parametrize(("steps", "status"), [(-3, 401), (0, 200), (1, 200), (3, 401)])
def test_a_phones_clock_may_be_half_a_minute_wrong(
    app: App, elsewhere: Browser, steps: int, status: int
) -> None:
    log_in(elsewhere)
    assert elsewhere.second_step("totp", code=app.code(steps)).status_code == status


def test_five_wrong_codes_end_the_log_in(app: App, elsewhere: Browser) -> None:
    log_in(elsewhere)
    elsewhere.challenge = elsewhere.said["params"]["challenge"]  # type: ignore[attr-defined]
    left = []
    for _ in range(5):
        assert elsewhere.second_step("totp", code="000000").status_code == 401
        assert elsewhere.code == "second_factor.wrong"
        left.append(elsewhere.said["params"]["tries_left"])
    assert left == [4, 3, 2, 1, 0]
    assert elsewhere.second_step("totp", code=app.code()).status_code == 401
    assert elsewhere.code == "challenge.over"


def test_guessing_codes_with_the_right_password_is_slowed(app: App, elsewhere: Browser) -> None:
    for _ in range(2):
        log_in(elsewhere)
        elsewhere.challenge = elsewhere.said["params"]["challenge"]  # type: ignore[attr-defined]
        for _ in range(5):
            if elsewhere.second_step("totp", code="000000").status_code == 429:
                break
    assert elsewhere.code == "login.throttled"
    assert elsewhere.said["params"]["retry_after_seconds"] > 0


def test_who_guesses_from_everywhere_does_not_lock_the_owner_out(
    martina: Browser, app: App, visit: Callable[..., Browser]
) -> None:
    person = Person.objects.get()
    for _ in range(throttle.CODE_ANYWHERE.free + 8):  # so that the wait outlasts a slow log-in
        throttle.CODE_ANYWHERE.failed(str(person.id))
    stranger = visit("Bot", "203.0.113.9")
    log_in(stranger)
    assert stranger.second_step("totp", code=app.code()).status_code == 429
    assert martina.login().status_code == 401
    assert martina.second_step("totp", code=app.code()).status_code == 200, "at home, where she is known"
    for _ in range(throttle.CODE_ANYWHERE.free + 1):
        throttle.CODE_ANYWHERE.failed(str(person.id))
    travelling = visit("Chrome", "198.51.100.77")
    log_in(travelling)
    codes = app.recovery_codes  # type: ignore[attr-defined]
    assert travelling.second_step("recovery", code=codes[0]).status_code == 200, "with a code on paper"
    LoginAttempts.objects.all().delete()


def test_a_challenge_is_good_once_and_for_minutes(app: App, elsewhere: Browser) -> None:
    log_in(elsewhere)
    challenge = elsewhere.said["params"]["challenge"]
    elsewhere.challenge = challenge  # type: ignore[attr-defined]
    assert elsewhere.second_step("totp", code=app.code()).status_code == 200
    elsewhere.token = ""
    assert elsewhere.second_step("totp", code=app.code(1)).status_code == 401
    assert elsewhere.code == "challenge.over"
    log_in(elsewhere)
    Challenge.objects.update(expires_at=now() - timedelta(seconds=1))
    elsewhere.challenge = elsewhere.said["params"]["challenge"]  # type: ignore[attr-defined]
    assert elsewhere.second_step("totp", code=app.code(1)).status_code == 401
    assert elsewhere.code == "challenge.over"


def test_who_is_out_meanwhile_is_refused_at_the_second_step(app: App, elsewhere: Browser) -> None:
    log_in(elsewhere)
    Person.objects.update(is_active=False)
    assert elsewhere.second_step("totp", code=app.code()).status_code == 401
    assert Session.objects.count() == 1


def test_a_challenge_is_kept_as_a_hash(app: App, elsewhere: Browser) -> None:
    log_in(elsewhere)
    token = elsewhere.said["params"]["challenge"]
    assert token.encode() not in bytes(Challenge.objects.get().hash)


def test_the_audit_log_tells_of_factors_and_refusals_without_secrets(
    martina: Browser, app: App, elsewhere: Browser, entries: Callable[[Any], list[Any]]
) -> None:
    log_in(elsewhere)
    elsewhere.second_step("totp", code="000000")
    tenant_id = UUID(martina.get("/auth/me")["tenant"]["id"])
    found = entries(tenant_id)
    assert [entry.action for entry in found] == ["session.begun", "factor.added", "session.refused"]
    assert (found[1].actor_label, found[1].entity_label) == ("Martina Thomsen", "totp: Authenticator")
    assert found[2].address == "198.51.100.4"
    assert app.totp.secret not in str([vars(entry) for entry in found])
