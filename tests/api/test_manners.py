"""The same manners on every route: read from the OpenAPI document, so that a new route is tested by being there."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from uuid import UUID

import psycopg
import pytest
from starlette.testclient import TestClient
from tests.api.operations import Json, Operation, operations
from tests.api.world import FACTORIES, PLAIN, World
from tests.plugins.api import Caller, Serve, Token

from kontor.core.http.retiring import Retired
from kontor.core.http.routing import router

JSON = "application/json"
ALL = list(operations())
# Updates that heed If-Match without demanding it, each with why nobody's change is lost.
OWN = "a person's own settings, which nobody else edits"
HEEDED = {
    "PATCH /api/v1/me/profile": OWN,
    "PATCH /api/v1/me/preferences": OWN,
    "PATCH /api/v1/me/notifications": OWN,
}


def named(operation: Operation) -> str:
    """For test ids."""
    return operation.name


def header(operation: Operation, name: str) -> bool:
    """Whether the document says that the operation reads this header."""
    rows = operation.spec.get("parameters", ())
    return any(row["name"] == name and row["in"] == "header" for row in rows)


def takes_json(operation: Operation) -> bool:
    """Whether its body is JSON."""
    return JSON in operation.spec.get("requestBody", {}).get("content", {})


def address(operation: Operation, world: World) -> str:
    """Its path, with things that are there."""
    return operation.at({name: PLAIN.get(name) or world[name] for name in operation.path_names})


def own_ids(world: World) -> Any:
    """Chooses the world's own things for ids in bodies."""

    def chosen(name: str, schema: Json) -> Json:
        if not world.knows(name):
            return None
        return [world[name]] if schema.get("type") == "array" else world[name]

    return chosen


@pytest.fixture
def caller(tenant_a: UUID, enter: Any) -> Caller:
    """The owner of `tenant_a`, to whom a fault is an answer."""
    found: Caller = enter(tenant_a)
    return found


# Creates ---------------------------------------------------------------------------------------------------------

CREATES = [each for each in ALL if header(each, "Idempotency-Key")]


def test_every_create_with_an_idempotency_key_keeps_its_promise(caller: Caller, alpha: World) -> None:
    """The same again gets the same answer and does nothing; the same key for another wish is refused."""
    tried = []
    for op in CREATES:
        where, sent = address(op, alpha), op.sent(own_ids(alpha))
        key = {"Idempotency-Key": f"walk {op.name}"}
        first = caller.request(op.method, where, headers=key, **sent)
        if (
            not first.is_success
        ):  # refused for its own reasons: then nothing is kept, and it may be tried again
            assert first.status_code in (404, 409, 422), f"{op.name}: {first.status_code} {first.text[:200]}"
            continue
        again = caller.request(op.method, where, headers=key, **sent)
        assert again.headers.get("idempotent-replayed") == "true", op.name
        assert (again.status_code, again.content) == (first.status_code, first.content), op.name
        if takes_json(op):  # a body of other bytes is another wish
            content, kind = json.dumps(sent["json"]) + "\n", {"Content-Type": JSON}
            other = caller.request(op.method, where, content=content, headers={**key, **kind})
            assert (other.status_code, other.json()["code"]) == (422, "idempotency.mismatch"), op.name
        tried.append(op.name)
    assert len(tried) >= 3, tried


def test_while_the_first_is_in_flight_the_second_is_told_so(
    caller: Caller, alpha: World, superuser: str
) -> None:
    for op in CREATES:
        where, sent, key = address(op, alpha), op.sent(own_ids(alpha)), f"flight {op.name}"
        with psycopg.connect(superuser) as first:
            name = f"idempotency:{caller.tenant_id}:{caller.person_id}:{key}"
            first.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
            answer = caller.request(op.method, where, headers={"Idempotency-Key": key}, **sent)
        assert (answer.status_code, answer.json()["code"]) == (409, "idempotency.in_flight"), op.name


# Updates ---------------------------------------------------------------------------------------------------------

UPDATES = [each for each in ALL if each.method in ("PUT", "PATCH")]


def test_every_update_can_be_made_on_condition() -> None:
    assert [each.name for each in UPDATES if not header(each, "If-Match")] == []


