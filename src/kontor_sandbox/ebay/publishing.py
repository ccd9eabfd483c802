"""Publishing and withdrawing single offers; all validation happens at the moment of publishing."""

from __future__ import annotations

from decimal import Decimal

from kontor_sandbox.ebay import listings
from kontor_sandbox.ebay.candidates import Candidate, candidate_of, group_of
from kontor_sandbox.ebay.errors import Problem, Refusal, error_rows
from kontor_sandbox.ebay.marketplaces import MARKETPLACES
from kontor_sandbox.ebay.offers import BASE, offer_keys, own_offer
from kontor_sandbox.ebay.operations import Call, Operations
from kontor_sandbox.ebay.rules import problems_of_listing
from kontor_sandbox.exchange import Answer
from kontor_sandbox.store import find

OPERATIONS = Operations("sell_inventory_v1", "sell.inventory", strict_language=True)


def publish_one(call: Call, offer_id: str) -> tuple[str, list[Problem]]:
    """Put one offer on the site; answers its listing's id and the warnings. Raises every problem at once."""
    offer = own_offer(call, offer_id)
    call.language = MARKETPLACES[offer["marketplace_id"]].language
    if group_of(call, offer["sku"]) is not None:
        raise Refusal(Problem(25732, parameters={"sku": offer["sku"]}))
    candidate = candidate_of(call, offer)
    if problems := problems_of_listing(call, candidate):
        raise Refusal(*problems)
    listing = listings.listing_of(call.db, offer["listing_id"]) if offer["listing_id"] else None
    if offer["status"] == "PUBLISHED" and listing is not None and listing["status"] in listings.OPEN:
        listings.revise(call, listing["listing_id"])
        return listing["listing_id"], [Problem(25402, "published")]
    check_selling_limit(call, [candidate])
    return listings.start(call, [offer], None), []


def check_selling_limit(call: Call, candidates: list[Candidate]) -> None:
    """Value and number of everything that is listed; raises 25026."""
    listed = find(
        call.db,
        "SELECT TOTAL(value) AS value, TOTAL(pieces) AS pieces FROM ebay_listing"
        " WHERE seller_id = ? AND status IN ('ACTIVE', 'OUT_OF_STOCK')",
        call.seller_id,
    )
    assert listed is not None
    value, pieces = Decimal(str(listed["value"])), int(listed["pieces"])
    for candidate in candidates:
        value += Decimal(candidate.offer["pricingSummary"]["price"]["value"]) * candidate.quantity
        pieces += candidate.quantity
    most, most_pieces = (
        call.world.setting("selling_limit_amount"),
        call.world.setting("selling_limit_quantity"),
    )
    if value > Decimal(str(most)) or pieces > most_pieces:
        raise Refusal(Problem(25026, values={"limit": f"{most:.2f} / {most_pieces}"}))


@OPERATIONS.add("POST", f"{BASE}/{{offerId}}/publish", empty_post=True, keys=offer_keys)
def publish_offer(call: Call) -> Answer:
    """200 with the listing's id; the same id and 25402 when it was live already."""
    listing_id, warnings = publish_one(call, call.path["offerId"])
    return Answer(200, {"listingId": listing_id, "warnings": error_rows(warnings, call.language)})


@OPERATIONS.add("POST", f"{BASE}/{{offerId}}/withdraw", empty_post=True, keys=offer_keys)
def withdraw_offer(call: Call) -> Answer:
    """End the listing and keep the offer; a second time is refused with 25713."""
    offer = own_offer(call, call.path["offerId"])
    call.language = MARKETPLACES[offer["marketplace_id"]].language
    if offer["status"] != "PUBLISHED":
        raise Refusal(Problem(25713, parameters={"offerId": offer["offer_id"]}), status=400)
    listings.take_out(call, offer)
    return Answer(200, {"listingId": offer["listing_id"], "warnings": []})
