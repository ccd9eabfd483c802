"""The database's layer, and how to do without it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connections
from psycopg import sql


def protected(superuser: str) -> list[str]:
    """Tables with a policy."""
    with psycopg.connect(superuser) as db:
        rows = db.execute("select relname from pg_class where relkind = 'r' and relrowsecurity order by 1")
        return [name for (name,) in rows.fetchall()]


@contextmanager
def without_policies(superuser: str) -> Iterator[None]:
    """The database forgets whose rows are whose."""
    tables = protected(superuser)

    def switch(word: str) -> None:
        connections.close_all()
        with psycopg.connect(superuser, autocommit=True) as db:
            for table in tables:
                db.execute(
                    sql.SQL(f"alter table {{}} {word} row level security").format(sql.Identifier(table))
                )

    switch("disable")
    try:
        yield
    finally:
        switch("enable")
