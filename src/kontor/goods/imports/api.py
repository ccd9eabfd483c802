"""Imports over HTTP: upload, mapping, start, progress, refused rows, undo."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query, Response, UploadFile
from fastapi.responses import FileResponse
from starlette.background import BackgroundTask

from kontor.core.http.credentials import Signed
from kontor.core.http.etags import IfMatch, require_unchanged
from kontor.core.http.paging import Page, Paging, paginate
from kontor.core.http.routing import router
from kontor.core.http.uploads import file_name, stored
from kontor.core.tenancy import tenant
from kontor.goods.imports import answers, queries, refused, service
from kontor.goods.imports.mapping import targets
from kontor.goods.imports.models import Import, Phase
from kontor.goods.imports.preview import preview
from kontor.goods.imports.schemas import (
    ChangeOut,
    ImportDetail,
    ImportOut,
    MappingBody,
    RefusalOut,
    StartBody,
    TargetOut,
)

routes = router("/imports", "Imports")


@routes.get("", scope="read", summary="Imports, newest first")
def list_imports(actor: Signed, page: Paging) -> Page[ImportOut]:
    """Each with its state and counts."""
    found = paginate(queries.imports(), page, order=("-id",))
    jobs = queries.jobs_of(found.rows)
    return found.page(lambda row: answers.import_out(row, jobs.get(row.id)))


@routes.post(
    "", scope="write", status_code=201, upload=True, transaction=False, summary="Upload a list of goods"
)
def upload_import(actor: Signed, file: UploadFile) -> ImportDetail:
    """A CSV file in any usual encoding, delimiter and form; writes nothing to the catalogue yet.

    Refused as a whole (422, `tabular.…`) where it is no table.
    """
    with stored(file) as path:
        import_id = service.upload(actor.tenant_id, file_name(file), path)
    with tenant(actor.tenant_id):
        return _detail(queries.get(import_id))


@routes.get("/targets", scope="read", summary="What columns can be mapped to")
def list_targets(actor: Signed) -> list[TargetOut]:
    """Besides `aspect:<name>`, and nothing."""
    return [answers.target_out(target) for target in targets()]


@routes.get("/{import_id}", scope="read", summary="One import")
def get_import(actor: Signed, import_id: UUID, response: Response) -> ImportDetail:
    """With the mapping, what it lacks, and a preview while it can still be changed. The ETag is the mapping's."""
    return _tagged(queries.get(import_id), response)


@routes.put("/{import_id}/mapping", scope="write", summary="Change mapping and defaults")
def put_mapping(
    actor: Signed, import_id: UUID, body: MappingBody, response: Response, if_match: IfMatch = None
) -> ImportDetail:
    """Checked at once, and shown on the beginning of the file."""
    require_unchanged(if_match, f"mapping:{import_id}", lambda: answers.editable(queries.get(import_id)))
    return _tagged(service.change_mapping(import_id, body.columns, body.defaults, body.form), response)


def _tagged(row: Import, response: Response) -> ImportDetail:
    shown = _detail(row)
    response.headers["ETag"] = shown.etag
    return shown


@routes.post("/{import_id}/start", scope="write", status_code=202, idempotent=True, summary="Import the rows")
def start_import(actor: Signed, import_id: UUID, body: StartBody) -> ImportOut:
    """As a job, row by row to the end; goes on where a cancelled or failed one ended. The mapping is remembered.

    Refused (422, `mapping.incomplete`) while something is missing, and (409) where it runs or ran already.
    """
    return _out(service.start(import_id, update_existing=body.update_existing))


@routes.post("/{import_id}/undo", scope="write", status_code=202, idempotent=True, summary="Undo an import")
def undo_import(actor: Signed, import_id: UUID) -> ImportOut:
    """As a job: listings untouched since are as before by a new revision, created ones archived, others left."""
    return _out(service.undo(import_id))


@routes.get("/{import_id}/refusals", scope="read", summary="Rows that were refused")
def list_refusals(actor: Signed, import_id: UUID, page: Paging) -> Page[RefusalOut]:
    """In the file's order, each with row, column, code and reason."""
    return paginate(queries.refusals(import_id), page, order=("row", "id")).page(answers.refusal_out)


@routes.get(
    "/{import_id}/refused.csv",
    scope="read",
    transaction=False,
    response_class=Response,
    summary="The refused rows as a file to mend",
    responses={
        200: {"content": {"text/csv": {}}, "description": "The file's own columns, and two with the reason"}
    },
)
def download_refused(actor: Signed, import_id: UUID) -> Response:
    """Upload it again when it is mended. Cells that a spreadsheet would run are disarmed."""
    written = refused.written(actor.tenant_id, import_id)
    return FileResponse(
        written.path,
        media_type="text/csv",
        filename=written.name,
        background=BackgroundTask(written.path.unlink, missing_ok=True),
    )


@routes.get("/{import_id}/changes", scope="read", summary="Listings that an import made or changed")
def list_changes(
    actor: Signed,
    import_id: UUID,
    page: Paging,
    action: Annotated[list[Literal["created", "updated", "unchanged"]] | None, Query()] = None,
    undone: Annotated[
        Literal["reverted", "archived", "left"] | None,
        Query(description="Only those that an undo treated so."),
    ] = None,
) -> Page[ChangeOut]:
    """In the file's order, with revisions before and after, and what an undo made of them."""
    found = paginate(queries.changes(import_id, action or (), undone or ""), page, order=("id",))
    shown = queries.shown([row.listing_id for row in found.rows])
    return found.page(lambda row: answers.change_out(row, shown.get(row.listing_id)))


def _out(row: Import) -> ImportOut:
    return answers.import_out(row, queries.jobs_of([row]).get(row.id))


def _detail(row: Import) -> ImportDetail:
    shown = preview(row) if row.phase == Phase.MAPPING and row.dialect else None
    return answers.import_detail(row, queries.jobs_of([row]).get(row.id), shown)
