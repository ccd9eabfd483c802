"""Connections as the pool lends them, and statements that are planned once."""

from __future__ import annotations

import time
import uuid
from datetime import UTC, datetime

import psycopg
import pytest
from django.db import DataError, connection, connections
from django.test.utils import CaptureQueriesContext
from psycopg_pool import ConnectionPool

from kontor.core.backend import base
from kontor.core.prepared import prepared
from kontor.core.tenancy import tenant


def _end_all(superuser: str) -> None:
    """Waits for those it ended alone: a listener that another test left running connects again at once."""
    with psycopg.connect(superuser, autocommit=True) as db:
        ended = db.execute(
            "select pid, pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and usename = 'kontor_app'"
        ).fetchall()
        pids = [pid for pid, _ in ended]
        deadline = time.monotonic() + 60
        while db.execute("select 1 from pg_stat_activity where pid = any(%s)", [pids]).fetchone():
            assert time.monotonic() < deadline, "a connection did not end"
            time.sleep(0.01)


def _work() -> None:
    with tenant(uuid.uuid4()), connection.cursor() as cursor:
        cursor.execute("select 1")
    connections.close_all()


def test_a_connection_whose_server_hung_up_is_never_lent(superuser: str) -> None:
    for _ in range(3):
        _work()
        _end_all(superuser)
        _work()  # nothing tries twice here: it is the pool that gave a living one


def test_one_that_lay_idle_for_long_is_asked_first(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    check = ConnectionPool.check_connection

    def counted(given: psycopg.Connection[object]) -> None:
        asked.append(given)
        check(given)

    monkeypatch.setattr(ConnectionPool, "check_connection", staticmethod(counted))
    for _ in range(30):  # one after the other: each connection of the pool, new ones among them
        _work()
    asked.clear()
    _work()
    assert not asked
    monkeypatch.setattr(base, "ASKED_AFTER_SECONDS", 0.0)
    _work()
    assert asked


def test_a_statement_is_planned_once_and_still_seen_by_whoever_counts_statements() -> None:
    with tenant(uuid.uuid4()), CaptureQueriesContext(connection) as captured:
        for number in range(6):
            with prepared() as cursor:
                cursor.execute("select %s::int + 40", [number])
                assert cursor.fetchone() == (number + 40,)
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from pg_prepared_statements where statement like '%%+ 40%%'")
            assert cursor.fetchone() == (1,)
    assert len(captured) == 7


def test_a_refused_statement_does_not_spoil_the_connection() -> None:
    def divide(*numbers: int) -> None:
        with tenant(uuid.uuid4()), prepared() as cursor:
            for number in numbers:
                cursor.execute("select 1 / %s::int", [number])

    for _ in range(2):
        with pytest.raises(DataError, match="division by zero"):
            divide(1, 2, 3, 4, 5, 0)
        divide(1, 2)


def test_times_come_in_utc_however_they_are_read() -> None:
    moment = datetime(2026, 3, 29, 1, 30, 0, 5, tzinfo=UTC)
    with tenant(uuid.uuid4()):
        for cursor in (connection.cursor(), prepared(), connection.chunked_cursor()):
            with cursor:
                cursor.execute("select '2026-03-29 03:30:00.000005+02'::timestamptz as at")
                (found,) = cursor.fetchone()
                assert (found, found.tzinfo) == (moment, UTC)
