"""From a property to the portal's document and back, by the rows of the table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from pydantic import ValidationError

from kontor.channels.contract.errors import Unreadable
from kontor.channels.contract.values import PropertyOut
from kontor.channels.immoscout24.mapping.kinds import (
    WORDS,
    kind_of,
    marketing_of,
    subtype_of,
    type_of,
    word_of,
)
from kontor.channels.immoscout24.mapping.row import Row, counts
from kontor.channels.immoscout24.mapping.rows import FIXED, ROWS, STANDARD
from kontor.channels.immoscout24.wire.document import (
    COMMON,
    REALESTATES,
    Document,
    Element,
    Leaves,
    first,
    ordered,
    written,
)
from kontor.channels.immoscout24.wire.order import NESTED, ORDERS
from kontor.properties.content import PropertyContent

CONTACT_SETTING: Final = "contact_id"
TYPE_FIELD: Final = "kind"


def rows_of(content: PropertyContent) -> Iterator[Row]:
    """The rows that count for a property; none where the portal has no type for it."""
    type_name = type_of(content)
    if type_name:
        yield from (row for row in ROWS if row.is_for(type_name) and row.is_marketed(content.marketing))


def leaves_of(listing: PropertyOut) -> Leaves:
    """What is sent for a property, before it is put in order."""
    content, type_name = listing.content, type_of(listing.content)
    leaves: dict[str, tuple[str, ...]] = {"externalId": (listing.reference,)}
    if contact := listing.settings.get(CONTACT_SETTING, ""):
        leaves["contact.@id"] = (contact,)
    for element, word in STANDARD.get(type_name, {}).items():
        leaves[element] = (word,)
    if word := word_of(type_name, content):
        leaves[WORDS[type_name].element] = (word,)
    for row in rows_of(content):
        texts = row.write(content)
        if texts:
            leaves[row.theirs] = texts
    for fixed in FIXED:
        element = fixed.theirs.partition(".")[0]
        if f"{element}.value" in leaves and fixed.is_for(type_name, content.marketing):
            leaves[fixed.theirs] = (fixed.text,)
    return leaves


def document_of(listing: PropertyOut) -> bytes:
    """The body of POST and PUT. Raises KeyError where the portal has no type for it: preflight says so before."""
    type_name = type_of(listing.content)
    root = Element(
        f"realestates:{type_name}",
        children=ordered(leaves_of(listing), ORDERS[type_name], NESTED),
        attributes=(("xmlns:realestates", REALESTATES), ("xmlns:common", COMMON)),
    )
    return written(root)


def values_of(type_name: str, leaves: Leaves) -> dict[str, Any]:
    """What an object says in our field names, as plain values; every row of its type, None for "not said"."""
    shown: dict[str, Any] = {TYPE_FIELD: type_name, "subtype": subtype_of(type_name, leaves)}
    for row in ROWS:
        if counts(row, type_name, leaves):
            shown.setdefault(row.ours, None)
            value = row.read(leaves)
            if value is not None:
                shown[row.ours] = _plain(value)
    return shown


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value.isoformat() if isinstance(value, date) else value


def content_of(document: Document) -> PropertyContent:
    """An object of the portal as a property, for taking it over. Raises Unreadable for a type that we have no kind for.

    Words that nobody knows are left out, and never stop it.
    """
    type_name, leaves = document.name, document.leaves
    kind = kind_of(type_name, leaves) if type_name in ORDERS else None
    if kind is None:
        raise Unreadable(f"Kontor has no kind for the portal's {type_name}")
    found: dict[str, Any] = {
        "reference": first(leaves, "externalId"),
        "kind": kind,
        "subtype": subtype_of(type_name, leaves),
        "marketing": marketing_of(type_name, leaves),
        "auction.is_compulsory": True if type_name == "compulsoryAuction" else None,
    }
    for row in ROWS:
        if counts(row, type_name, leaves) and (value := row.read(leaves)) is not None:
            for field, each in row.fills(value).items():
                said = found.get(field)
                found[field] = (*said, *each) if isinstance(said, tuple) else each
    return _valid(found)


def _valid(found: Mapping[str, Any]) -> PropertyContent:
    """Without what our fields can't hold."""
    left = dict(found)
    while True:
        try:
            return PropertyContent.model_validate(_nested(left))
        except ValidationError as error:
            places = {".".join(map(str, each["loc"])) for each in error.errors(include_url=False)}
            refused = [name for name in left if any(f"{each}.".startswith(f"{name}.") for each in places)]
            if not refused:
                raise Unreadable("The portal's object can't be read") from error
            for name in refused:
                del left[name]


def _nested(found: Mapping[str, Any]) -> dict[str, Any]:
    nested: dict[str, Any] = {}
    for field, value in found.items():
        if value is None:
            continue
        *sections, name = field.split(".")
        here = nested
        for section in sections:
            here = here.setdefault(section, {})
        here[name] = value
    return nested
