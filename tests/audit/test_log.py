"""An administrator reads who did what; nobody else does, and nobody changes it."""

from __future__ import annotations

from typing import Any

import pytest
from tests.audit.conftest import Write
from tests.plugins.api import Caller, Enter

Json = dict[str, Any]


@pytest.fixture
def log(api: Caller, write: Write) -> Caller:
    """A log of five entries by two people."""
    own = api.tenant_id
    write(own, "role.changed", entity_kind="person", entity_id="7", entity_label="Jens Petersen",
          before={"role": "member"}, after={"role": "admin"})  # fmt: skip
    write(own, "role.changed", by="Hauke Boje", entity_kind="person", entity_id="8")
    write(own, "password.changed", entity_kind="person", entity_id="7", after={"password": "geheim"})
    write(own, "tenant.changed", by="Hauke Boje", entity_kind="tenant", after={"name": "100 % Segel"})
    write(own, "session.begun", entity_kind="session", entity_id="9")
    return api


def asked(caller: Caller, **filters: str) -> list[Json]:
    answer = caller.get("/audit", params=filters)
    assert answer.status_code == 200, answer.text
    items: list[Json] = answer.json()["items"]
    return items


def test_the_newest_entry_comes_first_and_says_who_what_and_what_changed(log: Caller) -> None:
    entries = asked(log)
    assert [row["action"] for row in entries] == [
        "session.begun", "tenant.changed", "password.changed", "role.changed", "role.changed",
    ]  # fmt: skip
    oldest = entries[-1]
    assert oldest["actor"] == {"kind": "person", "id": "id of Martina Thomsen", "label": "Martina Thomsen"}
    assert oldest["entity"] == {"kind": "person", "id": "7", "label": "Jens Petersen"}
    assert (oldest["before"], oldest["after"]) == ({"role": "member"}, {"role": "admin"})


def test_no_secret_is_shown(log: Caller) -> None:
    assert "geheim" not in log.get("/audit").text
    assert asked(log, action="password.changed")[0]["after"] == {"password": "•••"}


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"actor": "id of Hauke Boje"}, ["tenant.changed", "role.changed"]),
        ({"actor": "api_key"}, []),
        ({"action": "role.changed"}, ["role.changed", "role.changed"]),
        ({"action": "role"}, []),
        ({"action": "role."}, ["role.changed", "role.changed"]),
        ({"entity": "person"}, ["password.changed", "role.changed", "role.changed"]),
        ({"entity": "person:7"}, ["password.changed", "role.changed"]),
        ({"q": "jens role"}, ["role.changed"]),
        ({"q": "jens tenant"}, []),
        ({"q": "%"}, []),
        ({"from": "2999-01-01"}, []),
        ({"to": "2999-01-01T00:00:00Z", "action": "session."}, ["session.begun"]),
    ],
)
def test_filters_find_what_they_say(log: Caller, filters: dict[str, str], found: list[str]) -> None:
    assert [row["action"] for row in asked(log, **filters)] == found


def test_pages_show_each_entry_once(log: Caller) -> None:
    seen: list[str] = []
    cursor = ""
    while True:
        page = log.get("/audit", params={"limit": "2", "cursor": cursor}).json()
        seen += [row["id"] for row in page["items"]]
        cursor = page["next_cursor"]
        if not cursor:
            break
    assert seen == [row["id"] for row in asked(log)]
    assert len(set(seen)) == 5


@pytest.mark.parametrize("role", ["member", "read_only"])
def test_only_administrators_read_it(log: Caller, enter: Enter, role: str) -> None:
    for path in ("/audit", "/audit/export"):
        answer = enter(log.tenant_id, role).get(path)
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


def test_another_business_reads_only_its_own(log: Caller, other_api: Caller) -> None:
    assert asked(other_api) == []
    export = other_api.get("/audit/export", params={"format": "ndjson"})
    assert export.content == b""
