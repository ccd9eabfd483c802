"""Flat fields of a listing: what it should show and what eBay shows, under the same merchant's names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from kontor.channels.contract.values import GoodsOut, Live, LiveState
from kontor.channels.ebay.mapping.conditions import choose, word_of
from kontor.channels.ebay.mapping.goods import aspects_of, listing_pictures, shared_aspects, varying_aspects
from kontor.channels.ebay.mapping.identifiers import gtin_of, same_gtin
from kontor.channels.ebay.mapping.texts import collapsed
from kontor.channels.ebay.wire import inventory as wire

LISTED = "listed"
"""Of each variant of a group: eBay leaves variants with missing data out of a listing without a word."""

_ENDED = frozenset({"ENDED", "EBAY_ENDED", "INACTIVE", "NOT_LISTED"})


def expected(listing: GoodsOut) -> dict[str, Any]:
    """What a read-back of this listing should find."""
    allowed = listing.rules.conditions if listing.rules else None
    values: dict[str, Any] = {
        "title": listing.title,
        "description_html": listing.description_html,
        "brand": listing.brand,
        "condition": word_of(choose(listing.condition, allowed)),
        "category_id": listing.category_id,
        "image_urls": len(listing_pictures(listing)),
    }
    for name, found in shared_aspects(listing).items():
        values[f"aspect:{name}"] = _joined(found)
    for variant in listing.variants:
        prefix = f"{variant.sku}/"
        values[f"{prefix}price"] = str(variant.price.amount) if variant.price else ""
        values[f"{prefix}currency"] = variant.price.currency if variant.price else ""
        values[f"{prefix}quantity"] = variant.quantity
        values[f"{prefix}gtin"] = same_gtin(variant.gtin)
        if listing.is_group:
            values[f"{prefix}{LISTED}"] = True
            own = aspects_of(listing, variant)
            values |= {f"{prefix}option:{name}": own[name][0] for name in listing.option_names if name in own}
            varying = (name for name in varying_aspects(listing) if name in own)
            values |= {f"{prefix}aspect:{name}": _joined(own[name]) for name in varying}
    return values


def live_of(
    listing: GoodsOut,
    items: Mapping[str, wire.ItemRead],
    offers: Mapping[str, wire.OfferRead],
    group: wire.GroupRead | None,
) -> Live:
    """The listing as eBay shows it, from its records, without its address. `items` and `offers` are keyed by sku."""
    skus = [variant.sku for variant in listing.variants if variant.sku in offers]
    if not skus or not any(sku in items for sku in skus):
        return Live(LiveState.ABSENT)
    published = [offers[sku] for sku in skus if offers[sku].is_published]
    listing_id = next((offer.listing.listingId for offer in published if offer.listing.listingId), "")
    values = _shared(listing, items, offers, group, skus)
    for sku in skus:
        if sku in items:
            values |= _of_variant(listing, sku, items[sku], offers[sku], group, listing_id)
    return Live(
        state=_state(published),
        external_id=listing_id,
        values=values,
    )


def _shared(
    listing: GoodsOut,
    items: Mapping[str, wire.ItemRead],
    offers: Mapping[str, wire.OfferRead],
    group: wire.GroupRead | None,
    skus: Sequence[str],
) -> dict[str, Any]:
    first = next(items[sku] for sku in skus if sku in items)
    offer = offers[skus[0]]
    source = group if listing.is_group and group is not None else None
    product = first.product
    values: dict[str, Any] = {
        "title": source.title if source else product.title,
        "description_html": source.description if source else offer.listingDescription,
        "brand": product.brand,
        "condition": word_of(first.condition),
        "category_id": offer.categoryId,
        "image_urls": len(source.imageUrls if source else product.imageUrls),
    }
    axes = {each.name for each in source.variesBy.specifications} if source else set()
    for name, found in (source.aspects if source else product.aspects).items():
        if name not in axes:
            values[f"aspect:{name}"] = _joined(found)
    return values


def _of_variant(
    listing: GoodsOut,
    sku: str,
    item: wire.ItemRead,
    offer: wire.OfferRead,
    group: wire.GroupRead | None,
    listing_id: str,
) -> dict[str, Any]:
    price = offer.pricingSummary.price
    values: dict[str, Any] = {
        f"{sku}/price": _amount(price.value),
        f"{sku}/currency": price.currency,
        f"{sku}/quantity": item.availability.shipToLocationAvailability.quantity,
        f"{sku}/gtin": same_gtin(gtin_of(item.product.ean, item.product.upc)),
    }
    if listing.is_group:
        in_group = group is not None and sku in group.variantSKUs
        values[f"{sku}/{LISTED}"] = in_group and offer.is_published and offer.listing.listingId == listing_id
        for name in listing.option_names:
            if found := item.product.aspects.get(name):
                values[f"{sku}/option:{name}"] = found[0]
        for name in varying_aspects(listing):
            if found := item.product.aspects.get(name):
                values[f"{sku}/aspect:{name}"] = _joined(found)
    return values


def _state(published: Sequence[wire.OfferRead]) -> LiveState:
    if not published:
        return LiveState.ENDED
    statuses = {offer.listing.listingStatus for offer in published}
    if statuses <= _ENDED:
        return LiveState.ENDED
    if statuses <= _ENDED | {"OUT_OF_STOCK"}:
        return LiveState.OUT_OF_STOCK
    return LiveState.LIVE


def reason(field: str, sent: Any, found: Any) -> str:
    """The rule of eBay's that explains a difference, or empty. `field` comes with or without its SKU."""
    name = field.partition("/")[2] if "/" in field and not field.startswith("aspect:") else field
    if isinstance(sent, str) and isinstance(found, str):
        if sent != found and collapsed(sent) == collapsed(found):
            return "ebay.whitespace"
        if name == "brand" and sent.casefold() == found.casefold():
            return "ebay.brand.spelling"
    if name == "condition" and sent == "manufacturer_refurbished" and found == "certified_refurbished":
        return "ebay.condition.renamed"
    if name.startswith("aspect:") and not sent and found:
        return "ebay.aspect.added"
    return ""


def _joined(values: Sequence[str]) -> str:
    return " | ".join(sorted(values))


def _amount(value: str) -> str:
    try:
        return f"{Decimal(value):.2f}"
    except InvalidOperation:
        return value
