"""Keeping an installation in order: its tables, keys, backups and operators."""

from __future__ import annotations

import argparse
from pathlib import Path

from kontor.cli.ground import Command, database_at_hand, django_ready


def declare(command: Command) -> None:
    """Adds `migrate`, `check`, `vault-key`, `rotate-keys`, `backup`, `restore` and `operator`."""
    migrate_words = command("migrate", migrate, "bring the tables up to date")
    migrate_words.add_argument(
        "--prepare",
        metavar="URL",
        help="first make roles, their passwords, the database, rights and extensions, as this superuser",
    )
    command("check", check, "say what is wrong with this installation, if anything")
    command("vault-key", vault_key, "print a new key for VAULT_KEYS")
    command("rotate-keys", rotate_keys, "seal every secret anew with the first of VAULT_KEYS")
    backup_words = command("backup", backup, "write the embedded database to a file")
    backup_words.add_argument("file", type=Path)
    restore_words = command(
        "restore", restore, "bring the embedded database back from a file; the present one is kept beside it"
    )
    restore_words.add_argument("file", type=Path)
    operator_words = command(
        "operator", operator, "let somebody enter /admin, who has a log-in and a second factor"
    )
    operator_words.add_argument("email", metavar="ADDRESS")
    operator_words.add_argument("--remove", action="store_true", help="not any more")


def migrate(arguments: argparse.Namespace) -> None:
    """As the owner of the tables."""
    from kontor.core import database
    from kontor.core.config import settings

    if arguments.prepare:
        found = settings()
        database.prepare(arguments.prepare, found.database_url, found.database_owner_url)
    with database_at_hand():
        django_ready()
        database.migrate(verbosity=1)


def check(arguments: argparse.Namespace) -> None:
    """Settings, database, migrations, isolation, vault: one sentence for each thing that is wrong."""
    with database_at_hand():
        django_ready()
        from kontor.checks import problems

        found = problems()
    for sentence in found:
        print(f"- {sentence}")
    if found:
        raise SystemExit(1)
    print("Nothing is wrong.")


def vault_key(arguments: argparse.Namespace) -> None:
    """Random, printed once, kept nowhere."""
    from kontor.core.vault import new_key

    print(new_key())


def rotate_keys(arguments: argparse.Namespace) -> None:
    """Old keys may go from VAULT_KEYS afterwards."""
    with database_at_hand():
        django_ready()
        from kontor.rotation import reseal_all

        print(f"{reseal_all()} secrets sealed anew. Old keys may be taken out of VAULT_KEYS now.")


def backup(arguments: argparse.Namespace) -> None:
    """pg_dump of the embedded database, while it runs."""
    from kontor.core import backups
    from kontor.core.config import settings

    backups.write(settings(), arguments.file)
    print(
        f"Written to {arguments.file}. Copy {settings().data_dir / 'media'} and the keys in the data folder too."
    )


def restore(arguments: argparse.Namespace) -> None:
    """Whole or not at all."""
    from kontor.core import backups
    from kontor.core.config import settings

    kept = backups.read(settings(), arguments.file)
    print(f"Restored. What was there before is kept as the database {kept}.")


def operator(arguments: argparse.Namespace) -> None:
    """Counts from the person's next click on."""
    with database_at_hand():
        django_ready()
        from kontor.administration import operators

        if arguments.remove:
            print(f"{operators.dismiss(arguments.email).name} can't enter /admin any more.")
        else:
            print(f"{operators.name(arguments.email).name} can enter /admin, from KONTOR_ADMIN_ALLOWED_IPS.")
