"""Who is in the business: roles, being put out and in again, and that somebody always owns it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from starlette.testclient import TestClient
from tests.accounts.people.conftest import PASSWORD, Joined
from tests.accounts.people.test_addresses import bearer, login
from tests.plugins.api import Caller, Enter
from tests.plugins.mails import Post

from kontor.accounts.models import Membership, Person
from kontor.audit.models import Entry
from kontor.core.http import credentials
from kontor.core.tenancy import tenant

ANY = {"If-Match": "*"}


@pytest.fixture(autouse=True)
def _asked_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a session may is asked at each request: others need not wait for the seconds that it is believed."""
    monkeypatch.setattr(credentials, "ASKED_AFTER_SECONDS", -1.0)
    monkeypatch.setattr(credentials, "BELIEVED_SECONDS", -1.0)


def owners(tenant_id: UUID) -> int:
    return Membership.objects.filter(tenant_id=tenant_id, role="owner", is_active=True).count()


def test_everybody_sees_who_is_here_in_pages(tenant_a: UUID, api: Caller, enter: Enter) -> None:
    reader = enter(tenant_a, "read_only")
    enter(tenant_a, "member")
    first = reader.get("/people", params={"limit": 2, "total": True}).json()
    assert (len(first["items"]), first["total"]) == (2, 3)
    rest = reader.get("/people", params={"limit": 2, "cursor": first["next_cursor"]}).json()
    rows = [*first["items"], *rest["items"]]
    assert [row["role"] for row in rows] == ["owner", "read_only", "member"]
    assert [row["is_me"] for row in rows] == [False, True, False]
    assert rows[0]["last_seen_at"] is not None
    assert [row["role"] for row in reader.get("/people", params={"q": "test MEMBER"}).json()["items"]] == [
        "member"
    ]


def test_a_role_changes_what_may_be_done(tenant_a: UUID, api: Caller, enter: Enter, post: Post) -> None:
    admin = enter(tenant_a, "admin")
    assert admin.get("/people/invitations").status_code == 200
    path = f"/people/{admin.person_id}"
    assert api.patch(path, json={"role": "member"}).status_code == 428
    changed = api.patch(path, json={"role": "member"}, headers=ANY)
    assert changed.json()["role"] == "member"
    assert admin.get("/people/invitations").status_code == 403
    stale = api.patch(path, json={"role": "admin"}, headers={"If-Match": '"1"'})
    assert stale.status_code == 412
    assert stale.json()["params"]["theirs"]["role"] == "member"
    back = api.patch(path, json={"role": "read_only"}, headers={"If-Match": changed.headers["etag"]})
    assert back.status_code == 200
    assert len(post.to(Person.objects.get(id=admin.person_id).email)) == 2, "who it is about is told"


def test_only_an_owner_decides_about_owners(tenant_a: UUID, api: Caller, enter: Enter) -> None:
    admin, member = enter(tenant_a, "admin"), enter(tenant_a, "member")
    for person, wish in (
        (member, {"role": "owner"}),
        (admin, {"role": "owner"}),
        (api, {"role": "member"}),
        (api, {"is_active": False}),
    ):
        answer = admin.patch(f"/people/{person.person_id}", json=wish, headers=ANY)
        assert (answer.status_code, answer.json()["code"]) == (403, "people.owner_only"), wish
    assert api.patch(f"/people/{member.person_id}", json={"role": "owner"}, headers=ANY).status_code == 200
    assert owners(tenant_a) == 2


def test_who_is_put_out_is_out_and_may_come_back(
    tenant_a: UUID, api: Caller, anonymous: TestClient, joined: Joined
) -> None:
    person = joined("ole@thomsen.example")
    tokens = login(anonymous).json()
    anonymous.cookies.clear()
    path = f"/people/{person.id}"
    assert api.patch(path, json={"is_active": False}, headers=ANY).json()["is_active"] is False
    assert anonymous.get("/api/v1/people", headers=bearer(tokens)).status_code == 401
    refused = anonymous.post("/api/v1/auth/refresh", json={"refresh_token": tokens["refresh_token"]})
    assert refused.json()["code"] == "session.over"
    assert login(anonymous).status_code == 403
    assert api.patch(path, json={"is_active": True}, headers=ANY).json()["is_active"] is True
    assert login(anonymous).status_code == 200
    assert anonymous.get("/api/v1/people", headers=bearer(tokens)).status_code == 401, (
        "the old one stays dead"
    )


