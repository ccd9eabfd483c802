"""Offers: what an item costs on one marketplace, and under which policies."""

from __future__ import annotations

from typing import Any

from kontor_sandbox.ebay import listings
from kontor_sandbox.ebay.amounts import check_price
from kontor_sandbox.ebay.errors import Problem, Refusal, refuse
from kontor_sandbox.ebay.items import check_sku, find_item, paged
from kontor_sandbox.ebay.marketplaces import MARKETPLACES
from kontor_sandbox.ebay.operations import Call, Operations, whole_number
from kontor_sandbox.ebay.rules import check_revision
from kontor_sandbox.exchange import Answer
from kontor_sandbox.store import Row, dump, find, load, next_number, rows

OPERATIONS = Operations("sell_inventory_v1", "sell.inventory", strict_language=True)
BASE = "/sell/inventory/v1/offer"
_FIXED = ("offerId", "sku", "marketplaceId", "format", "listing", "status")


def find_offer(call: Call, offer_id: str) -> Row | None:
    """The seller's offer of this id."""
    return find(
        call.db, "SELECT * FROM ebay_offer WHERE seller_id = ? AND offer_id = ?", call.seller_id, offer_id
    )


def own_offer(call: Call, offer_id: str) -> Row:
    """The seller's offer; raises 404 with 25713."""
    row = find_offer(call, offer_id)
    if row is None:
        raise Refusal(Problem(25713, parameters={"offerId": offer_id}), status=404)
    return row


def offer_keys(call: Call) -> list[str]:
    """What a write to one offer holds against others: its SKU."""
    row = find(call.db, "SELECT sku FROM ebay_offer WHERE offer_id = ?", call.path["offerId"])
    return [f"sku:{row['sku']}"] if row is not None else []


def _new_offer_keys(call: Call) -> list[str]:
    return [f"sku:{call.body.get('sku')}"] if isinstance(call.body, dict) else []


def body_of(call: Call, row: Row) -> dict[str, Any]:
    """An offer as the API shows it."""
    body: dict[str, Any] = {
        "offerId": row["offer_id"],
        "sku": row["sku"],
        "marketplaceId": row["marketplace_id"],
        "format": row["format"],
        "listingDuration": "GTC",
        "hideBuyerDetails": False,
        "includeCatalogProductDetails": True,
        "listingPolicies": {},
        "pricingSummary": {},
    }
    body |= load(row["body"])
    body["status"] = row["status"]
    if row["listing_id"] is not None and row["status"] == "PUBLISHED":
        listing = find(call.db, "SELECT * FROM ebay_listing WHERE listing_id = ?", row["listing_id"])
        sold = find(
            call.db,
            "SELECT sold FROM ebay_listing_sku WHERE listing_id = ? AND sku = ?",
            *(row["listing_id"], row["sku"]),
        )
        body["listing"] = {
            "listingId": row["listing_id"],
            "listingStatus": listing["status"] if listing else "ENDED",
            "soldQuantity": sold["sold"] if sold else 0,
            "listingOnHold": False,
        }
    return body


def check_body(call: Call, marketplace_id: str, body: dict[str, Any]) -> None:
    """What is refused at once, long before publishing: a language that is not the marketplace's, broken numbers."""
    site = MARKETPLACES[marketplace_id]
    if call.content_language not in site.locales:
        raise refuse(25604, "language", value=call.content_language, marketplace=marketplace_id)
    if price := (body.get("pricingSummary") or {}).get("price"):
        check_price(price)
    if (quantity := body.get("availableQuantity")) is not None and quantity < 0:
        raise refuse(25004, "negative", value=str(quantity))


def add_offer(call: Call, sent: dict[str, Any]) -> str:
    """Create an offer; answers its id. A second one of the same kind is refused with the first one's id."""
    sku = check_sku(sent.get("sku"))
    marketplace_id, selling_format = sent.get("marketplaceId"), sent.get("format")
    if marketplace_id not in MARKETPLACES:
        raise refuse(25709, field="marketplaceId")
    if selling_format not in ("FIXED_PRICE", "AUCTION"):
        raise refuse(25709, field="format")
    if find_item(call, sku) is None:
        raise Refusal(Problem(25702, parameters={"sku": sku}), status=400)
    check_body(call, str(marketplace_id), sent)
    same = find(
        call.db,
        "SELECT offer_id FROM ebay_offer WHERE seller_id = ? AND sku = ? AND marketplace_id = ? AND format = ?",
        *(call.seller_id, sku, marketplace_id, selling_format),
    )
    if same is not None:
        raise Refusal(Problem(25002, "offer_exists", {"offerId": same["offer_id"]}))
    offer_id = str(next_number(call.db, "ebay_offer", 8_209_815_010))
    body = {name: value for name, value in sent.items() if name not in _FIXED}
    call.db.execute(
        "INSERT INTO ebay_offer VALUES (?, ?, ?, ?, ?, 'UNPUBLISHED', NULL, ?)",
        (offer_id, call.seller_id, sku, marketplace_id, selling_format, dump(body)),
    )
    return offer_id


