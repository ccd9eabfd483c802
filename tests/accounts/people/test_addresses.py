"""Confirming an address, a forgotten password, another address: by HTTP and by the links in the mails."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.accounts.people.conftest import PASSWORD, Joined
from tests.plugins.mails import Post

from kontor.accounts.models import Person
from kontor.accounts.people.links import MOST_PER_HOUR
from kontor.accounts.people.models import EmailToken
from kontor.core.clock import now

AUTH = "/api/v1/auth"
OLE = "ole@thomsen.example"
NEW = "vier Masten im Hafen"


def login(client: TestClient, email: str = OLE, password: str = PASSWORD) -> Any:
    return client.post(f"{AUTH}/login", json={"email": email, "password": password})


def bearer(tokens: dict[str, Any]) -> dict[str, str]:
    return {"Authorization": f"Bearer {tokens['access_token']}"}


def forget(client: TestClient, email: str = OLE) -> Any:
    return client.post(f"{AUTH}/forgotten-password", json={"email": email})


def test_who_registers_confirms_the_address_by_mail(anonymous: TestClient, post: Post) -> None:
    wish = {"email": OLE, "password": PASSWORD, "first_name": "Ole", "last_name": "Boje", "company": "Boje"}
    tokens = anonymous.post(f"{AUTH}/register", json=wish).json()
    assert tokens["user"]["email_verified"] is False
    token = post.token(OLE)
    answer = anonymous.post(f"{AUTH}/verify-email", json={"token": token})
    assert answer.json() == {"email": OLE}
    assert anonymous.get(f"{AUTH}/me", headers=bearer(tokens)).json()["user"]["email_verified"] is True
    again = anonymous.post(f"{AUTH}/verify-email", json={"token": token})
    assert (again.status_code, again.json()["code"]) == (410, "link.over")


def test_a_second_confirming_mail_ends_the_first(anonymous: TestClient, joined: Joined, post: Post) -> None:
    joined(OLE, email_verified_at=None)
    tokens = []
    for _ in range(2):
        assert anonymous.post(f"{AUTH}/resend-verification", json={"email": OLE}).status_code == 202
        tokens.append(post.token(OLE))
    answers = [anonymous.post(f"{AUTH}/verify-email", json={"token": token}) for token in tokens]
    assert [answer.status_code for answer in answers] == [410, 200]
    anonymous.post(f"{AUTH}/resend-verification", json={"email": OLE})
    assert len(post.to(OLE)) == 2, "who has confirmed gets no more of these"


def test_a_forgotten_password_is_set_anew_and_ends_every_session(
    anonymous: TestClient, joined: Joined, post: Post
) -> None:
    joined(OLE)
    old = login(anonymous).json()
    anonymous.cookies.clear()
    assert forget(anonymous, f" {OLE.upper()} ").status_code == 202
    token = post.token(OLE)
    weak = anonymous.post(f"{AUTH}/reset-password", json={"token": token, "password": "1234567890"})
    assert {row["field"] for row in weak.json()["problems"]} == {"password"}
    done = anonymous.post(f"{AUTH}/reset-password", json={"token": token, "password": NEW})
    assert done.status_code == 204, done.text
    assert login(anonymous).json()["code"] == "login.wrong"
    assert login(anonymous, password=NEW).status_code == 200
    anonymous.cookies.clear()
    refused = anonymous.post(f"{AUTH}/refresh", json={"refresh_token": old["refresh_token"]})
    assert refused.json()["code"] == "session.over"
    assert anonymous.get(f"{AUTH}/me", headers=bearer(old)).status_code == 401
    again = anonymous.post(f"{AUTH}/reset-password", json={"token": token, "password": NEW})
    assert again.json()["code"] == "link.over"
    assert "password was changed" in post.to(OLE)[-1].subject


def test_a_known_and_an_unknown_address_get_the_same_answer_for_the_same_work(
    anonymous: TestClient,
    joined: Joined,
    post: Post,
    monkeypatch: pytest.MonkeyPatch,
    django_queries: list[str],
) -> None:
    from django.contrib.auth.hashers import Argon2PasswordHasher

    joined(OLE)
    verified: list[str] = []
    real = Argon2PasswordHasher.verify

    def counting(self: Any, password: str, encoded: str) -> bool:
        verified.append(encoded)
        return bool(real(self, password, encoded))

    monkeypatch.setattr(Argon2PasswordHasher, "verify", counting)
    for path in ("forgotten-password", "resend-verification"):
        seen = []
        for email in (OLE, "who@thomsen.example"):
            verified.clear()
            django_queries.clear()
            answer = anonymous.post(f"{AUTH}/{path}", json={"email": email})
            seen.append((answer.status_code, answer.content, len(verified), len(django_queries)))
        assert seen[0] == seen[1]
        assert seen[0][:3] == (202, b"", 1)
    post.all()
    assert post.to("who@thomsen.example") == []
    assert len(post.to(OLE)) == 1


@pytest.fixture
def django_queries(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The statements that requests send to the database."""
    from django.db.backends.utils import CursorWrapper

    statements: list[str] = []
    real = CursorWrapper.execute

    def execute(self: Any, sql: Any, params: Any = None) -> Any:
        statements.append(str(sql))
        return real(self, sql, params)

    monkeypatch.setattr(CursorWrapper, "execute", execute)
    return statements


