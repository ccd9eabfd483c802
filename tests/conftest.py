"""One PostgreSQL per run, one database per worker, and Django set up before a test module is imported.

With DATABASE_URL, DATABASE_OWNER_URL and KONTOR_TEST_SUPERUSER_DSN in the environment the suite runs on that server, in
databases of its own; otherwise on the embedded one, without fsync.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

TEMPLATE = f"kontor_template_{uuid.uuid4().hex[:8]}"
SERVER = pytest.StashKey[ExitStack]()
SUPERUSER = pytest.StashKey[str]()
KEPT = ("django_migrations", "django_content_type", "auth_permission")  # filled by migrations


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--without-database` saves three seconds where no test of the run needs one."""
    parser.addoption("--without-database", action="store_true", help="start no PostgreSQL and no Django")


def pytest_configure(config: pytest.Config) -> None:
    """The run's first process starts the server and migrates the template; each worker clones it."""
    if config.getoption("without_database"):
        return
    given = getattr(config, "workerinput", None)
    stack = config.stash[SERVER] = ExitStack()
    if given is None:
        config.stash[SUPERUSER] = _server(stack)
        _environment(config, TEMPLATE)
        _migrate(stack, config.stash[SUPERUSER])
        if not config.getoption("numprocesses", None):
            _clone(config, stack, "alone")
    else:
        config.stash[SUPERUSER] = given["superuser"]
        os.environ.update(given["environment"])
        globals()["TEMPLATE"] = given["template"]
        _clone(config, stack, given["workerid"])


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """What an xdist worker needs to find the server."""
    if SUPERUSER not in node.config.stash:
        return
    names = ("DATABASE_URL", "DATABASE_OWNER_URL", "KONTOR_DATA")
    node.workerinput["superuser"] = node.config.stash[SUPERUSER]
    node.workerinput["template"] = TEMPLATE
    node.workerinput["environment"] = {name: os.environ[name] for name in names}


def pytest_unconfigure(config: pytest.Config) -> None:
    """Ends everything that this process of the run started."""
    if SERVER in config.stash:
        config.stash[SERVER].close()


def _server(stack: ExitStack) -> str:
    from kontor.core import database, postgres

    folder = Path(tempfile.mkdtemp(prefix="kontor-tests-"))
    folder.chmod(0o755)  # as root, the server runs under another account
    stack.callback(_remove, folder)
    os.environ["KONTOR_DATA"] = str(folder / "data")
    if given := os.environ.get("KONTOR_TEST_SUPERUSER_DSN"):
        return given
    if os.environ.get("DATABASE_URL"):
        raise pytest.UsageError(
            "With DATABASE_URL the tests need KONTOR_TEST_SUPERUSER_DSN: they make databases"
        )
    superuser = stack.enter_context(postgres.serve(folder / "server", *postgres.TEST_SETTINGS))
    database.addresses(postgres.socket_folder(folder / "server")).use()
    return superuser


def _remove(folder: Path) -> None:
    from kontor.core.postgres import locked

    if (guard := folder / "server" / "guard.lock").exists():
        with locked(guard, fcntl.LOCK_EX):  # free when the server has stopped, and writes no more
            pass
    shutil.rmtree(folder)


def _environment(config: pytest.Config, name: str) -> None:
    from kontor.core.database import renamed

    for variable in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        os.environ[variable] = renamed(os.environ[variable], name)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "kontor.settings",
        "KONTOR_ENVIRONMENT": "test",
        "KONTOR_JOB_LEASE_SECONDS": "2",
        "EBAY_ENVIRONMENT": "played",
        "LOG_LEVEL": "WARNING",
    }


def _migrate(stack: ExitStack, superuser: str) -> None:
    import django
    from django.db import connections

    from kontor.core import database

    database.ready(superuser, TEMPLATE)
    stack.callback(_drop, superuser, TEMPLATE)
    django.setup()
    database.migrate()
    connections.close_all()
    for connection in connections.all(initialized_only=True):
        getattr(connection, "close_pool", lambda: None)()


def _clone(config: pytest.Config, stack: ExitStack, worker: str) -> None:
    """A copy of the template is this process's database from now on."""
    superuser, name = config.stash[SUPERUSER], f"{TEMPLATE}_{worker}"
    with psycopg.connect(superuser, autocommit=True) as server:
        server.execute(
            "select pg_advisory_lock(hashtext('kontor.clone'))"
        )  # a template is copied once at a time
        query = sql.SQL("create database {} template {} owner kontor_owner")
        server.execute(query.format(sql.Identifier(name), sql.Identifier(TEMPLATE)))
    stack.callback(_drop, superuser, name)
    _environment(config, name)
    _use(name)


def _use(name: str) -> None:
    """Points Django, set up or not, at the worker's database."""
    import django
    from django.conf import settings
    from django.db import connections

    if not settings.configured:
        django.setup()
    for alias in settings.DATABASES:
        settings.DATABASES[alias]["NAME"] = name
        connections[alias].settings_dict["NAME"] = name


def _drop(superuser: str, name: str) -> None:
    with psycopg.connect(superuser, autocommit=True) as server:
        server.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def superuser(pytestconfig: pytest.Config) -> str:
    """DSN of this worker's database as the server's superuser, whom no policy binds."""
    if SUPERUSER not in pytestconfig.stash:
        pytest.fail("this test needs a database: run it without --without-database")
    name = os.environ["DATABASE_URL"].partition("?")[0].rpartition("/")[2]
    return psycopg.conninfo.make_conninfo(pytestconfig.stash[SUPERUSER], dbname=name)


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
