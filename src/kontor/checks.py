"""What `kontor check` finds."""

from __future__ import annotations

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import OperationalError

from kontor.core.config import SettingsError
from kontor.core.tenancy import unprotected

SERVER_VERSION = 15_00_00
EXTENSIONS = {"pg_trgm", "unaccent", "btree_gist"}


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
        f"The extension {name} is missing: run `kontor migrate --prepare` with a superuser's address."
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
