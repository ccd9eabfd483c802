"""Inventory item groups: one listing with variations."""

from __future__ import annotations

from typing import Any

from kontor_sandbox.ebay import listings
from kontor_sandbox.ebay.candidates import Candidate, check_locale
from kontor_sandbox.ebay.errors import Problem, Refusal, error_rows, refuse
from kontor_sandbox.ebay.items import check_sku, find_item
from kontor_sandbox.ebay.keeping import kept_product
from kontor_sandbox.ebay.marketplaces import MARKETPLACES, Marketplace
from kontor_sandbox.ebay.operations import Call, Operations
from kontor_sandbox.ebay.publishing import check_selling_limit
from kontor_sandbox.ebay.rules import problems_of_listing
from kontor_sandbox.ebay.taxonomy.aspects import aspects_of
from kontor_sandbox.ebay.taxonomy.tree import TREE
from kontor_sandbox.exchange import Answer
from kontor_sandbox.store import Row, dump, find, load, rows

OPERATIONS = Operations("sell_inventory_v1", "sell.inventory", strict_language=True)
_BASE = "/sell/inventory/v1/inventory_item_group"
_OFFER = "/sell/inventory/v1/offer"
_KEY = "inventoryItemGroupKey"
MOST_VARIATIONS = 250
_COMMON = ("categoryId", "merchantLocationKey", "listingPolicies", "secondaryCategoryId", "regulatory")


def _group_keys(call: Call) -> list[str]:
    return [f"group:{call.path[_KEY]}"]


def _body_group_keys(call: Call) -> list[str]:
    return [f"group:{call.body.get(_KEY)}"] if isinstance(call.body, dict) else []


def _find_group(call: Call, key: str) -> Row | None:
    return find(call.db, "SELECT * FROM ebay_group WHERE seller_id = ? AND key = ?", call.seller_id, key)


def _own_group(call: Call, key: str, status: int) -> Row:
    row = _find_group(call, key)
    if row is None:
        raise Refusal(Problem(25705, parameters={_KEY: key}), status=status)
    return row


@OPERATIONS.add("PUT", f"{_BASE}/{{{_KEY}}}", localized=True, keys=_group_keys)
def put_group(call: Call) -> Answer:
    """201 created, 204 replaced (200 with warnings); its live listing changes with it."""
    key, body = call.path[_KEY], dict(call.body or {})
    if not 1 <= len(key) <= 50:
        raise refuse(25709, field=_KEY)
    skus = body.get("variantSKUs") or []
    if not skus or len(set(skus)) != len(skus) or len(skus) > MOST_VARIATIONS:
        raise refuse(25709, field="variantSKUs")
    for sku in skus:
        _check_member(call, key, check_sku(sku))
    body.pop(_KEY, None)
    body = kept_product(body, call.warnings)
    before = _find_group(call, key)
    call.db.execute(
        "INSERT OR REPLACE INTO ebay_group VALUES (?, ?, ?, ?)",
        (call.seller_id, key, call.locale, dump(body)),
    )
    _set_members(call, key, skus)
    for listing in _open_listings(call, key):
        _leave(call, listing["listing_id"], skus)
        listings.revise(call, listing["listing_id"])
    if before is None:
        return Answer(201, call.warned({}))
    return Answer(200, call.warned({})) if call.warnings else Answer(204)


def _check_member(call: Call, key: str, sku: str) -> None:
    if find_item(call, sku) is None:
        raise Refusal(Problem(25702, parameters={"sku": sku}), status=400)
    other = find(
        call.db,
        "SELECT key FROM ebay_group_member WHERE seller_id = ? AND sku = ? AND key <> ?",
        *(call.seller_id, sku, key),
    )
    if other is not None:
        raise Refusal(Problem(25703, parameters={"sku": sku, _KEY: other["key"]}))
    single = find(
        call.db,
        "SELECT o.listing_id FROM ebay_offer o JOIN ebay_listing l USING (listing_id)"
        " WHERE o.seller_id = ? AND o.sku = ? AND o.status = 'PUBLISHED' AND l.group_key IS NULL",
        *(call.seller_id, sku),
    )
    if single is not None:
        raise Refusal(Problem(25704, parameters={"sku": sku, "listingId": single["listing_id"]}))


