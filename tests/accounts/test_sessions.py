"""Sessions as their owner sees them, and how soon their end acts."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.accounts.browser import MARTINA, PASSWORD, Browser

from kontor.accounts import sessions
from kontor.accounts.models import Membership, Person, RefreshToken, Session, Tenant
from kontor.core.clock import now
from kontor.core.http import credentials
from kontor.mail.models import Message

Open = Callable[..., Browser]
Entries = Callable[[Any], list[Any]]


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is known of a credential counts for a tenth of the usual time, so that the tests need not wait."""
    monkeypatch.setattr(credentials, "BELIEVED_SECONDS", 0.5)
    monkeypatch.setattr(credentials, "ASKED_AFTER_SECONDS", 0.4)


def refused_within(browser: Browser, seconds: float) -> bool:
    """Whether a request is refused before the time is over."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if browser.send("GET", "/listings").status_code == 401:
            return True
    return False


def test_all_sessions_are_listed_and_one_can_be_ended(martina: Browser, visit: Open) -> None:
    phone = visit("Safari", "198.51.100.4")
    phone.login()
    rows = martina.get("/me/sessions")["items"]
    assert [(row["device"], row["place"], row["current"]) for row in rows] == [
        ("Firefox", "192.0.2.7", True),
        ("Safari", "198.51.100.4", False),
    ]
    assert {row["tenant"]["name"] for row in rows} == {MARTINA["company"]}
    martina.delete(f"/me/sessions/{rows[1]['id']}")
    assert phone.send("GET", "/auth/me").status_code == 401
    assert phone.said["params"]["reason"] == "ended"
    assert phone.refresh().status_code == 401
    assert phone.code == "session.over"
    assert len(martina.get("/me/sessions")["items"]) == 1
    martina.delete(f"/me/sessions/{rows[1]['id']}", expect=404)


def test_a_session_that_is_used_every_day_ends_after_ninety_all_the_same(martina: Browser) -> None:
    begun_at = now() - sessions.LONGEST + timedelta(hours=1)
    Session.objects.update(begun_at=begun_at)
    assert martina.refresh().status_code == 200
    session = Session.objects.get()
    assert session.expires_at == begun_at + sessions.LONGEST
    assert {link.expires_at for link in RefreshToken.objects.filter(replaced_at=None)} == {session.expires_at}
    Session.objects.update(expires_at=now())
    assert martina.refresh().status_code == 401


def test_a_strangers_session_is_not_found(martina: Browser, visit: Open) -> None:
    stranger = visit().register(email="ole@boje.example", company="Boje")
    (theirs,) = stranger.get("/me/sessions")["items"]
    martina.delete(f"/me/sessions/{theirs['id']}", expect=404)
    stranger.get("/auth/me")


def test_logging_out_everywhere_ends_every_session(martina: Browser, visit: Open) -> None:
    others = [visit(), visit()]
    for other in others:
        other.login()
    martina.post("/auth/logout-all", expect=204)
    for one in (martina, *others):
        assert one.send("GET", "/auth/me").status_code == 401
        assert one.refresh().status_code == 401
    assert "kontor_refresh" not in martina.client.cookies
    assert martina.login().status_code == 200


def test_logging_out_ends_the_access_token_too(martina: Browser) -> None:
    martina.post("/auth/logout", expect=204)
    assert martina.send("GET", "/listings").status_code == 401


OUT: dict[str, Callable[[], object]] = {
    "the session ended": lambda: Session.objects.update(ended_at=now()),
    "the session ran out": lambda: Session.objects.update(expires_at=now()),
    "the membership was deactivated": lambda: Membership.objects.update(is_active=False),
    "the membership is gone": lambda: Membership.objects.all().delete(),
    "the person was deactivated": lambda: Person.objects.update(is_active=False),
}


@pytest.mark.usefixtures("watched")
@pytest.mark.parametrize("name", list(OUT))
def test_what_another_process_ends_acts_within_seconds(martina: Browser, name: str) -> None:
    assert martina.send("GET", "/listings").status_code == 200
    OUT[name]()
    assert refused_within(martina, 5)
    assert martina.refresh().status_code == 401


@pytest.mark.usefixtures("watched")
def test_a_changed_role_acts_within_seconds(martina: Browser) -> None:
    wish = {"name": "x", "revision": 0}
    Membership.objects.update(role="read_only")
    until = time.monotonic() + 5
    while martina.send("POST", "/publications", wish).status_code != 403:
        assert time.monotonic() < until
    assert (martina.code, martina.said["params"]) == ("forbidden", {"needs": "write"})
    Membership.objects.update(role="owner")
    martina.refresh()
    until = time.monotonic() + 5
    while martina.send("POST", "/publications", wish).status_code == 403:
        assert time.monotonic() < until, "the new token has the new role's scopes"


def test_a_request_with_a_known_session_asks_nothing_about_it(
    martina: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[UUID] = []
    real = sessions.alive

    def counting(session_id: UUID) -> frozenset[str] | None:
        asked.append(session_id)
        return real(session_id)

    monkeypatch.setattr(sessions, "alive", counting)
    for _ in range(20):
        martina.get("/listings")
    assert len(asked) == 1


def test_whether_a_session_lives_is_one_query(martina: Browser) -> None:
    session_id = Session.objects.get().id
    with CaptureQueriesContext(connection) as queries:
        assert sessions.alive(session_id) == {"read", "write", "admin"}
    assert len(queries) == 1


def test_use_is_noted_without_writing_each_time(martina: Browser) -> None:
    session = Session.objects.get()
    long_ago = now() - timedelta(hours=1)
    Session.objects.update(used_at=long_ago)
    sessions.alive(session.id)
    first = Session.objects.get().used_at
    assert first > long_ago
    sessions.alive(session.id)
    assert Session.objects.get().used_at == first


def test_changing_the_password_ends_the_other_sessions(
    martina: Browser, visit: Open, entries: Entries
) -> None:
    phone = visit("Safari")
    phone.login()
    martina.post(
        "/me/change-password", {"current_password": PASSWORD, "new_password": "vier Anker am Kai"}, expect=204
    )
    martina.get("/auth/me")
    assert martina.refresh().status_code == 200
    assert phone.send("GET", "/auth/me").status_code == 401
    assert phone.refresh().status_code == 401
    assert phone.login().status_code == 401
    assert phone.login("vier Anker am Kai").status_code == 200
    actions = [entry.action for entry in entries(Tenant.objects.get().id)]
    assert actions == [
        "session.begun",
        "session.begun",
        "password.changed",
        "session.refused",
        "session.begun",
    ]


def test_a_new_password_is_judged_and_the_present_one_asked(martina: Browser) -> None:
    for present, new, problem in (
        ("nope", "vier Anker am Kai", ("current_password", "password.wrong")),
        (PASSWORD, "kurz", ("new_password", "password_too_short")),
        (PASSWORD, "password123", ("new_password", "password_too_common")),
        (PASSWORD, "martina@thomsen.example", ("new_password", "password_too_similar")),
    ):
        wish = {"current_password": present, "new_password": new}
        martina.post("/me/change-password", wish, expect=422)
        assert problem in martina.problems
    assert martina.login().status_code == 200


def test_guessing_the_present_password_is_slowed(martina: Browser) -> None:
    wish = {"current_password": "nope", "new_password": "vier Anker am Kai"}
    answers = [martina.send("POST", "/me/change-password", wish).status_code for _ in range(8)]
    assert answers[:5] == [422] * 5
    assert 429 in answers


def test_reusing_a_refresh_token_is_told_in_the_audit_log(martina: Browser, entries: Entries) -> None:
    stolen = {"refresh_token": martina.client.cookies["kontor_refresh"]}
    assert martina.refresh().status_code == 200
    RefreshToken.objects.update(replaced_at=now() - sessions.GRACE - timedelta(seconds=1))
    martina.client.cookies.clear()
    assert martina.send("POST", "/auth/refresh", stolen).status_code == 401
    assert martina.send("GET", "/auth/me").status_code == 401, "the copy's owner and the thief are both out"
    entry = entries(Tenant.objects.get().id)[-1]
    assert (entry.action, entry.entity_kind, entry.address) == ("session.reused", "session", "192.0.2.7")
    assert entry.actor_label == "Martina Thomsen"
    assert Session.objects.get().ended_because == "reuse"


@pytest.fixture
def nebenan(martina: Browser) -> Tenant:
    """A second business, which Martina may only read."""
    made = Tenant.objects.create(name="Nebenan", slug="nebenan", language="de")
    Membership.objects.create(person=Person.objects.get(), tenant=made, role="read_only")
    return made


def test_going_to_another_business(martina: Browser, nebenan: Tenant) -> None:
    before = martina.token
    said = martina.post("/auth/switch", {"tenant": "nebenan"})
    assert said["tenant"]["id"] == str(nebenan.id)
    assert martina.send("GET", "/listings").status_code == 401, "the session there has ended"
    martina.token = said["access_token"]
    assert martina.get("/auth/me")["scopes"] == ["read"]
    assert martina.refresh().status_code == 200
    assert martina.said["tenant"]["slug"] == "nebenan"
    assert before != martina.token
    assert len(martina.get("/me/sessions")["items"]) == 1
    martina.post("/auth/switch", {"tenant": "strangers"}, expect=404)


def test_a_thief_who_went_to_another_business_is_found_out(
    martina: Browser, nebenan: Tenant, visit: Open
) -> None:
    """Her own token is of a session that the thief left: presenting it ends what the thief went on with."""
    thief = visit("curl", "203.0.113.9")
    thief.client.cookies.set("kontor_refresh", martina.client.cookies["kontor_refresh"])
    assert thief.refresh().status_code == 200
    thief.token = thief.post("/auth/switch", {"tenant": "nebenan"})["access_token"]
    assert martina.refresh().status_code == 401
    assert thief.send("GET", "/auth/me").status_code == 200, "two tabs may wake together"
    Session.objects.exclude(ended_at=None).update(ended_at=now() - sessions.GRACE - timedelta(seconds=1))
    assert martina.refresh().status_code == 401
    assert thief.send("GET", "/auth/me").status_code == 401
    assert thief.refresh().status_code == 401
    assert Message.objects.filter(template="security.session_reused").count() == 1


def test_who_is_deactivated_in_one_business_goes_on_in_the_other(martina: Browser, nebenan: Tenant) -> None:
    Membership.objects.exclude(tenant=nebenan).update(is_active=False)
    assert martina.login().status_code == 200
    assert martina.said["tenant"]["slug"] == "nebenan"
    assert [row["slug"] for row in martina.get("/auth/me")["tenants"]] == ["nebenan"]
    Membership.objects.update(is_active=False)
    assert martina.login().status_code == 403
    assert martina.code == "login.no_business"


def test_the_audit_log_says_from_where(martina: Browser, visit: Open, entries: Entries) -> None:
    stranger = visit("curl", "203.0.113.9")
    stranger.login("nope")
    stranger.login("nope", email="nobody@thomsen.example")
    martina.post("/auth/logout", expect=204)
    found = entries(Tenant.objects.get().id)
    assert [(entry.action, entry.address, entry.device) for entry in found] == [
        ("session.begun", "192.0.2.7", "Firefox"),
        ("session.refused", "203.0.113.9", "curl"),
        ("session.ended", "192.0.2.7", "Firefox"),
    ]
    assert found[1].entity_label == "martina@thomsen.example"
    assert "nobody@" not in str([vars(entry) for entry in found])
