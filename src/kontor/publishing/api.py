"""Publications over HTTP."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from kontor.core.http.credentials import Signed
from kontor.core.http.etags import IfMatch, etag, require_match
from kontor.core.http.paging import Page, Paging, paginate
from kontor.core.http.routing import router
from kontor.publishing import asked, checks, history, queries, service
from kontor.publishing.answers import problems_out, publication_out, requested_out
from kontor.publishing.ebay_api import routes as ebay_routes
from kontor.publishing.models import Appearance, ChannelSku, Publication
from kontor.publishing.schemas import (
    AppearanceOut,
    AskedOut,
    ConnectionCounts,
    DoubtIn,
    HistoryEntry,
    OverridesIn,
    PreflightIn,
    PreflightOut,
    PreflightRow,
    PublicationDetail,
    PublicationOut,
    PublishIn,
    RequestedOut,
    ShownOut,
)

routes = router("", "Publications")
__all__ = ["ebay_routes", "routes"]  # the application includes both


@routes.get("/publications", scope="read")
def list_publications(
    actor: Signed,
    page: Paging,
    listing_id: UUID | None = None,
    connection_id: UUID | None = None,
    run_id: UUID | None = None,
    state: Annotated[list[str] | None, Query()] = None,
) -> Page[PublicationOut]:
    """What is where, the latest change first."""
    rows = Publication.objects.select_related("connection").defer("shown")
    if listing_id:
        rows = rows.filter(listing_id=listing_id)
    if connection_id:
        rows = rows.filter(connection_id=connection_id)
    if run_id:
        rows = rows.filter(run_id=run_id)
    if state:
        rows = rows.filter(state__in=state)
    return paginate(rows, page, order=("-updated_at", "-id")).page(publication_out)


@routes.get("/publications/counts", scope="read")
def count_publications(actor: Signed) -> list[ConnectionCounts]:
    """How many listings stand in each state, by connection; a connection without any is left out."""
    return [
        ConnectionCounts(connection_id=key, counts=counts)
        for key, counts in queries.counts_by_connection().items()
    ]


@routes.post("/publications/preflight", scope="read")
def preflight(actor: Signed, wanted: PreflightIn) -> PreflightOut:
    """Everything that the channels would refuse, at once, without calling them.

    Where a category or its rules are not known yet they are looked up as a job; ask again when it has ended.
    """
    rows = []
    for connection_id in wanted.connection_ids:
        view = checks.connection_view(connection_id)
        found = checks.preflight(view, wanted.listing_ids)
        pending = [
            key for key, problems in found.items() if any(p.code == checks.NOT_LOOKED_UP for p in problems)
        ]
        if pending and view.state == "callable":
            service.prepare(connection_id, pending)
        rows += [
            PreflightRow(
                listing_id=listing_id,
                connection_id=connection_id,
                problems=problems_out(problems),
                ready=not checks.blocks(problems),
            )
            for listing_id, problems in found.items()
        ]
    return PreflightOut(rows=rows)


@routes.post("/publications", scope="write", status_code=202, idempotent=True)
def publish(actor: Signed, wanted: PublishIn) -> RequestedOut:
    """Wants these listings live there. Those that preflight stops are left out and named."""
    results = {key: service.publish(wanted.listing_ids, key) for key in wanted.connection_ids}
    return requested_out(results)


@routes.post("/publications/withdraw", scope="write", status_code=202, idempotent=True)
def withdraw(actor: Signed, wanted: PublishIn) -> RequestedOut:
    """Takes these listings off. Their channel ids stay in the history."""
    return requested_out({key: service.withdraw(wanted.listing_ids, key) for key in wanted.connection_ids})


@routes.get("/publications/{publication_id}", scope="read")
def get_publication(actor: Signed, publication_id: UUID, response: Response) -> PublicationDetail:
    """One publication with its earlier lives."""
    return _detail(service.get(publication_id), response)


@routes.patch("/publications/{publication_id}/overrides", scope="write")
def set_overrides(
    actor: Signed, publication_id: UUID, overrides: OverridesIn, response: Response, if_match: IfMatch = None
) -> PublicationDetail:
    """What this channel alone shows otherwise."""
    row = service.get(publication_id)
    require_match(if_match, row.wish, {"overrides": row.overrides})
    return _detail(service.set_overrides(publication_id, overrides.model_dump(exclude_none=True)), response)


@routes.post("/publications/{publication_id}/retry", scope="write", status_code=202)
def retry(actor: Signed, publication_id: UUID, response: Response) -> PublicationDetail:
    """Tries again now."""
    return _detail(service.retry(publication_id), response)


@routes.post("/publications/{publication_id}/doubt", scope="write", status_code=202)
def resolve_doubt(
    actor: Signed, publication_id: UUID, seen: DoubtIn, response: Response
) -> PublicationDetail:
    """Settles what only a person could find out."""
    return _detail(service.resolve_doubt(publication_id, happened=seen.happened), response)


@routes.get("/listings/{listing_id}/history", scope="read")
def listing_history(actor: Signed, listing_id: UUID) -> list[HistoryEntry]:
    """Everything that happened to a listing, newest first: revisions, stock, calls and what came of them."""
    return history.of_listing(listing_id)


@routes.get("/listings/{listing_id}/aspects", scope="read")
def listing_aspects(actor: Signed, listing_id: UUID) -> list[AskedOut]:
    """Which attributes the categories of a listing know, and what it answers; one entry for each usable connection."""
    return asked.of_listing(listing_id)


def _detail(row: Publication, response: Response) -> PublicationDetail:
    response.headers["ETag"] = etag(row.wish)
    appearances = Appearance.objects.filter(publication_id=row.id).order_by("-started_at")
    return PublicationDetail(
        **publication_out(row).model_dump(),
        shown=ShownOut.model_validate(row.shown),
        skus=dict(ChannelSku.objects.filter(publication_id=row.id).values_list("merchant_sku", "sku")),
        appearances=[
            AppearanceOut(
                external_id=life.external_id,
                address=life.address,
                started_at=life.started_at,
                ended_at=life.ended_at,
            )
            for life in appearances
        ],
    )
