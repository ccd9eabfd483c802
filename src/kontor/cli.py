"""The `kontor` command. Each subcommand imports what it needs when it runs, so that `kontor --help` is instant."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Callable
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from dotenv import load_dotenv

from kontor.core.installation import data_folder

DESCRIPTION = "Kontor: keep each thing you sell once, and true on every channel."
HTTP_PORT = 8000


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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kontor", description=DESCRIPTION)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(
        name: str, run: Callable[[argparse.Namespace], None], words: str, **options: Any
    ) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=words, description=words, **options)
        added.set_defaults(run=run)
        return added

    demo = command("demo", demo_, "run everything here, with a filled shop and a played eBay", add_help=False)
    demo.add_argument("--once", action="store_true", help="play the whole story without a person, and report")
    demo.add_argument("--port", type=int, help="port of the web UI; without it 8000 if free, else a free one")
    demo.add_argument("-h", "--help", action="store_true")
    demo.set_defaults(passes_rest=True)
    serve = command("serve", serve_, "answer HTTP and sockets: API, web UI, live events")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    serve.add_argument("--port", type=int, default=HTTP_PORT, help=f"port to listen on ({HTTP_PORT})")
    serve.add_argument("--fd", type=int, help="listen on this inherited socket instead")
    worker = command("worker", worker_, "run jobs; start as many as you like, on any machine")
    worker.add_argument("--threads", type=int, help="jobs at a time (KONTOR_JOB_THREADS)")
    sandbox = command("sandbox", sandbox_, "play the channels over HTTP")
    sandbox.add_argument("--host", default="127.0.0.1")
    sandbox.add_argument("--port", default="8010", help="0 takes a free one")
    migrate = command("migrate", migrate_, "bring the tables up to date")
    migrate.add_argument(
        "--prepare",
        metavar="URL",
        help="first make roles, their passwords, the database, rights and extensions, as this superuser",
    )
    command("check", check_, "say what is wrong with this installation, if anything")
    shown = command("settings", settings_, "print every setting, its default and what it does")
    shown.add_argument("--format", choices=("env", "markdown"), default="env")
    command("openapi", openapi_, "print the API's OpenAPI document")
    command("vault-key", vault_key_, "print a new key for VAULT_KEYS")
    command("rotate-keys", rotate_keys_, "seal every secret anew with the first of VAULT_KEYS")
    backup = command("backup", backup_, "write the embedded database to a file")
    backup.add_argument("file", type=Path)
    restore = command(
        "restore", restore_, "bring the embedded database back from a file; the present one is kept beside it"
    )
    restore.add_argument("file", type=Path)
    operator = command(
        "operator", operator_, "let somebody enter /admin, who has a log-in and a second factor"
    )
    operator.add_argument("email", metavar="ADDRESS")
    operator.add_argument("--remove", action="store_true", help="not any more")
    command("shell", shell_, "Python with the models at hand")
    return parser


def demo_(arguments: argparse.Namespace) -> None:
    """The supervised tree with a filled shop; `--once` hands over to the story."""
    if arguments.once:
        from kontor.demo.once import main as once

        once([*(["--help"] if arguments.help else []), *arguments.rest])
        return
    if arguments.help or arguments.rest:
        print("usage: kontor demo [--port PORT]\n       kontor demo --once [--help] …")
        raise SystemExit(0 if arguments.help else 2)
    from kontor.demo.running import run

    run(arguments.port)


def serve_(arguments: argparse.Namespace) -> None:
    """One ASGI process."""
    with _database():
        import socket

        import uvicorn

        from kontor.core.config import settings

        _refuse_unsafe()
        config = uvicorn.Config(
            "kontor.asgi:application",
            forwarded_allow_ips=settings().forwarded_allow_ips,
            host=arguments.host,
            port=arguments.port,
            log_config=None,  # ours, from Django's settings
            log_level=settings().log_level.lower(),
            access_log=settings().log_level == "DEBUG",
            timeout_graceful_shutdown=5,
            server_header=False,
        )
        # uvicorn's own `fd` takes every socket for a Unix one: no TCP_NODELAY (40 ms more per answer), no client address.
        inherited = None if arguments.fd is None else [socket.socket(fileno=arguments.fd)]
        server = uvicorn.Server(config)
        with suppress(KeyboardInterrupt):
            server.run(inherited)
    if not server.started:
        raise SystemExit(3)


def worker_(arguments: argparse.Namespace) -> None:
    """Runs until SIGTERM or Ctrl-C; what is running then is finished first."""
    with _database():
        _django()
        _refuse_unsafe()
        from kontor.jobs.worker import Worker

        worker = Worker(arguments.threads)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: worker.ask_to_stop())
        with worker:
            worker.wait()


def sandbox_(arguments: argparse.Namespace) -> None:
    """Becomes the sandbox's own program, which knows nothing of Kontor."""
    data = data_folder() / "sandbox"
    data.mkdir(parents=True, exist_ok=True)
    words = [
        "-m",
        "kontor_sandbox",
        "--host",
        arguments.host,
        "--port",
        str(arguments.port),
        "--data",
        str(data),
    ]
    os.execv(sys.executable, [sys.executable, *words])  # noqa: S606  # the kernel's word about our parent outlives it