def test_every_update_demands_to_know_what_was_edited() -> None:
    assert {each.name for each in UPDATES if "428" not in each.spec["responses"]} == set(HEEDED)


def test_an_update_of_something_changed_meanwhile_shows_both_sides(caller: Caller, alpha: World) -> None:
    wrong = []
    for op in UPDATES:
        where, sent = address(op, alpha), op.sent(own_ids(alpha))
        stale = caller.request(op.method, where, headers={"If-Match": '"999999"'}, **sent)
        if (stale.status_code, stale.json()["code"]) != (412, "stale_edit"):
            wrong.append(f"{op.name}: {stale.status_code} {stale.text[:200]}")
        elif not {"yours", "theirs"} <= set(stale.json()["params"]):
            wrong.append(f"{op.name}: shows {stale.json()['params']}")
        if op.method == "PUT":  # what a PUT makes needs no condition: by now it is there
            caller.request(op.method, where, headers={"If-Match": "*"}, **sent)
        without = caller.request(op.method, where, **sent)
        if op.name not in HEEDED and without.json().get("code") != "revision_needed":
            wrong.append(f"{op.name} without If-Match: {without.status_code} {without.text[:200]}")
    assert not wrong, "\n".join(wrong)


def test_the_etag_that_was_read_is_the_one_to_send_back(caller: Caller, alpha: World) -> None:
    """Wherever the same address is read and written; once written, the old one is stale."""
    read = {each.path for each in ALL if each.method == "GET"}
    tried = []
    for op in UPDATES:
        if op.path not in read:
            continue
        where = address(op, alpha)
        shown = caller.get(where)
        if "etag" not in shown.headers:
            continue
        answer = caller.request(
            op.method, where, headers={"If-Match": shown.headers["etag"]}, **op.sent(own_ids(alpha))
        )
        assert answer.status_code != 412, f"{op.name}: {answer.text[:200]}"
        tried.append(op.name)
    assert len(tried) >= 8, tried


# Lists -----------------------------------------------------------------------------------------------------------

LISTS = [each for each in ALL if "cursor" in each.query_names()]
SHARED = {"cursor", "limit", "total"}
# Filters called otherwise than the grammar says, since before there was one.
GRANDFATHERED = {
    "GET /api/v1/listings": {"connection"},
    "GET /api/v1/orders": {"search"},
    "GET /api/v1/jobs": {"parent"},
    "GET /api/v1/calls": {"about"},
}


@pytest.mark.parametrize("op", LISTS, ids=named)
def test_lists_speak_one_grammar(op: Operation) -> None:
    """Pages are `cursor`, `limit`, `total`; words are looked for by `q`; order is `sort`, `-` for descending; ids end in _id."""
    names = set(op.query_names())
    assert names >= SHARED
    told = GRANDFATHERED.get(op.name, set())
    assert not (names & {"search", "query", "text", "filter", "order", "order_by", "page", "offset"}) - told
    for row in op.spec["parameters"]:
        schema = json.dumps(row["schema"])
        if row["in"] == "query" and '"uuid"' in schema and "array" not in schema and row["name"] not in told:
            assert row["name"].endswith("_id"), row["name"]
        if row["name"] == "sort":
            assert '"enum"' in schema or '"pattern"' in schema or "$ref" in schema


def test_what_a_list_does_not_know_is_refused_and_not_overlooked(caller: Caller, alpha: World) -> None:
    for op in ALL:
        if op.method != "GET" or op.scope == "public":
            continue
        where = address(op, alpha)
        answer = caller.get(where, params={**op.required_query(), "colour": "blue"})
        assert answer.status_code == 422, f"{op.name}: {answer.text[:200]}"
        (row,) = answer.json()["problems"]
        assert (row["code"], row["field"]) == ("invalid.unknown_parameter", "colour"), op.name
        if "sort" in op.query_names():
            answer = caller.get(where, params={"sort": "-colour"})
            assert (answer.status_code, answer.json()["code"]) == (422, "invalid"), op.name


