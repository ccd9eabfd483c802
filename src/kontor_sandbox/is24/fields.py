"""The elements of every type, in the order in which ImmobilienScout24 wants them, with their shapes and values."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Shape:
    """What may stand in an element."""

    kind: str
    """text, int, long, double, boolean, date, dateTime, choice, record, reference or ignored."""
    longest: int | None = None
    low: float | None = None
    high: float | None = None
    pattern: str = ""
    values: tuple[str, ...] = ()
    record: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One element of a type or record."""

    name: str
    required: bool
    many: bool
    shape: Shape


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything that `fields.toml` says."""

    types: dict[str, tuple[Field, ...]]
    records: dict[str, tuple[Field, ...]]
    number_names: frozenset[str]
    """Elements that JSON shows as numbers."""


ANY_ORDER = frozenset({"EnergyPerformanceCertificate"})
"""Records whose elements may come in any order."""


@cache
def tables() -> Tables:
    """The tables, read once."""
    raw = tomllib.loads((files("kontor_sandbox.is24") / "fields.toml").read_text("utf-8"))
    differing = raw["differing"]

    def fields_of(owner: str, marked: list[str]) -> tuple[Field, ...]:
        return tuple(
            Field(
                name := entry.rstrip("!*"),
                "!" in entry,
                "*" in entry,
                _shape(differing.get(owner, {}).get(name) or raw["shapes"][name], raw["values"]),
            )
            for entry in marked
        )

    types = {name: fields_of(name, raw["head"] + rest) for name, rest in raw["types"].items()}
    records = {name: fields_of(name, marked) for name, marked in raw["records"].items()}
    every = [entry for group in (*types.values(), *records.values()) for entry in group]
    numbers = {entry.name for entry in every if entry.shape.kind in ("int", "long", "double")}
    return Tables(types, records, frozenset(numbers))


def _shape(text: str, values: dict[str, list[str]]) -> Shape:
    if text.startswith("@"):
        # Countries are many and all are taken.
        known = values.get(text[1:])
        return Shape("choice", values=tuple(known)) if known else Shape("text", longest=3)
    if text.startswith("#"):
        return Shape("record", record=text[1:])
    kind, _, rest = text.partition(":")
    if kind == "text":
        longest, _, pattern = rest.partition(":")
        return Shape("text", longest=int(longest) if longest else None, pattern=pattern)
    low, _, high = rest.partition("..")
    return Shape(kind, low=float(low) if low else None, high=float(high) if high else None)


def attribute_only(shape: Shape) -> bool:
    """Whether an element says what it says in its attributes alone."""
    return shape.kind in ("reference", "ignored")
