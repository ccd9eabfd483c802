"""A page of 25 of 200,000 listings, each on one channel: ours against the bare thing, round by round."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import httpx2
import psutil
import psycopg
from psycopg import sql

from benchmarks import figures, house
from benchmarks.load import Target, requests_per_second

LISTINGS, SEEDS, PAGE, CONNECTIONS = 200_000, 400, 25, 16
FILLED: Final = "catalog_listing", "publishing_publication"


@dataclass(frozen=True, slots=True)
class Server:
    """One of the two: where it answers, and which process does."""

    target: Target
    process: psutil.Process

    def measure(self, seconds: float) -> tuple[float, float]:
        """Answers per second, and milliseconds of processor time of this one process for each."""
        before = self._used()
        rate = requests_per_second(self.target, connections=CONNECTIONS, seconds=seconds)
        return rate, 1000 * (self._used() - before) / (rate * seconds)

    def _used(self) -> float:
        times = self.process.cpu_times()
        return times.user + times.system


def run(*, is_quick: bool) -> None:
    """Fills, warms both, measures in turns."""
    figures.title("listings", f"{PAGE} of {LISTINGS:,} listings, {CONNECTIONS} connections, one process each")
    seconds, times = (1.0, 3) if is_quick else (4.0, 7)
    with house.folder() as folder, house.tree(folder / "data") as tree:
        business = house.register(tree.web_url)
        with house.superuser(tree.data_dir) as database:
            fill(database, business.tenant_id)
            with _bare(database.info.dsn, business.tenant_id) as (bare_url, bare_process):
                target = Target(f"{tree.web_url}/api/v1/listings?limit={PAGE}", business.token)
                ours = Server(target, psutil.Process(tree.processes["web"].pid))
                bare = Server(Target(f"{bare_url}/listings?limit={PAGE}"), bare_process)
                _check_same(ours.target, bare.target)
                found = list(_rounds(ours, bare, seconds, times))
        figures.rounds("Kontor", [mine[0] for mine, _ in found], "requests/s")
        figures.rounds("bare psycopg + orjson", [other[0] for _, other in found], "requests/s")
        figures.ratio("ratio", [(mine[0], other[0]) for mine, other in found], at_least=0.5)
        figures.rounds("Kontor, processor per request", [mine[1] for mine, _ in found], "ms")
        figures.rounds("bare, processor per request", [other[1] for _, other in found], "ms")
        statements = _statements(business.tenant_id)
        figures.line("statements per request", f"{len(statements)} ({', '.join(statements)}); bare 2")


Measured = tuple[float, float]


def _rounds(ours: Server, bare: Server, seconds: float, times: int) -> Iterator[tuple[Measured, Measured]]:
    """Alternating, after a warm-up of both; every other round begins with the other one."""
    for server in (ours, bare):
        server.measure(1.0)
    for number in range(times):
        if number % 2:
            mine = ours.measure(seconds)
            yield mine, bare.measure(seconds)
        else:
            other = bare.measure(seconds)
            yield ours.measure(seconds), other


def fill(database: psycopg.Connection[Any], tenant_id: UUID) -> None:
    """Some hundred products made by the service, on one account, then multiplied by SQL, column by column."""
    listing_ids = _seed(tenant_id)
    copies = LISTINGS // len(listing_ids)
    database.execute("set session_replication_role = replica")  # foreign keys are right by construction
    age = sql.SQL("now() - interval '1 hour' - (seed * {}::bigint + copy) * interval '1 second'").format(
        copies
    )
    _multiply(database, "catalog_listing", copies - 1, {
        "id": sql.SQL("uuidv7()"), "reference": sql.SQL("source.reference || '-' || copy"),
        "updated_at": age, "head_id": sql.SQL("null"), "thumb_id": sql.SQL("gen_random_uuid()"),
    })  # fmt: skip
    database.execute("update catalog_listing set thumb_id = gen_random_uuid()")
    template = database.execute("select id from publishing_publication limit 1").fetchone()
    assert template
    columns = _columns(database, "publishing_publication")
    chosen = {"id": sql.SQL("uuidv7()"), "listing_id": sql.SQL("listing.id")}
    database.execute(
        sql.SQL(
            "insert into publishing_publication ({}) select {} from publishing_publication source, catalog_listing listing "
            "where source.id = %s and listing.id <> source.listing_id"
        ).format(
            sql.SQL(", ").join(map(sql.Identifier, columns)),
            sql.SQL(", ").join(chosen.get(name, sql.Identifier("source", name)) for name in columns),
        ),
        [template[0]],
    )
    database.execute("set session_replication_role = origin")
    for table in FILLED:
        database.execute(sql.SQL("vacuum (analyze) {}").format(sql.Identifier(table)))


def _seed(tenant_id: UUID) -> list[UUID]:
    from kontor.channels.connections.models import Connection, State
    from kontor.core.clock import now
    from kontor.core.money import Money
    from kontor.core.tenancy import tenant
    from kontor.goods import service as goods
    from kontor.goods.values import ProductInput, VariantInput
    from kontor.publishing.models import Publication, Task
    from kontor.publishing.models import State as PublicationState

    def product(number: int) -> ProductInput:
        price = Money(990 + number * 7, "EUR")
        return ProductInput(
            reference=f"WL-{number}",
            title={"de": f"Leinenschürze Hafen {number}, gewebt in Flandern"},
            description={"de": "<p>Genäht in Lübeck.</p>"},
            brand=("Hafenleinen", "Kogge", "Traveheim")[number % 3],
            variants=(VariantInput(f"WL-{number}", price=price, quantity=number % 9),),
        )

    with tenant(tenant_id):
        stock = goods.StockCause("import", "benchmark", "")
        made = goods.upsert_many([product(number) for number in range(SEEDS)], stock)
        ids = [each.listing_id for each in made if each.listing_id]
        account = Connection.objects.create(
            channel="ebay", marketplace="EBAY_DE", account_id="1", label="eBay", state=State.CALLABLE,
            connected_at=now(),
        )  # fmt: skip
        Publication.objects.create(
            listing_id=ids[0], connection_id=account.id, state=PublicationState.LIVE, task=Task.NOTHING,
            external_id="110550000001", address="https://www.ebay.de/itm/110550000001", proved_at=now(),
        )  # fmt: skip
    return ids


def _multiply(
    database: psycopg.Connection[Any], table: str, copies: int, changed: dict[str, sql.SQL | sql.Composed]
) -> None:
    """Copies each row `copies` times; `changed` says what differs, by `source`, `seed` (which row) and `copy`."""
    columns = _columns(database, table)
    database.execute(
        sql.SQL(
            "insert into {table} ({columns}) select {values} from (select row_number() over (order by id) as seed, t.* "
            "from {table} t) source, generate_series(1, {copies}) copy"
        ).format(
            table=sql.Identifier(table),
            columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
            values=sql.SQL(", ").join(changed.get(name, sql.Identifier("source", name)) for name in columns),
            copies=copies,
        )
    )


def _columns(database: psycopg.Connection[Any], table: str) -> list[str]:
    rows = database.execute(
        "select attname from pg_attribute where attrelid = %s::regclass and attnum > 0 and not attisdropped",
        [table],
    )
    return [name for (name,) in rows]


@contextmanager
def _bare(dsn: str, tenant_id: UUID) -> Iterator[tuple[str, psutil.Process]]:
    command = [sys.executable, "-m", "benchmarks.bare_list", dsn, str(tenant_id)]
    root = Path(__file__).parents[1]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as process:
        assert process.stdout
        try:
            yield process.stdout.readline().strip(), psutil.Process(process.pid)
        finally:
            process.terminate()


def _check_same(ours: Target, bare: Target) -> None:
    """Both must show the same things, or the comparison means nothing. Also waits until the bare one answers."""
    headers = {"Authorization": f"Bearer {ours.token}"}
    with httpx2.Client(timeout=30, transport=httpx2.HTTPTransport(retries=5)) as client:
        shown = [client.get(target.url, headers=headers).json()["items"] for target in (ours, bare)]
    told = [
        [(row["reference"], row["stock"], row["publications"][0]["state"]) for row in rows] for rows in shown
    ]
    if told[0] != told[1] or len(told[0]) != PAGE:
        raise RuntimeError("the bare endpoint shows other listings than Kontor")


def _statements(tenant_id: UUID) -> list[str]:
    """What one request asks of the database, from the endpoint called as the route calls it."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from kontor.catalog import api
    from kontor.core.actor import Actor
    from kontor.core.http.paging import PageAsked
    from kontor.core.tenancy import tenant

    actor = Actor(tenant_id, None, "Benchmark", frozenset({"read"}))
    with CaptureQueriesContext(connection) as captured, tenant(tenant_id):
        api.list_listings(actor, PageAsked(limit=PAGE))
    return [_brief(query["sql"]) for query in captured.captured_queries]


def _brief(statement: str) -> str:
    tables = [name for name in FILLED if name in statement.lower()]
    return f"select {' with '.join(tables)}" if tables else statement.split()[0].lower()
