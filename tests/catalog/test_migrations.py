"""What an upgrade does to rows that are there."""

from __future__ import annotations

from importlib import import_module
from uuid import UUID

import psycopg
from django.db import connection

from kontor.catalog.models import Listing, Revision
from kontor.core.clock import now
from kontor.core.tenancy import tenant
from kontor.goods import service
from kontor.goods.service import ProductInput, VariantInput


def test_rows_that_a_machine_touched_show_the_merchants_last_change_again(
    tenant_a: UUID, tenant_b: UUID, superuser: str
) -> None:
    mend = import_module("kontor.catalog.migrations.0004_last_change_of_the_merchant").BACK_TO_THE_MERCHANTS
    suggested = {"EBAY_DE": {"id": "177", "name": "Schürzen", "path": [], "by": "suggested"}}
    merchants = {}
    for tenant_id in (tenant_a, tenant_b):
        with tenant(tenant_id):
            made = service.save(None, ProductInput(title={"de": "Schürze"}, variants=(VariantInput("WL-1"),)))
            service.set_category({made.listing_id: suggested})
            merchants[tenant_id] = Revision.objects.get(listing_id=made.listing_id, number=1).at
            Listing.objects.update(
                updated_at=now(), updated_by={"kind": "channel", "id": "", "label": "eBay"}
            )
    connection.close()
    with psycopg.connect(superuser, user="kontor_owner") as owner:
        owner.execute(mend)
    for tenant_id, moment in merchants.items():
        with tenant(tenant_id):
            row = Listing.objects.get()
            assert (row.updated_at, row.updated_by["kind"], row.revision) == (moment, "system", 2)
