"""Texts, brand and pictures of the listing as a whole."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kontor.channels.contract.fields import FieldMap
from kontor.channels.contract.values import GoodsOut, Picture
from kontor.channels.ebay.mapping.goods import PICTURES_PER_LISTING, PICTURES_PER_VARIANT
from kontor.core.errors import Problem

TITLE_LENGTH: Final = 80
DESCRIPTION_LENGTH: Final = 500_000
PICTURE_SIDE_PIXELS: Final = 500
"""Of the longer side, at least (eBay's picture policy)."""

FIELDS: Final[tuple[FieldMap[GoodsOut], ...]] = (
    FieldMap("title", "product.title", lambda goods: goods.title.strip(), required=True, max_length=80),
    FieldMap(
        "description_html", "listingDescription", lambda goods: goods.description_html, max_length=500_000
    ),
    FieldMap("brand", "product.brand", lambda goods: goods.brand, max_length=65),
)
"""Flat fields with a rule of their own: ours, theirs, what is demanded."""


def content_problems(listing: GoodsOut) -> Iterator[Problem]:
    """Flat fields, a description that says something, usable pictures."""
    for row in FIELDS:
        problem = row.check(listing, "ebay")
        if problem is not None:
            yield problem
    if not _says_something(listing.description_html):
        yield Problem("ebay.description_html.missing", "A description is missing", "description_html")
    yield from _picture_problems(listing)


def _says_something(description_html: str) -> bool:
    return bool(html.unescape(re.sub(r"<[^>]*>", "", description_html)).strip())


def _picture_problems(listing: GoodsOut) -> Iterator[Problem]:
    shown = {picture.sha256: picture for picture in listing.pictures}
    for variant in listing.variants:
        shown |= {picture.sha256: picture for picture in variant.pictures}
    # A picture that could not be had stops a listing only where no other is left.
    severity = "warning" if shown else "error"
    yield from (replace(problem, severity=severity) for problem in listing.picture_problems)
    if not shown:
        yield Problem("ebay.image_urls.missing", "At least one picture is needed", "image_urls", fix="media")
    small = [picture for picture in shown.values() if _is_small(picture)]
    for picture in small:
        yield Problem(
            "ebay.image_urls.too_small",
            f"A picture has {picture.width} x {picture.height} pixels, the longer side needs {PICTURE_SIDE_PIXELS}",
            "image_urls",
            {
                "width": picture.width,
                "height": picture.height,
                "limit": PICTURE_SIDE_PIXELS,
                "picture": picture.sha256,
            },
            "media",
        )
    if len(shown) > PICTURES_PER_LISTING:
        yield _too_many(len(shown), PICTURES_PER_LISTING)
    for variant in listing.variants:
        if listing.is_group and len(variant.pictures) > PICTURES_PER_VARIANT:
            yield _too_many(len(variant.pictures), PICTURES_PER_VARIANT, variant.merchant_sku)


def _is_small(picture: Picture) -> bool:
    return 0 < max(picture.width, picture.height) < PICTURE_SIDE_PIXELS


def _too_many(count: int, limit: int, sku: str = "") -> Problem:
    params = {"count": count, "limit": limit} | ({"sku": sku} if sku else {})
    return Problem(
        "ebay.image_urls.too_many",
        f"There are {count} pictures, eBay shows the first {limit}",
        "image_urls",
        params,
        "media",
        "warning",
    )