def _set_members(call: Call, key: str, skus: list[str]) -> None:
    call.db.execute("DELETE FROM ebay_group_member WHERE seller_id = ? AND key = ?", (call.seller_id, key))
    call.db.executemany(
        "INSERT INTO ebay_group_member VALUES (?, ?, ?, ?)",
        [(call.seller_id, sku, key, position) for position, sku in enumerate(skus)],
    )


def _open_listings(call: Call, key: str, marketplace_id: str = "%") -> list[Row]:
    return rows(
        call.db,
        "SELECT * FROM ebay_listing WHERE seller_id = ? AND group_key = ? AND marketplace_id LIKE ?"
        " AND status IN ('ACTIVE', 'OUT_OF_STOCK')",
        *(call.seller_id, key, marketplace_id),
    )


def _leave(call: Call, listing_id: str, staying: list[str]) -> None:
    for offer in rows(
        call.db, "SELECT * FROM ebay_offer WHERE listing_id = ? AND status = 'PUBLISHED'", listing_id
    ):
        if offer["sku"] not in staying:
            call.db.execute(
                "UPDATE ebay_offer SET status = 'UNPUBLISHED' WHERE offer_id = ?", (offer["offer_id"],)
            )


@OPERATIONS.add("GET", f"{_BASE}/{{{_KEY}}}")
def get_group(call: Call) -> Answer:
    """One group."""
    row = _own_group(call, call.path[_KEY], 404)
    return Answer(200, load(row["body"]) | {_KEY: row["key"]})


@OPERATIONS.add("DELETE", f"{_BASE}/{{{_KEY}}}", keys=_group_keys)
def delete_group(call: Call) -> Answer:
    """The group goes and its listing ends; items and offers stay."""
    row = _own_group(call, call.path[_KEY], 404)
    for listing in _open_listings(call, row["key"]):
        listings.end(call.db, listing["listing_id"], call.now)
    own = (call.seller_id, row["key"])
    call.db.execute("DELETE FROM ebay_group_member WHERE seller_id = ? AND key = ?", own)
    call.db.execute("DELETE FROM ebay_group WHERE seller_id = ? AND key = ?", own)
    return Answer(204)


@OPERATIONS.add("POST", f"{_OFFER}/publish_by_inventory_item_group", keys=_body_group_keys)
def publish_group(call: Call) -> Answer:
    """One listing for all members that are complete; incomplete ones are left out without a word."""
    group, site = _asked_for(call)
    call.language = site.language
    candidates, offers = _members(call, group, site)
    if not candidates:
        raise refuse(25725)
    _check_agreement(candidates)
    _check_axes(load(group["body"]), candidates, site)
    whole = _whole(load(group["body"]), candidates, site)
    if problems := problems_of_listing(call, whole):
        raise Refusal(*problems)
    opened = _open_listings(call, group["key"], site.id)
    if opened:
        listing_id = opened[0]["listing_id"]
        for offer in offers:
            listings.join(call, listing_id, offer, is_variation=True)
        listings.revise(call, listing_id)
        warnings = error_rows([Problem(25402, "published")], call.language)
        return Answer(200, {"listingId": listing_id, "warnings": warnings})
    check_selling_limit(call, candidates)
    return Answer(200, {"listingId": listings.start(call, offers, group["key"]), "warnings": []})


def _asked_for(call: Call) -> tuple[Row, Marketplace]:
    body = call.body or {}
    if body.get("marketplaceId") not in MARKETPLACES:
        raise refuse(25709, field="marketplaceId")
    return _own_group(call, str(body.get(_KEY)), 400), MARKETPLACES[body["marketplaceId"]]


def _members(call: Call, group: Row, site: Marketplace) -> tuple[list[Candidate], list[Row]]:
    axes = _axes(load(group["body"]))
    candidates: list[Candidate] = []
    offers: list[Row] = []
    for member in rows(
        call.db,
        "SELECT sku FROM ebay_group_member WHERE seller_id = ? AND key = ? ORDER BY position",
        *(call.seller_id, group["key"]),
    ):
        row = find_item(call, member["sku"])
        offer = find(
            call.db,
            "SELECT * FROM ebay_offer WHERE seller_id = ? AND sku = ? AND marketplace_id = ? AND format = 'FIXED_PRICE'",
            *(call.seller_id, member["sku"], site.id),
        )
        if row is None or offer is None:
            continue
        check_locale(row, site.id)
        candidate = _candidate(load(row["body"]), load(offer["body"]), site)
        if _is_complete(candidate, axes):
            candidates.append(candidate)
            offers.append(offer)
    return candidates, offers


