"""What the tenants' policies cost a page of listings: its statement as `kontor_app` inside a tenant, and the same, with its
plain `where`, as a role that no policy binds. Round by round, one connection each, plans kept on both.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import psycopg

from benchmarks import figures, house
from benchmarks.listings import LISTINGS, PAGE, fill

WARM_UP: Final = 50
CHIPS: Final = "where p.listing_id = catalog_listing.id"


def run(*, is_quick: bool) -> None:
    """Fills, then measures in turns."""
    figures.title("tenancy", f"the statement of {PAGE} of {LISTINGS:,} listings, with policies and without")
    times, rounds = (100, 5) if is_quick else (400, 15)
    with house.folder() as folder, house.tree(folder / "data") as tree:
        business = house.register(tree.web_url)
        with house.superuser(tree.data_dir) as database:
            fill(database, business.tenant_id)
        with _sides(tree.data_dir, business.tenant_id) as (ours, bare):
            found = [_pair(ours, bare, times, number) for number in range(rounds)]
    figures.rounds("with policies, per page", [1e6 * mine for mine, _ in found], "µs")
    figures.rounds("with a plain where, per page", [1e6 * other for _, other in found], "µs")
    figures.ratio("ratio", found, at_most=1.15)


def _pair(ours: Callable[[], int], bare: Callable[[], int], times: int, number: int) -> tuple[float, float]:
    """Seconds per page of both; every other round begins with the other one."""
    if number % 2:
        mine = _measured(ours, times)
        return mine, _measured(bare, times)
    other = _measured(bare, times)
    return _measured(ours, times), other


def _measured(page: Callable[[], int], times: int) -> float:
    begun = time.perf_counter()
    for _ in range(times):
        page()
    return (time.perf_counter() - begun) / times


@contextmanager
def _sides(data: Path, tenant_id: UUID) -> Iterator[tuple[Callable[[], int], Callable[[], int]]]:
    """Both as functions that read one page and say how many rows that were."""
    from django.db import connection

    from kontor.catalog import queries
    from kontor.core.database import parameters
    from kontor.core.http.paging import PageAsked
    from kontor.core.tenancy import tenant

    with tenant(tenant_id):
        page = queries.statement(tenant_id, queries.Wanted(), PageAsked(limit=PAGE), "-updated")
    if CHIPS not in page.sql:
        raise RuntimeError("the statement of the list looks different by now: mend this benchmark")
    bare_sql = page.sql.replace(CHIPS, f"where p.tenant_id = catalog_listing.tenant_id and {CHIPS[6:]}")
    connection.close()
    with psycopg.connect(**parameters(), autocommit=True) as app, house.superuser(data) as superuser:
        for each in (app, superuser):
            each.cursor_factory = psycopg.Cursor
            each.prepare_threshold = 3

        def ours() -> int:
            app.execute(f"begin; select set_config('app.tenant', '{tenant_id}', true)")
            return _page(app, page.sql, page.params)

        def bare() -> int:
            superuser.execute("begin")
            return _page(superuser, bare_sql, page.params)

        for _ in range(WARM_UP):
            if ours() != bare():
                raise RuntimeError("both sides must read the same rows")
        yield ours, bare


def _page(database: psycopg.Connection[Any], page: str, given: Any) -> int:
    rows = database.execute(page, given).fetchall()
    database.execute("commit")
    return len(rows)
