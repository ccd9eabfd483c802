"""From a draft that reading made to what the goods service takes. Pure.

An empty cell says nothing: what a product in use has stays. The person's defaults for stock and condition are for what
is new; they never overwrite what somebody counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlsplit

from kontor.catalog.gallery import MOST_PICTURES
from kontor.core.errors import Problem
from kontor.core.money import Money
from kontor.goods.checks import LONGEST_URL
from kontor.goods.imports.existing import Known
from kontor.goods.imports.mapping import ImportDefaults
from kontor.goods.reading import ProductDraft, VariantDraft
from kontor.goods.reading.fields import Field
from kontor.goods.reading.problems import problem
from kontor.goods.values import KEEP, Keep, PictureInput, ProductInput, VariantInput

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A draft on its way into the catalogue. `problems` are the listing's and stop nothing."""

    draft: ProductDraft
    input: ProductInput
    problems: tuple[Problem, ...]


def prepared(draft: ProductDraft, known: Known | None, defaults: ImportDefaults) -> Prepared:
    """What to ask of the goods service for `draft`, where it is new or means a product in use."""
    variants = tuple(
        _variant(variant, draft, is_new=known is None or variant.sku not in known.skus, defaults=defaults)
        for variant in draft.variants
    )
    if known and _is_one_of_many(draft, known):
        return Prepared(draft, ProductInput(variants=variants), draft.problems)
    pictures, problems = _pictures(draft)
    wanted = ProductInput(
        reference=draft.sku if known is None or known.reference == draft.sku else KEEP,
        title={defaults.language: draft.title},
        description=_unless_empty(
            {defaults.language: draft.description_html} if draft.description_html else {}
        ),
        language=defaults.language if known is None else KEEP,
        brand=_unless_empty(draft.brand),
        mpn=_unless_empty(draft.mpn),
        condition=_unless_empty(draft.condition or _condition(known, defaults)),
        category_hint=_unless_empty(draft.category_hint),
        aspects=_unless_empty(dict(draft.aspects)),
        option_names=draft.option_names if known is None else KEEP,
        variants=KEEP if known and _is_head_of_many(draft, known) else variants,
        pictures=_unless_empty(pictures),
    )
    return Prepared(draft, wanted, (*draft.problems, *problems))


def _is_one_of_many(draft: ProductDraft, known: Known) -> bool:
    """A row of one variant without its parent: it says nothing of the product as a whole."""
    return (
        not draft.option_names
        and len(known.skus) > 1
        and draft.sku in known.skus
        and draft.sku != known.reference
    )


def _is_head_of_many(draft: ProductDraft, known: Known) -> bool:
    """A parent's row without its variants: it is no article of its own."""
    return not draft.option_names and bool(known.skus) and draft.sku not in known.skus


def _condition(known: Known | None, defaults: ImportDefaults) -> str:
    return defaults.condition.value if known is None and defaults.condition else ""


def _variant(
    variant: VariantDraft, draft: ProductDraft, *, is_new: bool, defaults: ImportDefaults
) -> VariantInput:
    quantity = variant.quantity
    if quantity is None and is_new:
        quantity = defaults.quantity
    return VariantInput(
        sku=variant.sku,
        gtin=_unless_empty(variant.gtin),
        price=KEEP if variant.price_minor is None else Money(variant.price_minor, variant.currency),
        quantity=KEEP if quantity is None else quantity,
        weight_g=KEEP if variant.weight_g is None else variant.weight_g,
        options=_unless_empty(dict(zip(draft.option_names, variant.option_values, strict=False))),
        mpn=_unless_empty(variant.mpn),
        aspects=_unless_empty(dict(variant.aspects)),
    )


def _unless_empty(value: T) -> T | Keep:
    return value or KEEP


def _pictures(draft: ProductDraft) -> tuple[tuple[PictureInput, ...], list[Problem]]:
    """The product's pictures and its variants' own, as many as a listing may have."""
    problems = [
        problem("image.no_address", Field.IMAGE_URLS, value=url)
        for url in dict.fromkeys(_addresses(draft))
        if not is_fetchable(url)
    ]
    own = [url for url in draft.image_urls if is_fetchable(url)]
    if len(own) > MOST_PICTURES:
        problems.append(problem("image.too_many", Field.IMAGE_URLS, count=len(own), limit=MOST_PICTURES))
    pictures = [PictureInput(url=url) for url in own[:MOST_PICTURES]]
    pictures += [
        PictureInput(url=url, variant_sku=variant.sku)
        for variant in draft.variants
        for url in variant.image_urls[:MOST_PICTURES]
        if is_fetchable(url)
    ]
    return tuple(pictures), problems


def _addresses(draft: ProductDraft) -> Iterator[str]:
    yield from draft.image_urls
    for variant in draft.variants:
        yield from variant.image_urls


def is_fetchable(url: str) -> bool:
    """Whether the catalogue takes this as the address of a picture."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(parts.hostname) and len(url) <= LONGEST_URL
