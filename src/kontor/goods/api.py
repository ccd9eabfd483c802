"""Products over HTTP: the whole aggregate, its matrix, its pictures; brands, defaults, and changes of many at once."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from fastapi import Query, Response

from kontor.catalog import gallery, listing_extras, text
from kontor.core.errors import NotFound
from kontor.core.http.credentials import Signed
from kontor.core.http.etags import (
    IfMatch,
    content_etag,
    etag,
    expected_revision,
    require_unchanged,
)
from kontor.core.http.paging import Page, Paging, paginate
from kontor.core.http.routing import router
from kontor.goods import brands, bulk, checks, defaults, editing, service
from kontor.goods.brand_schemas import BrandEdit, BrandOut, BrandPut, DefaultBody, DefaultsBody, editable
from kontor.goods.bulk_schemas import BulkBody, BulkOut
from kontor.goods.content import ProductContent
from kontor.goods.models import Brand, Product
from kontor.goods.schemas import (
    PicturesEdit,
    ProductBody,
    ProductOut,
    StockEntryOut,
    UndoBody,
    VariantsEdit,
)
from kontor.goods.values import ProductView

routes = router("", "Listings")


def _shown(view: ProductView, response: Response) -> ProductOut:
    response.headers["ETag"] = etag(view.revision)
    briefs = listing_extras.publications_of(view.listing_id)
    found = checks.check(ProductContent.of(view), {})
    return ProductOut.of(view, [each for each in found if each.severity == "warning"], briefs)


@routes.post("/listings", scope="write", status_code=201, idempotent=True, summary="A new product")
def create_listing(actor: Signed, body: ProductBody, response: Response) -> ProductOut:
    """Refused as a whole, with every problem at its field; pictures given by address are fetched afterwards."""
    return _shown(editing.create(body), response)


@routes.post("/listings/bulk", scope="write", status_code=202, summary="One change for many listings")
def bulk_listings(actor: Signed, body: BulkBody) -> BulkOut:
    """Queues a job for the listings that are meant now; what it could not do is among the job's items."""
    job = bulk.queue(body)
    return BulkOut(job_id=job.id, total=job.total)


@routes.get("/listings/{listing_id}", scope="read", summary="A whole product")
def get_listing(actor: Signed, listing_id: UUID, response: Response) -> ProductOut:
    """With variants, pictures, brand and channels. The ETag is its revision."""
    return _shown(service.get(listing_id), response)


@routes.patch("/listings/{listing_id}", scope="write", summary="Change a product")
def patch_listing(
    actor: Signed, listing_id: UUID, body: ProductBody, response: Response, if_match: IfMatch = None
) -> ProductOut:
    """What the body leaves out stays. A stale If-Match is answered with what is there now."""
    return _shown(editing.patch(listing_id, body, expected_revision(if_match)), response)


@routes.patch("/listings/{listing_id}/variants", scope="write", summary="Change the matrix")
def patch_variants(
    actor: Signed, listing_id: UUID, body: VariantsEdit, response: Response, if_match: IfMatch = None
) -> ProductOut:
    """Prices, stock, SKUs, GTINs, options of any number of variants, in one revision."""
    return _shown(editing.edit_variants(listing_id, body, expected_revision(if_match)), response)


@routes.put("/listings/{listing_id}/media", scope="write", summary="Order, add and take off pictures")
def put_pictures(
    actor: Signed, listing_id: UUID, body: PicturesEdit, response: Response, if_match: IfMatch = None
) -> ProductOut:
    """All pictures in their new order."""
    return _shown(editing.place_pictures(listing_id, body.pictures, expected_revision(if_match)), response)


@routes.post("/listings/{listing_id}/media/retry", scope="write", summary="Fetch failed pictures again")
def retry_pictures(actor: Signed, listing_id: UUID, response: Response) -> ProductOut:
    """Asks again for each picture that could not be had."""
    service.get(listing_id)
    gallery.retry_failed(listing_id)
    return _shown(service.get(listing_id), response)


@routes.post("/listings/{listing_id}/archive", scope="write", summary="Archive a product")
def archive_listing(actor: Signed, listing_id: UUID, response: Response) -> ProductOut:
    """Takes it out of use and off its channels; nothing is deleted."""
    service.get(listing_id)
    service.archive([listing_id])
    return _shown(service.get(listing_id), response)


@routes.post("/listings/{listing_id}/restore", scope="write", summary="Restore an archived product")
def restore_listing(actor: Signed, listing_id: UUID, response: Response) -> ProductOut:
    """Back in use as it was, if its article numbers are still free."""
    service.get(listing_id)
    service.restore([listing_id])
    return _shown(service.get(listing_id), response)


