"""Beta names Alpha's things at every place where a request can name one, and learns no more than of what never was.

Each attack twice: against policies and service together, and against the service alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tests.api.operations import Operation, operations, resolved
from tests.api.world import FACTORIES, PLAIN, World
from tests.attack.answers import UNKNOWN, learns, rows_of, told
from tests.attack.policies import without_policies
from tests.attack.spots import Spot, body, in_bodies, in_paths, in_queries, planted
from tests.plugins.api import Caller

ONES_OWN = {"GET /api/v1/privacy/exports/{export_id}"}  # one person's, whom the business's owner is not


@pytest.fixture(params=["with policies", "without policies"], autouse=True)
def layers(request: pytest.FixtureRequest, superuser: str) -> Iterator[None]:
    """PostgreSQL's own layer, on and off."""
    if request.param == "with policies":
        yield
    else:
        with without_policies(superuser):
            yield


def everything(world: World) -> None:
    """One of each, before somebody looks."""
    for name in FACTORIES:
        assert world[name]


def around(op: Operation, own: World) -> dict[str, str]:
    """Beta's own ids for all that a path names."""
    return {name: PLAIN.get(name) or own[name] for name in op.path_names}


def walk(alpha: World) -> dict[str, tuple[Operation, dict[str, str]]]:
    """Each operation that names something in its path, with Alpha's ids."""
    return {spot.op.name: (spot.op, around(spot.op, alpha)) for spot in in_paths(alpha)}


def tags(alpha: World, api: Caller) -> dict[str, str]:
    """By operation: the ETag that Alpha gets at the same address."""
    found = {}
    readable = {op.path for op in operations() if op.method == "GET"}
    for name, (op, ids) in walk(alpha).items():
        if op.path in readable:
            found[name] = api.get(op.at(ids)).headers.get("ETag", '"1"')
    return found


def asked_with(op: Operation, etag: str) -> list[dict[str, str]]:
    """Plainly, and where it could matter by the ETag that is there."""
    heeds = op.method == "GET" or any(row["name"] == "If-Match" for row in op.spec.get("parameters", ()))
    return [{}, {"If-Match": etag, "If-None-Match": etag}] if heeds else [{}]


def test_a_foreign_id_in_a_path_is_one_that_never_was(
    alpha: World, own: World, beta: Caller, api: Caller, superuser: str
) -> None:
    everything(alpha)
    etags = tags(alpha, api)
    before = rows_of(superuser, alpha.tenant_id)
    wrong, attacks = [], list(in_paths(alpha))
    for spot in attacks:
        op, (name,) = spot.op, spot.place
        for headers in asked_with(op, etags.get(op.name, '"1"')):
            answers = []
            for value in (alpha[spot.thing], UNKNOWN):
                ids = {**around(op, own), name: value} if len(op.path_names) > 1 else {name: value}
                answer = beta.request(
                    op.method, op.at(ids), params=op.required_query(), headers=headers, **op.sent()
                )
                answers.append(told(answer, [value]))
                if answer.status_code != 404 or "not_found" not in answer.text:
                    wrong.append(f"{spot}: {answer.status_code} {answer.text[:200]}")
                if found := learns(answer, alpha, op.at(ids)):
                    wrong.append(f"{spot}: tells {found}")
            if answers[0] != answers[1]:
                wrong.append(f"{spot} {headers}: {answers}")
    assert len(attacks) > 60
    assert not wrong, "\n".join(wrong)
    assert rows_of(superuser, alpha.tenant_id) == before


def test_a_foreign_id_in_a_body_is_one_that_never_was(
    alpha: World, own: World, beta: Caller, superuser: str
) -> None:
    everything(alpha)
    before = rows_of(superuser, alpha.tenant_id)
    wrong, attacks = [], list(in_bodies(alpha))
    for spot in attacks:
        answers = []
        for value in (UNKNOWN, alpha[spot.thing]):
            sent = planted(body(spot.op), spot.place, value)
            at = spot.op.at(around(spot.op, own))
            answer = beta.request(spot.op.method, at, params=spot.op.required_query(), json=sent)
            answers.append(told(answer, [value]))
            if found := learns(answer, alpha, str(sent)):
                wrong.append(f"{spot}: tells {found}")
        if answers[0] != answers[1]:
            wrong.append(f"{spot}: {answers}")
    assert len(attacks) > 20
    assert not wrong, "\n".join(wrong)
    assert rows_of(superuser, alpha.tenant_id) == before


def test_a_foreign_business_can_not_be_switched_to(alpha: World, beta: Caller) -> None:
    answers = [
        told(beta.post("/auth/switch", json={"tenant": name}), [name])
        for name in (str(alpha.tenant_id), UNKNOWN, "alpha-handel", "no-such-firm")
    ]
    assert answers[0][0] >= 400
    assert answers[0] == answers[1]
    assert answers[2] == answers[3]


