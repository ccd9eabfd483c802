"""What is to become a listing: an offer with its item, as buyers would see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kontor_sandbox.ebay import listings
from kontor_sandbox.ebay.errors import Problem, Refusal
from kontor_sandbox.ebay.items import find_item
from kontor_sandbox.ebay.marketplaces import MARKETPLACES, Marketplace
from kontor_sandbox.ebay.operations import Call
from kontor_sandbox.store import Row, find, load


@dataclass(slots=True)
class Candidate:
    """What is to become a listing, or one variation of it."""

    offer: dict[str, Any]
    item: dict[str, Any]
    site: Marketplace
    shown: dict[str, Any]
    """Title, description, pictures and common aspects: the product's own, or its group's."""
    aspects: dict[str, list[str]]
    pictures: list[str]
    quantity: int

    @property
    def product(self) -> dict[str, Any]:
        """The item's product."""
        return self.item.get("product") or {}


def candidate_of(call: Call, offer: Row) -> Candidate:
    """An offer with its item, as it would be listed alone; raises 25604 when the item speaks another language."""
    row = find_item(call, offer["sku"])
    if row is None:
        raise Refusal(Problem(25702, parameters={"sku": offer["sku"]}), status=400)
    item, body = load(row["body"]), load(offer["body"])
    site = MARKETPLACES[offer["marketplace_id"]]
    check_locale(row, offer["marketplace_id"])
    product = item.get("product") or {}
    return Candidate(
        offer=body,
        item=item,
        site=site,
        shown=product,
        aspects=product.get("aspects") or {},
        pictures=product.get("imageUrls") or [],
        quantity=listings.listed_quantity(body, item),
    )


def check_locale(item: Row, marketplace_id: str) -> None:
    """The item's language must be one of the marketplace's; raises 25604."""
    if item["locale"].replace("_", "-") not in MARKETPLACES[marketplace_id].locales:
        raise Refusal(Problem(25604, "product", {"sku": item["sku"]}, {"marketplace": marketplace_id}))


def group_of(call: Call, sku: str) -> Row | None:
    """The variation group that an item is a member of."""
    return find(
        call.db, "SELECT * FROM ebay_group_member WHERE seller_id = ? AND sku = ?", call.seller_id, sku
    )
