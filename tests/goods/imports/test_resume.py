"""A worker that dies at any line of an import: nothing is lost, and nothing is there twice."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connection
from tests.goods.imports import steps
from tests.plugins.api import Caller

from kontor.core.tenancy import tenant
from kontor.goods.imports import chunks
from kontor.goods.imports.models import ImportChange, ImportRefusal
from kontor.goods.models import StockEntry
from kontor.jobs.testing import drain

ROWS = [
    *[(f"S-{n}", "", f"Article {n}", "12.50" if n % 7 else "dear", n, "") for n in range(30)],
    ("G-1", "", "Group", "9.00", "", ""),
    *[(f"G-1-{size}", "G-1", "", "9.00", 2, size) for size in "SML"],
    ("S-3", "", "Again", "1.00", 1, ""),
    *[(f"T-{n}", "", f"Thing {n}", "3.00", 1, "") for n in range(10)],
]
FILE = steps.sheet("sku,parent_sku,title,price,quantity,size", *ROWS)


class Killed(BaseException):
    """No handler of ours may catch what stands for the end of the process."""


@contextmanager
def dying_at(statement: int) -> Iterator[list[int]]:
    """The process ends before its so-manieth statement. Gives the count of those that were asked."""
    asked = [0]

    def die(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        asked[0] += 1
        if asked[0] == statement:
            raise Killed
        return execute(sql, params, many, context)

    with connection.execute_wrapper(die):
        yield asked


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a short file has several."""
    monkeypatch.setattr(chunks, "DRAFTS", 6)


def forget_leases(superuser: str) -> None:
    """As if the time of a dead worker's lease had run out."""
    with psycopg.connect(superuser, autocommit=True) as server:
        server.execute(
            "update jobs_job set leased_until = now() - interval '1 second' where status = 'leased'"
        )


def standing(api: Caller, import_id: str) -> dict[str, Any]:
    """All that an import left behind."""
    detail = steps.get(api, import_id)
    found = steps.listings(api)
    with tenant(api.tenant_id):
        entries = sorted(StockEntry.objects.values_list("variant__sku", "delta"))
    counts = ("rows", "imported", "refused", "created", "updated", "unchanged", "state")
    return {
        **{name: detail[name] for name in counts},
        "listings": {key: (row["revision"], row["stock"], row["title"]) for key, row in found.items()},
        "changes": {key: row["action"] for key, row in steps.changes(api, import_id).items()},
        "refusals": steps.refusals(api, import_id),
        "stock": entries,
    }


def agrees_with_itself(api: Caller, import_id: str) -> None:
    """The counts are those of the rows, and each listing that is there is told of."""
    detail = steps.get(api, import_id)
    with tenant(api.tenant_id):
        assert detail["refused"] == ImportRefusal.objects.filter(import_run_id=UUID(import_id)).count()
        assert detail["created"] == ImportChange.objects.filter(import_run_id=UUID(import_id)).count()
    assert detail["created"] == len(steps.listings(api))


def test_killed_at_any_statement(api: Caller, other_api: Caller, superuser: str) -> None:
    started = steps.begin(other_api, FILE)
    with dying_at(0) as asked:
        drain(["imports.run"])
    expected = standing(other_api, started["id"])
    assert expected["state"] == "done"
    assert (expected["imported"], expected["refused"]) == (39, 6)

    chance = random.Random(20261121)
    started = steps.begin(api, FILE)
    kills = 0
    for _ in range(12):
        with dying_at(chance.randrange(2, asked[0] // 2)):
            try:
                drain(["imports.run"])
            except Killed:
                kills += 1
        agrees_with_itself(api, started["id"])
        forget_leases(superuser)
    drain(["imports.run"])
    assert kills >= 3
    assert standing(api, started["id"]) == expected


def test_an_undo_killed_at_any_statement(
    api: Caller, superuser: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kontor.goods.imports.undoing.LISTINGS", 6)
    started = steps.begin(api, FILE)
    drain(["imports.run"])
    assert api.post(f"/imports/{started['id']}/undo").status_code == 202
    chance = random.Random(7)
    for _ in range(8):
        with dying_at(chance.randrange(4, 120)):
            try:
                drain(["imports.undo"])
            except Killed:
                forget_leases(superuser)
    drain(["imports.undo"])
    undone = steps.get(api, started["id"])
    assert undone["state"] == "undone"
    assert undone["archived"] == undone["created"] == 36
    assert steps.listings(api) == {}
    with tenant(api.tenant_id):
        entries = StockEntry.objects.values_list("variant__sku", "delta")
        assert sum(delta for _, delta in entries) == 0


def test_cancelled_while_it_waited_and_begun_again(api: Caller) -> None:
    started = steps.begin(api, FILE)
    assert api.post(f"/jobs/{started['job_id']}/cancel").status_code == 200
    cancelled = steps.get(api, started["id"])
    assert (cancelled["state"], cancelled["steps"]) == ("cancelled", ["start"])
    again = api.post(f"/imports/{started['id']}/start", json={"update_existing": False})
    assert again.json()["state"] == "importing"
    assert api.post(f"/jobs/{again.json()['job_id']}/pause").status_code == 200
    paused = steps.get(api, started["id"])
    assert (paused["state"], paused["steps"]) == ("paused", ["resume", "cancel"])
    api.post(f"/jobs/{again.json()['job_id']}/resume")
    drain(["imports.run"])
    assert steps.get(api, started["id"])["state"] == "done"


def test_cancelled_in_the_middle_and_undone(api: Caller, superuser: str) -> None:
    started = steps.begin(api, FILE)
    wished: list[bool] = []

    def wish(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if "imports_importchange" in sql and sql.startswith("insert") and not wished:
            wished.append(True)
            with psycopg.connect(superuser, autocommit=True) as server:
                server.execute("update jobs_job set wish = 'cancel' where id = %s", [started["job_id"]])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wish):
        drain(["imports.run"])
    cancelled = steps.get(api, started["id"])
    assert (cancelled["state"], cancelled["steps"]) == ("cancelled", ["start", "undo"])
    assert 0 < cancelled["read"] < cancelled["rows"]
    assert cancelled["created"] == len(steps.listings(api))
    assert api.post(f"/imports/{started['id']}/undo").status_code == 202
    drain(["imports.undo"])
    assert steps.get(api, started["id"])["state"] == "undone"
    assert steps.listings(api) == {}
