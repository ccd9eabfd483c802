"""The audit log as a file: whole, in order, harmless in a spreadsheet, and however long."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
from itertools import islice
from uuid import UUID

from tests.audit.conftest import Write
from tests.plugins.api import Caller


def many(tenant_id: UUID, count: int) -> None:
    """That many entries, some of the very same moment."""
    from django.db import connection

    from kontor.core.tenancy import tenant

    with tenant(tenant_id), connection.cursor() as cursor:
        cursor.execute(
            """insert into audit_entry (id, tenant_id, at, action, actor_kind, actor_id, actor_label, address,
               device, request_id, entity_kind, entity_id, entity_label, before, after)
               select gen_random_uuid(), %s, timestamptz '2026-01-01' + (n / 7) * interval '1 second', 'tests.done',
               'system', '', '', '', '', '', 'row', n, repeat('x', 200), '{}', '{}' from generate_series(1, %s) n""",
            [tenant_id, count],
        )


def test_a_csv_has_every_entry_once_the_oldest_first(api: Caller) -> None:
    many(api.tenant_id, 1203)
    answer = api.get("/audit/export")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"].startswith('attachment; filename="audit-')
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert sorted(int(row["entity_id"]) for row in rows) == list(range(1, 1204))
    assert [row["at"] for row in rows] == sorted(row["at"] for row in rows)


def test_no_cell_runs_in_a_spreadsheet(api: Caller, write: Write) -> None:
    formulas = ["=1+2", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1"]
    for formula in formulas:
        write(
            api.tenant_id,
            "tests.done",
            by=formula,
            entity_label=formula,
            entity_id=formula,
            after={"a": formula},
        )
    rows = list(csv.reader(io.StringIO(api.get("/audit/export").text, newline="")))[1:]
    cells = [cell for row in rows for cell in row]
    assert len(rows) == len(formulas)
    assert [cell for cell in cells if cell[:1] in "=+-@\t\r" and cell] == []
    assert [row[4] for row in rows] == [f"'{formula}" for formula in formulas]


def test_lines_of_json_carry_the_values_as_they_are(api: Caller, write: Write) -> None:
    write(
        api.tenant_id,
        "role.changed",
        entity_label='=A1 "x"\n',
        before={"role": "member"},
        after={"role": "admin"},
    )
    answer = api.get("/audit/export", params={"format": "ndjson", "action": "role."})
    assert answer.headers["content-type"] == "application/x-ndjson"
    [entry] = [json.loads(line) for line in answer.text.splitlines()]
    assert (entry["entity_label"], entry["before"], entry["after"]) == (
        '=A1 "x"\n', {"role": "member"}, {"role": "admin"},
    )  # fmt: skip


def test_that_the_log_was_taken_away_is_in_the_log(api: Caller) -> None:
    first = api.get("/audit/export", params={"format": "ndjson"})
    again = api.get("/audit/export", params={"format": "ndjson"})
    assert first.content == b""
    assert [json.loads(line)["action"] for line in again.text.splitlines()] == ["audit.exported"]


def test_a_long_log_takes_no_more_memory_than_a_short_one(api: Caller) -> None:
    from kontor.audit import export, queries

    many(api.tenant_id, 20_000)
    pieces = export.lines(queries.stream(api.tenant_id, queries.Asked()), "csv")
    next(pieces)
    list(islice(pieces, 2))  # whatever is made once is made
    tracemalloc.start()
    try:
        size = sum(map(len, pieces))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert size > 5_000_000
    assert peak < 3_000_000
