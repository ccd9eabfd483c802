"""What happens to a person's account is told to the person, and to each business that they are in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from tests.accounts.browser import PASSWORD, Browser
from tests.accounts.factors.conftest import App, app

from kontor.accounts import sessions
from kontor.accounts.models import Membership, Person, RefreshToken, Tenant
from kontor.core.clock import now
from kontor.jobs.schedules import HOUSE

__all__ = ["app"]
Entries = Callable[[Any], list[Any]]


@pytest.fixture
def others(martina: Browser) -> list[UUID]:
    """A business where Martina is active too, and one where she is no more."""
    person, made = Person.objects.get(), []
    for name, is_active in (("nebenan", True), ("damals", False)):
        other = Tenant.objects.create(name=name, slug=name, language="de")
        Membership.objects.create(person=person, tenant=other, role="member", is_active=is_active)
        made.append(other.id)
    return made


def told(browser: Browser) -> list[str]:
    return [row["event"] for row in browser.get("/me/notices")["items"]]


def mailed() -> list[str]:
    from kontor.mail.models import Message

    return list(Message.objects.order_by("id").values_list("template", flat=True))


def test_a_changed_password_is_told_and_in_the_log_of_each_business(
    martina: Browser, others: list[UUID], entries: Entries, drain: Callable[..., int]
) -> None:
    wish = {"current_password": PASSWORD, "new_password": "vier Anker am Kai"}
    martina.post("/me/change-password", wish, expect=204)
    assert told(martina) == ["security.password_changed"]
    assert "security.password_changed" in mailed()
    drain()
    own = UUID(martina.get("/auth/me")["tenant"]["id"])
    [here] = [entry for entry in entries(own) if entry.action == "password.changed"]
    [there] = entries(others[0])
    for name in ("at", "action", "actor_label", "address", "device", "entity_id", "request_id"):
        assert getattr(there, name) == getattr(here, name)
    assert entries(others[1]) == []


def test_an_entry_told_twice_is_there_once(
    martina: Browser, others: list[UUID], entries: Entries, drain: Callable[..., int]
) -> None:
    from kontor.accounts import everywhere
    from kontor.core.tenancy import tenant
    from kontor.jobs.models import Job

    martina.send("POST", "/auth/logout-all")
    own = Membership.objects.order_by("created_at").first()
    assert own
    with tenant(own.tenant_id):
        payload = Job.objects.get(kind=everywhere.KIND).payload
    drain()
    everywhere.repeat(own.tenant_id, UUID(payload["person"]), payload["entry"])
    assert [entry.action for entry in entries(others[0])] == ["session.ended"]


def test_a_refused_log_in_reaches_each_business_and_an_unknown_address_none(
    martina: Browser, others: list[UUID], entries: Entries, drain: Callable[..., int]
) -> None:
    assert martina.login("nope").status_code == 401
    assert martina.login("nope", email="nobody@thomsen.example").status_code == 401
    drain()
    assert [entry.action for entry in entries(others[0])] == ["session.refused"]
    assert [entry.entity_label for entry in entries(HOUSE)] == [""]


def test_second_factors_are_told(martina: Browser, app: App, visit: Callable[..., Browser]) -> None:
    assert told(martina) == ["security.factor_added"]
    martina.post("/me/factors/recovery-codes")
    code = martina.said["codes"][0]
    elsewhere = visit("Safari", "198.51.100.4")
    assert elsewhere.login().status_code == 401
    assert elsewhere.second_step("recovery", code=code).status_code == 200
    [factor] = martina.get("/me/factors")["items"]
    martina.delete(f"/me/factors/{factor['id']}")
    assert told(martina)[::-1] == [
        "security.factor_added",
        "security.recovery_made",
        "security.recovery_used",
        "security.factor_removed",
    ]
    assert {"security.recovery_made", "security.recovery_used", "security.factor_removed"} <= set(mailed())


def test_a_copied_session_is_told_to_the_person_and_each_business(
    martina: Browser, others: list[UUID], entries: Entries, drain: Callable[..., int]
) -> None:
    stolen = {"refresh_token": martina.client.cookies["kontor_refresh"]}
    assert martina.refresh().status_code == 200
    RefreshToken.objects.update(replaced_at=now() - sessions.GRACE - timedelta(seconds=1))
    martina.client.cookies.clear()
    assert martina.send("POST", "/auth/refresh", stolen).status_code == 401
    drain()
    assert [entry.action for entry in entries(others[0])] == ["session.reused"]
    assert entries(others[1]) == [], "where she is no more"
    assert martina.login().status_code == 200
    assert told(martina) == ["security.session_reused"]
    assert "security.session_reused" in mailed()