def _candidate(item: dict[str, Any], offer: dict[str, Any], site: Marketplace) -> Candidate:
    product = item.get("product") or {}
    return Candidate(
        offer=offer,
        item=item,
        site=site,
        shown=product,
        aspects=product.get("aspects") or {},
        pictures=product.get("imageUrls") or [],
        quantity=listings.listed_quantity(offer, item),
    )


def _axes(group: dict[str, Any]) -> dict[str, list[str]]:
    specifications = (group.get("variesBy") or {}).get("specifications") or []
    return {str(axis.get("name")): axis.get("values") or [] for axis in specifications}


def _is_complete(candidate: Candidate, axes: dict[str, list[str]]) -> bool:
    has_price = bool((candidate.offer.get("pricingSummary") or {}).get("price"))
    return (
        has_price
        and bool(candidate.offer.get("categoryId"))
        and bool(candidate.item.get("condition"))
        and "availability" in candidate.item
        and all(len(candidate.aspects.get(name) or []) == 1 for name in axes)
    )


def _check_agreement(candidates: list[Candidate]) -> None:
    first = candidates[0].offer
    for other in candidates[1:]:
        for name in _COMMON:
            if other.offer.get(name) != first.get(name):
                raise Refusal(Problem(25002, "variations_differ", {"0": name}, {"name": name}))


def _check_axes(group: dict[str, Any], candidates: list[Candidate], site: Marketplace) -> None:
    axes = _axes(group)
    if not axes:
        raise Refusal(Problem(25013, "axes", values={"detail": "variesBy.specifications"}))
    category = TREE.find(str(candidates[0].offer.get("categoryId")))
    if category is not None and category.is_leaf:
        if not category.profile.variations:
            raise Refusal(
                Problem(25013, "axes", values={"detail": f"{category.names[site.language]}: variations"})
            )
        for aspect in aspects_of(category, site.language):
            if aspect.name in axes and not aspect.for_variations:
                raise Refusal(Problem(25013, "axes", {"0": aspect.name}, {"detail": aspect.name}))
    if unknown := [name for name in group["variesBy"].get("aspectsImageVariesBy") or [] if name not in axes]:
        raise Refusal(Problem(25013, "axes", {"0": unknown[0]}, {"detail": unknown[0]}))
    seen: set[tuple[str, ...]] = set()
    for candidate in candidates:
        place = tuple(candidate.aspects[name][0] for name in axes)
        for name, value in zip(axes, place, strict=True):
            if value not in axes[name]:
                raise Refusal(
                    Problem(25013, "axes", {"0": name, "1": value}, {"detail": f"{name} = {value}"})
                )
        if place in seen:
            raise Refusal(Problem(25013, "axes", {"0": " / ".join(place)}, {"detail": " / ".join(place)}))
        seen.add(place)


def _whole(group: dict[str, Any], candidates: list[Candidate], site: Marketplace) -> Candidate:
    """The group as one candidate: its own texts, everybody's aspects, all pictures and pieces together."""
    first = candidates[0]
    aspects = {name: values[:1] for candidate in candidates for name, values in candidate.aspects.items()}
    pictures = list(
        dict.fromkeys((group.get("imageUrls") or []) + [p for c in candidates for p in c.pictures])
    )
    return Candidate(
        offer=first.offer,
        item=first.item,
        site=site,
        shown=group,
        aspects=aspects | (group.get("aspects") or {}),
        pictures=pictures,
        quantity=sum(candidate.quantity for candidate in candidates),
    )


@OPERATIONS.add("POST", f"{_OFFER}/withdraw_by_inventory_item_group", keys=_body_group_keys)
def withdraw_group(call: Call) -> Answer:
    """End the group's listing; 204."""
    group, site = _asked_for(call)
    opened = _open_listings(call, group["key"], site.id)
    if not opened:
        raise refuse(25725)
    for listing in opened:
        listings.end(call.db, listing["listing_id"], call.now)
    return Answer(204)