@OPERATIONS.add("POST", BASE, localized=True, keys=_new_offer_keys)
def create_offer(call: Call) -> Answer:
    """201 with nothing but SKU, marketplace and format needed."""
    return Answer(201, {"offerId": add_offer(call, call.body or {})})


@OPERATIONS.add("GET", f"{BASE}/{{offerId}}")
def get_offer(call: Call) -> Answer:
    """One offer."""
    return Answer(200, body_of(call, own_offer(call, call.path["offerId"])))


@OPERATIONS.add("PUT", f"{BASE}/{{offerId}}", localized=True, keys=offer_keys)
def update_offer(call: Call) -> Answer:
    """A full replace: what is not sent is gone. A published offer's listing changes with it."""
    row = own_offer(call, call.path["offerId"])
    sent = call.body or {}
    for name, column in (("sku", "sku"), ("marketplaceId", "marketplace_id"), ("format", "format")):
        if sent.get(name, row[column]) != row[column]:
            raise refuse(25019, "format", field=name)
    check_body(call, row["marketplace_id"], sent)
    body = {name: value for name, value in sent.items() if name not in _FIXED}
    call.db.execute("UPDATE ebay_offer SET body = ? WHERE offer_id = ?", (dump(body), row["offer_id"]))
    if row["status"] != "PUBLISHED":
        return Answer(204)
    check_revision(call, own_offer(call, row["offer_id"]))
    listings.revise(call, row["listing_id"])
    return Answer(200, call.warned({"offerId": row["offer_id"]}))


@OPERATIONS.add("DELETE", f"{BASE}/{{offerId}}", keys=offer_keys)
def delete_offer(call: Call) -> Answer:
    """The offer goes; its listing ends, or loses this variation."""
    row = own_offer(call, call.path["offerId"])
    listings.take_out(call, row)
    call.db.execute("DELETE FROM ebay_offer WHERE offer_id = ?", (row["offer_id"],))
    return Answer(204)


@OPERATIONS.add("GET", BASE)
def get_offers(call: Call) -> Answer:
    """The offers of one SKU; without a SKU it is refused, without an offer it is 404."""
    sku = check_sku(call.query.get("sku"))
    limit = whole_number(call, "limit", 100, 1, 100, 25706)
    page = whole_number(call, "offset", 0, 0, 10**6, 25706)
    every = [
        row
        for row in rows(
            call.db,
            "SELECT * FROM ebay_offer WHERE seller_id = ? AND sku = ? ORDER BY offer_id",
            *(call.seller_id, sku),
        )
        if call.query.get("marketplace_id", row["marketplace_id"]) == row["marketplace_id"]
        and call.query.get("format", row["format"]) == row["format"]
    ]
    if not every:
        raise Refusal(Problem(25713, parameters={"offerId": ""}, values={"sku": sku}), status=404)
    found = every[page * limit : (page + 1) * limit]
    body = paged(call, BASE, limit, page, len(every), f"sku={sku}&")
    return Answer(200, body | {"size": len(found), "offers": [body_of(call, row) for row in found]})


@OPERATIONS.add("POST", f"{BASE}/get_listing_fees")
def get_listing_fees(call: Call) -> Answer:
    """What publishing would cost: nothing, in the sandbox."""
    marketplaces: dict[str, None] = {}
    for offer in (call.body or {}).get("offers") or []:
        row = own_offer(call, str(offer.get("offerId")))
        marketplaces[row["marketplace_id"]] = None
    summaries = [
        {
            "marketplaceId": marketplace_id,
            "fees": [
                {
                    "feeType": "InsertionFee",
                    "amount": {"value": "0.0", "currency": MARKETPLACES[marketplace_id].currency},
                }
            ],
        }
        for marketplace_id in marketplaces
    ]
    return Answer(200, {"feeSummaries": summaries})
