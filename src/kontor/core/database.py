"""From a PostgreSQL server to a migrated database of ours: roles, rights, extensions, migrations.

Three addresses, one database. The superuser's makes roles and extensions, once. The owner's migrates. The application's
does everything else, and every statement of it passes the tenants' policies.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit, urlunsplit
from uuid import UUID

import psycopg
from psycopg import sql

from kontor.core import postgres
from kontor.core.config import Settings

HERE = Path(__file__).parent
BORROWED = (
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.admin",
)  # other people's apps that have tables of ours


@dataclass(frozen=True, slots=True)
class Addresses:
    """postgresql:// addresses of one database, by role."""

    application: str
    owner: str

    def environment(self) -> dict[str, str]:
        """What a child process, or `kontor.settings`, needs to find the database."""
        return {"DATABASE_URL": self.application, "DATABASE_OWNER_URL": self.owner}

    def use(self) -> None:
        """Makes this process use them; before Django reads its settings."""
        os.environ.update(self.environment())


def ready(superuser: str, name: str = "kontor") -> None:
    """Makes roles, the database `name`, rights and extensions where they are missing; harmless when run again.

    `superuser` is a libpq DSN or address of any database of the server. Data are never touched.
    """
    with psycopg.connect(superuser, autocommit=True) as server:
        # Two first starts at once would both find no role and both create it.
        server.execute("select pg_advisory_lock(hashtext('kontor.ready'))")
        server.execute((HERE / "roles.sql").read_bytes())
        if server.execute("select 1 from pg_database where datname = %s", [name]).fetchone() is None:
            owner = sql.Identifier("kontor_owner")
            server.execute(sql.SQL("create database {} owner {}").format(sql.Identifier(name), owner))
        with psycopg.connect(superuser, dbname=name, autocommit=True) as database:
            database.execute((HERE / "grants.sql").read_bytes())


def prepare(superuser: str, application: str, owner: str) -> None:
    """`ready` for somebody's own server: the database that `application` names, and passwords as the two addresses say.

    Passwords travel scrambled, so that the server's log does not show them.
    """
    ready(superuser, unquote(urlsplit(application).path.lstrip("/")) or "kontor")
    with psycopg.connect(superuser, autocommit=True) as server:
        for role, address in (("kontor_app", application), ("kontor_owner", owner)):
            if password := urlsplit(address).password:
                scrambled = server.pgconn.encrypt_password(
                    unquote(password).encode(), role.encode(), b"scram-sha-256"
                )
                server.execute(
                    sql.SQL("alter role {} password {}").format(sql.Identifier(role), scrambled.decode())
                )


def addresses(socket_folder: Path, name: str = "kontor") -> Addresses:
    """Addresses of a database of the embedded server, which trusts whoever can enter its socket's folder."""
    host = quote(str(socket_folder), safe="/")
    return Addresses(
        f"postgresql://kontor_app@/{name}?host={host}", f"postgresql://kontor_owner@/{name}?host={host}"
    )


def renamed(address: str, name: str) -> str:
    """The same postgresql:// address, another database."""
    return urlunsplit(urlsplit(address)._replace(path=f"/{name}"))


def home(data_dir: Path) -> Path:
    """Where the embedded server of a data folder lives."""
    return data_dir.resolve() / "postgres"


@contextmanager
def embedded(settings: Settings) -> Iterator[Addresses]:
    """The embedded server of this installation, running as long as the block; its roles and database exist.

    Every process may enter at once: the first starts the server, the last one's end stops it. Raises PostgresError.
    """
    with postgres.serve(home(settings.data_dir)) as superuser:
        ready(superuser)
        yield addresses(postgres.socket_folder(home(settings.data_dir)))


@contextmanager
def reachable(settings: Settings) -> Iterator[Addresses]:
    """The database that the settings name, or else the embedded one; the process uses it inside the block."""
    if settings.database_url:
        yield Addresses(settings.database_url, settings.database_owner_url)
        return
    with embedded(settings) as found:
        found.use()
        yield found


def migrate(*, verbosity: int = 0) -> None:
    """Brings the tables up to date, as the owner: only then do the default rights reach the application's role.

    Django must be set up with the `owner` database (DATABASE_OWNER_URL). Safe to run from two processes at once.
    """
    from django.core.management import call_command
    from django.db import connections

    owner = connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(hashtext('kontor.migrate'))")
        # The policies bind the owner too, and PostgreSQL checks a new foreign key by a query: as nobody's tenant.
        cursor.execute("select set_config('app.tenant', %s, false)", [str(UUID(int=0))])
    try:
        call_command("migrate", database="owner", verbosity=verbosity, interactive=False)
    finally:
        owner.close()  # and with the session goes the lock


def is_migrated(address: str) -> bool:
    """Whether a database has every migration of this release; what an older or newer one left does not matter.

    Told from the names of files and without Django, which takes a second to load: so a second start is quick.
    """
    with psycopg.connect(address) as database:
        if database.execute("select to_regclass('django_migrations')").fetchone() == (None,):
            return False
        applied = database.execute("select app, name from django_migrations").fetchall()
    return shipped() <= set(applied)


@functools.cache
def shipped() -> frozenset[tuple[str, str]]:
    """This release's migrations as (app, name). An app is called by the last word of its package, as Django does too."""
    places = [HERE.parent, *(Path(str(spec.origin)).parent for spec in map(find_spec, BORROWED) if spec)]
    files = [file for place in places for file in place.rglob("migrations/[0-9]*.py")]
    return frozenset((file.parents[1].name, file.stem) for file in files)


def parameters() -> dict[str, Any]:
    """What psycopg needs for a connection of its own to Django's default database, outside the pool (to LISTEN)."""
    from django.db import connection

    found = connection.get_connection_params()
    return {name: value for name, value in found.items() if name not in ("cursor_factory", "context", "pool")}
