"""Reading imports, for screens."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from kontor.catalog import media
from kontor.catalog.models import Listing
from kontor.core.errors import NotFound
from kontor.goods.imports.models import Import, ImportChange, ImportRefusal
from kontor.jobs import queries as jobs
from kontor.jobs.models import Job


@dataclass(frozen=True, slots=True)
class Shown:
    """What a list shows of a listing."""

    title: str
    thumb: str | None


def get(import_id: UUID) -> Import:
    """Raises NotFound, also for another tenant's id."""
    row = Import.objects.filter(id=import_id).first()
    if row is None:
        raise NotFound
    return row


def imports() -> QuerySet[Import]:
    """All imports of the tenant, without what only the mapping step needs."""
    return Import.objects.defer("dialect", "mapping", "warnings", "defaults")


def jobs_of(rows: Sequence[Import]) -> dict[UUID, Job]:
    """The present job of each import that has one, by the import's id; one query."""
    wanted = {row.job_id for row in rows if row.job_id}
    found = {job.id: job for job in jobs.find(plumbing=True).filter(id__in=wanted)} if wanted else {}
    return {row.id: found[row.job_id] for row in rows if row.job_id in found}


def refusals(import_id: UUID) -> QuerySet[ImportRefusal]:
    """The refused rows of an import. Raises NotFound."""
    return ImportRefusal.objects.filter(import_run_id=get(import_id).id)


def changes(import_id: UUID, actions: Collection[str] = (), undone: str = "") -> QuerySet[ImportChange]:
    """What an import did to listings. Raises NotFound."""
    found = ImportChange.objects.filter(import_run_id=get(import_id).id)
    if actions:
        found = found.filter(action__in=list(actions))
    return found.filter(undone=undone) if undone else found


def shown(listing_ids: Sequence[UUID]) -> dict[UUID, Shown]:
    """Titles and thumbnails of these listings."""
    rows = Listing.objects.filter(id__in=listing_ids).values_list("id", "headline", "thumb_id")
    return {key: Shown(title, media.thumb_path(thumb)) for key, title, thumb in rows}
