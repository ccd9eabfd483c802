"""What commands stand on: settings, the database, Django; and the shape in which a command is added."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from kontor.core.installation import data_folder

Run = Callable[[argparse.Namespace], None]
Command = Callable[..., argparse.ArgumentParser]  # (name, run, words, **options of add_parser)


@contextmanager
def database_at_hand() -> Iterator[None]:
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


def refuse_unsafe() -> None:
    """Raises SettingsError in production where the database is one that tenants could be mixed up in."""
    from kontor.core.config import SettingsError, settings

    if settings().environment != "production":
        return
    django_ready()
    from kontor.checks import dangers

    if found := dangers():
        raise SettingsError("\n  ".join(("This can't go into production:", *found)))


def django_ready() -> None:
    """Sets Django up, so that models can be imported."""
    import django

    django.setup()
