"""SKU, price, quantity and options of each variant, and how they stand to each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stdnum import ean

from kontor.channels.contract.values import CategoryRules, GoodsOut, VariantOut
from kontor.channels.ebay.manifest import MANIFEST
from kontor.channels.ebay.mapping.identifiers import is_fit
from kontor.channels.ebay.preflight.attributes import VALUE_LENGTH, is_listed, not_listed
from kontor.core.errors import Problem

VARIANTS: Final = 250
OPTIONS: Final = 5


def variant_problems(listing: GoodsOut, rules: CategoryRules | None) -> Iterator[Problem]:
    """One problem per variant and field; a group's own rules at the end."""
    currency = MANIFEST.marketplace(listing.marketplace).currency
    met: set[str] = set()
    for variant in listing.variants:
        yield from _sku_problems(variant, met)
        yield from _price_problems(listing, variant, currency)
        if variant.quantity < 0:
            yield _of(variant, "ebay.quantity.negative", "The quantity is below zero", "quantity")
        if variant.gtin and not ean.is_valid(variant.gtin):
            yield _of(
                variant,
                "ebay.gtin.invalid",
                f"The check digit of {variant.gtin} is wrong",
                "gtin",
                value=variant.gtin,
            )
    # eBay starts no listing without stock; one that is live goes on as "out of stock".
    is_live = bool(listing.bound.get("listing_id"))
    if not is_live and not any(variant.quantity > 0 for variant in listing.variants):
        yield Problem("ebay.quantity.missing", "There is nothing in stock to sell", "quantity", fix="stock")
    if listing.is_group:
        yield from _group_problems(listing, rules)


def _sku_problems(variant: VariantOut, met: set[str]) -> Iterator[Problem]:
    if not is_fit(variant.sku):
        yield _of(variant, "ebay.sku.form", "eBay takes only letters and digits in a SKU, at most 50", "sku")
    if variant.sku in met:
        yield _of(variant, "ebay.sku.duplicate", "Two variants have the same SKU", "sku")
    met.add(variant.sku)


def _price_problems(listing: GoodsOut, variant: VariantOut, currency: str) -> Iterator[Problem]:
    price = variant.price
    if price is None and listing.source_currency and listing.source_currency != currency:
        yield _of(
            variant,
            "ebay.currency.no_rule",
            f"Prices are in {listing.source_currency}, the marketplace takes {currency}: a price rule is missing",
            "currency",
            "connection:price_rule",
            found=listing.source_currency,
            wanted=currency,
        )
    elif price is None:
        yield _of(variant, "ebay.price.missing", "The price is missing", "price", "price")
    elif price.minor <= 0:
        yield _of(variant, "ebay.price.too_low", "The price must be above zero", "price", "price")
    elif price.currency != currency:
        yield _of(
            variant,
            "ebay.currency.wrong",
            f"The marketplace takes {currency}, not {price.currency}",
            "currency",
            "connection:price_rule",
            found=price.currency,
            wanted=currency,
        )


def _group_problems(listing: GoodsOut, rules: CategoryRules | None) -> Iterator[Problem]:
    count = len(listing.variants)
    if rules is not None and rules.is_leaf and not rules.variations_allowed:
        yield Problem(
            "ebay.variants.not_allowed",
            f"The category {rules.name} takes no listings with variants",
            "parent_sku",
            {"category": rules.name},
            "category",
        )
    if count > VARIANTS:
        yield Problem(
            "ebay.variants.too_many",
            f"There are {count} variants, {VARIANTS} are allowed",
            "parent_sku",
            {"count": count, "limit": VARIANTS},
        )
    if not listing.option_names:
        yield Problem("ebay.option.none", "Nothing says how the variants differ", "option1_name")
    if len(listing.option_names) > OPTIONS:
        yield Problem(
            "ebay.option.too_many",
            f"There are {len(listing.option_names)} options, {OPTIONS} are allowed",
            "option1_name",
            {"count": len(listing.option_names), "limit": OPTIONS},
        )
    for place, name in enumerate(listing.option_names, start=1):
        yield from _option_problems(listing, rules, name, place)
    yield from _duplicates(listing)


def _option_problems(
    listing: GoodsOut, rules: CategoryRules | None, name: str, place: int
) -> Iterator[Problem]:
    rule = next((each for each in rules.aspects if each.name == name), None) if rules else None
    if rule is not None and not rule.for_variants:
        yield Problem(
            "ebay.option.not_for_variants",
            f"In this category variants can't differ by {name}",
            f"option{place}_name",
            {"option": name},
            "category",
        )
    limit = rule.max_length if rule else VALUE_LENGTH
    for variant in listing.variants:
        value, field = variant.options.get(name, "").strip(), f"option{place}_value"
        if not value:
            yield _of(variant, "ebay.option.missing", f"{name} is missing", field, option=name)
        elif len(value) > limit:
            yield _of(
                variant,
                "ebay.option.too_long",
                f"{name} has {len(value)} characters, {limit} are allowed",
                field,
                option=name,
                length=len(value),
                limit=limit,
            )
        elif rule is not None and not is_listed(rule, value):
            yield not_listed(rule, value, field, "", variant.merchant_sku)


def _duplicates(listing: GoodsOut) -> Iterator[Problem]:
    met: dict[tuple[str, ...], VariantOut] = {}
    for variant in listing.variants:
        combination = tuple(variant.options.get(name, "").strip().casefold() for name in listing.option_names)
        first = met.setdefault(combination, variant)
        if first is not variant and any(combination):
            yield _of(
                variant,
                "ebay.option.duplicate",
                f"This combination is the same as that of {first.merchant_sku}",
                "option1_value",
                other=first.merchant_sku,
            )


def _of(variant: VariantOut, code: str, message: str, field: str, fix: str = "", **params: object) -> Problem:
    return Problem(code, message, field, {"sku": variant.merchant_sku, **params}, fix)
