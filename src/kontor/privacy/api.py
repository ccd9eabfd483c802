"""`/api/v1/privacy`: what the house keeps, handed out and erased. All of it wants a fresh proof of who asks."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Body, Path
from fastapi.responses import FileResponse

from kontor.core.actor import Actor
from kontor.core.errors import Forbidden
from kontor.core.http.credentials import Signed
from kontor.core.http.paging import Page, Paging, paginate
from kontor.core.http.routing import router
from kontor.core.tenancy import tenant
from kontor.privacy import erasures, exports
from kontor.privacy.models import ExportOf
from kontor.privacy.schemas import (
    BusinessErasureIn,
    BuyerErasureIn,
    ErasureIn,
    ErasureOut,
    ExportIn,
    ExportOut,
    LinkOut,
    PersonErasureIn,
)

routes = router("/privacy", "Privacy")
EXAMPLES = [
    {"subject": "person"},
    {"subject": "business", "name": "Thomsen Handel"},
    {"subject": "buyer", "email": "rike@boje.example"},
]


@routes.post("/exports", scope="person", status_code=201, idempotent=True, summary="Ask for an export")
def ask_export(actor: Signed, wish: ExportIn) -> ExportOut:
    """One's own data, or as an owner everything of the business, as a ZIP that a job writes.

    403 `proof.needed`, `people.owner_only`; 409 `export.running`.
    """
    return ExportOut.of(exports.ask(actor, ExportOf(wish.subject)))


@routes.get("/exports", scope="person", summary="My exports")
def list_exports(actor: Signed, page: Paging) -> Page[ExportOut]:
    """Those that this person asked for in this business, newest first."""
    exports.notice_failures(actor)
    return paginate(exports.mine(actor), page).page(ExportOut.of)


@routes.get("/exports/{export_id}", scope="person", summary="One of my exports")
def get_export(actor: Signed, export_id: UUID) -> ExportOut:
    """404 for anybody else's."""
    exports.notice_failures(actor)
    return ExportOut.of(exports.get(actor, export_id))


@routes.post("/exports/{export_id}/link", scope="person", summary="A link to fetch it")
def link_export(actor: Signed, export_id: UUID) -> LinkOut:
    """Ends after ten minutes. 403 `proof.needed`; 409 `export.not_ready`."""
    token, until = exports.link(actor, export_id)
    return LinkOut(url=f"/api/v1/privacy/downloads/{token}", expires_at=until)


@routes.delete("/exports/{export_id}", scope="person", status_code=204, summary="Throw one away")
def remove_export(actor: Signed, export_id: UUID) -> None:
    """Its file goes at once."""
    exports.remove(exports.get(actor, export_id))


@routes.get(
    "/downloads/{token}",
    scope="public",
    response_class=FileResponse,
    summary="Fetch an export",
    responses={200: {"content": {"application/zip": {}}}, 410: {"description": "The link has ended."}},
)
def fetch_export(token: Annotated[str, Path(max_length=500)]) -> FileResponse:
    """What a link of `POST /privacy/exports/{export_id}/link` leads to. 410 `export.link_over`."""
    found = exports.open_link(token)
    headers = {"Cache-Control": "private, no-store"}
    return FileResponse(found.path, media_type="application/zip", filename=found.name, headers=headers)


@routes.post(
    "/erasures", scope="person", status_code=202, transaction=False, summary="Erase somebody, or all"
)
def ask_erasure(actor: Signed, wish: Annotated[ErasureIn, Body(examples=EXAMPLES)]) -> ErasureOut:
    """`person`: my account, at once. `business`: everything here, after a grace, by an owner; an export is made too.
    `buyer`: from the orders, what law does not keep, by an administrator. A job does it; read the erasure for its receipt.

    403 `proof.needed`, `people.owner_only`, `forbidden`; 409 `people.last_owner`, `erasure.planned`;
    422 `erasure.name_differs`, `erasure.who_missing`.
    """
    match wish:
        case PersonErasureIn():
            return ErasureOut.of(erasures.ask_person(actor))
        case BusinessErasureIn():
            with tenant(actor.tenant_id):
                row = erasures.ask_business(actor, wish.name)
        case BuyerErasureIn():
            _admin(actor)
            with tenant(actor.tenant_id):
                row = erasures.ask_buyer(actor, email=wish.email, name=wish.name, username=wish.username)
    erasures.nudge()
    return ErasureOut.of(row)


@routes.get("/erasures", scope="admin", summary="Erasures of this business and its buyers")
def list_erasures(actor: Signed, page: Paging) -> Page[ErasureOut]:
    """Newest first, with receipts."""
    return paginate(erasures.of_business(actor.tenant_id), page).page(ErasureOut.of)


@routes.get("/erasures/{erasure_id}", scope="admin", summary="One erasure")
def get_erasure(actor: Signed, erasure_id: UUID) -> ErasureOut:
    """Once it is done, its receipt."""
    return ErasureOut.of(erasures.get(actor.tenant_id, erasure_id))


@routes.delete("/erasures/{erasure_id}", scope="person", summary="Take the erasure of the business back")
def cancel_erasure(actor: Signed, erasure_id: UUID) -> ErasureOut:
    """By an owner, before it is due. 403 `people.owner_only`; 409 `erasure.too_late`."""
    return ErasureOut.of(erasures.cancel(actor, erasure_id))


def _admin(actor: Actor) -> None:
    if "admin" not in actor.scopes:
        raise Forbidden(needs="admin")
