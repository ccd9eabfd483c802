"""What `kontor check` finds, and what `kontor settings` prints."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import OperationalError
from pydantic import AliasChoices, SecretStr
from pydantic_core import PydanticUndefined

from kontor.core.config import Settings, SettingsError
from kontor.core.tenancy import unprotected

SERVER_VERSION = 15_00_00
EXTENSIONS = {"pg_trgm", "unaccent", "btree_gist", "vector"}


def problems() -> list[str]:
    """One sentence for each thing that is wrong with this installation; empty when all is well."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select current_setting('server_version_num')::int")
            (version,) = cursor.fetchone()
            found = [] if version >= SERVER_VERSION else ["PostgreSQL is older than 15: upgrade it."]
            cursor.execute("select rolsuper or rolbypassrls from pg_roles where rolname = current_user")
            if cursor.fetchone() != (False,):
                found.append("DATABASE_URL logs in as a role that no policy binds: use kontor_app.")
            cursor.execute("select extname from pg_extension")
            missing = EXTENSIONS - {name for (name,) in cursor.fetchall()}
    except OperationalError as error:
        return [f"The database does not answer: {error}"]
    found += [
        f"The extension {name} is missing: run src/kontor/core/grants.sql as superuser."
        for name in sorted(missing)
    ]
    return found + _migrations() + _isolation() + _vault()


def _migrations() -> list[str]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{len(plan)} migrations are missing: run `kontor migrate`."] if plan else []


def _isolation() -> list[str]:
    return [f"The table {name} is not protected by the tenants' policy." for name in unprotected()]


def _vault() -> list[str]:
    from kontor.core.vault import vault

    try:
        sealed = vault().seal(b"check", owner="check")
        return (
            []
            if vault().open(sealed, owner="check") == b"check"
            else ["The vault opens something else than it sealed."]
        )
    except SettingsError as error:
        return [str(error)]


def describe_settings(form: str) -> str:
    """Every setting with its default and meaning: as an environment file, or as a Markdown table."""
    rows = [(_name(name, field.validation_alias), _default(field.default), field.description or "")
            for name, field in Settings.model_fields.items()]  # fmt: skip
    if form == "env":
        head = "# Every setting of Kontor, with its default. Printed by `kontor settings`.\n"
        return head + "".join(f"\n# {words}\n#{name}={default}\n" for name, default, words in rows)
    head = "# Settings\n\nPrinted by `kontor settings --format markdown`. All come from the environment or `.env`.\n\n"
    table = "".join(
        f"| `{name}` | {f'`{default}`' if default else ''} | {words} |\n" for name, default, words in rows
    )
    return f"{head}| setting | default | what it does |\n| --- | --- | --- |\n{table}"


def _name(name: str, alias: Any) -> str:
    return str(alias.choices[0]) if isinstance(alias, AliasChoices) else name.upper()


def _default(value: Any) -> str:
    if value is PydanticUndefined or value is None:
        return ""
    if isinstance(value, SecretStr):
        return ""
    return (
        ",".join(value)
        if isinstance(value, list)
        else str(value).lower()
        if isinstance(value, bool)
        else str(value)
    )
