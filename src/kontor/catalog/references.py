"""One reference names one listing in use, whatever the trade."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from kontor.catalog.models import Listing, Status
from kontor.core.tenancy import current_tenant


def alone() -> None:
    """Lets only one transaction at a time write this tenant's listings: numbers are checked first and written after."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtext('catalog.write'), hashtext(%s))", [str(current_tenant())]
        )


def holders(references: Iterable[str]) -> dict[str, UUID]:
    """The listings in use that have these references."""
    rows = Listing.objects.filter(reference__in=set(references))
    return dict(rows.exclude(status=Status.ARCHIVED).values_list("reference", "id"))
