"""The sandbox's memory: one SQLite file, one writer at a time, committed before anything is answered.

Write-ahead logging with ``synchronous=NORMAL`` keeps every committed transaction through ``kill -9`` of this
process; only a power cut could take the last ones back.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Row = sqlite3.Row


class Store:
    """One database file shared by all threads of one process."""

    def __init__(self, path: Path, schemas: Iterable[str]) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._schemas = tuple(schemas)
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.row_factory = sqlite3.Row
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.execute("PRAGMA foreign_keys = ON")
        self._create()

    def _create(self) -> None:
        for schema in self._schemas:
            self._db.executescript(schema)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Everything inside is committed together, or, when it raises, not at all; an inner one is part of the outer."""
        with self._lock:
            if self._db.in_transaction:
                yield self._db
                return
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def empty(self) -> None:
        """Forget everything: every row of every table."""
        with self.transaction() as db:
            names = rows(
                db, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            )
            for name in names:
                db.execute(f'DELETE FROM "{name["name"]}"')  # noqa: S608 (names come from the schema)

    def close(self) -> None:
        """End the connection; the file stays as it is."""
        with self._lock:
            self._db.close()


@contextmanager
def savepoint(db: sqlite3.Connection) -> Iterator[None]:
    """A part of a transaction that can fail alone (one row of a bulk call)."""
    db.execute("SAVEPOINT part")
    try:
        yield
    except BaseException:
        db.execute("ROLLBACK TO part")
        db.execute("RELEASE part")
        raise
    db.execute("RELEASE part")


def rows(db: sqlite3.Connection, sql: str, *values: Any) -> list[Row]:
    """All rows of a query."""
    return db.execute(sql, values).fetchall()


def find(db: sqlite3.Connection, sql: str, *values: Any) -> Row | None:
    """The first row of a query, or None."""
    row: Row | None = db.execute(sql, values).fetchone()
    return row


def next_number(db: sqlite3.Connection, name: str, first: int) -> int:
    """The next number of a named sequence; never given out twice, also after a kill."""
    row = find(
        db,
        "INSERT INTO sequence (name, value) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value",
        name,
        first,
    )
    assert row is not None
    return int(row["value"])


def dump(value: Any) -> str:
    """A JSON column's text."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def load(text: str) -> Any:
    """A JSON column's value."""
    return json.loads(text)