@routes.post("/listings/{listing_id}/undo", scope="write", summary="Go back to an earlier revision")
def undo_listing(
    actor: Signed, listing_id: UUID, body: UndoBody, response: Response, if_match: IfMatch = None
) -> ProductOut:
    """Makes a new revision with the content of that one; stock stays as it is."""
    return _shown(service.undo(listing_id, body.to, expected_revision(if_match)), response)


@routes.get("/listings/{listing_id}/stock", scope="read", summary="Movements of stock")
def list_stock(
    actor: Signed, listing_id: UUID, limit: Annotated[int, Query(ge=1, le=500)] = 100
) -> list[StockEntryOut]:
    """The newest entries of the product's variants, newest first."""
    view = service.get(listing_id)
    return [StockEntryOut.of(row) for row in service.ledger([each.id for each in view.variants], limit)]


brand_routes = router("", "Brands and defaults")


@brand_routes.get("/brands", scope="read", summary="Brands and their product safety data")
def list_brands(
    actor: Signed,
    page: Paging,
    q: Annotated[str, Query(max_length=120)] = "",
    incomplete: Annotated[bool | None, Query(description="Only those without a manufacturer.")] = None,
) -> Page[BrandOut]:
    """By name, each with the number of its products."""
    counts = Product.objects.filter(brand_id=OuterRef("id")).order_by().values("brand_id")
    products = Coalesce(Subquery(counts.annotate(count=Count("*")).values("count")), 0)
    rows = Brand.objects.annotate(products=products)
    if q:
        rows = rows.filter(key__contains=text.fold(q))
    if incomplete is not None:
        rows = rows.filter(manufacturer={}) if incomplete else rows.exclude(manufacturer={})
    return paginate(rows, page, order=("key", "id")).page(_counted)


def _counted(row: Brand) -> BrandOut:
    products: int = row.products  # type: ignore[attr-defined]  # annotated by the query above
    return BrandOut.of(row, products)


@brand_routes.get("/brands/{brand_id}", scope="read", summary="One brand")
def get_brand(actor: Signed, brand_id: UUID, response: Response) -> BrandOut:
    """With manufacturer and responsible person."""
    return _brand(brands.get(brand_id), response)


def _brand(row: Brand, response: Response) -> BrandOut:
    shown = BrandOut.of(row)
    response.headers["ETag"] = shown.etag
    return shown


@brand_routes.patch("/brands/{brand_id}", scope="write", summary="Product safety data of a brand")
def patch_brand(
    actor: Signed, brand_id: UUID, body: BrandEdit, response: Response, if_match: IfMatch = None
) -> BrandOut:
    """Replaces either contact; every product of the brand that is on a channel follows."""
    require_unchanged(if_match, f"brand:{brand_id}", lambda: editable(brands.get(brand_id)))
    row = brands.edit(
        brand_id,
        manufacturer=body.manufacturer.model_dump() if body.manufacturer else None,
        responsible=body.responsible.model_dump() if body.responsible else None,
    )
    return _brand(row, response)


@brand_routes.put("/brands", scope="write", summary="The same, by the brand's name")
def put_brand(actor: Signed, body: BrandPut, response: Response, if_match: IfMatch = None) -> BrandOut:
    """Makes the brand where it does not exist yet; that needs no `If-Match`."""
    is_new = not brands.named([body.name])
    found = brands.ensure([body.name])
    if not found:
        raise NotFound
    condition = "*" if is_new and if_match is None else if_match
    return patch_brand(actor, next(iter(found.values())), body, response, condition)


@brand_routes.get("/defaults", scope="read", summary="What stands in where a product says nothing")
def list_defaults(actor: Signed, response: Response) -> list[DefaultBody]:
    """For the tenant, brands and categories."""
    return _shown_defaults(response)


def _shown_defaults(response: Response) -> list[DefaultBody]:
    found = _defaults()
    response.headers["ETag"] = content_etag(found)
    return found


def _defaults() -> list[DefaultBody]:
    return [DefaultBody.model_validate(row, from_attributes=True) for row in defaults.rows()]


@brand_routes.put("/defaults", scope="write", summary="Set defaults")
def put_defaults(
    actor: Signed, body: DefaultsBody, response: Response, if_match: IfMatch = None
) -> list[DefaultBody]:
    """Sets these, takes away those with an empty value; others stay."""
    require_unchanged(if_match, "defaults", _defaults)
    defaults.put(each.default() for each in body.defaults)
    return _shown_defaults(response)
