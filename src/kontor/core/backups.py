"""The embedded database into a file and back. A database of your own has tools of its own."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import psycopg
from psycopg import sql

from kontor.core import database, postgres
from kontor.core.clock import now
from kontor.core.config import Settings
from kontor.core.postgres import PostgresError

NAME = "kontor"


def write(settings: Settings, file: Path) -> None:
    """A complete dump, taken while others work; 0600. As superuser: the tenants' policies hide everything from others.

    Raises PostgresError.
    """
    _embedded_only(settings)
    home = database.home(settings.data_dir)
    with postgres.serve(home) as superuser:
        new = file.with_name(file.name + ".part")
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            command = [postgres.binary(home, "pg_dump"), "--format=custom", _dsn(superuser, NAME)]
            done = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, cwd="/")
        if done.returncode:
            new.unlink()
            raise PostgresError(f"The backup failed:\n{done.stderr.decode()}")
        new.replace(file)


def read(settings: Settings, file: Path) -> str:
    """Puts a dump in the place of the present database, which is kept; answers the name it has now.

    The dump is read into a new database first, so that a broken file changes nothing. Raises PostgresError.
    """
    _embedded_only(settings)
    if not file.is_file():
        raise PostgresError(f"There is no file {file}.")
    home, stamp = database.home(settings.data_dir), f"{now():%Y%m%d_%H%M%S}"
    with postgres.serve(home) as superuser:
        database.ready(superuser, NAME)
        fresh = f"{NAME}_restoring_{stamp}"
        with psycopg.connect(superuser, autocommit=True) as server:
            server.execute(sql.SQL("create database {} owner kontor_owner").format(sql.Identifier(fresh)))
            command = [postgres.binary(home, "pg_restore"), "--exit-on-error", "-d", _dsn(superuser, fresh)]
            with file.open("rb") as dump:
                done = subprocess.run(command, stdin=dump, capture_output=True, cwd="/")
            if done.returncode:
                server.execute(sql.SQL("drop database {}").format(sql.Identifier(fresh)))
                raise PostgresError(
                    f"{file} could not be restored, nothing was changed:\n{done.stderr.decode()}"
                )
            return _swap(server, fresh, stamp)


def _swap(server: psycopg.Connection[tuple[object, ...]], fresh: str, stamp: str) -> str:
    kept = f"{NAME}_before_{stamp}"
    rename = sql.SQL("alter database {} rename to {}")
    try:
        server.execute(rename.format(sql.Identifier(NAME), sql.Identifier(kept)))
    except psycopg.errors.ObjectInUse as error:
        server.execute(sql.SQL("drop database {}").format(sql.Identifier(fresh)))
        raise PostgresError("Kontor is running on this database: stop it, then restore.") from error
    server.execute(rename.format(sql.Identifier(fresh), sql.Identifier(NAME)))
    return kept


def _embedded_only(settings: Settings) -> None:
    if settings.database_url:
        raise PostgresError(
            "DATABASE_URL names a database of your own: use pg_dump and pg_restore as its superuser "
            "(row-level security hides everything from other roles)."
        )


def _dsn(superuser: str, name: str) -> str:
    return psycopg.conninfo.make_conninfo(superuser, dbname=name)
