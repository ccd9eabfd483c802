"""`GET /api/v1/ebay/orders`: a thin alias of `GET /orders` for the eBay accounts."""

from __future__ import annotations

from kontor.core.http.credentials import Signed
from kontor.core.http.paging import Page, Paging, paginate
from kontor.core.http.routing import router
from kontor.orders.answers import order_out, with_lines
from kontor.orders.models import Order
from kontor.orders.schemas import OrderOut

routes = router("/ebay", "eBay")


@routes.get("/orders", scope="read")
def list_ebay_orders(actor: Signed, page: Paging) -> Page[OrderOut]:
    """Orders of all eBay accounts, newest first."""
    rows = with_lines(Order.objects.filter(connection__channel="ebay"))
    return paginate(rows, page, order=("-placed_at", "-id")).page(order_out)
