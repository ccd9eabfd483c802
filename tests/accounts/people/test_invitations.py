"""Asking somebody in: by mail with a role, accepted by a new or a known person, withdrawn, sent again, too old."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID

import psycopg
from starlette.testclient import TestClient
from tests.accounts.people.conftest import PASSWORD, Joined
from tests.plugins.api import Caller, Enter
from tests.plugins.mails import Post

from kontor.accounts.models import Membership, Person, Tenant
from kontor.accounts.people.models import Invitation
from kontor.core.clock import now
from kontor.core.tenancy import tenant

INVITED = "/api/v1/auth/invitations"
RIKE = "rike@boje.example"
NEWCOMER = {"password": PASSWORD, "first_name": "Rike", "last_name": "Boje", "language": "fr"}


def invite(client: Caller, email: str = RIKE, **wish: Any) -> Any:
    return client.post("/people/invitations", json={"email": email, **wish})


def accept(client: TestClient, token: str, body: dict[str, Any] = NEWCOMER) -> Any:
    return client.post(f"{INVITED}/{token}/accept", json=body)


def test_a_new_person_comes_in_and_is_logged_in(
    api: Caller, anonymous: TestClient, post: Post, tenant_a: UUID
) -> None:
    answer = invite(api, " Rike@Boje.example", role="read_only", language="en")
    assert answer.status_code == 201, answer.text
    assert answer.json()["status"] == "open"
    assert "invites you to Alpha Handel" in post.to(RIKE)[-1].subject
    token = post.token(RIKE)
    seen = anonymous.get(f"{INVITED}/{token}").json()
    assert (seen["company"], seen["email"], seen["role"], seen["is_known"]) == (
        "Alpha Handel",
        RIKE,
        "read_only",
        False,
    )
    tokens = accept(anonymous, token)
    assert tokens.status_code == 200, tokens.text
    assert tokens.json()["user"]["email_verified"] is True
    assert "kontor_refresh=" in tokens.headers["set-cookie"]
    headers = {"Authorization": f"Bearer {tokens.json()['access_token']}"}
    me = anonymous.get("/api/v1/auth/me", headers=headers).json()
    assert (me["tenant"]["id"], me["scopes"], me["user"]["language"]) == (str(tenant_a), ["read"], "fr")
    refused = anonymous.patch("/api/v1/tenant", json={"name": "Meins"}, headers={**headers, "If-Match": "*"})
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    assert accept(anonymous, token).json()["code"] == "invitation.over"
    assert api.get("/people/invitations").json()["items"] == []


def test_a_known_person_comes_in_with_their_password_alone(
    api: Caller, other_api: Caller, anonymous: TestClient, joined: Joined, post: Post, tenant_b: UUID
) -> None:
    person = joined(RIKE)
    invite(other_api, role="admin")
    token = post.token(RIKE)
    assert anonymous.get(f"{INVITED}/{token}").json()["is_known"] is True
    assert accept(anonymous, token, {"password": "nope"}).json()["code"] == "login.wrong"
    done = accept(anonymous, token, {"password": PASSWORD})
    assert done.json()["tenant"]["id"] == str(tenant_b)
    assert done.json()["user"]["role"] == "admin"
    person.refresh_from_db()
    assert (person.first_name, Membership.objects.filter(person=person).count()) == ("Ole", 2)


def test_guessing_a_known_persons_password_here_is_slowed_too(
    api: Caller, other_api: Caller, anonymous: TestClient, joined: Joined, post: Post
) -> None:
    joined(RIKE)
    invite(other_api)
    token = post.token(RIKE)
    codes = [accept(anonymous, token, {"password": "nope"}).status_code for _ in range(7)]
    assert codes == [401] * 6 + [429]


def test_all_that_is_wrong_with_a_newcomer_is_said_at_once(
    api: Caller, anonymous: TestClient, post: Post
) -> None:
    invite(api)
    token = post.token(RIKE)
    answer = accept(anonymous, token, {"password": "1234"})
    assert {row["field"] for row in answer.json()["problems"]} == {"password", "first_name"}
    assert accept(anonymous, token).status_code == 200


def test_sent_again_the_former_link_ends(api: Caller, anonymous: TestClient, post: Post) -> None:
    number = invite(api).json()["id"]
    first = post.token(RIKE)
    assert invite(api).json()["code"] == "invitation.already_open"
    assert api.post(f"/people/invitations/{number}/resend").status_code == 200
    second = post.token(RIKE)
    assert accept(anonymous, first).json()["code"] == "invitation.over"
    assert accept(anonymous, second).status_code == 200
    assert api.post(f"/people/invitations/{number}/resend").status_code == 404


def test_withdrawn_or_too_old_it_ends(api: Caller, anonymous: TestClient, post: Post, tenant_a: UUID) -> None:
    number = invite(api).json()["id"]
    assert api.delete(f"/people/invitations/{number}").status_code == 204
    assert accept(anonymous, post.token(RIKE)).json()["code"] == "invitation.over"
    assert invite(api).status_code == 201
    with tenant(tenant_a):
        Invitation.objects.update(expires_at=now() - timedelta(seconds=1))
    assert accept(anonymous, post.token(RIKE)).json()["code"] == "invitation.over"
    assert [row["status"] for row in api.get("/people/invitations").json()["items"]] == ["expired"]
    assert invite(api).status_code == 201, "an old one is no obstacle to a new one"
    assert not Person.objects.filter(email=RIKE).exists()


def test_who_is_here_needs_none_and_owners_are_made_by_owners(
    api: Caller, tenant_a: UUID, enter: Enter, joined: Joined
) -> None:
    joined(RIKE)
    assert invite(api).json()["code"] == "invitation.already_member"
    admin = enter(tenant_a, "admin")
    assert invite(admin, "x@boje.example", role="owner").json()["code"] == "people.owner_only"
    assert invite(api, "x@boje.example", role="owner").status_code == 201
    assert invite(enter(tenant_a, "member"), "y@boje.example").status_code == 403
    assert invite(api, "no address").json()["problems"][0]["code"] == "email.invalid"


def test_the_secret_is_nowhere_and_a_link_of_another_business_finds_nothing(
    api: Caller, other_api: Caller, anonymous: TestClient, post: Post, superuser: str
) -> None:
    invite(api)
    token = post.token(RIKE)
    with psycopg.connect(superuser) as db:
        rows = db.execute("select i::text, m::text from people_invitation i, mail_message m").fetchall()
    assert rows
    assert token not in str(rows)
    number = api.get("/people/invitations").json()["items"][0]["id"]
    assert other_api.delete(f"/people/invitations/{number}").status_code == 404
    for wrong in ("x", token[:-3] + "AAA", "A" * 64, "ä", token + "A"):
        assert anonymous.get(f"{INVITED}/{wrong}").status_code == 410, wrong


def test_accepted_by_many_tabs_at_once_it_makes_one_person(
    api: Caller, anonymous: TestClient, post: Post, tenant_a: UUID
) -> None:
    invite(api)
    token = post.token(RIKE)
    with ThreadPoolExecutor(4) as threads:
        codes = sorted(threads.map(lambda _: accept(anonymous, token).status_code, range(4)))
    assert codes[0] == 200
    assert set(codes[1:]) <= {401, 409, 410}
    assert Membership.objects.filter(tenant_id=tenant_a, person__email=RIKE).count() == 1


def test_a_business_name_cannot_forge_a_mail(api: Caller, post: Post, tenant_a: UUID) -> None:
    Tenant.objects.filter(id=tenant_a).update(name="A\r\nBcc: all@x.example\n\n[[Click]]")
    invite(api, language="en")
    mail = post.to(RIKE)[-1]
    assert "\n" not in mail.subject
    assert mail.message()["Bcc"] is None
