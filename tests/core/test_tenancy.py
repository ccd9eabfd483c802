"""Attacks on the tenants' policy, as the role that serves requests."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection, models, transaction
from django.db.utils import DataError, IntegrityError, ProgrammingError

from kontor.core.tenancy import (
    NoTenant,
    TenantModel,
    TenantTable,
    before_commit,
    current_tenant,
    tenant,
    unprotected,
)

A, B = uuid.uuid4(), uuid.uuid4()


class Parcel(TenantModel):
    """A table of this test alone."""

    title: Any = models.TextField()
    inside: Any = models.ForeignKey("self", null=True, db_constraint=False, on_delete=models.DO_NOTHING)

    class Meta:
        app_label, db_table = "core", "test_parcel"


@pytest.fixture(scope="module")
def parcels(superuser: str) -> Iterator[None]:
    """The table, made by the owner as a migration makes it."""
    owner = psycopg.conninfo.make_conninfo(superuser, user="kontor_owner")
    with psycopg.connect(owner, autocommit=True) as db:
        db.execute(
            "create table test_parcel (id uuid primary key, tenant_id uuid not null, title text, inside_id uuid)"
        )
        db.execute("select set_config('app.tenant', %s, false)", [str(uuid.UUID(int=0))])
        for statement in TenantTable("test_parcel", {"inside_id": ("test_parcel", "restrict")}).sql:
            db.execute(statement)
    yield
    connection.close()
    with psycopg.connect(owner, autocommit=True) as db:
        db.execute("drop table test_parcel")


@pytest.fixture(autouse=True)
def two_parcels(parcels: None, superuser: str) -> None:
    with psycopg.connect(superuser, autocommit=True) as db:
        db.execute("truncate test_parcel")
    for who in (A, B):
        with tenant(who):
            Parcel.objects.create(title=f"of {who}")


def test_each_sees_only_its_own() -> None:
    for who in (A, B):
        with tenant(who):
            assert [row.tenant_id for row in Parcel.objects.all()] == [who]


def test_writes_across_tenants_fail_or_touch_nothing() -> None:
    with tenant(A):
        assert Parcel.objects.filter(tenant_id=B).update(title="stolen") == 0
        assert Parcel.objects.filter(tenant_id=B).delete()[0] == 0
    with pytest.raises(ProgrammingError, match="row-level security"), tenant(A):
        Parcel.objects.create(tenant_id=B, title="planted")
    with pytest.raises(ProgrammingError, match="row-level security"), tenant(A):
        Parcel.objects.update(tenant_id=B)


def test_a_row_can_not_point_into_another_tenant() -> None:
    """Foreign keys pass by row-level security, so they carry the tenant themselves."""
    with tenant(B):
        theirs = Parcel.objects.get().id
    with pytest.raises(IntegrityError, match="test_parcel_inside_id_tenant_fk"), tenant(A):
        Parcel.objects.create(title="probe", inside_id=theirs)


def test_no_tenant_is_an_error_and_never_the_last_one() -> None:
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]
    unfiltered = Parcel._base_manager
    with pytest.raises(ProgrammingError, match="unrecognized configuration parameter"):
        unfiltered.count()
    with tenant(A):
        unfiltered.count()
    with pytest.raises(DataError, match="invalid input syntax for type uuid"):  # the very same session
        unfiltered.count()
    with pytest.raises(DataError), transaction.atomic():
        unfiltered.count()
    with pytest.raises(NoTenant):
        Parcel.objects.count()
    with pytest.raises(NoTenant):
        current_tenant()


def test_a_query_filters_by_itself_where_the_policy_is_missing(superuser: str) -> None:
    with psycopg.connect(superuser, autocommit=True) as db:
        db.execute("alter table test_parcel disable row level security")
        try:
            with tenant(A):
                assert Parcel._base_manager.count() == 2
                assert [row.tenant_id for row in Parcel.objects.all()] == [A]
                assert Parcel.objects.exclude(title="").count() == 1
                assert Parcel.objects.update(title="mine") == 1
                assert Parcel.objects.filter(tenant_id=B).delete()[0] == 0
        finally:
            connection.close()
            db.execute("alter table test_parcel enable row level security")


def test_nesting_is_refused() -> None:
    with tenant(A), pytest.raises(RuntimeError), tenant(B):
        pass


def test_the_owner_is_bound_too(superuser: str) -> None:
    with (
        psycopg.connect(psycopg.conninfo.make_conninfo(superuser, user="kontor_owner")) as db,
        pytest.raises(psycopg.Error, match=r"app\.tenant"),
    ):
        db.execute("select * from test_parcel")


def test_a_forgotten_table_is_found(superuser: str) -> None:
    assert unprotected() == []
    with psycopg.connect(
        psycopg.conninfo.make_conninfo(superuser, user="kontor_owner"), autocommit=True
    ) as db:
        db.execute("create table forgotten (tenant_id uuid)")
        assert unprotected() == ["forgotten"]
        db.execute("drop table forgotten")


def test_before_commit_runs_last_and_only_when_the_block_succeeds() -> None:
    order: list[str] = []
    with tenant(A):
        before_commit(lambda: order.append("last"))
        order.append("work")

    def fails() -> None:
        with tenant(A):
            before_commit(lambda: order.append("never"))
            raise LookupError

    with pytest.raises(LookupError):
        fails()
    assert order == ["work", "last"]
    with pytest.raises(NoTenant):
        before_commit(lambda: None)


def test_what_before_commit_refuses_undoes_the_block() -> None:
    def refuse() -> None:
        raise LookupError

    def half() -> None:
        with tenant(A):
            Parcel.objects.create(title="half")
            before_commit(refuse)

    with pytest.raises(LookupError):
        half()
    with tenant(A):
        assert not Parcel.objects.filter(title="half").exists()
