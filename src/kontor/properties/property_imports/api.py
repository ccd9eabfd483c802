"""Imports of OpenImmo packages over HTTP: upload, start, what came of each object, undo."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query, UploadFile

from kontor.core.http.credentials import Signed
from kontor.core.http.paging import Page, Paging, paginate
from kontor.core.http.routing import router
from kontor.core.http.uploads import file_name, stored
from kontor.core.tenancy import tenant
from kontor.properties.property_imports import service
from kontor.properties.property_imports.models import PropertyImport, PropertyResult
from kontor.properties.property_imports.schemas import (
    ActionName,
    PropertyImportBody,
    PropertyImportOut,
    PropertyResultOut,
    UndoneName,
)
from kontor.properties.property_imports.standing import jobs_of

routes = router("/property-imports", "Property imports")


@routes.get("", scope="read", summary="Imports of packages, newest first")
def list_property_imports(actor: Signed, page: Paging) -> Page[PropertyImportOut]:
    """Each with its state and counts."""
    found = paginate(PropertyImport.objects.all(), page, order=("-id",))
    jobs = jobs_of(found.rows)
    return found.page(lambda row: PropertyImportOut.of(row, jobs.get(row.id)))


@routes.post(
    "", scope="write", status_code=201, upload=True, transaction=False, summary="Upload an OpenImmo package"
)
def upload_property_import(actor: Signed, file: UploadFile) -> PropertyImportOut:
    """A ZIP archive with one or more OpenImmo documents and their pictures, or a document alone; changes no property yet.

    Refused as a whole (422, `openimmo.…`) where it can't be opened: damaged, encrypted, with names that lead outside, or
    made to swell.
    """
    with stored(file) as path:
        import_id = service.upload(actor.tenant_id, file_name(file), path)
    with tenant(actor.tenant_id):
        return _out(service.get(import_id))


@routes.get("/{property_import_id}", scope="read", summary="One import of a package")
def get_property_import(actor: Signed, property_import_id: UUID) -> PropertyImportOut:
    """With its state, its counts, and the documents that could not be read."""
    return _out(service.get(property_import_id))


@routes.post(
    "/{property_import_id}/start",
    scope="write",
    status_code=202,
    idempotent=True,
    summary="Take a package in",
)
def start_property_import(
    actor: Signed, property_import_id: UUID, body: PropertyImportBody
) -> PropertyImportOut:
    """As a job, object by object: known ones (by OpenImmo's id, else by number) change, new ones come, deleted ones go to
    the archive. Goes on where a cancelled or failed one ended. Refused (409) where it runs or ran already.
    """
    return _out(service.start(property_import_id, removes_absent=body.removes_absent))


@routes.post(
    "/{property_import_id}/undo",
    scope="write",
    status_code=202,
    idempotent=True,
    summary="Undo an import of a package",
)
def undo_property_import(actor: Signed, property_import_id: UUID) -> PropertyImportOut:
    """As a job: properties untouched since are as before by a new revision, created ones archived, removed ones back in
    use, others left. Refused (409) while it runs, and where it was undone already.
    """
    return _out(service.undo(property_import_id))


@routes.get("/{property_import_id}/results", scope="read", summary="What came of each object")
def list_property_results(
    actor: Signed,
    property_import_id: UUID,
    page: Paging,
    action: Annotated[list[ActionName] | None, Query()] = None,
    undone: Annotated[UndoneName | None, Query(description="Only those that an undo treated so.")] = None,
) -> Page[PropertyResultOut]:
    """In the package's order."""
    found = PropertyResult.objects.filter(import_run_id=service.get(property_import_id).id)
    if action:
        found = found.filter(action__in=action)
    if undone:
        found = found.filter(undone=undone)
    return paginate(found, page, order=("number", "id")).page(PropertyResultOut.of)


def _out(row: PropertyImport) -> PropertyImportOut:
    return PropertyImportOut.of(row, jobs_of([row]).get(row.id))
