"""The `kontor` command as somebody at a terminal meets it."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from kontor.core import database, postgres

SOURCE = Path(__file__).parents[1] / "src"
Kontor = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the database's account can reach."""
    made = Path(tempfile.mkdtemp(prefix="kontor-cli-"))
    made.chmod(0o755)
    yield made
    postgres.wait_until_stopped(database.home(made / "data"))
    shutil.rmtree(made)


@pytest.fixture
def kontor(folder: Path) -> Kontor:
    """Runs a subcommand over a data folder of its own, with nothing of the test run's environment."""
    keep = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    own = {"KONTOR_DATA": str(folder / "data"), "PYTHONPATH": str(SOURCE)}

    def run(*words: str, **settings: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "kontor", *words],
            env=keep | own | settings,
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=120,
        )

    return run


def test_backup_and_restore_bring_back_what_was_there(folder: Path, kontor: Kontor) -> None:
    data = folder / "data"

    def people(change: str = "") -> int:
        with postgres.serve(database.home(data)), psycopg.connect(
            database.addresses(postgres.socket_folder(database.home(data))).application, autocommit=True
        ) as db:  # fmt: skip
            if change:
                db.execute(change)
            row = db.execute("select count(*) from accounts_tenant").fetchone()
            assert row
            return int(row[0])

    assert kontor("migrate").returncode == 0
    empty = people()
    with postgres.serve(database.home(data)) as superuser:
        done = kontor("backup", str(folder / "kept.dump"))
        assert (done.returncode, done.stderr) == (0, "")
        assert stat.S_IMODE((folder / "kept.dump").stat().st_mode) == 0o600
        with psycopg.connect(superuser, dbname="kontor", autocommit=True) as db:
            db.execute("delete from django_migrations")
    done = kontor("restore", str(folder / "kept.dump"))
    assert (done.returncode, done.stderr) == (0, "")
    assert "kontor_before_" in done.stdout
    assert people() == empty
    assert kontor("check").stdout == "Nothing is wrong.\n"


def test_a_broken_backup_changes_nothing(folder: Path, kontor: Kontor) -> None:
    assert kontor("migrate").returncode == 0
    (folder / "broken.dump").write_bytes(b"PGDMP but not really")
    done = kontor("restore", str(folder / "broken.dump"))
    assert done.returncode == 1
    assert "nothing was changed" in done.stderr
    assert kontor("check").returncode == 0


def test_check_says_what_is_wrong(kontor: Kontor) -> None:
    done = kontor("check")
    assert done.returncode == 1
    assert "run `kontor migrate`" in done.stdout


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        (
            {"DATABASE_URL": "sqlite:///x.db", "DATABASE_OWNER_URL": "sqlite:///x.db"},
            "SQLite is not supported",
        ),
        ({"DATABASE_URL": "postgresql://a@b/c"}, "go together"),
        ({"KONTOR_ENVIRONMENT": "production"}, "VAULT_KEYS is empty"),
        ({"MAX_UPLOAD_SIZE": "lots"}, "MAX_UPLOAD_SIZE"),
    ],
)
def test_a_wrong_setting_is_a_sentence(kontor: Kontor, settings: dict[str, str], sentence: str) -> None:
    done = kontor("migrate", **settings)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server under another account")
def test_a_folder_that_the_database_can_not_reach_is_a_sentence(folder: Path, kontor: Kontor) -> None:
    (folder / "closed").mkdir(mode=0o700)
    done = kontor("migrate", KONTOR_DATA=str(folder / "closed" / "data"))
    assert done.returncode == 1
    assert f"may not enter {folder}/closed" in done.stderr


@pytest.mark.parametrize(
    "words", [["migrate"], ["migrate", "--prepare", "postgresql://postgres@127.0.0.1:1/x"]]
)
def test_a_database_that_is_not_there_is_a_sentence(kontor: Kontor, words: list[str]) -> None:
    away = "postgresql://kontor@127.0.0.1:1/kontor"
    done = kontor(*words, DATABASE_URL=away, DATABASE_OWNER_URL=away)
    assert done.returncode == 1
    assert "kontor: The database does not let us in" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_stands_in_dot_env_counts_as_the_environment_does(folder: Path, kontor: Kontor) -> None:
    (folder / ".env").write_text("KONTOR_ENVIRONMENT=production\nJWT_SECRET_KEY=too-short\n")
    done = kontor("migrate")
    assert done.returncode == 1
    assert "SECRET_KEY is the demo's" in done.stderr
    assert "JWT_SECRET_KEY needs 32 characters of its own" in done.stderr
    assert not (folder / "data" / "keys.json").exists()  # no key is made up in production


def test_every_setting_is_printed_with_what_it_does(kontor: Kontor) -> None:
    printed = kontor("settings").stdout
    assert "#VAULT_KEYS=\n" in printed
    assert "#KONTOR_JOB_THREADS=8\n" in printed
    assert "demo-only" not in printed
    assert "| `EBAY_ENVIRONMENT` | `played` |" in kontor("settings", "--format", "markdown").stdout


def test_the_api_document_needs_no_database(kontor: Kontor, folder: Path) -> None:
    done = kontor("openapi")
    assert json.loads(done.stdout)["openapi"].startswith("3.")
    assert not (folder / "data" / "postgres").exists()


def test_unknown_words_are_refused(kontor: Kontor) -> None:
    assert kontor("worker", "--fast").returncode == 2
    assert kontor("dance").returncode == 2


def test_the_help_names_each_command_and_its_name_is_kontor(kontor: Kontor) -> None:
    done = kontor("--help")
    assert done.returncode == 0
    assert done.stdout.startswith("usage: kontor ")
    for command in ("demo", "serve", "worker", "migrate", "check", "backup", "settings"):
        assert f"\n    {command} " in done.stdout
