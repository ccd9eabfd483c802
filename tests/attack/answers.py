"""What an attacker learns from an answer, and what an attack did to the tenant attacked."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql
from tests.api.world import World

UNKNOWN = "019b0000-0000-7000-8000-000000000000"  # exists nowhere
# What differs between two answers to the very same question.
PASSING = [
    (re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}"), "<id>"),
    (re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)"), "<time>"),
    (re.compile(r"sig=[\w-]+"), "<signature>"),
    (re.compile(r"kontor_[\w-]{75}|whsec_[\w+/=]+"), "<secret>"),
    (re.compile(r'"prefix":"\w{8}"'), "<prefix>"),
    (re.compile(r'"etag":"\\"[0-9a-f]{16}\\""'), "<etag>"),  # of the very words that were asked
]
# Tables without a policy whose rows are a tenant's by way of something else.
BY_WAY_OF = {
    "accounts_tenant": "select t::text from accounts_tenant t where t.id = %s",
    "accounts_session": (
        "select t::text from accounts_session t join accounts_membership m on m.id = t.membership_id"
        " where m.tenant_id = %s order by 1"
    ),
    "accounts_person": (
        "select t::text from accounts_person t join accounts_membership m on m.person_id = t.id"
        " where m.tenant_id = %s order by 1"
    ),
    "factors_secret": (
        "select t::text from factors_secret t join accounts_membership m on m.person_id = t.person_id"
        " where m.tenant_id = %s order by 1"
    ),
}


def rows_of(superuser: str, tenant_id: UUID) -> dict[str, str]:
    """A fingerprint of all that is a tenant's, table by table, past every policy."""
    with psycopg.connect(superuser) as db:
        tables = db.execute(
            "select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'"
            " where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and not a.attisdropped order by 1"
        ).fetchall()
        found = {
            name: db.execute(
                sql.SQL("select t::text from {} t where tenant_id = %s order by 1").format(
                    sql.Identifier(name)
                ),
                [tenant_id],
            ).fetchall()
            for (name,) in tables
        } | {name: db.execute(query, [tenant_id]).fetchall() for name, query in BY_WAY_OF.items()}
    return {
        name: f"{len(rows)} rows, {hashlib.sha256(repr(rows).encode()).hexdigest()}"
        for name, rows in found.items()
    }


def told(answer: Any, asked: Collection[str]) -> tuple[Any, ...]:
    """All that an answer says, apart from the ids that were asked for: equal for two questions that tell the same."""
    text = answer.text
    for word in asked:
        text = text.replace(word, "<asked>")
    for form, name in PASSING:
        text = form.sub(name, text)
    if answer.is_success:  # a second success counts on: revisions, totals
        text = re.sub(r"\d+", "#", text)
    kept = ("content-type", "etag", "location", "www-authenticate", "retry-after")
    headers = {name: answer.headers[name] for name in kept if name in answer.headers}
    if answer.is_success:
        headers.pop("etag", None)
        headers.pop("location", None)
    return answer.status_code, *sorted(headers.items()), text


def learns(answer: Any, world: World, asked: str) -> list[str]:
    """What of a tenant's an answer tells, in body or headers, that was not in the question."""
    said = answer.text + repr(answer.headers)
    return [word for word in {world.mark, *world.made()} if word in said and word not in asked]