def migrate_(arguments: argparse.Namespace) -> None:
    """As the owner of the tables."""
    from kontor.core import database
    from kontor.core.config import settings

    if arguments.prepare:
        found = settings()
        database.prepare(arguments.prepare, found.database_url, found.database_owner_url)
    with _database():
        _django()
        database.migrate(verbosity=1)


def check_(arguments: argparse.Namespace) -> None:
    """Settings, database, migrations, isolation, vault: one sentence for each thing that is wrong."""
    with _database():
        _django()
        from kontor.checks import problems

        found = problems()
    for sentence in found:
        print(f"- {sentence}")
    if found:
        raise SystemExit(1)
    print("Nothing is wrong.")


def settings_(arguments: argparse.Namespace) -> None:
    """From the one place where settings are declared."""
    from kontor.described import describe_settings

    print(describe_settings(arguments.format), end="")


def openapi_(arguments: argparse.Namespace) -> None:
    """For `web/openapi.json` and other clients."""
    import json

    from kontor.asgi import api

    print(json.dumps(api().openapi(), indent=2, ensure_ascii=False))


def vault_key_(arguments: argparse.Namespace) -> None:
    """Random, printed once, kept nowhere."""
    from kontor.core.vault import new_key

    print(new_key())


def rotate_keys_(arguments: argparse.Namespace) -> None:
    """Old keys may go from VAULT_KEYS afterwards."""
    with _database():
        _django()
        from kontor.rotation import reseal_all

        print(f"{reseal_all()} secrets sealed anew. Old keys may be taken out of VAULT_KEYS now.")


def backup_(arguments: argparse.Namespace) -> None:
    """pg_dump of the embedded database, while it runs."""
    from kontor.core import backups
    from kontor.core.config import settings

    backups.write(settings(), arguments.file)
    print(
        f"Written to {arguments.file}. Copy {settings().data_dir / 'media'} and the keys in the data folder too."
    )


def restore_(arguments: argparse.Namespace) -> None:
    """Whole or not at all."""
    from kontor.core import backups
    from kontor.core.config import settings

    kept = backups.read(settings(), arguments.file)
    print(f"Restored. What was there before is kept as the database {kept}.")


def operator_(arguments: argparse.Namespace) -> None:
    """Counts from the person's next click on."""
    with _database():
        _django()
        from kontor.administration import operators

        if arguments.remove:
            print(f"{operators.dismiss(arguments.email).name} can't enter /admin any more.")
        else:
            print(f"{operators.name(arguments.email).name} can enter /admin, from KONTOR_ADMIN_ALLOWED_IPS.")


def shell_(arguments: argparse.Namespace) -> None:
    """Django's, on the right database."""
    with _database():
        _django()
        from django.core.management import call_command

        call_command("shell")


@contextmanager
def _database() -> Any:
    """The database that the settings name, or the embedded one, for the length of the command."""
    from kontor.core.config import settings
    from kontor.core.database import reachable
    from kontor.core.installation import kept_keys

    if os.environ.get("KONTOR_ENVIRONMENT") != "production":
        data_folder().mkdir(parents=True, exist_ok=True)
        for name, value in kept_keys(data_folder()).items():
            os.environ.setdefault(name, value)
    with reachable(settings()):
        settings.cache_clear()  # the embedded database's addresses are in the environment now
        yield


def _refuse_unsafe() -> None:
    """Raises SettingsError in production where the database is one that tenants could be mixed up in."""
    from kontor.core.config import SettingsError, settings

    if settings().environment != "production":
        return
    _django()
    from kontor.checks import dangers

    if found := dangers():
        raise SettingsError("\n  ".join(("This can't go into production:", *found)))


def _django() -> None:
    import django

    django.setup()


if __name__ == "__main__":
    main()
