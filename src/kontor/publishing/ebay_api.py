"""`POST /api/v1/ebay/products/publish`: publishing in the merchant's words, by SKU, on the only eBay account."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel, Field

from kontor.channels.connections import service as connections
from kontor.core.errors import Conflict, NotFound
from kontor.core.http.credentials import Signed
from kontor.core.http.routing import router
from kontor.goods import queries as goods
from kontor.publishing import service
from kontor.publishing.answers import requested_out
from kontor.publishing.schemas import RequestedOut

routes = router("/ebay", "eBay")


class PublishProductsIn(BaseModel):
    """Products by the merchant's own SKUs."""

    skus: list[str] = Field(min_length=1, max_length=1000, examples=[["WL-2210", "WL-2233"]])
    connection_id: UUID | None = Field(None, description="Needed where several eBay accounts are connected.")


@routes.post("/products/publish", scope="write", status_code=202, idempotent=True)
def publish_products(actor: Signed, wanted: PublishProductsIn) -> RequestedOut:
    """Publishes these products; a thin alias of `POST /publications`."""
    connection_id = wanted.connection_id or _only_connection()
    listings = goods.listings_by_sku(wanted.skus)
    if unknown := [sku for sku in wanted.skus if sku not in listings]:
        raise NotFound(f"Nothing is known under {', '.join(unknown[:10])}", skus=unknown)
    ids = list(dict.fromkeys(listings[sku] for sku in wanted.skus))
    return requested_out({connection_id: service.publish(ids, connection_id)})


def _only_connection() -> UUID:
    found = connections.callable_ids("ebay")
    if not found:
        raise Conflict("No eBay account is connected and ready")
    if len(found) > 1:
        raise Conflict("Several eBay accounts are connected: name one with connection_id")
    return found[0]
