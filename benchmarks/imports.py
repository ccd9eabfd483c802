"""A file of goods through the import, against PostgreSQL's COPY: of the file's rows, and of all that the import writes."""

from __future__ import annotations

import csv
import gzip
import io
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import psycopg
from psycopg import sql

from benchmarks import figures, house

SHARED: Final = Path(__file__).parents[2] / "shared" / "data" / "goods" / "large" / "products_24k.csv.gz"
ROWS, QUICK_ROWS = 24_628, 2_500
ROUNDS, LONGEST_SECONDS = 3, 30.0
HEADING: Final = (
    "sku", "parent_sku", "title", "description_html", "brand", "gtin", "price", "currency", "quantity", "weight_g",
    "condition", "category_hint", "option1_name", "option1_value", "option2_name", "option2_value", "image_urls",
)  # fmt: skip


def run(*, is_quick: bool) -> None:
    """Each round is a tenant of its own: the import of the file, then the two copies."""
    rows = _rows(QUICK_ROWS if is_quick else ROWS)
    file = _as_csv(rows)
    source = SHARED.name if SHARED.exists() else "made up"
    figures.title("import", f"{len(rows):,} rows of CSV ({source}), {len(file) / 1e6:.1f} MB")
    ours: list[float] = []
    plain: list[float] = []
    written: list[float] = []
    kept = 0
    with house.folder() as folder:
        data = folder / "data"
        with house.database_only(data), house.superuser(data) as database:
            (folder / "goods.csv").write_bytes(file)
            for number in range(1 if is_quick else ROUNDS):
                if sum(ours) > LONGEST_SECONDS:
                    break  # a busy machine; what was measured is enough
                tenant_id = _tenant(number)
                ours.append(_import(tenant_id, folder / "goods.csv"))
                plain.append(_copy_file(database, file))
                seconds, kept = _copy_written(database, tenant_id)
                written.append(seconds)
                _forget(database, tenant_id)
    figures.rounds("Kontor", ours, "s")
    figures.rounds("Kontor, rows per second", [len(rows) / each for each in ours], "rows/s")
    figures.rounds("COPY of the file's rows", plain, "s")
    figures.rounds(f"COPY of the {kept:,} rows it writes", written, "s")
    figures.ratio("import / COPY of the file", list(zip(ours, plain, strict=True)))
    figures.ratio("import / COPY of what it writes", list(zip(ours, written, strict=True)))


def _rows(count: int) -> list[tuple[str, ...]]:
    if SHARED.exists():
        with gzip.open(SHARED, "rt", encoding="utf-8", newline="") as file:
            reader = csv.reader(file)
            assert tuple(next(reader)) == HEADING
            return [tuple(row) for row, _ in zip(reader, range(count), strict=False)]
    return [_made_up(number) for number in range(count)]


def _made_up(number: int) -> tuple[str, ...]:
    values = {
        "sku": f"MU-{number}",
        "title": f"Steckdosenleiste Traveheim {number}, sechsfach",
        "description_html": "<ul><li>Kabel 1,5 m</li><li>Mit Schalter</li></ul>",
        "brand": f"Marke {number % 200}",
        "price": f"{5 + number % 90}.90",
        "currency": "EUR",
        "weight_g": str(100 + number % 900),
        "condition": "new",
    }
    return tuple(values.get(name, "") for name in HEADING)