def test_nobodys_mailbox_is_flooded(anonymous: TestClient, joined: Joined, post: Post) -> None:
    joined(OLE)
    for _ in range(MOST_PER_HOUR + 2):
        assert forget(anonymous).status_code == 202
        post.all()
    assert len(post.to(OLE)) == MOST_PER_HOUR


def test_a_link_works_for_an_hour_and_for_one_purpose(
    anonymous: TestClient, joined: Joined, post: Post
) -> None:
    joined(OLE)
    forget(anonymous)
    token = post.token(OLE)
    assert anonymous.post(f"{AUTH}/verify-email", json={"token": token}).status_code == 410
    assert anonymous.post(f"{AUTH}/confirm-email-change", json={"token": token}).status_code == 410
    EmailToken.objects.update(expires_at=now() - timedelta(seconds=1))
    late = anonymous.post(f"{AUTH}/reset-password", json={"token": token, "password": NEW})
    assert late.json()["code"] == "link.over"


def test_of_two_uses_at_once_one_counts(anonymous: TestClient, joined: Joined, post: Post) -> None:
    joined(OLE)
    forget(anonymous)
    token = post.token(OLE)

    def use(number: int) -> int:
        wish = {"token": token, "password": f"{NEW} {number}"}
        return anonymous.post(f"{AUTH}/reset-password", json=wish).status_code

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(use, range(4))) == [204, 410, 410, 410]


def test_who_is_deactivated_by_the_house_gets_no_link(
    anonymous: TestClient, joined: Joined, post: Post
) -> None:
    joined(OLE, is_active=False)
    forget(anonymous)
    assert post.to(OLE) == []


def test_moving_to_another_address_tells_both(anonymous: TestClient, joined: Joined, post: Post) -> None:
    joined(OLE)
    me = bearer(login(anonymous).json())
    path = "/api/v1/me/change-email"
    wrong = anonymous.post(path, json={"email": "neu@x.example", "password": "nope"}, headers=me)
    assert wrong.json()["problems"][0]["code"] == "password.wrong"
    same = anonymous.post(path, json={"email": OLE.upper(), "password": PASSWORD}, headers=me)
    assert same.json()["problems"][0]["code"] == "email.same"
    asked = anonymous.post(path, json={"email": "Neu@x.example", "password": PASSWORD}, headers=me)
    assert asked.status_code == 202, asked.text
    profile = anonymous.get("/api/v1/me/profile", headers=me).json()
    assert (profile["email"], profile["pending_email"]) == (OLE, "neu@x.example")
    assert "neu@x.example" in post.to(OLE)[-1].body
    token = post.token("neu@x.example")
    answer = anonymous.post(f"{AUTH}/confirm-email-change", json={"token": token})
    assert answer.json() == {"email": "neu@x.example"}
    assert login(anonymous).status_code == 401
    assert login(anonymous, "neu@x.example").status_code == 200
    assert "changed" in post.to(OLE)[-1].subject
    assert anonymous.get("/api/v1/me/profile", headers=me).json()["pending_email"] is None


def test_an_address_with_an_account_is_not_told(anonymous: TestClient, joined: Joined, post: Post) -> None:
    joined(OLE)
    joined("rike@thomsen.example")
    me = bearer(login(anonymous).json())
    wish = {"email": "rike@thomsen.example", "password": PASSWORD}
    assert anonymous.post("/api/v1/me/change-email", json=wish, headers=me).status_code == 202
    assert post.to("rike@thomsen.example") == []
    assert Person.objects.get(email=OLE)


def test_an_old_link_for_a_password_dies_with_the_old_address(
    anonymous: TestClient, joined: Joined, post: Post
) -> None:
    joined(OLE)
    me = bearer(login(anonymous).json())
    forget(anonymous)
    reset = post.token(OLE)
    wish = {"email": "neu@x.example", "password": PASSWORD}
    anonymous.post("/api/v1/me/change-email", json=wish, headers=me)
    anonymous.post(f"{AUTH}/confirm-email-change", json={"token": post.token("neu@x.example")})
    late = anonymous.post(f"{AUTH}/reset-password", json={"token": reset, "password": NEW})
    assert late.json()["code"] == "link.over"


def test_a_page_of_another_site_can_do_nothing_here(anonymous: TestClient) -> None:
    bodies = {
        "verify-email": {"token": "x"},
        "resend-verification": {"email": OLE},
        "forgotten-password": {"email": OLE},
        "reset-password": {"token": "x", "password": NEW},
        "confirm-email-change": {"token": "x"},
        "invitations/x/accept": {"password": NEW},
    }
    for path, body in bodies.items():
        answer = anonymous.post(f"{AUTH}/{path}", json=body, headers={"Origin": "https://evil.example"})
        assert answer.json()["code"] == "origin.foreign", path