def test_a_foreign_id_in_a_filter_is_one_that_never_was(alpha: World, own: World, beta: Caller) -> None:
    everything(alpha)
    wrong, attacks = [], list(in_queries(alpha))
    for spot in attacks:
        answers = []
        for value in (alpha[spot.thing], UNKNOWN):
            params = {**spot.op.required_query(), spot.place[0]: value}
            answer = beta.get(spot.op.at(around(spot.op, own)), params=params)
            answers.append(told(answer, [value]))
            if found := learns(answer, alpha, str(params)):
                wrong.append(f"{spot}: tells {found}")
        if answers[0] != answers[1]:
            wrong.append(f"{spot}: {answers}")
    assert len(attacks) > 8
    assert not wrong, "\n".join(wrong)


def words_of(op: Operation) -> list[str]:
    """The filters of an operation that take any text: searches, names, cursors."""
    rows = [row for row in op.spec.get("parameters", ()) if row["in"] == "query"]
    kinds = {row["name"]: resolved(row["schema"]) for row in rows}
    return [
        name
        for name, schema in kinds.items()
        if schema.get("type") == "string" and "enum" not in schema and not schema.get("format")
    ]


def test_no_list_search_or_export_shows_anything_foreign(
    alpha: World, own: World, beta: Caller, api: Caller
) -> None:
    """Each list and thing of Beta's, plain and searched for by Alpha's words; what Alpha did is in Alpha's log alone."""
    everything(alpha)
    assert api.patch("/tenant", json={"name": alpha.mark}, headers={"If-Match": "*"}).is_success
    wrong = []
    for op in operations():
        if op.method != "GET" or op.scope == "public":
            continue
        at, plain = op.at(around(op, own)), op.required_query()
        questions: list[dict[str, Any]] = [plain]
        for name in words_of(op):
            alike = alpha.mark[::-1]
            answers = []
            for word in (alpha.mark, alike):
                answers.append(
                    told(beta.get(at, params={**plain, name: word}), [word, word.replace(" ", "+")])
                )
            if answers[0] != answers[1]:
                wrong.append(f"{op.name} {name}: {answers}")
            questions += [{**plain, name: "ALPHA-1"}, {**plain, name: alpha["listing_id"]}]
        for question in questions:
            answer = beta.get(at, params=question)
            if answer.status_code >= 500:
                wrong.append(f"{op.name} {question}: {answer.status_code}")
            if found := learns(answer, alpha, str(question)):
                wrong.append(f"{op.name} {question}: tells {found}")
    assert not wrong, "\n".join(wrong)
    for form in ("csv", "ndjson"):
        assert alpha.mark in api.get("/audit/export", params={"format": form}).text
        assert alpha.mark not in beta.get("/audit/export", params={"format": form}).text


def test_a_cursor_and_an_idempotency_key_are_worth_nothing_elsewhere(
    alpha: World, own: World, beta: Caller, api: Caller
) -> None:
    everything(alpha)
    everything(own)
    for world, caller in ((alpha, api), (own, beta)):
        draft = {"reference": "SECOND", "title": {"de": world.mark}, "variants": [{"sku": "SECOND"}]}
        answer = caller.post("/listings", json=draft, headers={"Idempotency-Key": "order-4711"})
        assert answer.status_code == 201, answer.text
        assert world.mark in answer.text
        assert "Idempotent-Replayed" not in answer.headers
    theirs = api.get("/listings", params={"limit": 1}).json()["next_cursor"]
    answer = beta.get("/listings", params={"limit": 1, "cursor": theirs})
    assert answer.status_code in (200, 400, 422)
    assert learns(answer, alpha, theirs) == []


def test_the_attack_would_notice_a_door_left_open(alpha: World, api: Caller) -> None:
    """Alpha's own owner does get in by the same ids, and by the same filters finds what is asked for."""
    everything(alpha)
    codes = {
        name: api.get(op.at(ids), params=op.required_query()).status_code
        for name, (op, ids) in walk(alpha).items()
        if op.method == "GET" and name not in ONES_OWN
    }
    assert {name for name, code in codes.items() if code != 200} == set()
    found = {str(spot) for spot in in_queries(alpha) if _finds(spot, alpha, api)}
    assert len(found) >= 5


def _finds(spot: Spot, alpha: World, api: Caller) -> bool:
    return bool(
        api.get(spot.op.at(around(spot.op, alpha)), params={spot.place[0]: alpha[spot.thing]})
        .json()
        .get("items")
    )
