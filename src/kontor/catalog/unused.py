"""Pictures that nobody uses: uploaded and never saved with a product, or fetched for one that was changed meanwhile."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import Exists, OuterRef

from kontor.catalog.models import ListingMedia, Media
from kontor.core.tenancy import tenant

BATCH: Final = 500
_REMEMBERED: Final = """
select distinct (picture ->> 'media')::uuid
  from catalog_revision, jsonb_array_elements(snapshot -> 'pictures') as picture
 where picture ->> 'media' = any(%s)
"""


def forget(tenant_id: UUID, before: datetime) -> int:
    """Deletes a tenant's pictures of before that moment that stand in no listing, not even as one taken off, and in no
    revision; how many. Opens its own `tenant()` blocks. Rows go before files: a kill between leaves a file that nobody
    names, never a row without files."""
    count, last = 0, UUID(int=0)
    while True:
        with tenant(tenant_id):
            rows = _unplaced(before, last)
            remembered = _remembered([row.id for row in rows])
            unused = [row for row in rows if row.id not in remembered]
            Media.objects.filter(id__in=[row.id for row in unused]).delete()
        for name in {entry["name"] for row in unused for entry in row.files.values() if "name" in entry}:
            default_storage.delete(name)
        count += len(unused)
        if len(rows) < BATCH:
            return count
        last = rows[-1].id


def _unplaced(before: datetime, after: UUID) -> list[Media]:
    placed = ListingMedia.objects.filter(media_id=OuterRef("id"))
    old = Media.objects.select_for_update(skip_locked=True).filter(created_at__lt=before, id__gt=after)
    return list(old.exclude(Exists(placed)).order_by("id")[:BATCH])


def _remembered(media_ids: list[UUID]) -> set[UUID]:
    if not media_ids:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(_REMEMBERED, [[str(media_id) for media_id in media_ids]])
        return {media_id for (media_id,) in cursor.fetchall()}
