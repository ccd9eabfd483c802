"""Properties over HTTP: lists and the map, the whole property, its history, and others that are like it."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Path, Query, Response

from kontor.catalog import listing_extras, queries
from kontor.catalog.models import Status
from kontor.catalog.schemas import RevisionRow
from kontor.core.errors import Invalid, Problem
from kontor.core.http import answers
from kontor.core.http.credentials import Signed
from kontor.core.http.etags import IfMatch, etag, expected_revision
from kontor.core.http.paging import Page, Paging, paginate
from kontor.core.http.routing import router
from kontor.properties import forgetting, judging, listing, patching, service
from kontor.properties.choices import Kind, Marketing
from kontor.properties.listing import Box, Range, Wanted
from kontor.properties.models import Property
from kontor.properties.patching import PropertyPatch
from kontor.properties.schemas import (
    AcknowledgeBody,
    ForgetBody,
    KindOut,
    PropertyBody,
    PropertyFacets,
    PropertyOut,
    PropertyRow,
    SimilarOut,
    UndoTo,
    property_row,
    similar_row,
)
from kontor.properties.views import PropertyView

routes = router("/properties", "Properties")

Order = Literal[
    "-updated", "updated", "title", "-title", "price", "-price", "area", "-area", "rooms", "-rooms", "city", "-city"
]  # fmt: skip
StatusAsked = Literal["draft", "active", "archived"]
Bound = Annotated[Decimal | None, Query(ge=0, le=10**11, allow_inf_nan=False)]


def _shown(view: PropertyView, response: Response) -> PropertyOut:
    response.headers["ETag"] = etag(view.revision)
    briefs = listing_extras.publications_of(view.listing_id)
    return PropertyOut.of(view, judging.of(view), briefs)


@routes.get("", scope="read", response_model=Page[PropertyRow], summary="Properties in a list or on a map")
def list_properties(
    actor: Signed,
    page: Paging,
    q: Annotated[str, Query(max_length=200, description="Words in title, number, address, project.")] = "",
    status: Annotated[list[StatusAsked] | None, Query(description="Default: draft and active.")] = None,
    kind: Annotated[list[Kind] | None, Query(description="Any of these.")] = None,
    marketing: Marketing | None = None,
    city: Annotated[str, Query(max_length=120, description="Its name, whatever the case.")] = "",
    postal_code: Annotated[str, Query(max_length=20, description="Its beginning.", examples=["281"])] = "",
    price_from: Bound = None,
    price_to: Bound = None,
    currency: Annotated[str, Query(pattern=r"^([A-Z]{3})?$", description="Of the prices; empty: any.")] = "",
    area_from: Bound = None,
    area_to: Bound = None,
    plot_area_from: Bound = None,
    plot_area_to: Bound = None,
    rooms_from: Bound = None,
    rooms_to: Bound = None,
    bbox: Annotated[
        str,
        Query(max_length=100, description="west,south,east,north in degrees.", examples=["8.7,53,8.9,53.2"]),
    ] = "",
    ids: Annotated[
        list[UUID] | None, Query(max_length=200, description="Only these, archived ones too.")
    ] = None,
    sort: Order = "-updated",
) -> Response:
    """A page of properties, each with the states of its portals. Ranges include both ends."""
    wanted = Wanted(
        search=q,
        statuses=tuple(status or (listing.IN_USE if ids is None else Status.values)),
        kinds=tuple(kind or ()),
        marketing=marketing or "",
        city=city,
        postal_code=postal_code,
        price=Range(price_from, price_to),
        currency=currency,
        area=Range(area_from, area_to),
        plot_area=Range(plot_area_from, plot_area_to),
        rooms=Range(rooms_from, rooms_to),
        box=_box(bbox),
        ids=None if ids is None else tuple(ids),
    )
    return answers.plain(listing.page(wanted, page, sort).plain(property_row))


def _box(text: str) -> Box | None:
    if not text:
        return None
    try:
        west, south, east, north = map(Decimal, text.split(","))
        fits = all(abs(each) <= 180 for each in (west, east)) and -90 <= south <= north <= 90
    except (ArithmeticError, ValueError):  # no number, or not four; comparing NaN raises too
        fits = False
    if not fits:
        problem = Problem("properties.bbox.wrong", "A map box is west,south,east,north in degrees", "bbox")
        raise Invalid(problems=(problem,))
    return Box(*map(float, (west, south, east, north)))


@routes.post("", scope="write", status_code=201, idempotent=True, summary="A new property")
def create_property(actor: Signed, body: PropertyBody, response: Response) -> PropertyOut:
    """Only its number must be there: what an ad lacks is told in `problems`, and can be added later."""
    return _shown(service.save(None, body.content()), response)


@routes.get("/facets", scope="read", summary="Counts for the views of the list")
def property_facets(actor: Signed) -> PropertyFacets:
    """How many properties each view has."""
    return PropertyFacets(**listing.facets())


@routes.get("/kinds", scope="read", summary="The kinds of property, for forms")
def list_kinds(actor: Signed) -> list[KindOut]:
    """With their finer words; an unknown one is kept, and said to be unknown."""
    return [KindOut.of(kind) for kind in Kind]


@routes.get("/{property_id}", scope="read", summary="A whole property")
def get_property(actor: Signed, property_id: UUID, response: Response) -> PropertyOut:
    """With pictures, problems and portals. The ETag is its revision."""
    return _shown(service.get(property_id), response)


@routes.put("/{property_id}", scope="write", summary="Replace a property")
def put_property(
    actor: Signed, property_id: UUID, body: PropertyBody, response: Response, if_match: IfMatch = None
) -> PropertyOut:
    """Makes it what the body says: what is left out is no longer said. Undo brings it back."""
    return _shown(service.save(property_id, body.content(), expected_revision(if_match)), response)


@routes.patch("/{property_id}", scope="write", summary="Change parts of a property")
def patch_property(
    actor: Signed, property_id: UUID, body: PropertyPatch, response: Response, if_match: IfMatch = None
) -> PropertyOut:
    """A JSON merge patch: sections are merged, lists replaced, null takes away, what is left out stays."""
    revision = expected_revision(if_match)
    view = service.change(property_id, lambda content: patching.merged(content, body), revision)
    return _shown(view, response)


@routes.delete("/{property_id}", scope="write", summary="Archive a property")
def delete_property(
    actor: Signed, property_id: UUID, response: Response, if_match: IfMatch = None
) -> PropertyOut:
    """Takes it out of use and off its portals; nothing is deleted, and `restore` brings it back."""
    service.archive_one(property_id, expected_revision(if_match))
    return _shown(service.get(property_id), response)


@routes.post("/{property_id}/restore", scope="write", summary="Restore an archived property")
def restore_property(actor: Signed, property_id: UUID, response: Response) -> PropertyOut:
    """Back in use as it was, if its number is still free."""
    service.get(property_id)
    service.restore([property_id])
    return _shown(service.get(property_id), response)


@routes.get("/{property_id}/history", scope="read", summary="A property's history")
def list_property_history(actor: Signed, property_id: UUID, page: Paging) -> Page[RevisionRow]:
    """Every change with its cause, newest first; `GET /listings/{id}/revisions/{number}` shows one whole."""
    service.get(property_id)
    return paginate(queries.revisions(property_id), page, order=("-number",)).page(RevisionRow.of)


@routes.post("/{property_id}/undo", scope="write", summary="Go back to an earlier revision")
def undo_property(
    actor: Signed, property_id: UUID, body: UndoTo, response: Response, if_match: IfMatch = None
) -> PropertyOut:
    """Makes a new revision with the content of that one."""
    return _shown(service.undo(property_id, body.to, expected_revision(if_match)), response)


@routes.post("/{property_id}/acknowledgements", scope="write", summary="Answer for a warning of the law")
def acknowledge_warning(
    actor: Signed, property_id: UUID, body: AcknowledgeBody, response: Response
) -> PropertyOut:
    """It stops standing against the property until what it is about changes; who did it is logged."""
    return _shown(judging.acknowledge(property_id, body.code, body.note), response)


@routes.delete(
    "/{property_id}/acknowledgements/{code}", scope="write", summary="No longer answer for a warning"
)
def withdraw_acknowledgement(
    actor: Signed, property_id: UUID, code: Annotated[str, Path(max_length=60)], response: Response
) -> PropertyOut:
    """The warning stands again."""
    return _shown(judging.withdraw(property_id, code), response)


@routes.post("/{property_id}/forget", scope="admin", summary="Forget a person behind a property")
def forget_person(actor: Signed, property_id: UUID, body: ForgetBody, response: Response) -> PropertyOut:
    """Erases the owner's or the contact's data from the property and all of its history; no undo brings it back."""
    return _shown(forgetting.forget(property_id, body.who), response)


@routes.get(
    "/{property_id}/similar", scope="read", response_model=SimilarOut, summary="Properties that are like it"
)
def list_similar(
    actor: Signed, property_id: UUID, limit: Annotated[int, Query(ge=1, le=50)] = 10
) -> Response:
    """In use, of the same kind and marketing, alike in place, size and price; the most alike first."""
    service.get(property_id)
    found = listing.similar(Property.objects.get(id=property_id), limit)
    return answers.plain({"items": [similar_row(row, reasons) for row, reasons in found]})