def test_a_cursor_of_nowhere_and_a_page_of_no_size_are_refused(caller: Caller, alpha: World) -> None:
    for op in LISTS:
        where = address(op, alpha)
        answer = caller.get(where, params={**op.required_query(), "cursor": "nonsense"})
        assert (answer.status_code, answer.json()["code"]) == (400, "cursor.invalid"), op.name
        for limit in ("0", "201", "many"):
            answer = caller.get(where, params={**op.required_query(), "limit": limit})
            assert (answer.status_code, answer.json()["code"]) == (422, "invalid"), f"{op.name} {limit}"


def duplicated(superuser: str, table: str, tenant_id: UUID) -> None:
    """One more row like the newest of the tenant's, by a client that no policy binds; only for tables that allow it."""
    with psycopg.connect(superuser, autocommit=True) as db:
        columns = [name for (name,) in db.execute(
            "select column_name from information_schema.columns where table_name = %s and column_name <> 'id'"
            " and is_generated = 'NEVER' and is_identity = 'NO'", [table],
        )]  # fmt: skip
        names = ", ".join(f'"{name}"' for name in columns)
        made = f"insert into {table} (id, {names}) select gen_random_uuid(), {names} from {table} t"
        which = "where tenant_id = %s and coalesce(to_jsonb(t) ->> 'key', '') = '' order by id desc limit 1"
        db.execute(f"{made} {which}", [tenant_id])


# A table behind each list whose rows may be doubled, to be read while it grows.
GROWING = {
    "GET /api/v1/jobs": "jobs_job",
    "GET /api/v1/imports": "imports_import",
    "GET /api/v1/audit": "audit_entry",
}


def test_pages_show_each_row_once_while_others_come_in(caller: Caller, alpha: World, superuser: str) -> None:
    for name in FACTORIES:
        assert alpha[name]
    for op in LISTS:
        where, table, asked = address(op, alpha), GROWING.get(op.name), op.required_query()
        if "plumbing" in op.query_names():
            asked["plumbing"] = True
        for _ in range(3 if table else 0):
            duplicated(superuser, str(table), alpha.tenant_id)
        known = caller.get(where, params={**asked, "limit": 200, "total": True}).json()
        before = [json.dumps(row, sort_keys=True) for row in known["items"]]
        assert known["total"] == len(before), op.name
        seen: list[str] = []
        cursor: str | None = ""
        while cursor is not None:
            page = caller.get(
                where, params={**asked, "limit": 1, **({"cursor": cursor} if cursor else {})}
            ).json()
            assert len(page["items"]) <= 1, op.name
            seen += [json.dumps(row, sort_keys=True) for row in page["items"]]
            cursor = page["next_cursor"]
            if table and len(seen) < 3:
                duplicated(superuser, table, alpha.tenant_id)
            assert len(seen) < 50, f"{op.name} does not end"
        assert len(seen) == len(set(seen)), f"{op.name} shows a row twice"
        assert set(before) <= set(seen), f"{op.name} skips a row"
        if table:
            assert len(before) >= 3, op.name


# Refusals --------------------------------------------------------------------------------------------------------


def test_a_body_of_another_kind_is_told_so(caller: Caller, alpha: World) -> None:
    for op in ALL:
        content = op.spec.get("requestBody", {}).get("content", {})
        if not content:
            continue
        kind = "text/csv" if JSON not in content else "application/x-www-form-urlencoded"
        answer = caller.request(op.method, address(op, alpha), content=b"a=b", headers={"Content-Type": kind})
        assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type"), op.name
        assert answer.json()["params"] == {"takes": next(iter(content)), "given": kind}, op.name


def test_a_body_that_is_too_large_or_no_json_is_told_so(caller: Caller, alpha: World) -> None:
    for op in filter(takes_json, ALL):
        where, headers = address(op, alpha), {"Content-Type": JSON}
        large = caller.request(op.method, where, content=b'"' + b"x" * 2_200_000 + b'"', headers=headers)
        assert (large.status_code, large.json()["code"]) == (413, "too_large"), op.name
        broken = caller.request(op.method, where, content=b'{"a": ', headers=headers)
        assert (broken.status_code, broken.json()["code"]) == (400, "unreadable_request"), op.name


