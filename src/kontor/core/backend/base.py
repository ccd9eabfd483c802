"""`ENGINE`: Django's own for PostgreSQL; it lends connections without asking each of them first, and can prepare statements.

A pool that asks the server "are you there?" before it lends costs every request and every job a round trip. A server that
ended has hung up, though, and that can be seen at the socket, without a word. Only a connection that lay idle for long is
asked: a firewall between may have forgotten it, and then nobody hangs up.

Times are read by psycopg's compiled loader. Django puts one of its own in its place, in Python, for the sake of time zones
other than UTC, and pages of rows were busier with it than with the rest of their columns.
"""

from __future__ import annotations

import functools
import select
import time
from datetime import UTC
from typing import Any, Final
from weakref import WeakKeyDictionary

import psycopg
from django.db.backends.postgresql import base
from django.db.backends.utils import CursorWrapper
from psycopg import Connection, OperationalError
from psycopg.adapt import AdaptersMap
from psycopg.pq import Format
from psycopg_pool import ConnectionPool

ASKED_AFTER_SECONDS: Final = 30.0
TIMESTAMPTZ: Final = psycopg.postgres.types["timestamptz"].oid

_returned: WeakKeyDictionary[Connection[Any], float] = WeakKeyDictionary()  # when, by `time.monotonic`


class DatabaseWrapper(base.DatabaseWrapper):
    """A thread's connection, or the place for one."""

    def get_connection_params(self) -> dict[str, Any]:
        """Django's, with our reading of times where the database's are UTC."""
        found: dict[str, Any] = super().get_connection_params()
        if self.timezone is UTC:
            found["context"] = _with_compiled_times(found["context"])
        return found

    def create_cursor(self, name: str | None = None) -> Any:
        """Django's, without a look at the zone of its own loader where ours reads the times."""
        if self.timezone is not UTC:
            return super().create_cursor(name)
        if name is None:
            return self.connection.cursor()
        return base.ServerSideCursor(
            self.connection,
            name,
            scrollable=False,  # type: ignore[call-arg]
            withhold=self.connection.autocommit,
        )

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """One from the pool that answers. Raises OperationalError, PoolTimeout."""
        connection = super().get_new_connection(conn_params)
        while self.pool and not _answers(connection):
            connection.close()
            self.pool.putconn(connection)  # which makes another in its place
            connection = self.pool.getconn()
        return connection

    def prepared_cursor(self) -> CursorWrapper:
        """Its statements are planned once per connection, after some uses; values go beside them, not within."""
        self.ensure_connection()
        with self.wrap_database_errors:
            cursor: CursorWrapper = self._prepare_cursor(base.ServerBindingCursor(self.connection))  # type: ignore[attr-defined, call-arg]
        return cursor

    def _close(self) -> None:
        if self.connection is not None and self.pool:
            _returned[self.connection] = time.monotonic()
        super()._close()  # type: ignore[misc]


@functools.cache
def _with_compiled_times(template: AdaptersMap) -> AdaptersMap:
    adapters = AdaptersMap(template)
    if compiled := psycopg.adapters.get_loader(TIMESTAMPTZ, Format.TEXT):
        adapters.register_loader(TIMESTAMPTZ, compiled)
    return adapters


def _answers(connection: Connection[Any]) -> bool:
    idle_seconds = time.monotonic() - _returned.get(connection, 0.0)
    if idle_seconds < ASKED_AFTER_SECONDS and not _has_news(connection):
        return True
    try:
        ConnectionPool.check_connection(connection)
    except OperationalError:
        return False
    return True


def _has_news(connection: Connection[Any]) -> bool:
    """Whether there is something to read though nothing was asked: a farewell, or a harmless notice."""
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    return bool(poll.poll(0))
