"""One PostgreSQL per run, one database per worker, and Django set up before a test module is imported.

With DATABASE_URL, DATABASE_OWNER_URL and KONTOR_TEST_SUPERUSER_DSN in the environment the suite runs on that server, in
databases of its own; otherwise on the embedded one, without fsync.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import django
import psycopg
import pytest
from psycopg import sql

from kontor.core import database, postgres

OPTION = "--without-database"
FOLDER, SERVER, CLUSTER, TEMPLATE = (
    "KONTOR_TEST_FOLDER",
    "server",
    "KONTOR_TEST_SUPERUSER_DSN",
    "KONTOR_TEST_TEMPLATE",
)
KEPT = ("django_migrations", "django_content_type", "auth_permission")  # filled by migrations
STACK = pytest.StashKey[ExitStack]()
SUPERUSER = pytest.StashKey[str]()


def _environment() -> None:
    """Before Django reads its settings. What is set here the workers of the run inherit."""
    folder = Path(tempfile.mkdtemp(prefix="kontor-tests-"))
    folder.chmod(0o755)  # as root, the server runs under another account
    if "DATABASE_URL" not in os.environ:
        database.addresses(postgres.socket_folder(folder / SERVER)).use()
    elif CLUSTER not in os.environ:
        raise pytest.UsageError(
            f"With DATABASE_URL the tests need {CLUSTER}: they make databases of their own"
        )
    os.environ |= {
        FOLDER: str(folder),
        TEMPLATE: f"kontor_template_{uuid.uuid4().hex[:8]}",
        "DJANGO_SETTINGS_MODULE": "kontor.settings",
        "KONTOR_DATA": str(folder / "data"),
        "KONTOR_ENVIRONMENT": "test",
        "KONTOR_JOB_LEASE_SECONDS": "2",
        "EBAY_ENVIRONMENT": "played",
        "LOG_LEVEL": "WARNING",
        # All tests come from one address; those of the limits set their own.
        **dict.fromkeys(("RATE_LIMIT_KEY", "RATE_LIMIT_TENANT", "RATE_LIMIT_ADDRESS"), "0"),
    }


if OPTION not in sys.argv:
    if "PYTEST_XDIST_WORKER" not in os.environ:
        _environment()
    django.setup()  # now, because the conftest of a folder may import models


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--without-database` saves three seconds where no test of the run needs one."""
    parser.addoption(OPTION, action="store_true", help="start no PostgreSQL and no Django")


def pytest_configure(config: pytest.Config) -> None:
    """The run's first process starts the server and migrates the template; each worker clones it."""
    if config.getoption("without_database"):
        return
    stack = config.stash[STACK] = ExitStack()
    template, worker = os.environ[TEMPLATE], os.environ.get("PYTEST_XDIST_WORKER", "")
    if not worker:
        stack.callback(_remove, Path(os.environ[FOLDER]))
        if CLUSTER not in os.environ:
            home = Path(os.environ[FOLDER]) / SERVER
            os.environ[CLUSTER] = stack.enter_context(postgres.serve(home, *postgres.TEST_SETTINGS))
            stack.callback(os.environ.pop, CLUSTER)
        database.ready(os.environ[CLUSTER], template)
        stack.callback(_drop, template)
        _use(template)
        database.migrate()
    if not worker and config.getoption("numprocesses", None):
        return
    _clone(template, name := f"{template}_{worker or 'alone'}")
    stack.callback(_drop, name)
    _use(name)
    config.stash[SUPERUSER] = psycopg.conninfo.make_conninfo(os.environ[CLUSTER], dbname=name)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Ends everything that this process of the run started."""
    if STACK in config.stash:
        config.stash[STACK].close()


def _remove(folder: Path) -> None:
    postgres.wait_until_stopped(folder / SERVER)
    shutil.rmtree(folder)


def _clone(template: str, name: str) -> None:
    with psycopg.connect(os.environ[CLUSTER], autocommit=True) as server:
        server.execute(
            "select pg_advisory_lock(hashtext('kontor.clone'))"
        )  # a template is copied once at a time
        query = sql.SQL("create database {} template {} owner kontor_owner")
        server.execute(query.format(sql.Identifier(name), sql.Identifier(template)))


def _drop(name: str) -> None:
    with psycopg.connect(os.environ[CLUSTER], autocommit=True) as server:
        server.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def _use(name: str) -> None:
    """Points Django, and processes that tests start, at a database."""
    from django.db import connections

    for variable in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        os.environ[variable] = database.renamed(os.environ[variable], name)
    for connection in connections.all():
        connection.close()
        if pooled := getattr(connection, "close_pool", None):
            pooled()
        connection.settings_dict["NAME"] = name


@pytest.fixture(scope="session")
def superuser(pytestconfig: pytest.Config) -> str:
    """DSN of this worker's database as the server's superuser, whom no policy binds."""
    if SUPERUSER not in pytestconfig.stash:
        pytest.fail(f"this test needs a database: run it without {OPTION}")
    return pytestconfig.stash[SUPERUSER]


@pytest.fixture(scope="session")
def emptied(superuser: str) -> Callable[[], None]:
    """A function that empties every table with rows, and resets nothing else."""
    with psycopg.connect(superuser) as db:
        rows = db.execute("select tablename from pg_tables where schemaname = 'public' and not tablename = any(%s)",
                          [list(KEPT)]).fetchall()  # fmt: skip
    tables = [sql.Identifier(name) for (name,) in rows]
    # `exists` over each table is a millisecond; truncating forty empty ones is fifty.
    looks = sql.SQL(" union all ").join(
        sql.SQL("select {} where exists (select from {})").format(sql.Literal(table.as_string()), table)
        for table in tables
    )

    def empty() -> None:
        with psycopg.connect(superuser, autocommit=True) as db:
            db.execute("set lock_timeout = '10s'")
            filled = [sql.SQL(name) for (name,) in db.execute(looks).fetchall()] if tables else []
            if filled:
                db.execute(sql.SQL("truncate {} cascade").format(sql.SQL(", ").join(filled)))

    return empty


@pytest.fixture
def db(emptied: Callable[[], None]) -> Iterator[None]:
    """An empty database. Not Django's TestCase: a transaction around the test would hide what commits."""
    emptied()
    yield
    from django.db import connections

    connections.close_all()


def _tenant(name: str) -> uuid.UUID:
    from kontor.accounts.models import Tenant

    return Tenant.objects.create(
        name=name, slug=name.lower().replace(" ", "-"), language="de", country="DE"
    ).id


@pytest.fixture
def tenant_a(db: None) -> uuid.UUID:
    """Id of a tenant."""
    return _tenant("Alpha Handel")


@pytest.fixture
def tenant_b(db: None) -> uuid.UUID:
    """Id of another tenant, who must never see the first one's."""
    return _tenant("Beta Versand")


@pytest.fixture
def drain() -> Callable[..., int]:
    """Runs due jobs in this process until none is due; says how many ran."""
    from kontor.jobs.testing import drain as run

    return run
