"""API keys: made by people, used by programs, shown once, and revoked within seconds."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from tests.accounts.browser import Browser
from tests.accounts.keys.conftest import Json, Make, Program
from tests.api.operations import operations
from tests.api.world import PLAIN

from kontor.accounts.keys import service, text
from kontor.accounts.keys.models import ApiKey
from kontor.accounts.models import Membership, Person, Session, Tenant
from kontor.core.clock import now
from kontor.core.errors import Invalid
from kontor.core.http import credentials
from kontor.core.tenancy import tenant

Use = Callable[[Json], Program]
Entries = Callable[[Any], list[Any]]


def own() -> UUID:
    return Tenant.objects.get().id


def rows(browser: Browser, query: str = "") -> list[Json]:
    found: list[Json] = browser.get(f"/api-keys{query}")["items"]
    return found


def test_a_key_does_what_it_was_made_for_and_no_more(make: Make, program: Use) -> None:
    reader = program(make(scopes=("read",)))
    assert reader.status() == 200
    refused = reader.send("PUT", "/brands", json={"name": "Thomsen"})
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    writer = program(make("Lager", ("read", "write")))
    assert writer.send("PUT", "/brands", json={"name": "Thomsen"}).status_code == 200
    assert writer.status("/audit") == 403


def test_the_secret_is_shown_once_and_kept_nowhere(make: Make, martina: Browser, superuser: str) -> None:
    made = make()
    secret = made["secret"]
    assert (len(secret), secret.split("_")[0]) == (82, "kontor")
    assert secret not in str(rows(martina))
    with psycopg.connect(superuser) as db:
        tables = [name for (name,) in db.execute(
            "select tablename from pg_tables where schemaname = 'public'").fetchall()]  # fmt: skip
        for table in tables:
            kept = str(db.execute(f"select t::text from {table} t").fetchall())
            assert secret not in kept
            assert secret[-43:] not in kept
    with tenant(own()):
        assert bytes(ApiKey.objects.get().hash) == hashlib.sha256(secret.encode()).digest()


def test_a_list_says_whose_keys_they_are_and_when_they_were_used(
    make: Make, martina: Browser, program: Use
) -> None:
    make("Alt", expires_at=(now() + timedelta(hours=1)).isoformat())
    used = make("Lager Nord", ("read", "write"))
    assert program(used).status() == 200
    with tenant(own()):
        ApiKey.objects.filter(name="Alt").update(expires_at=now())
    newest, old = rows(martina)
    assert (newest["name"], newest["scopes"], newest["status"]) == ("Lager Nord", ["read", "write"], "active")
    assert newest["maker"] == {
        "id": str(Person.objects.get().id),
        "name": "Martina Thomsen",
        "is_active": True,
    }
    assert newest["used_at"]
    assert newest["used_from"] == "testclient"
    assert (old["status"], old["used_at"]) == ("expired", None)
    assert [row["name"] for row in rows(martina, "?status=expired")] == ["Alt"]
    assert [row["name"] for row in rows(martina, "?q=nord+lager")] == ["Lager Nord"]
    assert [row["name"] for row in rows(martina, f"?q={old['prefix'][:6]}")] == ["Alt"]


def test_use_is_noted_once_a_minute(make: Make, program: Use, monkeypatch: pytest.MonkeyPatch) -> None:
    user = program(make())

    def noted() -> Any:
        credentials._known.clear()
        assert user.status() == 200
        with tenant(own()):
            return ApiKey.objects.get().used_at

    first = noted()
    assert noted() == first
    with tenant(own()):
        ApiKey.objects.update(used_at=first - timedelta(minutes=1, seconds=1))
    assert noted() > first


def test_a_revoked_key_is_refused_at_once_and_stays_in_the_list(
    make: Make, martina: Browser, program: Use
) -> None:
    made = make()
    user = program(made)
    assert user.status() == 200
    for _ in range(2):
        martina.delete(f"/api-keys/{made['key']['id']}")
    answer = user.send("GET", "/listings")
    assert (answer.status_code, answer.json()["params"]["reason"]) == (401, "revoked")
    [row] = rows(martina)
    assert (row["status"], row["revoked_by"]) == ("revoked", "Martina Thomsen")


@pytest.mark.parametrize("change", ["revoked_at", "expires_at"])
def test_what_another_process_ends_acts_within_seconds(
    make: Make, program: Use, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    user = program(make())
    assert user.status() == 200
    with tenant(own()):
        ApiKey.objects.update(**{change: now()})
    clock = credentials.time.monotonic() + credentials.BELIEVED_SECONDS
    monkeypatch.setattr(credentials.time, "monotonic", lambda: clock)
    assert user.status() == 401


def test_nobody_gets_in_with_half_a_key(make: Make, program: Use) -> None:
    secret = make()["secret"]
    other = Tenant.objects.create(name="Nebenan", slug="nebenan", language="de")
    elsewhere = text.made(other.id)[0]
    wrong = [
        secret[:-1] + ("a" if secret[-1] != "a" else "b"),
        secret[:30] + ("a" if secret[30] != "a" else "b") + secret[31:],
        elsewhere[:30] + secret[30:],
        secret[:-1],
        secret.replace("kontor", "Kontor"),
        "kontor_" + "-" * 22 + "_" + "a" * 8 + "_" + "_" * 43,
    ]
    for key in wrong:
        answer = program({"secret": key}).send("GET", "/listings")
        assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")


def test_a_key_can_do_no_more_than_its_maker_and_says_all_that_is_wrong(martina: Browser, make: Make) -> None:
    Membership.objects.update(role="read_only")
    credentials._known.clear()
    assert martina.send("POST", "/api-keys", {"name": "x", "scopes": ["read"]}).status_code == 403
    Membership.objects.update(role="admin")
    credentials._known.clear()
    martina.post(
        "/api-keys", {"name": " ", "scopes": ["read"], "expires_at": "2020-01-01T00:00:00Z"}, expect=422
    )
    assert martina.problems == {("name", "key.name_missing"), ("expires_at", "key.expiry_past")}


def test_scopes_beyond_the_makers_are_refused(martina: Browser) -> None:
    from kontor.core.actor import Actor

    session = Session.objects.get()
    maker = Actor(own(), session.membership.person_id, "Martina", frozenset({"admin"}), session.id)
    with tenant(own()), pytest.raises(Invalid) as refused:
        service.make(maker, "Lager", ["admin", "write"], None)
    assert [(row.field, row.code) for row in refused.value.problems] == [("scopes", "key.scope_beyond")]


def test_making_a_key_needs_a_fresh_proof(martina: Browser) -> None:
    Session.objects.update(proven_at=now() - timedelta(minutes=11))
    martina.post("/api-keys", {"name": "Lager", "scopes": ["read"]}, expect=403)
    assert martina.code == "proof.needed"


def test_there_is_an_end_to_keys(martina: Browser, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "MOST_ACTIVE", 1)
    made = make()
    martina.post("/api-keys", {"name": "Lager", "scopes": ["read"]}, expect=409)
    assert (martina.code, martina.said["params"]) == ("key.too_many", {"most": 1})
    martina.delete(f"/api-keys/{made['key']['id']}")
    make()


def test_a_key_goes_on_without_its_maker(martina: Browser, make: Make, program: Use, visit: Any) -> None:
    user = program(make(scopes=("admin",)))
    Membership.objects.update(is_active=False)
    credentials._known.clear()
    assert martina.send("GET", "/api-keys").status_code == 401
    [row] = user.send("GET", "/api-keys").json()["items"]
    assert row["maker"]["name"] == "Martina Thomsen"
    assert not row["maker"]["is_active"]


def test_the_log_tells_of_keys_and_of_what_they_do(
    martina: Browser, make: Make, program: Use, entries: Entries
) -> None:
    made = make(scopes=("read", "write"))
    assert program(made).send("PUT", "/brands", json={"name": "Thomsen"}).status_code == 200
    martina.delete(f"/api-keys/{made['key']['id']}")
    found = entries(own())
    assert [entry.action for entry in found][-3:] == ["key.made", "put_brand", "key.revoked"]
    done = next(entry for entry in found if entry.action == "put_brand")
    assert (done.actor_kind, done.actor_id, done.actor_label) == (
        "api_key",
        made["key"]["id"],
        "Warenwirtschaft",
    )
    assert made["secret"] not in str([vars(entry) for entry in found])


def test_what_belongs_to_a_person_is_refused_to_every_key(make: Make, program: Use) -> None:
    user = program(make(scopes=("read", "write", "admin")))
    asked = 0
    for op in operations():
        path = op.at(
            {name: PLAIN.get(name, "019b0000-0000-7000-8000-000000000000") for name in op.path_names}
        )
        if op.scope == "person":
            answer = user.send(op.method, path.removeprefix("/api/v1"), **op.sent())
            assert (answer.status_code, answer.json()["code"]) == (403, "forbidden"), op.name
            asked += 1
    assert asked > 10
    for method, path, body in (
        ("POST", "/api-keys", {"name": "x", "scopes": ["read"]}),
        ("DELETE", "/api-keys/019b0000-0000-7000-8000-000000000000", None),
    ):
        answer = user.send(method, path, json=body)
        assert (answer.status_code, answer.json()["code"]) == (403, "person.needed")
    assert user.send("POST", "/live/tickets").status_code == 403


def test_a_key_breaks_no_route(make: Make, program: Use) -> None:
    user = program(make(scopes=("read", "write", "admin")))
    for op in operations():
        path = op.at(
            {name: PLAIN.get(name, "019b0000-0000-7000-8000-000000000000") for name in op.path_names}
        )
        if op.scope not in ("public", "person"):
            answer = user.send(
                op.method, path.removeprefix("/api/v1"), params=op.required_query(), **op.sent()
            )
            assert answer.status_code < 500, f"{op.name}: {answer.text}"


def test_two_keys_never_get_each_others_answers(make: Make, program: Use) -> None:
    answers = []
    for name in ("Eins", "Zwei"):
        made = make(name, ("read", "write", "admin"))
        answers.append(
            program(made)._client.post(
                "/api/v1/people/invitations",
                json={"email": f"{name}@example.com".lower(), "role": "member"},
                headers={"Authorization": f"Bearer {made['secret']}", "Idempotency-Key": "1"},
            )
        )
    assert [answer.status_code for answer in answers] == [201, 201]
    assert {answer.json()["email"] for answer in answers} == {"eins@example.com", "zwei@example.com"}
