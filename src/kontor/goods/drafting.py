"""From a draft to the content that it asks for: cleaned, and laid over what is there. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, TypeVar
from uuid import UUID

from kontor.catalog import text
from kontor.catalog.gallery import PictureSpec
from kontor.core.identifiers import uuid7
from kontor.goods.content import ProductContent, VariantContent
from kontor.goods.values import Keep, PictureInput, ProductInput, VariantInput

T = TypeVar("T")


class Lay(Enum):
    """How a draft lies over what is there."""

    REPLACE = "replace"  # a form: what it gives replaces the whole field
    ADD = "add"  # a file: languages, aspects and variants that it does not name stay


@dataclass(frozen=True, slots=True)
class Drafted:
    """The content that a draft asks for, and the stock that was counted, by variant id."""

    content: ProductContent
    counted: Mapping[UUID, int]


def drafted(current: ProductContent | None, draft: ProductInput, lay: Lay) -> Drafted:
    """The draft over `current` (None: a new product). Nothing is judged here: see `checks`."""
    base = current or ProductContent()
    title = _over(base.title, _texts(draft.title, text.line), lay)
    variants, counted = _variants(base, draft, lay)
    option_names = _option_names(base, draft)
    content = ProductContent(
        reference=_line(draft.reference, base.reference) or (variants[0].sku if len(variants) == 1 else ""),
        status=_line(draft.status, base.status),
        language=_line(draft.language, base.language) or "de",
        title=title,
        description=_over(base.description, _texts(draft.description, text.html), lay),
        brand=_line(draft.brand, base.brand),
        mpn=_line(draft.mpn, base.mpn),
        condition=_line(draft.condition, base.condition),
        category_hint=_line(draft.category_hint, base.category_hint),
        category=_over(base.category, _category(draft.category), lay),
        aspects=_over(base.aspects, _aspects(draft.aspects), lay),
        option_names=option_names,
        variants=tuple(_in_order(variant, option_names) for variant in variants),
        pictures=base.pictures if isinstance(draft.pictures, Keep) else _pictures(draft.pictures),
    )
    if current is None and not content.variants and content.reference:
        content = _with_one_variant(content)
    return Drafted(content, counted)


def _with_one_variant(content: ProductContent) -> ProductContent:
    return ProductContent(
        **{name: getattr(content, name) for name in content.__slots__ if name != "variants"},
        variants=(VariantContent(uuid7(), content.reference),),
    )


def _line(value: str | Keep, kept: str) -> str:
    return kept if isinstance(value, Keep) else text.line(value)


def _over(base: Mapping[str, T], given: Mapping[str, T] | Keep, lay: Lay) -> Mapping[str, T]:
    if isinstance(given, Keep):
        return base
    return {**base, **given} if lay is Lay.ADD else given


def _texts(given: Mapping[str, str] | Keep, clean: Any) -> Mapping[str, str] | Keep:
    if isinstance(given, Keep):
        return given
    cleaned = ((language, clean(value)) for language, value in given.items())
    return {language: value for language, value in cleaned if value}


def _category(given: Mapping[str, Mapping[str, Any]] | Keep) -> Mapping[str, Mapping[str, Any]] | Keep:
    if isinstance(given, Keep):
        return given
    return {marketplace: dict(choice) for marketplace, choice in given.items()}


def _aspects(given: Mapping[str, tuple[str, ...]] | Keep) -> Mapping[str, tuple[str, ...]] | Keep:
    if isinstance(given, Keep):
        return given
    cleaned = {
        text.line(name): tuple(value for raw in values if (value := text.line(raw)))
        for name, values in given.items()
    }
    return {name: values for name, values in cleaned.items() if name and values}


def _pictures(given: tuple[PictureInput, ...]) -> tuple[PictureSpec, ...]:
    """In the order given; the same picture twice stands once, where it came first."""
    specs = (
        PictureSpec("" if each.media_id else text.line(each.url), each.media_id, text.line(each.variant_sku))
        for each in given
    )
    return tuple({spec.key: spec for spec in specs if spec.url or spec.media_id}.values())


def _option_names(base: ProductContent, draft: ProductInput) -> tuple[str, ...]:
    if not isinstance(draft.option_names, Keep):
        return tuple(dict.fromkeys(name for raw in draft.option_names if (name := text.line(raw))))
    names = list(base.option_names)
    if not isinstance(draft.variants, Keep):
        names += [
            text.line(name)
            for variant in draft.variants
            if not isinstance(variant.options, Keep)
            for name, value in variant.options.items()
            if text.line(value)
        ]
    return tuple(dict.fromkeys(names))


def _variants(
    base: ProductContent, draft: ProductInput, lay: Lay
) -> tuple[list[VariantContent], dict[UUID, int]]:
    if isinstance(draft.variants, Keep):
        return list(base.variants), {}
    by_id = {variant.id: variant for variant in base.variants}
    by_sku = {variant.sku: variant for variant in base.variants}
    laid: dict[UUID, VariantContent] = dict(by_id) if lay is Lay.ADD else {}
    counted: dict[UUID, int] = {}
    for given in draft.variants:
        sku = text.line(given.sku)
        known = (by_id.get(given.id) if given.id else None) or by_sku.get(sku) or VariantContent(uuid7(), sku)
        variant = _variant(_without_shared(known, draft) if lay is Lay.ADD else known, given, sku)
        while variant.id in laid and lay is Lay.REPLACE:  # one SKU twice: both stay visible to the checks
            variant = VariantContent(uuid7(), sku)
        laid[variant.id] = variant
        if not isinstance(given.quantity, Keep):
            counted[variant.id] = given.quantity
    return list(laid.values()), counted


def _without_shared(known: VariantContent, draft: ProductInput) -> VariantContent:
    """What a file now says of the product as a whole is no longer the variant's own."""
    shared = set() if isinstance(draft.aspects, Keep) else {text.line(name) for name in draft.aspects}
    return replace(
        known,
        mpn=known.mpn if isinstance(draft.mpn, Keep) else "",
        aspects={name: values for name, values in known.aspects.items() if name not in shared},
    )


def _variant(known: VariantContent, given: VariantInput, sku: str) -> VariantContent:
    options = known.options
    if not isinstance(given.options, Keep):
        pairs = ((text.line(name), text.line(value)) for name, value in given.options.items())
        options = tuple((name, value) for name, value in pairs if name and value)
    return VariantContent(
        id=known.id,
        sku=sku or known.sku,
        gtin=known.gtin if isinstance(given.gtin, Keep) else _digits(given.gtin),
        price=known.price if isinstance(given.price, Keep) else given.price,
        weight_g=known.weight_g if isinstance(given.weight_g, Keep) else given.weight_g,
        options=options,
        mpn=_line(given.mpn, known.mpn),
        aspects=_over(known.aspects, _aspects(given.aspects), Lay.REPLACE),
    )


def _in_order(variant: VariantContent, names: tuple[str, ...]) -> VariantContent:
    """Options as the product's option names have them; those that the product no longer has fall away."""
    values = dict(variant.options)
    options = tuple((name, values[name]) for name in names if name in values)
    if options == variant.options:
        return variant
    return replace(variant, options=options)


def _digits(gtin: str) -> str:
    return text.line(gtin).replace(" ", "").replace("-", "")
