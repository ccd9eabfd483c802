"""What `kontor check` finds."""

from __future__ import annotations

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import OperationalError

from kontor.core.config import SettingsError, settings
from kontor.core.tenancy import unprotected

SERVER_VERSION = 15_00_00
EXTENSIONS = {"pg_trgm", "unaccent", "btree_gist"}


def problems() -> list[str]:
    """One sentence for each thing that is wrong with this installation; empty when all is well."""
    try:
        found = _server()
    except OperationalError as error:
        return [f"The database does not answer: {error}"]
    return found + _migrations() + dangers() + _vault() + _tokens()


def dangers() -> list[str]:
    """What must not be so of a database in production; empty too where it can't be asked, for then nobody is served."""
    try:
        return _role() + _isolation() + _demo_people()
    except OperationalError:
        return []


def _server() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('server_version_num')::int")
        (version,) = cursor.fetchone()
        found = [] if version >= SERVER_VERSION else ["PostgreSQL is older than 15: upgrade it."]
        cursor.execute("select extname from pg_extension")
        missing = EXTENSIONS - {name for (name,) in cursor.fetchall()}
    return found + [
        f"The extension {name} is missing: run `kontor migrate --prepare` with a superuser's address."
        for name in sorted(missing)
    ]


def _role() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select current_user, rolsuper or rolbypassrls from pg_roles where rolname = current_user"
        )
        name, is_unbound = cursor.fetchone()
        cursor.execute(
            "select count(*) from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')"
            " and pg_has_role(current_user, relowner, 'usage')"
        )
        (owned,) = cursor.fetchone()
    if is_unbound:
        return [f"DATABASE_URL logs in as {name}, a role that no policy binds: use kontor_app."]
    if owned:
        return [
            f"DATABASE_URL logs in as {name}, which owns {owned} tables and so could switch off what keeps "
            "tenants apart: use kontor_app."
        ]
    return []


def _demo_people() -> list[str]:
    """Addresses below .localhost belong to nobody, so a demo's people have them; their passwords are printed."""
    if (
        settings().environment != "production"
        or "accounts_person" not in connection.introspection.table_names()
    ):
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "select email from accounts_person where is_active and email like %s order by email",
            ["%.localhost"],
        )
        emails = [email for (email,) in cursor.fetchall()]
    return [
        f"{email} can log in with the demo's password, which everybody knows: "
        "start with a database of its own, or deactivate this person."
        for email in emails
    ]


def _migrations() -> list[str]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{len(plan)} migrations are missing: run `kontor migrate`."] if plan else []


def _isolation() -> list[str]:
    return [f"The table {name} is not protected by the tenants' policy." for name in unprotected()]


def _tokens() -> list[str]:
    from kontor.accounts import signing

    try:
        signing.keys()
    except SettingsError as error:
        return [str(error)]
    return []


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
