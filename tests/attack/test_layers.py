"""Two layers, each with the other switched off.

The database's: statements without any filter, as code writes them that forgets whose rows it wants. The service's:
row-level security off, and requests that claim to be somebody else's; `test_ids.py` reads without policies too.
"""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import IntegrityError, ProgrammingError, connection, connections, transaction
from psycopg import sql
from tests.api.world import World
from tests.attack.answers import rows_of
from tests.attack.policies import protected, without_policies
from tests.attack.test_ids import everything
from tests.plugins.api import Caller

from kontor.core.tenancy import tenant


def row_of(superuser: str, table: str, tenant_id: UUID) -> dict[str, Any] | None:
    """Any row of a tenant, past every policy."""
    query = sql.SQL("select row_to_json(t)::text from {} t where tenant_id = %s limit 1")
    with psycopg.connect(superuser) as db:
        found = db.execute(query.format(sql.Identifier(table)), [tenant_id]).fetchone()
    return json.loads(found[0]) if found else None


def counted(query: str, values: list[Any]) -> int:
    """How many rows a statement touched; a right that the role has not is none."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(query, values)
            return int(cursor.rowcount)
    except ProgrammingError as error:
        if "permission denied" not in str(error):
            raise
        return 0


def test_the_database_alone_shows_and_changes_nothing_foreign(
    alpha: World, own: World, superuser: str
) -> None:
    everything(alpha)
    everything(own)
    before, attacked = rows_of(superuser, alpha.tenant_id), 0
    for table in protected(superuser):
        theirs = row_of(superuser, table, alpha.tenant_id)
        if theirs is None:
            continue
        attacked += 1
        with tenant(own.tenant_id), connection.cursor() as cursor:
            cursor.execute(f"select distinct tenant_id from {table}")
            assert {row[0] for row in cursor.fetchall()} <= {own.tenant_id}, table
            for statement in (f"update {table} set tenant_id = tenant_id", f"delete from {table}"):
                assert counted(f"{statement} where tenant_id = %s", [alpha.tenant_id]) == 0, table
            for planted in (theirs, {**theirs, "id": str(uuid4())}):
                with pytest.raises((ProgrammingError, IntegrityError)) as refused, transaction.atomic():
                    cursor.execute(
                        f"insert into {table} select * from jsonb_populate_record(null::{table}, %s::jsonb)",
                        [json.dumps(planted)],
                    )
                assert "row-level security" in str(refused.value), table
    connections.close_all()
    assert attacked > 15
    assert rows_of(superuser, alpha.tenant_id) == before


CLAIMS = ("X-Tenant-ID", "X-Tenant", "X-Kontor-Tenant", "X-Forwarded-Tenant", "Cookie")


def test_the_service_alone_writes_for_the_tokens_business_whatever_a_request_claims(
    alpha: World, beta: Caller, superuser: str
) -> None:
    """Without policies: the tenant comes from the credential, so headers, queries and bodies change nothing."""
    everything(alpha)
    theirs = str(alpha.tenant_id)
    with without_policies(superuser):
        before = rows_of(superuser, alpha.tenant_id)
        for name in CLAIMS:
            value = f"tenant={theirs}; tenant_id={theirs}" if name == "Cookie" else theirs
            answer = beta.post(
                "/listings",
                params={"tenant_id": theirs, "tenant": theirs},
                headers={name: value},
                json={"reference": name, "title": {"de": "Lampe"}, "variants": [{"sku": name}]},
            )
            assert answer.status_code in (201, 422), answer.text
        claimed = beta.post(
            "/listings",
            json={"reference": "X", "title": {"de": "L"}, "variants": [{"sku": "X"}], "tenant_id": theirs},
        )
        assert claimed.status_code == 422
        assert rows_of(superuser, alpha.tenant_id) == before


def test_without_policies_no_row_can_point_into_another_business(
    alpha: World, own: World, superuser: str
) -> None:
    """Composite keys stand by themselves: a service that took a foreign id for its own could not keep it."""
    from kontor.publishing.models import Publication

    assert alpha["listing_id"]
    assert own["connection_id"]
    with (
        without_policies(superuser),
        pytest.raises(IntegrityError, match="tenant_fk"),
        tenant(own.tenant_id),
    ):
        Publication.objects.create(listing_id=alpha["listing_id"], connection_id=own["connection_id"])
