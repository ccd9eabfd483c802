"""What a product may be, whatever the channel: limits, forms, arithmetic. Every problem at once. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from stdnum import ean

from kontor.catalog.gallery import MOST_PICTURES
from kontor.core.errors import Problem
from kontor.core.money import CURRENCIES
from kontor.goods.content import ProductContent, VariantContent

LONGEST_TITLE: Final = 500  # channels take less, and say so before anything is sent
LONGEST_DESCRIPTION: Final = 500_000
LONGEST_REFERENCE: Final = 100
LONGEST_BRAND: Final = 120
LONGEST_OPTION: Final = 100
LONGEST_URL: Final = 2_000
MOST_VARIANTS: Final = 250
MOST_OPTIONS: Final = 3
MOST_ASPECTS: Final = 100
MOST_PICTURES_IN_ALL: Final = 1_000
HIGHEST_PRICE_MINOR: Final = 10**13
MOST_STOCK: Final = 2_000_000_000
HEAVIEST_G: Final = 100_000_000
STATUSES: Final = frozenset({"draft", "active"})


def check(content: ProductContent, counted: Mapping[UUID, int]) -> tuple[Problem, ...]:
    """Errors keep it from being saved, warnings do not; fields are dotted paths (`variants.0.price`)."""
    found = [*_texts(content), *_product(content), *_options(content), *_pictures(content)]
    for index, variant in enumerate(content.variants):
        found += _variant(f"variants.{index}", variant, counted.get(variant.id))
    return tuple(found)


def errors(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Those that keep it from being saved."""
    return tuple(problem for problem in problems if problem.severity == "error")


def _texts(content: ProductContent) -> Iterator[Problem]:
    if not content.headline:
        yield Problem("goods.title.missing", "A title is needed", "title")
    for language, title in content.title.items():
        yield from _length("title", f"title.{language}", title, LONGEST_TITLE)
    for language, description in content.description.items():
        yield from _length("description", f"description.{language}", description, LONGEST_DESCRIPTION)
    for language in {*content.title, *content.description, content.language}:
        if not (2 <= len(language) <= 5 and language.replace("-", "").isalpha()):
            yield Problem(
                "goods.language", f"{language} is not a language code", "language", {"value": language}
            )


def _product(content: ProductContent) -> Iterator[Problem]:
    if content.status not in STATUSES:
        yield Problem("goods.status", "A product is a draft or active", "status", {"value": content.status})
    if not content.reference:
        yield Problem("goods.reference.missing", "An article number (SKU) is needed", "reference")
    yield from _length("reference", "reference", content.reference, LONGEST_REFERENCE)
    yield from _length("brand", "brand", content.brand, LONGEST_BRAND)
    yield from _length("mpn", "mpn", content.mpn, LONGEST_REFERENCE)
    yield from _length("condition", "condition", content.condition, 30)
    yield from _length("category_hint", "category_hint", content.category_hint, 300)
    if not content.variants:
        yield Problem("goods.variants.missing", "At least one variant is needed", "variants")
    yield from _count("variants", len(content.variants), MOST_VARIANTS)
    yield from _count("aspects", len(content.aspects), MOST_ASPECTS)
    for sku, times in Counter(variant.sku for variant in content.variants).items():
        if sku and times > 1:
            yield Problem(
                "goods.sku.twice", f"{sku} stands {times} times in this product", "variants", {"sku": sku}
            )


def _options(content: ProductContent) -> Iterator[Problem]:
    yield from _count("option_names", len(content.option_names), MOST_OPTIONS)
    if len(content.variants) > 1:
        seen: dict[tuple[tuple[str, str], ...], str] = {}
        for index, variant in enumerate(content.variants):
            missing = [name for name in content.option_names if name not in dict(variant.options)]
            for name in missing:
                yield Problem(
                    "goods.option.missing", f"{variant.sku} has no {name}", f"variants.{index}.options.{name}",
                    {"sku": variant.sku, "option": name}, severity="warning",
                )  # fmt: skip
            other = seen.setdefault(variant.options, variant.sku)
            if other != variant.sku and not missing:
                yield Problem(
                    "goods.option.same", f"{variant.sku} has the same options as {other}",
                    f"variants.{index}.options", {"sku": variant.sku, "other": other}, severity="warning",
                )  # fmt: skip
    for index, variant in enumerate(content.variants):
        for name, value in variant.options:
            yield from _length("option", f"variants.{index}.options.{name}", value, LONGEST_OPTION)


def _variant(field: str, variant: VariantContent, counted: int | None) -> Iterator[Problem]:
    if not variant.sku:
        yield Problem("goods.sku.missing", "An article number (SKU) is needed", f"{field}.sku")
    yield from _length("sku", f"{field}.sku", variant.sku, LONGEST_REFERENCE)
    yield from _length("mpn", f"{field}.mpn", variant.mpn, LONGEST_REFERENCE)
    yield from _count("aspects", len(variant.aspects), MOST_ASPECTS, f"{field}.aspects")
    if variant.gtin and not is_gtin(variant.gtin):
        yield Problem(
            "goods.gtin.wrong", f"{variant.gtin} is not a GTIN: the check digit does not fit", f"{field}.gtin",
            {"value": variant.gtin, "sku": variant.sku},
        )  # fmt: skip
    if variant.price is not None:
        if variant.price.currency not in CURRENCIES:
            yield Problem(
                "goods.currency.unknown", f"{variant.price.currency} is not a currency (ISO 4217)",
                f"{field}.currency", {"value": variant.price.currency},
            )  # fmt: skip
        if not 0 <= variant.price.minor <= HIGHEST_PRICE_MINOR:
            yield Problem("goods.price.range", "A price can't be negative or this high", f"{field}.price")
    if counted is not None and not 0 <= counted <= MOST_STOCK:
        yield Problem(
            "goods.stock.range",
            "Stock can't be negative or this high",
            f"{field}.quantity",
            {"value": counted},
        )
    if variant.weight_g is not None and not 0 <= variant.weight_g <= HEAVIEST_G:
        yield Problem("goods.weight.range", "A weight can't be negative or this high", f"{field}.weight_g")


def is_gtin(value: str) -> bool:
    """Whether these are 8, 12, 13 or 14 digits with a fitting check digit."""
    return len(value) in (8, 12, 13, 14) and value.isascii() and bool(ean.is_valid(value))


def _pictures(content: ProductContent) -> Iterator[Problem]:
    own = sum(not picture.variant_sku for picture in content.pictures)
    yield from _count("pictures", own, MOST_PICTURES)
    yield from _count("pictures", len(content.pictures) - own, MOST_PICTURES_IN_ALL)
    for index, picture in enumerate(content.pictures):
        if picture.url and not _is_web_address(picture.url):
            yield Problem(
                "goods.picture.address", f"{picture.url[:120]} is not a web address", f"pictures.{index}",
                {"value": picture.url[:300]},
            )  # fmt: skip


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and len(url) <= LONGEST_URL


def _length(name: str, field: str, value: str, limit: int) -> Iterator[Problem]:
    if len(value) > limit:
        yield Problem(
            f"goods.{name}.too_long", f"{len(value)} characters; {limit} are allowed", field,
            {"length": len(value), "limit": limit},
        )  # fmt: skip


def _count(name: str, count: int, limit: int, field: str = "") -> Iterator[Problem]:
    if count > limit:
        yield Problem(
            f"goods.{name}.too_many", f"{count}; at most {limit} are allowed", field or name,
            {"count": count, "limit": limit},
        )  # fmt: skip
