"""The job that imports: object after object from the place that is settled, then what a whole document leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final
from uuid import UUID

from kontor.catalog.models import Listing, Status
from kontor.core.clock import now
from kontor.core.tenancy import tenant
from kontor.jobs.run import JobRun
from kontor.properties.openimmo.errors import DocumentRefused
from kontor.properties.openimmo.package import Package
from kontor.properties.openimmo.reading import read
from kontor.properties.openimmo.values import Estate, Extent, Offerer, Skipped, Transfer
from kontor.properties.property_imports import files, settling
from kontor.properties.property_imports.models import Phase, PropertyImport, PropertyResult
from kontor.properties.property_imports.preparing import Prepared, Preparing

LONGEST_NAME: Final = 200


@dataclass(slots=True)
class _Told:
    """What the documents said of themselves: offerers by document and number, which are whole, which were refused."""

    offerers: dict[tuple[str, int], str] = field(default_factory=dict)
    whole: set[str] = field(default_factory=set)
    refusals: list[dict[str, object]] = field(default_factory=list)


def run_import(run: JobRun) -> None:
    """Reads every document; one that can't be read (on) is told, and stops no other. Documents come in the same order at
    every reading: objects before the settled place are passed over, their pictures untouched.

    Raises FileGone, and what opening the package raises.
    """
    import_id = UUID(run.payload["import_id"])
    with tenant(run.tenant_id):
        row = PropertyImport.objects.get(id=import_id)
    if row.phase != Phase.IMPORTING or row.job_id != run.id:
        return  # finished by a worker that died before it could say so
    told = _Told()
    with files.opened(run.tenant_id, import_id) as package:
        preparing = Preparing(run.tenant_id, package)
        objects = islice(_objects(package, told), row.position, None)
        position = row.position
        for chunk in settling.chunks(_prepared(preparing, objects)):
            with tenant(run.tenant_id):
                position = settling.settle(import_id, run.id, position, chunk).position
            run.progress(done=position)
    with tenant(run.tenant_id):
        _finish(import_id, run.id, told)


def _objects(package: Package, told: _Told) -> Iterator[tuple[str, Estate | Skipped]]:
    for document in package.documents:
        is_whole = False
        try:
            for item in read(package.open(document)):
                if isinstance(item, Transfer):
                    is_whole = item.extent is Extent.WHOLE
                elif isinstance(item, Offerer):
                    told.offerers[document, item.number] = (item.openimmo_id or item.company)[:LONGEST_NAME]
                else:
                    yield document, item
        except DocumentRefused as refusal:
            told.refusals.append(
                {
                    "document": document,
                    "code": refusal.code,
                    "message": refusal.detail,
                    "params": refusal.params,
                }
            )
        else:
            if is_whole:
                told.whole.add(document)


def _prepared(preparing: Preparing, objects: Iterator[tuple[str, Estate | Skipped]]) -> Iterator[Prepared]:
    return (preparing.prepared(item, document) for document, item in objects)


def _finish(import_id: UUID, job_id: UUID, told: _Told) -> None:
    row = settling.locked(import_id, job_id)
    for (document, number), offerer in told.offerers.items():
        results = PropertyResult.objects.filter(
            import_run_id=row.id, document=document[:300], offerer_number=number
        )
        results.update(offerer=offerer)
    if row.removes_absent and not told.refusals:
        _remove_absent(
            row, {name for (document, _), name in told.offerers.items() if name and document in told.whole}
        )
    row.phase, row.refusals, row.finished_at = Phase.DONE, told.refusals, now()
    row.save()


def _remove_absent(row: PropertyImport, offerers: set[str]) -> None:
    """Takes out of use what earlier packages of these offerers brought and this one leaves out. What people made
    themselves, or another offerer brought, stays.
    """
    here = PropertyResult.objects.filter(import_run_id=row.id)
    if here.filter(action="refused").exists():
        return  # what was refused may be one of those that seem to be absent
    brought = PropertyResult.objects.filter(offerer__in=offerers, listing__isnull=False).exclude(
        import_run_id=row.id
    )
    absent = Listing.objects.filter(id__in=brought.values("listing_id")).exclude(
        id__in=here.values("listing_id")
    )
    results: list[PropertyResult] = []
    for listing in absent.exclude(status=Status.ARCHIVED).order_by("id"):
        result = PropertyResult(
            import_run_id=row.id, number=row.position + len(results), reference=listing.reference
        )
        settling.remove(result, listing.id, listing.revision)
        results.append(result)
    settling.write(row, results)
    row.position += len(results)