def test_every_address_has_head_and_options(caller: Caller, alpha: World) -> None:
    methods: dict[str, set[str]] = {}
    for op in ALL:
        methods.setdefault(op.path, set()).add(op.method)
    for path, names in methods.items():
        op = next(each for each in ALL if each.path == path)
        options = caller.options(address(op, alpha))
        wanted = names | {"OPTIONS"} | ({"HEAD"} if "GET" in names else set())
        assert options.status_code == 204, path
        assert wanted <= set(options.headers["allow"].split(", ")), path
        unknown = caller.request("TRACE", address(op, alpha))
        assert wanted <= set(unknown.headers["allow"].split(", ")), path


# Languages -------------------------------------------------------------------------------------------------------

LIKED = [
    ("de", "de", "Das gibt es hier nicht"),
    ("fr-CH, fr;q=0.9, en;q=0.8", "fr", "Il n’y a rien de tel ici"),
    ("en-GB", "en", "There is no such thing here"),
    ("", "en", "There is no such thing here"),
    ("nl, de;q=0.3, fr;q=0.2", "de", "Das gibt es hier nicht"),
    ("de;q=0, en", "en", "There is no such thing here"),
    ("*", "en", "There is no such thing here"),
    ("de;q=viel;;=,,", "en", "There is no such thing here"),
]


@pytest.mark.parametrize(("asked", "language", "title"), LIKED)
def test_refusals_speak_the_readers_language(caller: Caller, asked: str, language: str, title: str) -> None:
    """In the words of the web UI: they are kept once."""
    nobodys = "/listings/019b0000-0000-7000-8000-000000000000"
    answer = caller.get(nobodys, headers={"Accept-Language": asked})
    assert answer.json()["title"].startswith(title), answer.json()
    assert answer.headers["content-language"] == language
    assert "Accept-Language" in answer.headers["vary"]
    assert answer.json()["code"] == "not_found"  # which no language changes


def test_what_is_wrong_with_a_field_is_said_in_the_language_too(caller: Caller) -> None:
    answers = {
        language: caller.post(
            "/auth/login", json={"email": "a@example.com"}, headers={"Accept-Language": language}
        ).json()
        for language in ("de", "en", "fr")
    }
    rows = {language: document["problems"][0] for language, document in answers.items()}
    assert {row["field"] for row in rows.values()} == {"password"}
    assert rows["de"]["message"] == "Diese Angabe fehlt"
    assert len({row["message"] for row in rows.values()}) == 3


def test_the_words_travel_with_the_program() -> None:
    import tomllib
    from pathlib import Path

    from kontor.core.http import words

    root = Path(__file__).parents[2]
    build = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    included = build["force-include"]
    assert included[str(words.SOURCE.relative_to(root))] == f"kontor/{words.PACKAGED.name}"


# Routes that will go ---------------------------------------------------------------------------------------------


@pytest.fixture
def retired(serve: Serve) -> TestClient:
    """A route that has a successor."""
    routes = router("", "Old")
    going = Retired(since=date(2026, 11, 1), gone_on=date(2027, 5, 1), instead="/api/v1/listings")

    @routes.get("/goods/{number}", scope="read", retired=going)
    def get_good(number: int) -> int:
        return number

    @routes.get("/new", scope="read")
    def get_new() -> int:
        return 1

    return serve(routes)


def test_a_route_that_will_go_says_so_in_every_answer(retired: TestClient, token: Token) -> None:
    for answer in (
        retired.get("/goods/1", headers=token()),
        retired.get("/goods/many"),
        retired.get("/goods/1"),
    ):
        assert answer.headers["deprecation"] == "@1793491200"
        assert answer.headers["sunset"] == "Sat, 01 May 2027 00:00:00 GMT"
        assert answer.headers["link"] == '</api/v1/listings>; rel="successor-version"'
    assert "deprecation" not in retired.get("/new").headers


def test_the_document_says_which_routes_will_go(retired: TestClient) -> None:
    paths = retired.get("/openapi.json").json()["paths"]
    assert paths["/goods/{number}"]["get"]["deprecated"] is True
    assert paths["/goods/{number}"]["get"]["x-sunset"] == "2027-05-01"
    assert "deprecated" not in paths["/new"]["get"]
    for op in ALL:
        assert not op.spec.get("deprecated") or op.spec["x-sunset"], op.name
