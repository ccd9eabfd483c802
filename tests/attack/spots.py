"""Where a request can name a thing: parameters of paths and queries, and every field of every body."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.api.operations import Json, Operation, operations, resolved, sample
from tests.api.world import PLAIN, World

ITEM = "[]"
# Routes whose path names a row and that need no credential: what they need instead is attacked by itself.
SIGNED_OTHERWISE = {"GET /api/v1/media/{media_id}/{rendition}"}
# What the ids are whose name alone doesn't say it; by the end of their place.
MEANT = {
    "variants.[].id": "variant_id",
    "remove.[]": "variant_id",
    "pictures.[].id": "picture_id",
    "POST /api/v1/me/notices/read ids.[]": "notice_id",
    "ids.[]": "listing_id",
    "ids": "listing_id",
    "about": "listing_id",
}
# Fields that end in `id` and name what all tenants share.
SHARED = ("category_id", "category.id", "channel_id")


class Unnamed(AssertionError):
    """A route takes an id of which the attack doesn't know what it means."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One place in one operation that takes an id, and which of the world's things it names."""

    op: Operation
    place: tuple[str, ...]
    thing: str

    def __str__(self) -> str:
        return f"{self.op.name} {'.'.join(self.place)}"


def in_paths(world: World) -> Iterator[Spot]:
    """Each id of each path."""
    for op in operations():
        for name in op.path_names:
            if name not in PLAIN and op.name not in SIGNED_OTHERWISE:
                yield Spot(op, (name,), _thing(world, op, (name,)))


def in_queries(world: World) -> Iterator[Spot]:
    """Each filter that takes an id, or ids."""
    for op in operations():
        for row in op.spec.get("parameters", ()):
            schema = resolved(row["schema"])
            schema = resolved(schema["items"]) if schema.get("type") == "array" else schema
            if row["in"] == "query" and op.scope != "public" and schema.get("format") == "uuid":
                yield Spot(op, (row["name"],), _thing(world, op, (row["name"],)))


def in_bodies(world: World) -> Iterator[Spot]:
    """Each field of each JSON body that takes an id, or ids, however deep."""
    for op in operations():
        if schema := body(op):
            for place in _fields(schema, ()):
                yield Spot(op, place, _thing(world, op, place))


def body(op: Operation) -> Json:
    """The schema of an operation's JSON body, if it has one."""
    content = op.spec.get("requestBody", {}).get("content", {})
    return content.get("application/json", {}).get("schema")


def planted(schema: Json, place: tuple[str, ...], value: Json) -> Json:
    """A body that passes the schema, with a value at one place."""
    if not place:
        return value
    found, (step, *rest) = resolved(schema), place
    if step == ITEM:
        return [planted(found["items"], tuple(rest), value)]
    whole = sample(schema)
    whole[step] = planted(found["properties"][step], tuple(rest), value)
    return whole


def _fields(schema: Json, place: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    found = resolved(schema)
    named = [step for step in place if step != ITEM]
    is_id = bool(named) and (named[-1] in ("id", "ids") or named[-1].endswith(("_id", "_ids")))
    is_shared = ".".join(named).endswith(SHARED)
    if found.get("format") == "uuid" or (is_id and found.get("type") == "string" and not is_shared):
        yield place
    for name, row in found.get("properties", {}).items():
        yield from _fields(row, (*place, name))
    if found.get("type") == "array":
        yield from _fields(found.get("items", {}), (*place, ITEM))


def _thing(world: World, op: Operation, place: tuple[str, ...]) -> str:
    words = ".".join(place)
    whole = f"{op.name} {words}"
    if meant := next((thing for end, thing in MEANT.items() if whole == end or _ends(words, end)), ""):
        return meant
    name = next(step for step in reversed(place) if step != ITEM)
    if not world.knows(name):
        raise Unnamed(f"{whole}: tests/api/world.py has no factory for {name!r}")
    return name


def _ends(words: str, end: str) -> bool:
    return words == end or words.endswith(f".{end}")
