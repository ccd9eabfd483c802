"""Bulk calls: at most 25 rows, each settled alone; 200 all well, 207 mixed, 400 the whole request is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kontor_sandbox.ebay import items, listings, offers
from kontor_sandbox.ebay.amounts import check_price
from kontor_sandbox.ebay.errors import Problem, Refusal, error_rows, refuse
from kontor_sandbox.ebay.marketplaces import LOCALES, MARKETPLACES
from kontor_sandbox.ebay.operations import Call, Operations
from kontor_sandbox.ebay.publishing import publish_one
from kontor_sandbox.exchange import Answer
from kontor_sandbox.store import dump, find, load, savepoint

OPERATIONS = Operations("sell_inventory_v1", "sell.inventory", strict_language=True)
_BASE = "/sell/inventory/v1"
MOST_ROWS = 25

Request = dict[str, Any]
Settle = Callable[[Call, Request], dict[str, Any]]


def _requests(call: Call, too_many: int) -> list[Request]:
    requests = (call.body or {}).get("requests")
    if not isinstance(requests, list) or not requests:
        raise refuse(25709, field="requests")
    if len(requests) > MOST_ROWS:
        raise refuse(too_many, limit=str(MOST_ROWS))
    return requests


def _sku_keys(call: Call) -> list[str]:
    requests = call.body.get("requests") if isinstance(call.body, dict) else None
    return [f"sku:{request.get('sku')}" for request in requests or [] if isinstance(request, dict)]


def _offer_sku_keys(call: Call) -> list[str]:
    requests = call.body.get("requests") if isinstance(call.body, dict) else None
    with call.world.store.transaction() as db:
        found = [
            find(db, "SELECT sku FROM ebay_offer WHERE offer_id = ?", str(request.get("offerId")))
            for request in requests or []
        ]
    return [f"sku:{row['sku']}" for row in found if row is not None]


def _settled(call: Call, requests: list[Request], identity: tuple[str, ...], settle: Settle) -> Answer:
    """Settle every row by itself and put the answer together."""
    unlucky = call.fired.number % len(requests) if call.fired and call.fired.name == "partial_bulk" else None
    responses: list[dict[str, Any]] = []
    for place, request in enumerate(requests):
        row = {name: request[name] for name in identity if name in request}
        try:
            if place == unlucky:
                raise refuse(25001)
            if f"sku:{request.get('sku')}" in call.taken:
                raise refuse(25025)
            with savepoint(call.db):
                row |= settle(call, request)
        except Refusal as refusal:
            row |= {"statusCode": refusal.status, "errors": error_rows(refusal.problems, call.language)}
        responses.append(row)
    mixed = any(row["statusCode"] >= 300 for row in responses)
    return Answer(207 if mixed else 200, {"responses": responses})


@OPERATIONS.add(
    "POST", f"{_BASE}/bulk_create_or_replace_inventory_item", localized=True, keys=_sku_keys, bulk=True
)
def bulk_put_items(call: Call) -> Answer:
    """Rows answer 200 or 201; each carries its own locale."""
    requests = _requests(call, 25727)
    skus = [request.get("sku") for request in requests]
    if len(set(skus)) != len(skus):
        raise refuse(25728)
    if not all(
        request.get("sku") and str(request.get("locale", "")).replace("_", "-") in LOCALES
        for request in requests
    ):
        raise refuse(25733)
    return _settled(call, requests, ("sku", "locale"), _put_item)


def _put_item(call: Call, request: Request) -> dict[str, Any]:
    status, warnings = items.replace_item(call, str(request["sku"]), request["locale"], request)
    row: dict[str, Any] = {"statusCode": 201 if status == 201 else 200, "errors": [], "warnings": []}
    return row | {"warnings": error_rows(warnings, call.language)}


@OPERATIONS.add("POST", f"{_BASE}/bulk_get_inventory_item", bulk=True)
def bulk_get_items(call: Call) -> Answer:
    """Items by SKU."""
    return _settled(call, _requests(call, 25727), ("sku",), _get_item)


def _get_item(call: Call, request: Request) -> dict[str, Any]:
    row = items.own_item(call, items.check_sku(request.get("sku")))
    body = items.body_of(call, row)
    body.pop("groupIds", None)
    return {"statusCode": 200, "inventoryItem": body, "errors": [], "warnings": []}


@OPERATIONS.add("POST", f"{_BASE}/bulk_create_offer", localized=True, keys=_sku_keys, bulk=True)
def bulk_create_offers(call: Call) -> Answer:
    """A row that went well answers 200, not 201."""
    requests = _requests(call, 25730)
    kinds = [
        (request.get("sku"), request.get("marketplaceId"), request.get("format")) for request in requests
    ]
    if len(set(kinds)) != len(kinds):
        raise refuse(25729)
    return _settled(call, requests, ("sku", "marketplaceId", "format"), _create_offer)


def _create_offer(call: Call, request: Request) -> dict[str, Any]:
    return {"statusCode": 200, "offerId": offers.add_offer(call, request), "errors": [], "warnings": []}


@OPERATIONS.add("POST", f"{_BASE}/bulk_publish_offer", keys=_offer_sku_keys, bulk=True)
def bulk_publish_offers(call: Call) -> Answer:
    """Publish many; each row is checked as a single publish would be."""
    requests = _requests(call, 25730)
    ids = [request.get("offerId") for request in requests]
    if len(set(ids)) != len(ids):
        raise refuse(25731)
    return _settled(call, requests, ("offerId",), _publish)


def _publish(call: Call, request: Request) -> dict[str, Any]:
    offer = offers.own_offer(call, str(request.get("offerId")))
    if f"sku:{offer['sku']}" in call.taken:
        raise refuse(25025)
    listing_id, warnings = publish_one(call, offer["offer_id"])
    rows = error_rows(warnings, call.language)
    return {"statusCode": 200, "listingId": listing_id, "errors": [], "warnings": rows}


@OPERATIONS.add("POST", f"{_BASE}/bulk_update_price_quantity", keys=_sku_keys, bulk=True)
def bulk_update_price_quantity(call: Call) -> Answer:
    """Stock of items and price and quantity of their offers, everything else untouched."""
    requests = _requests(call, 25730)
    skus = [request.get("sku") for request in requests]
    if len(set(skus)) != len(skus):
        raise refuse(25734)
    flat = [
        {key: value for key, value in request.items() if key != "offers"} | {"offer": offer}
        for request in requests
        for offer in request.get("offers") or [None]
    ]
    for row in flat:
        if row["offer"]:
            row["offerId"] = row["offer"].get("offerId")
    return _settled(call, flat, ("sku", "offerId"), _set_price_and_quantity)


def _set_price_and_quantity(call: Call, request: Request) -> dict[str, Any]:
    item = items.own_item(call, items.check_sku(request.get("sku")))
    stock = (request.get("shipToLocationAvailability") or {}).get("quantity")
    if stock is not None:
        _set_stock(call, item["sku"], load(item["body"]), int(stock))
    if request["offer"]:
        _set_offer(call, item["sku"], request["offer"])
    listings.revise_listings_of(call, item["sku"])
    return {"statusCode": 200, "errors": [], "warnings": []}


def _set_stock(call: Call, sku: str, body: dict[str, Any], stock: int) -> None:
    if stock < 0:
        raise refuse(25004, "negative", value=str(stock))
    body.setdefault("availability", {}).setdefault("shipToLocationAvailability", {})["quantity"] = stock
    call.db.execute(
        "UPDATE ebay_item SET body = ? WHERE seller_id = ? AND sku = ?", (dump(body), call.seller_id, sku)
    )


def _set_offer(call: Call, sku: str, change: dict[str, Any]) -> None:
    offer = offers.own_offer(call, str(change.get("offerId")))
    if offer["sku"] != sku:
        raise Refusal(Problem(25713, parameters={"offerId": offer["offer_id"]}), status=400)
    call.language = MARKETPLACES[offer["marketplace_id"]].language
    body = load(offer["body"])
    if (price := change.get("price")) is not None:
        check_price(price)
        site = MARKETPLACES[offer["marketplace_id"]]
        if price.get("currency") != site.currency:
            values = {"wanted": site.currency, "value": str(price.get("currency"))}
            raise Refusal(Problem(25003, "currency", {"0": "currency"}, values))
        body.setdefault("pricingSummary", {})["price"] = price
    if (quantity := change.get("availableQuantity")) is not None:
        if quantity < 0:
            raise refuse(25004, "negative", value=str(quantity))
        body["availableQuantity"] = quantity
    call.db.execute("UPDATE ebay_offer SET body = ? WHERE offer_id = ?", (dump(body), offer["offer_id"]))
