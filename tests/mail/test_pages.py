"""Looking at mails: every one with example values, and in the demo those that went out."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from starlette.testclient import TestClient
from tests.plugins.api import Caller, Enter
from tests.plugins.mails import Post

from kontor.core.config import settings
from kontor.mail import service
from kontor.mail.catalogue import LANGUAGES, SAMPLES


def test_an_administrator_sees_every_mail_in_every_language(api: Caller) -> None:
    listed = [row["name"] for row in api.get("/mail/templates").json()["items"]]
    assert listed == list(SAMPLES)
    for name in listed:
        for language in LANGUAGES:
            answer = api.get(f"/mail/templates/{name}/preview", params={"language": language})
            assert answer.status_code == 200, answer.text
            assert answer.json()["subject"]
    assert api.get("/mail/templates/nothing/preview").json()["code"] == "mail.not_found"


def test_a_member_does_not(tenant_a: UUID, enter: Enter) -> None:
    assert enter(tenant_a, "member").get("/mail/templates").status_code == 403


@pytest.fixture
def in_demo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The installation is a demo."""
    monkeypatch.setenv("KONTOR_ENVIRONMENT", "demo")
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()


@pytest.mark.usefixtures("in_demo")
def test_the_demo_shows_what_went_out(anonymous: TestClient, post: Post) -> None:
    assert "No mail was sent yet" in anonymous.get("/demo/mails").text
    number = service.send("reset_password", "a@b.example", "en", **SAMPLES["reset_password"])
    post.all()
    page = anonymous.get("/demo/mails")
    assert f'href="/demo/mails/{number}"' in page.text
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert "<script" not in page.text
    mail = anonymous.get(f"/demo/mails/{number}")
    assert 'href="https://kontor.example/some/page?token=example"' in mail.text
    assert "https://kontor.example/some/page" in anonymous.get(f"/demo/mails/{number}/text").text
    assert anonymous.get("/demo/mails/019b0000-0000-7000-8000-000000000000").status_code == 404


def test_nowhere_else(anonymous: TestClient, post: Post) -> None:
    number = service.send("reset_password", "a@b.example", "en", **SAMPLES["reset_password"])
    for path in ("/demo/mails", f"/demo/mails/{number}", f"/demo/mails/{number}/text"):
        assert anonymous.get(path).status_code == 404
