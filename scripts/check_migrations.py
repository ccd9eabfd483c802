"""Fails where a model says something that no migration does. Asks no database."""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kontor.settings")


def main() -> None:
    """Django's own check, with a database that isn't there."""
    import django
    from django.core.management import call_command

    from kontor import settings

    settings.DATABASES = {"default": {"ENGINE": "django.db.backends.dummy"}}
    django.setup()
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)


if __name__ == "__main__":
    main()