def _as_csv(rows: list[tuple[str, ...]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([HEADING, *rows])
    return text.getvalue().encode()


def _tenant(number: int) -> UUID:
    from kontor.accounts.models import Tenant

    return Tenant.objects.create(name=f"Boje {number}", slug=f"boje-{number}", language="de", country="DE").id


def _import(tenant_id: UUID, file: Path) -> float:
    """Seconds from the press of Start to the end, by the same job that a worker runs."""
    from kontor.core.tenancy import tenant
    from kontor.goods.imports import counting, service
    from kontor.goods.imports.mapping import ImportDefaults
    from kontor.goods.imports.models import Import, Phase
    from kontor.goods.reading.fields import Condition, WeightUnit
    from kontor.jobs.testing import drain

    import_id = service.upload(tenant_id, file.name, file)
    defaults = ImportDefaults(
        quantity=1, condition=Condition.NEW, currency="EUR", weight_unit=WeightUnit.GRAM
    )
    with tenant(tenant_id):
        service.change_mapping(import_id, [], defaults)
    drain([counting.KIND])
    begun = time.perf_counter()
    with tenant(tenant_id):
        service.start(import_id, update_existing=False)
    drain([service.RUN])
    seconds = time.perf_counter() - begun
    with tenant(tenant_id):
        row = Import.objects.get(id=import_id)
    if row.phase != Phase.DONE or row.imported < 0.9 * (row.rows or 0):
        raise RuntimeError(f"the import ended as {row.phase}: {row.imported} of {row.rows} rows")
    return seconds


def _copy_file(database: psycopg.Connection[Any], file: bytes) -> float:
    """The file's rows into one table of text columns with the SKU as its key."""
    columns = sql.SQL(", ").join(sql.SQL("{} text").format(sql.Identifier(name)) for name in HEADING)
    database.execute(sql.SQL("create table bare_goods ({}, primary key (sku))").format(columns))

    def copy() -> None:
        with database.cursor().copy("copy bare_goods from stdin (format csv, header)") as target:
            target.write(file)

    try:
        return _timed(copy)
    finally:
        database.execute("drop table bare_goods")


def _copy_written(database: psycopg.Connection[Any], tenant_id: UUID) -> tuple[float, int]:
    """Seconds, and how many rows: all that the tenant has by now, into tables with the same indexes and checks."""
    contents = {table: _content(database, table, tenant_id) for table in _tenant_tables(database)}
    contents = {table: content for table, content in contents.items() if content[1]}
    database.execute("create schema bare")
    for table in contents:
        name = sql.Identifier(table)
        database.execute(sql.SQL("create table bare.{} (like public.{} including all)").format(name, name))

    def copy() -> None:
        with database.transaction():
            for table, (content, _) in contents.items():
                query = sql.SQL("copy bare.{} from stdin (format binary)").format(sql.Identifier(table))
                with database.cursor().copy(query) as target:
                    target.write(content)

    try:
        return _timed(copy), sum(count for _, count in contents.values())
    finally:
        database.execute("drop schema bare cascade")


def _content(database: psycopg.Connection[Any], table: str, tenant_id: UUID) -> tuple[bytes, int]:
    name = sql.Identifier(table)
    query = sql.SQL("copy (select * from {} where tenant_id = {}) to stdout (format binary)")
    cursor = database.cursor()
    with cursor.copy(query.format(name, sql.Literal(tenant_id))) as source:
        content = b"".join(bytes(part) for part in source)
    return content, cursor.rowcount


def _tenant_tables(database: psycopg.Connection[Any]) -> list[str]:
    rows = database.execute(
        "select table_name from information_schema.columns where table_schema = 'public' and column_name = 'tenant_id' "
        "order by 1"
    )
    return [name for (name,) in rows]


def _forget(database: psycopg.Connection[Any], tenant_id: UUID) -> None:
    """So that the next round meets the same database, not a fuller one."""
    with database.transaction():
        database.execute("set local session_replication_role = replica")
        for table in _tenant_tables(database):
            database.execute(
                sql.SQL("delete from {} where tenant_id = %s").format(sql.Identifier(table)), [tenant_id]
            )
    for table in _filled(database):
        database.execute(sql.SQL("vacuum (analyze) {}").format(sql.Identifier(table)))


def _filled(database: psycopg.Connection[Any]) -> Iterator[str]:
    for (name,) in database.execute(
        "select relname from pg_stat_user_tables where n_dead_tup > 0"
    ).fetchall():
        yield name


def _timed(action: Callable[[], None]) -> float:
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun
