"""Beta walks through every door of the API with Alpha's ids, and finds nothing, changes nothing, learns nothing."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg import sql
from tests.api.operations import Json, Operation, operations, sample
from tests.api.world import PLAIN, World
from tests.plugins.api import Caller

# Routes whose path names a row and that need no credential: what they need instead is tested with their noun.
SIGNED_OTHERWISE = {"GET /api/v1/media/{media_id}/{rendition}"}
# What even an owner of the same business may not read: another person asked for it.
THE_ASKERS_ALONE = {"GET /api/v1/privacy/exports/{export_id}"}


@pytest.fixture
def beta(other_api: Caller) -> Caller:
    """The attacker: an owner, who may do everything in their own tenant."""
    other_api.headers["If-Match"] = "*"
    return other_api


def rows_of(superuser: str, tenant_id: UUID) -> dict[str, str]:
    """A fingerprint of all rows of a tenant, table by table, past every policy."""
    with psycopg.connect(superuser) as db:
        tables = db.execute(
            "select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'"
            " where c.relkind = 'r' and c.relrowsecurity and not a.attisdropped order by 1"
        ).fetchall()
        found = {}
        for (name,) in tables:
            query = sql.SQL("select t::text from {} t where tenant_id = %s order by 1").format(
                sql.Identifier(name)
            )
            rows = db.execute(query, [tenant_id]).fetchall()
            found[name] = hashlib.sha256(repr(rows).encode()).hexdigest() if rows else ""
    return found


def walk(world: World) -> list[tuple[Operation, dict[str, str]]]:
    """Every operation whose path names something of a tenant, with Alpha's ids for it."""
    found = []
    for op in operations():
        unknown = [name for name in op.path_names if name not in PLAIN and not world.knows(name)]
        assert not unknown, f"{op.name}: tests/api/world.py has no factory for {unknown}"
        if any(name not in PLAIN for name in op.path_names) and op.name not in SIGNED_OTHERWISE:
            found.append((op, {name: PLAIN.get(name) or world[name] for name in op.path_names}))
    return found


def learns(answer: Any, world: World, asked: str) -> list[str]:
    """What of Alpha's an answer tells that was not in the question."""
    return [word for word in {world.mark, *world.made()} if word in answer.text and word not in asked]


def test_another_tenants_ids_are_not_found_on_any_route(alpha: World, beta: Caller, superuser: str) -> None:
    attacks = walk(alpha)
    before = rows_of(superuser, alpha.tenant_id)
    wrong = []
    for op, ids in attacks:
        asked = op.at(ids)
        answer = beta.request(op.method, asked, params=op.required_query(), **op.sent())
        if answer.status_code != 404 or (
            answer.json()["code"] != "not_found" and "not_found" not in answer.text
        ):
            wrong.append(f"{op.name}: {answer.status_code} {answer.text[:200]}")
        if told := learns(answer, alpha, asked):
            wrong.append(f"{op.name}: tells {told}")
    assert len(attacks) > 20
    assert not wrong, "\n".join(wrong)
    assert rows_of(superuser, alpha.tenant_id) == before


def test_an_unknown_id_gets_the_same_answer(alpha: World, beta: Caller) -> None:
    different = []
    for op, ids in walk(alpha):
        unknown = {name: PLAIN.get(name) or "019b0000-0000-7000-8000-000000000000" for name in ids}
        answers = []
        for values in (ids, unknown):
            body = beta.request(op.method, op.at(values), params=op.required_query(), **op.sent()).json()
            params = {key: value for key, value in body["params"].items() if value not in values.values()}
            answers.append((body["status"], body["code"], body["title"], params, body["problems"]))
        if answers[0] != answers[1]:
            different.append(f"{op.name}: {answers}")
    assert not different, "\n".join(different)


def test_another_tenants_ids_in_a_body_do_nothing_there(alpha: World, beta: Caller, superuser: str) -> None:
    for name in (
        "listing_id",
        "variant_id",
        "media_id",
        "connection_id",
        "job_id",
        "order_id",
        "publication_id",
    ):
        assert alpha[name]
    own = World(beta.tenant_id, mark="Eigenes von Beta")
    before = rows_of(superuser, alpha.tenant_id)

    def foreign(name: str, schema: Json) -> Json:
        if not alpha.knows(name):
            return None
        return [alpha[name]] if schema.get("type") == "array" else alpha[name]

    wrong = []
    for op in operations():
        if op.scope == "public" or "application/json" not in op.spec.get("requestBody", {}).get(
            "content", {}
        ):
            continue
        ids = {name: PLAIN.get(name) or own[name] for name in op.path_names}
        sent = op.sent(foreign)
        answer = beta.request(op.method, op.at(ids), params=op.required_query(), **sent)
        if answer.status_code >= 500:
            wrong.append(f"{op.name}: {answer.status_code} {answer.text[:200]}")
        if told := learns(answer, alpha, str(sent)):
            wrong.append(f"{op.name}: tells {told}")
    assert not wrong, "\n".join(wrong)
    assert rows_of(superuser, alpha.tenant_id) == before


def test_lists_and_filters_show_nothing_of_another_tenant(alpha: World, beta: Caller) -> None:
    for name in ("publication_id", "shipment_id", "receipt_id", "job_id", "media_id", "brand_id"):
        assert alpha[name]
    wrong = []
    for op in operations():
        if op.method != "GET" or op.path_names or op.scope == "public":
            continue
        filters = {name: alpha[name] for name in op.query_names() if alpha.knows(name)}
        for params in ({}, filters, *({name: value} for name, value in filters.items())):
            asked = {**op.required_query(), **params}
            answer = beta.get(op.path, params=asked)
            if answer.status_code not in (200, 404):
                wrong.append(f"{op.name} {params}: {answer.status_code} {answer.text[:200]}")
            if told := learns(answer, alpha, str(asked)):
                wrong.append(f"{op.name} {params}: tells {told}")
    assert not wrong, "\n".join(wrong)


def test_the_walk_would_notice_a_door_left_open(alpha: World, api: Caller) -> None:
    """Alpha's own owner does get in by the same ids: the attack asks the right questions."""
    readable = [(op, ids) for op, ids in walk(alpha) if op.method == "GET"]
    codes = {op.name: api.get(op.at(ids), params=op.required_query()).status_code for op, ids in readable}
    assert {name for name, code in codes.items() if code != 200} == THE_ASKERS_ALONE
    assert sample({"type": "array", "items": {"type": "string"}}) == ["x"]
