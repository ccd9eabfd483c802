"""Compares what the file said with what eBay really shows. The yardstick is the file, not our database.

What our own read-back knows a reason for is taken over with it; anything else has none, and fails the run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kontor.catalog import text
from kontor.channels.connections.pricing import PriceRule, RoundTo, apply
from kontor.channels.ebay.mapping.conditions import candidates
from kontor.core.money import Money
from kontor.goods import words
from kontor.goods.reading import ProductDraft
from kontor.goods.reading.values import VariantDraft

OPEN = ("ACTIVE", "OUT_OF_STOCK")
TRANSLATED = "aspect.translated"


@dataclass(frozen=True, slots=True)
class Meant:
    """One listing as it should be: the draft, its SKUs on eBay, and the reasons our read-back gave."""

    draft: ProductDraft
    skus: Mapping[str, str]
    reasons: Mapping[tuple[str, str], str]  # (merchant's SKU, field) -> code
    pictures: int


def open_listings(seller: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """What buyers see, by each SKU on eBay."""
    return {sku: row for row in seller["listings"] if row["status"] in OPEN for sku in row["skus"]}


def differences(
    meant: Meant, shown: Mapping[str, Any], rates: Mapping[str, str], sold: Mapping[str, int]
) -> list[dict[str, Any]]:
    """Each field that reads otherwise than the file means it; `sold` are pieces by SKU on eBay that went since."""
    found = [*_of_listing(meant, shown), *_of_variants(meant, shown, rates, sold)]
    return [
        {
            "sku": sku,
            "field": field,
            "sent": sent,
            "found": seen,
            "reason": reason or _reason(meant, sku, field),
        }
        for sku, field, sent, seen, reason in found
        if sent != seen
    ]


Row = tuple[str, str, Any, Any, str]


def _of_listing(meant: Meant, shown: Mapping[str, Any]) -> Iterator[Row]:
    draft = meant.draft
    yield draft.sku, "title", text.line(draft.title), shown["title"], ""
    yield draft.sku, "description_html", text.html(draft.description_html), shown["description"], ""
    seen = shown["condition"]
    yield draft.sku, "condition", seen if seen in candidates(draft.condition) else draft.condition, seen, ""
    yield draft.sku, "image_urls", meant.pictures, shown["picture_count"], ""
    if draft.brand:
        yield draft.sku, "brand", draft.brand, (shown["variations"][0]["brand"] or ""), ""


def _of_variants(
    meant: Meant, shown: Mapping[str, Any], rates: Mapping[str, str], sold: Mapping[str, int]
) -> Iterator[Row]:
    by_sku = {row["sku"]: row for row in shown["variations"]}
    for variant in meant.draft.variants:
        theirs = meant.skus.get(variant.sku, "")
        row = by_sku.get(theirs)
        if row is None:
            yield variant.sku, "sku", theirs, "", ""
            continue
        yield variant.sku, "price", _price(variant, rates), row["price"], ""
        yield variant.sku, "currency", "EUR", row["currency"], ""
        yield (
            variant.sku,
            "quantity",
            max((variant.quantity or 0) - sold.get(theirs, 0), 0),
            row["quantity"],
            "",
        )
        if variant.gtin:
            yield variant.sku, "gtin", variant.gtin.zfill(13), (row["ean"] or [""])[0].zfill(13), ""
        yield from _options(meant.draft, variant, row)


def _options(draft: ProductDraft, variant: VariantDraft, row: Mapping[str, Any]) -> Iterator[Row]:
    """eBay knows options by the category's words: "Color: Black" may read "Farbe: Schwarz", and "dunkelblau" be a "Blau"."""
    if len(draft.variants) < 2:
        return
    seen = [value for values in row["aspects"].values() for value in values]
    options = zip(draft.option_names, variant.option_values, strict=True)
    for number, (name, value) in enumerate(options, start=1):
        if value in seen:
            continue
        translated = words.match(value, seen, name)
        yield (
            variant.sku,
            f"option{number}_value",
            value,
            translated or "",
            TRANSLATED if translated else "",
        )


def _price(variant: VariantDraft, rates: Mapping[str, str]) -> str:
    if variant.price_minor is None:
        return ""
    rule = PriceRule({code: Decimal(rate) for code, rate in rates.items()}, Decimal(0), RoundTo.NONE)
    price = apply(rule, Money(variant.price_minor, variant.currency), "EUR")
    return str(price.amount) if price else ""


def _reason(meant: Meant, sku: str, field: str) -> str:
    return meant.reasons.get((sku, field), "") or meant.reasons.get((meant.draft.sku, field), "")
