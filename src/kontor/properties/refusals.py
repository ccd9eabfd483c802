"""What keeps a property from being saved. Little does: what an ad lacks, `checks` says, and it can still be kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from kontor.core.errors import Problem
from kontor.core.money import CURRENCIES
from kontor.properties.content import PropertyContent

LONGEST_URL: Final = 2_000
_IN_USE: Final = frozenset({"draft", "active"})


def refusals(content: PropertyContent) -> tuple[Problem, ...]:
    """Everything that would have to be otherwise, at once; fields are dotted paths (`pictures.0.url`)."""
    return (*_itself(content), *_addresses(content))


def _itself(content: PropertyContent) -> Iterator[Problem]:
    if not content.reference:
        yield Problem("properties.reference.missing", "A number of your own is needed", "reference")
    if content.status not in _IN_USE:
        yield Problem(
            "properties.status", "A property is a draft or active", "status", {"value": content.status}
        )
    if content.prices.currency not in CURRENCIES:
        yield Problem(
            "properties.currency.unknown", f"{content.prices.currency} is not a currency (ISO 4217)",
            "prices.currency", {"value": content.prices.currency},
        )  # fmt: skip


def _addresses(content: PropertyContent) -> Iterator[Problem]:
    for index, picture in enumerate(content.pictures):
        field = f"pictures.{index}"
        if bool(picture.url) == bool(picture.media_id):
            yield Problem(
                "properties.picture.source", "A picture is either stored already or has an address", field
            )
        elif picture.url:
            yield from _web_address(f"{field}.url", picture.url)
    for index, document in enumerate(content.documents):
        if document.url:
            yield from _web_address(f"documents.{index}.url", document.url)
    for index, link in enumerate(content.links):
        yield from _web_address(f"links.{index}.url", link.url)


def _web_address(field: str, url: str) -> Iterator[Problem]:
    if not is_web_address(url):
        yield Problem(
            "properties.address.wrong", f"{url[:120]} is not a web address", field, {"value": url[:300]}
        )


def is_web_address(url: str) -> bool:
    """Whether this leads to a page: http or https, and a host."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and len(url) <= LONGEST_URL
