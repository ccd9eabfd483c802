"""What a single field must be: there where the type demands it, short enough, without markup, in euros."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kontor.channels.contract.values import PropertyOut
from kontor.channels.immoscout24.limits import REFERENCE_LENGTH
from kontor.channels.immoscout24.mapping.countries import ALPHA3, HOME
from kontor.channels.immoscout24.mapping.kinds import SITES
from kontor.channels.immoscout24.mapping.listing import rows_of
from kontor.channels.immoscout24.mapping.row import Row
from kontor.core.errors import Problem
from kontor.properties.content import PropertyContent

_MARKUP: Final = re.compile(r"<[!/?a-zA-Z][^>]*>")
_GERMAN_POSTCODE: Final = re.compile(r"[0-9]{5}")
_SMALLEST_ROOMS: Final = 2
_WITHOUT_HOUSE_NUMBER: Final = SITES | {"garageRent", "garageBuy"}


def no_type(content: PropertyContent) -> Problem:
    """Which of the two is to blame."""
    if content.kind is None:
        return Problem("immoscout24.kind.missing", "Say what kind of property it is", "kind")
    if content.marketing is None:
        return Problem("immoscout24.marketing.missing", "Say whether it is let or sold", "marketing")
    return Problem(
        "immoscout24.marketing.not_offered",
        "ImmobilienScout24 has no place for this kind of property with this way of marketing",
        "marketing",
        {"kind": content.kind.value, "marketing": content.marketing.value},
    )


def problems(listing: PropertyOut, type_name: str) -> Iterator[Problem]:
    """Row by row, then what several fields say together."""
    content = listing.content
    for row in rows_of(content):
        if problem := _row(row, content, type_name):
            yield problem
    if len(listing.reference) > REFERENCE_LENGTH:
        yield _too_long("reference", len(listing.reference), REFERENCE_LENGTH)
    if content.prices.currency != "EUR":
        yield Problem(
            "immoscout24.prices.currency",
            "ImmobilienScout24 takes euros only",
            "prices.currency",
            {"currency": content.prices.currency},
        )
    yield from _address(content, type_name)


def _row(row: Row, content: PropertyContent, type_name: str) -> Problem | None:
    value = row.value(content)
    if value in (None, "", ()):
        return _missing(row.ours) if type_name in row.required else None
    if isinstance(value, str):
        if row.form.most is not None and len(value) > row.form.most:
            return _too_long(row.ours, len(value), row.form.most)
        if _MARKUP.search(value):
            return Problem("immoscout24.field.markup", "ImmobilienScout24 takes plain text only", row.ours)
    if row.theirs == "flatShareSize" and value < _SMALLEST_ROOMS:
        return Problem("immoscout24.rooms.too_few", "A shared flat has at least two rooms", row.ours)
    if not row.write(content):
        return Problem(
            "immoscout24.field.no_word",
            "ImmobilienScout24 has no word for this: it is left out",
            row.ours,
            {"value": str(value)},
            severity="warning",
        )
    return None


def _address(content: PropertyContent, type_name: str) -> Iterator[Problem]:
    address = content.address
    if address.country != HOME:
        if address.country not in ALPHA3:
            yield Problem(
                "immoscout24.address.country.unknown",
                "Kontor can't name this country at ImmobilienScout24",
                "address.country",
                {"country": address.country},
            )
        return
    if address.postal_code and not _GERMAN_POSTCODE.fullmatch(address.postal_code):
        yield Problem(
            "immoscout24.address.postal_code.not_german",
            "A German postal code has five digits",
            "address.postal_code",
        )
    has_place = address.latitude is not None and address.longitude is not None
    if not address.street and not (type_name in SITES and has_place):
        yield _missing("address.street")
    if not address.house_number and type_name not in _WITHOUT_HOUSE_NUMBER:
        yield _missing("address.house_number")


def _missing(field: str) -> Problem:
    return Problem("immoscout24.field.missing", f"{field} is missing", field)


def _too_long(field: str, length: int, limit: int) -> Problem:
    return Problem(
        "immoscout24.field.too_long",
        f"{field} has {length} characters, {limit} are allowed",
        field,
        {"length": length, "limit": limit},
    )
