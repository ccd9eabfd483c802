"""The `kontor` command. Each subcommand imports what it needs when it runs, so that `kontor --help` is instant."""

from __future__ import annotations

import argparse
import os
import sys
from typing import Any

from dotenv import load_dotenv

from kontor.cli import keeping, looking, processes
from kontor.cli.ground import Run

DESCRIPTION = "Kontor: keep each thing you sell once, and true on every channel."


def main(words: list[str] | None = None) -> None:
    """Runs one subcommand; what a person can mend is said in a sentence, and ends with status 1."""
    from kontor.supervised import end_with_parent

    end_with_parent()
    _defaults()
    arguments, rest = _parser().parse_known_args(words)
    if rest and not getattr(arguments, "passes_rest", False):
        _parser().error(f"unknown words: {' '.join(rest)}")
    arguments.rest = rest
    try:
        arguments.run(arguments)
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except _mendable() as error:
        print(f"kontor: {error}", file=sys.stderr)
        raise SystemExit(1) from None
    except _away() as error:
        print(f"kontor: The database does not let us in: {error}".rstrip(), file=sys.stderr)
        raise SystemExit(1) from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kontor", description=DESCRIPTION)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Run, words: str, **options: Any) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=words, description=words, **options)
        added.set_defaults(run=run)
        return added

    for group in (processes, keeping, looking):
        group.declare(command)
    return parser


def _defaults() -> None:
    """`.env` counts for what this process starts too: so it is read here, beneath the environment itself."""
    load_dotenv(".env")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kontor.settings")


def _mendable() -> tuple[type[BaseException], ...]:
    """Errors whose message says what to do."""
    from kontor.core.config import SettingsError
    from kontor.core.errors import KontorError
    from kontor.core.postgres import PostgresError
    from kontor.supervisor import SupervisorError

    return SettingsError, KontorError, PostgresError, SupervisorError


def _away() -> tuple[type[BaseException], ...]:
    """What is raised where a database can't be reached, or knows neither role nor password."""
    import psycopg
    from django.db.utils import OperationalError

    return psycopg.OperationalError, OperationalError