def test_the_last_owner_stays(tenant_a: UUID, api: Caller, enter: Enter) -> None:
    me = f"/people/{api.person_id}"
    for answer in (
        api.patch(me, json={"role": "admin"}, headers=ANY),
        api.patch(me, json={"is_active": False}, headers=ANY),
        api.post("/me/leave"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "people.last_owner")
    second = enter(tenant_a, "owner")
    Person.objects.filter(id=second.person_id).update(is_active=False)
    assert api.post("/me/leave").json()["code"] == "people.last_owner", "an owner who can't log in is none"
    Person.objects.filter(id=second.person_id).update(is_active=True)
    assert api.post("/me/leave").status_code == 204
    assert owners(tenant_a) == 1


@pytest.mark.parametrize("way", ["leave", "demoted", "demoting each other"])
def test_owners_who_go_at_once_leave_one(tenant_a: UUID, enter: Enter, way: str) -> None:
    callers = [enter(tenant_a, "owner") for _ in range(4)]

    def go(number: int) -> int:
        caller = callers[number]
        if way == "leave":
            return caller.post("/me/leave").status_code
        other = callers[(number + (way == "demoting each other")) % 4]
        return caller.patch(f"/people/{other.person_id}", json={"role": "member"}, headers=ANY).status_code

    with ThreadPoolExecutor(4) as threads:
        codes = list(threads.map(go, range(4)))
    assert owners(tenant_a) >= 1
    if way != "demoting each other":
        assert sorted(codes) == [200 if way == "demoted" else 204] * 3 + [409]


def test_ownership_is_handed_over(
    tenant_a: UUID, api: Caller, enter: Enter, anonymous: TestClient, joined: Joined
) -> None:
    owner = joined("ole@thomsen.example", "owner")
    me = bearer(login(anonymous).json())
    member = enter(tenant_a, "member")
    path = f"/api/v1/people/{member.person_id}/hand-over"
    wrong = anonymous.post(path, json={"password": "nope"}, headers=me)
    assert wrong.json()["problems"][0]["code"] == "password.wrong"
    answer = anonymous.post(path, json={"password": PASSWORD}, headers=me)
    assert answer.json()["role"] == "owner", answer.text
    roles = dict(Membership.objects.filter(tenant_id=tenant_a).values_list("person_id", "role"))
    assert roles == {owner.id: "admin", member.person_id: "owner", api.person_id: "owner"}
    again = anonymous.post(path, json={"password": PASSWORD}, headers=me)
    assert again.json()["code"] == "people.owner_only"


def test_it_is_not_handed_to_who_is_out(
    tenant_a: UUID, enter: Enter, anonymous: TestClient, joined: Joined
) -> None:
    joined("ole@thomsen.example", "owner")
    me = bearer(login(anonymous).json())
    member = enter(tenant_a, "member")
    Membership.objects.filter(person_id=member.person_id).update(is_active=False)
    answer = anonymous.post(
        f"/api/v1/people/{member.person_id}/hand-over", json={"password": PASSWORD}, headers=me
    )
    assert answer.json()["code"] == "people.inactive"
    assert owners(tenant_a) == 1


def test_people_of_another_business_are_nobody_here(api: Caller, other_api: Caller) -> None:
    answer = api.patch(f"/people/{other_api.person_id}", json={"role": "member"}, headers=ANY)
    assert (answer.status_code, answer.json()["code"]) == (404, "people.not_found")
    assert [row["id"] for row in api.get("/people").json()["items"]] == [str(api.person_id)]


def test_the_business_is_changed_by_its_administrators(tenant_a: UUID, api: Caller, enter: Enter) -> None:
    shown = api.get("/tenant")
    assert (shown.json()["name"], shown.json()["country"]) == ("Alpha Handel", "DE")
    wish = {"name": "  Alpha & Co ", "country": "FR"}
    changed = api.patch("/tenant", json=wish, headers={"If-Match": shown.headers["etag"]})
    assert (changed.json()["name"], changed.json()["country"]) == ("Alpha & Co", "FR")
    stale = api.patch("/tenant", json={"name": "Beta"}, headers={"If-Match": shown.headers["etag"]})
    assert stale.json()["params"]["theirs"]["name"] == "Alpha & Co"
    bad = api.patch("/tenant", json={"name": " ", "country": "XX"}, headers=ANY)
    assert {(row["code"], row["field"]) for row in bad.json()["problems"]} == {
        ("company.missing", "name"),
        ("country.unknown", "country"),
    }
    assert enter(tenant_a, "member").patch("/tenant", json=wish, headers=ANY).status_code == 403


def test_the_log_says_who_changed_what_of_whom(tenant_a: UUID, api: Caller, enter: Enter) -> None:
    member = enter(tenant_a, "member")
    path = f"/people/{member.person_id}"
    for wish in ({"role": "admin"}, {"is_active": False}, {"is_active": True}):
        assert api.patch(path, json=wish, headers=ANY).status_code == 200
    api.patch(path, json={"role": "admin"}, headers=ANY)  # as it is: only that somebody asked
    with tenant(tenant_a):
        found = list(Entry.objects.filter(entity_id=str(member.person_id)).order_by("id"))
    assert [entry.action for entry in found] == [
        "role.changed", "person.deactivated", "person.reactivated", "patch_person",
    ]  # fmt: skip
    assert {entry.actor_id for entry in found} == {str(api.person_id)}
    assert (found[0].before, found[0].after) == ({"role": "member"}, {"role": "admin"})
