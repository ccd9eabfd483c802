"""What eBay changes in what it is sent, and says so in warnings: visible to whoever reads back."""

from __future__ import annotations

import re
from typing import Any

from kontor_sandbox.ebay.errors import Problem

MOST_ASPECTS = 30
LONGEST_VALUE = 65
MOST_PICTURES = 24
MOST_PICTURES_OF_A_VARIATION = 12
_BRAND_NAMES = ("Marke", "Brand", "Marque")


def kept_item(sent: dict[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    """The item as it is stored: white space in the title collapsed, too much left out, brand taken from the aspects."""
    item = {name: value for name, value in sent.items() if name not in ("sku", "locale", "groupIds")}
    warnings: list[Problem] = []
    if item.get("product") is not None:
        item["product"] = kept_product(item["product"], warnings)
    return item, warnings


def kept_product(product: dict[str, Any], warnings: list[Problem]) -> dict[str, Any]:
    """A product or group as it is stored; what was left out goes to the warnings."""
    product = dict(product)
    if product.get("title"):
        product["title"] = re.sub(r"\s+", " ", product["title"]).strip()
    if product.get("aspects"):
        product["aspects"] = _kept_aspects(product["aspects"], warnings)
        brand = next((product["aspects"][name] for name in _BRAND_NAMES if name in product["aspects"]), None)
        if brand and "variantSKUs" not in product:
            product.setdefault("brand", brand[0])
    pictures = product.get("imageUrls") or []
    if len(pictures) > MOST_PICTURES:
        warnings.append(Problem(25028, "pictures", {"field": "imageUrls"}))
        product["imageUrls"] = pictures[:MOST_PICTURES]
    return product


def _kept_aspects(aspects: dict[str, list[str]], warnings: list[Problem]) -> dict[str, list[str]]:
    kept: dict[str, list[str]] = {}
    for name, values in aspects.items():
        fitting = [value for value in values if len(value) <= LONGEST_VALUE]
        if len(fitting) < len(values):
            warnings.append(Problem(25028, "value", {"field": name}))
        if not fitting:
            continue
        if len(kept) == MOST_ASPECTS:
            warnings.append(Problem(25028, "aspects", {"field": name}))
            continue
        kept[name] = fitting
    return kept
