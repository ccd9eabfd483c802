"""The shapes that handlers rely on, by field name: checked also where no OpenAPI files are there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_OBJECTS = _names(
    "product availability shipToLocationAvailability pricingSummary price listingPolicies regulatory manufacturer"
    " variesBy location address deliveryConfig payload tax shippingCost handlingTime returnPeriod"
    " orderLevelRefundAmount refundAmount"
)
_LISTS_OF_OBJECTS = _names(
    "requests offers responsiblePersons specifications lineItems refundItems categoryTypes shippingOptions"
    " shippingServices"
)
_LISTS_OF_TEXTS = _names("imageUrls variantSKUs ean isbn upc values aspectsImageVariesBy types")
_NUMBERS = _names("quantity availableQuantity vatPercentage")
_TEXTS = _names(
    "sku offerId title subtitle description listingDescription condition brand mpn name companyName addressLine1 city"
    " postalCode country email phone contactUrl marketplaceId format categoryId merchantLocationKey imageUrl status"
    " inventoryItemGroupKey locale shippedDate trackingNumber shippingCarrierCode lineItemId endpoint"
    " verificationToken topicId destinationId alertEmail programType currency merchantLocationStatus"
)


def shape_problems(body: Any) -> Iterator[str]:
    """What in a JSON body is not of the shape that its field name promises."""
    if body is not None and not isinstance(body, dict):
        yield "body: object expected"
    else:
        yield from _problems(body or {}, "")


def _problems(body: dict[str, Any], at: str) -> Iterator[str]:
    for name, value in body.items():
        place = f"{at}.{name}" if at else name
        if value is None or name == "aspects":
            continue
        if wanted := _wanted(name, value):
            yield f"{place}: {wanted} expected"
        elif isinstance(value, dict):
            yield from _problems(value, place)
        elif isinstance(value, list):
            for number, entry in enumerate(value):
                if isinstance(entry, dict):
                    yield from _problems(entry, f"{place}[{number}]")


def _wanted(name: str, value: Any) -> str | None:
    """What should be there instead; None where the value fits or nothing is known of the name."""
    if name in _OBJECTS:
        return None if isinstance(value, dict) else "object"
    if name in _LISTS_OF_OBJECTS:
        fits = isinstance(value, list) and all(isinstance(entry, dict) for entry in value)
        return None if fits else "array of objects"
    if name in _LISTS_OF_TEXTS:
        fits = isinstance(value, list) and all(isinstance(entry, str) for entry in value)
        return None if fits else "array of strings"
    if name in _NUMBERS:
        return None if isinstance(value, int | float) and not isinstance(value, bool) else "number"
    if name in _TEXTS:
        return None if isinstance(value, str) else "string"
    return None
