"""How many pictures, of which kind, with which titles."""

from __future__ import annotations

from collections.abc import Iterator

from kontor.channels.contract.values import PropertyOut
from kontor.channels.immoscout24.limits import FILES, PICTURE_TITLE_LENGTH, PICTURE_TYPES
from kontor.core.errors import Problem


def problems(listing: PropertyOut) -> Iterator[Problem]:
    """Also what kept a picture from being made ready for the portal."""
    yield from listing.picture_problems
    count = len(listing.pictures)
    if count > FILES:
        yield Problem(
            "immoscout24.pictures.too_many",
            f"{count} pictures, {FILES} are allowed",
            "pictures",
            {"count": count, "limit": FILES},
        )
    for place, each in enumerate(listing.pictures):
        if each.picture.content_type not in PICTURE_TYPES:
            yield Problem(
                "immoscout24.pictures.type",
                "ImmobilienScout24 takes JPEG and PNG",
                f"pictures.{place}",
                {"content_type": each.picture.content_type},
            )
        if len(each.title) > PICTURE_TITLE_LENGTH:
            yield Problem(
                "immoscout24.pictures.title_cut",
                f"A picture's title has {PICTURE_TITLE_LENGTH} characters there: the rest is cut off",
                f"pictures.{place}.title",
                {"length": len(each.title), "limit": PICTURE_TITLE_LENGTH},
                severity="warning",
            )
