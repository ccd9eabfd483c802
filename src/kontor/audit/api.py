"""`/api/v1/audit`: who did what, from where; read and taken away, never changed."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import Depends, Query
from fastapi.responses import StreamingResponse

from kontor.audit import export, queries, service
from kontor.audit.schemas import EntryOut
from kontor.core.clock import now
from kontor.core.http.credentials import Signed
from kontor.core.http.paging import Page, Paging, paginate
from kontor.core.http.routing import router

routes = router("/audit", "Audit log")


async def _asked(
    actor: Annotated[
        str,
        Query(
            max_length=64,
            description="Id of a person or key, or a kind: person, api_key, job, channel, system.",
        ),
    ] = "",
    action: Annotated[
        str, Query(max_length=60, description="Whole (`role.changed`), or a group (`role.`).")
    ] = "",
    entity: Annotated[
        str, Query(max_length=110, description="A kind (`person`), or one thing (`person:<id>`).")
    ] = "",
    since: Annotated[
        datetime | None, Query(alias="from", description="From this time on; without a zone UTC.")
    ] = None,
    until: Annotated[
        datetime | None, Query(alias="to", description="Before this time; without a zone UTC.")
    ] = None,
    q: Annotated[
        str, Query(max_length=100, description="Words of names, things, actions, addresses; all of them.")
    ] = "",
) -> queries.Asked:
    return queries.Asked(actor, action, entity, since, until, q)


Asked = Annotated[queries.Asked, Depends(_asked)]
FormatAsked = Annotated[export.Format, Query(alias="format", description="For a spreadsheet, or a program.")]


@routes.get("", scope="admin", summary="The audit log")
def list_audit_entries(actor: Signed, page: Paging, asked: Asked) -> Page[EntryOut]:
    """The newest first. What somebody may not see is not there: secrets are dots, other businesses' entries theirs."""
    return paginate(queries.find(asked), page, order=("-at", "-id")).page(EntryOut.of)


@routes.get(
    "/export",
    scope="admin",
    summary="The audit log as a file",
    response_class=StreamingResponse,
    responses={
        200: {
            "description": "The oldest entry first; `before` and `after` are JSON in the CSV too.",
            "content": {kind.partition(";")[0]: {} for kind in export.MEDIA_TYPES.values()},
        }
    },
)
def export_audit_log(actor: Signed, asked: Asked, form: FormatAsked = "csv") -> StreamingResponse:
    """All that the same filters show, streamed. Taking it away is an entry too, the first that the file lacks."""
    at = now()
    file = queries.up_to(asked, at)
    service.record("audit.exported", entity_kind="audit", after={"format": form})
    return StreamingResponse(
        export.lines(queries.stream(actor.tenant_id, file), form),
        media_type=export.MEDIA_TYPES[form],
        headers={"Content-Disposition": f'attachment; filename="audit-{at:%Y-%m-%d}.{form}"'},
    )
