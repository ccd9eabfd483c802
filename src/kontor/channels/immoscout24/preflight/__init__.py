"""Everything that the portal would refuse, at once: it names only its first problem itself. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from kontor.channels.contract.values import PropertyOut
from kontor.channels.immoscout24.mapping.kinds import type_of
from kontor.channels.immoscout24.preflight import energy, fields, pictures
from kontor.core.errors import Problem


def problems_of(listing: PropertyOut) -> tuple[Problem, ...]:
    """All problems with our field names; a property that the portal has no type for has that one alone."""
    return tuple(_problems(listing))


def _problems(listing: PropertyOut) -> Iterator[Problem]:
    content = listing.content
    type_name = type_of(content)
    if not type_name:
        yield fields.no_type(content)
        return
    if listing.bound.get("type", type_name) != type_name:
        yield Problem(
            "immoscout24.kind.changed",
            "ImmobilienScout24 does not let an object become one of another kind: take it off there first",
            "kind",
        )
    yield from fields.problems(listing, type_name)
    yield from energy.problems(content, type_name)
    yield from pictures.problems(listing)
