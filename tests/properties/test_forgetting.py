"""A person behind a property who wants to be forgotten."""

from __future__ import annotations

import json

import psycopg
from tests.plugins.api import Caller, Enter
from tests.properties.properties import body

OWNER = {"last_name": "Quastenberg", "phone": "+49 421 99887766"}


def test_an_owner_is_nowhere_any_more_and_no_undo_brings_them_back(api: Caller, superuser: str) -> None:
    made = api.post("/properties", json=body(owner=OWNER)).json()
    at, any_revision = f"/properties/{made['id']}", {"If-Match": "*"}
    api.patch(at, json={"notes": "Schlüssel im Büro"}, headers=any_revision)
    answer = api.post(f"{at}/forget", json={"who": "owner"})
    assert answer.status_code == 200, answer.text
    assert answer.json()["owner"]["last_name"] == ""
    assert answer.json()["contact"] == made["contact"]
    undone = api.post(f"{at}/undo", json={"to": 2}, headers=any_revision).json()
    assert (undone["notes"], undone["owner"]["last_name"]) == ("Schlüssel im Büro", "")
    with psycopg.connect(superuser) as db:
        for (table,) in db.execute(
            "select table_name from information_schema.columns where column_name = 'tenant_id' and table_schema = 'public'"
        ).fetchall():
            rows = db.execute(f"select row_to_json(t) from {table} t").fetchall()
            assert "Quastenberg" not in json.dumps(rows, default=str), table
    (entry,) = api.get("/audit", params={"action": "property.person_forgotten"}).json()["items"]
    assert entry["after"] == {"who": "owner", "revisions": 2}


def test_forgetting_again_and_of_an_archived_one_is_harmless(api: Caller) -> None:
    made = api.post("/properties", json=body(owner=OWNER)).json()
    at = f"/properties/{made['id']}"
    api.delete(at, headers={"If-Match": "*"})
    first, again = (api.post(f"{at}/forget", json={"who": "owner"}).json() for _ in range(2))
    assert first["status"] == "archived"
    assert again["revision"] == first["revision"]


def test_only_who_administers_forgets(api: Caller, other_api: Caller, enter: Enter) -> None:
    made = api.post("/properties", json=body(owner=OWNER)).json()
    at = f"/properties/{made['id']}/forget"
    assert enter(api.tenant_id, "member").post(at, json={"who": "owner"}).status_code == 403
    assert other_api.post(at, json={"who": "owner"}).status_code == 404
