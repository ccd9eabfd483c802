"""Looking into an installation: its settings, its API, its rows."""

from __future__ import annotations

import argparse

from kontor.cli.ground import Command, database_at_hand, django_ready


def declare(command: Command) -> None:
    """Adds `settings`, `openapi` and `shell`."""
    settings_words = command("settings", settings, "print every setting, its default and what it does")
    settings_words.add_argument("--format", choices=("env", "markdown"), default="env")
    command("openapi", openapi, "print the API's OpenAPI document")
    command("shell", shell, "Python with the models at hand")


def settings(arguments: argparse.Namespace) -> None:
    """From the one place where settings are declared."""
    from kontor.described import describe_settings

    print(describe_settings(arguments.format), end="")


def openapi(arguments: argparse.Namespace) -> None:
    """For `web/openapi.json` and other clients."""
    import json

    from kontor.asgi import api

    print(json.dumps(api().openapi(), indent=2, ensure_ascii=False))


def shell(arguments: argparse.Namespace) -> None:
    """Django's, on the right database."""
    with database_at_hand():
        django_ready()
        from django.core.management import call_command

        call_command("shell")
