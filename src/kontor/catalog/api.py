"""Lists of listings, their history, and pictures. What a trade adds to a listing is the trade's own API."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Path, Query, Response, UploadFile

from kontor.catalog import media, pictures, queries
from kontor.catalog.models import Status
from kontor.catalog.queries import Wanted
from kontor.catalog.schemas import Facets, ListingRow, MediaOut, RevisionOut, RevisionRow, listing_row
from kontor.core.http import answers
from kontor.core.http.credentials import Signed
from kontor.core.http.paging import Page, Paging, paginate
from kontor.core.http.routing import router

routes = router("", "Listings")

Order = Literal["-updated", "updated", "title", "-title", "price", "-price", "stock", "-stock"]
StatusAsked = Literal["draft", "active", "archived"]
Rendition = Literal["original", "channel_1600", "thumb_320", "thumb_96"]


@routes.get(
    "/listings",
    scope="read",
    response_model=Page[ListingRow],
    summary="Listings, with what a list shows of them",
)
def list_listings(
    actor: Signed,
    page: Paging,
    q: Annotated[str, Query(max_length=200, description="Words in title, brand, SKU, MPN or GTIN.")] = "",
    status: Annotated[list[StatusAsked] | None, Query(description="Default: draft and active.")] = None,
    kind: Annotated[str | None, Query(max_length=16)] = None,
    brand: Annotated[str | None, Query(max_length=120)] = None,
    in_stock: bool | None = None,
    problem: Annotated[
        bool | None, Query(description="Only those that need a hand (or none that do).")
    ] = None,
    connection: Annotated[UUID | None, Query(description="Only those on this connection.")] = None,
    channel_state: Annotated[
        str | None, Query(max_length=32, description="State on any channel: live, rejected, none …")
    ] = None,
    ids: Annotated[
        list[UUID] | None, Query(max_length=200, description="Only these, archived ones too.")
    ] = None,
    sort: Order = "-updated",
) -> Response:
    """A page of listings, each with the states of its channels."""
    extra = {"connection": connection and str(connection), "channel_state": channel_state}
    wanted = Wanted(
        search=q,
        statuses=tuple(status or (queries.IN_USE if ids is None else Status.values)),
        kind=kind,
        brand=brand,
        is_in_stock=in_stock,
        has_problem=problem,
        ids=None if ids is None else tuple(sorted(set(ids))),
        extra={name: value for name, value in extra.items() if value},
    )
    found = queries.page(wanted, page, sort)
    return answers.plain(found.plain(listing_row))


@routes.get("/listings/facets", scope="read", summary="Counts for the views of the list")
def listing_facets(actor: Signed) -> Facets:
    """How many listings each view has."""
    return Facets(**queries.facets())


@routes.get("/listings/{listing_id}/revisions", scope="read", summary="A listing's history")
def list_revisions(actor: Signed, listing_id: UUID, page: Paging) -> Page[RevisionRow]:
    """Every change with its cause, newest first."""
    return paginate(queries.revisions(listing_id), page, order=("-number",)).page(RevisionRow.of)


@routes.get("/listings/{listing_id}/revisions/{number}", scope="read", summary="A listing as it was")
def get_revision(
    actor: Signed, listing_id: UUID, number: Annotated[int, Path(ge=1, le=2_000_000_000)]
) -> RevisionOut:
    """The whole listing after one change."""
    return RevisionOut.of(queries.revision(listing_id, number))


@routes.post(
    "/media", scope="write", status_code=201, upload=True, transaction=False, summary="Upload a picture"
)
def upload_media(actor: Signed, file: UploadFile) -> MediaOut:
    """Judged by its content; the same content twice is one picture. JPEG, PNG, WEBP, GIF, BMP, TIFF or AVIF."""
    content = file.file.read(pictures.MOST_BYTES + 1)
    return MediaOut.of(media.store(actor.tenant_id, content))


@routes.get(
    "/media/{media_id}/{rendition}",
    scope="public",
    unlimited=True,
    response_class=Response,
    summary="A picture, at a signed address",
    responses={200: {"content": {"image/*": {}}, "description": "The picture"}},
)
def get_media(
    media_id: UUID,
    rendition: Rendition,
    sig: Annotated[
        str, Query(max_length=64, description="Comes with the address; it is never made by hand.")
    ] = "",
) -> Response:
    """For an <img>: no header is needed, and what it answers never changes."""
    content, content_type = media.read_signed(media_id, rendition, sig)
    ending = content_type.removeprefix("image/")
    headers = {
        "Cache-Control": "private, max-age=31536000, immutable",
        "Content-Disposition": f'inline; filename="{media_id}-{rendition}.{ending}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content, media_type=content_type, headers=headers)
