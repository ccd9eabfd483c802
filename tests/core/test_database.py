"""What a start finds: roles, rights, extensions and tables; and what the application's role may not do."""

from __future__ import annotations

import os

import psycopg
import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from kontor.core import database, tenancy


def test_every_table_is_protected_or_listed_with_a_reason(db: None) -> None:
    assert tenancy.unprotected() == []


def test_what_is_migrated_is_told_as_django_tells_it(db: None) -> None:
    loader = MigrationLoader(None)
    assert database.shipped() == set(loader.disk_migrations)
    assert database.is_migrated(os.environ["DATABASE_OWNER_URL"])


def test_a_database_that_lacks_one_migration_is_not_migrated() -> None:
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as owner:
        whole = owner.execute("select app, name from django_migrations").fetchall()
    one = max(row for row in whole if row[0] == "catalog")
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        owner.execute("delete from django_migrations where (app, name) = (%s, %s)", one)
        try:
            assert not database.is_migrated(os.environ["DATABASE_URL"])
        finally:
            owner.execute("insert into django_migrations (app, name, applied) values (%s, %s, now())", one)


def test_making_ready_again_changes_nothing(superuser: str) -> None:
    name = connection.settings_dict["NAME"]
    database.ready(superuser, name)
    database.ready(superuser, name)
    with psycopg.connect(os.environ["DATABASE_URL"]) as app:
        extensions = {row[0] for row in app.execute("select extname from pg_extension")}
    assert {"pg_trgm", "unaccent", "btree_gist", "vector"} <= extensions


def test_preparing_a_server_of_ones_own_sets_the_passwords_that_the_addresses_carry(superuser: str) -> None:
    name = connection.settings_dict["NAME"]
    owner = f"postgresql://kontor_owner:Hafen%40Kontor@db/{name}"
    database.prepare(superuser, f"postgresql://kontor_app@db/{name}", owner)
    with psycopg.connect(superuser, autocommit=True) as server:
        kept = dict(server.execute("select rolname, rolpassword from pg_authid").fetchall())
        server.execute("alter role kontor_owner password null")
    assert kept["kontor_owner"].startswith("SCRAM-SHA-256$")
    assert kept["kontor_app"] is None


def test_the_application_owns_nothing_and_bypasses_nothing() -> None:
    with psycopg.connect(os.environ["DATABASE_URL"]) as app:
        assert app.execute("select current_user").fetchone() == ("kontor_app",)
        role = app.execute(
            "select rolsuper, rolbypassrls, rolinherit from pg_roles where rolname = current_user"
        ).fetchone()
        assert role == (False, False, False)
        owned = app.execute("select count(*) from pg_class where relowner = 'kontor_app'::regrole").fetchone()
        assert owned == (0,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("create table mine (n int)")


def test_the_application_may_read_and_write_what_the_owner_made() -> None:
    with psycopg.connect(os.environ["DATABASE_URL"]) as app:
        out_of_reach = app.execute(
            "select relname from pg_class c, unnest('{select,insert,update,delete}'::text[]) as right_name"
            " where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')"
            " and relowner = 'kontor_owner'::regrole and not has_table_privilege(c.oid, right_name)"
        ).fetchall()
    # What is written down about people's doings can be added to, and never changed; a receipt of an erasure stays.
    assert set(out_of_reach) <= {("audit_entry",), ("privacy_erasure",)}
