"""Conditions on a property, as values: each can be judged, and says which fields it looks at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from kontor.properties.content import PropertyContent


class Condition(Protocol):
    """Something that holds of a property or does not."""

    def holds(self, content: PropertyContent) -> bool:
        """Whether it does."""
        ...

    def fields(self) -> frozenset[str]:
        """Dotted paths of the fields that decide it."""
        ...


def value_at(content: PropertyContent, field: str) -> object:
    """What stands in a field (`energy.kind`)."""
    value: object = content
    for part in field.split("."):
        value = getattr(value, part)
    return value


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody said something there; a bare False counts, an empty text or list does not."""

    field: str

    def holds(self, content: PropertyContent) -> bool:
        """Whether it is said."""
        return value_at(content, self.field) not in (None, "", ())

    def fields(self) -> frozenset[str]:
        """The one."""
        return frozenset({self.field})


@dataclass(frozen=True, slots=True)
class Is:
    """The field has one of these values (None: nobody said)."""

    field: str
    values: tuple[object, ...]

    def holds(self, content: PropertyContent) -> bool:
        """Whether it has."""
        return value_at(content, self.field) in self.values

    def fields(self) -> frozenset[str]:
        """The one."""
        return frozenset({self.field})


@dataclass(frozen=True, slots=True)
class Has:
    """One of these words is among the field's, or in its text whatever the case."""

    field: str
    words: tuple[str, ...]

    def holds(self, content: PropertyContent) -> bool:
        """Whether one is."""
        value = value_at(content, self.field)
        if isinstance(value, str):
            return any(word.casefold() in value.casefold() for word in self.words)
        return isinstance(value, Sequence) and any(word in value for word in self.words)

    def fields(self) -> frozenset[str]:
        """The one."""
        return frozenset({self.field})


@dataclass(frozen=True, slots=True)
class Before:
    """The field is a day before this one."""

    field: str
    day: date

    def holds(self, content: PropertyContent) -> bool:
        """Whether it is."""
        value = value_at(content, self.field)
        return isinstance(value, date) and value < self.day

    def fields(self) -> frozenset[str]:
        """The one."""
        return frozenset({self.field})


@dataclass(frozen=True, slots=True)
class Every:
    """All of these hold."""

    parts: tuple[Condition, ...]

    def holds(self, content: PropertyContent) -> bool:
        """Whether they do."""
        return all(part.holds(content) for part in self.parts)

    def fields(self) -> frozenset[str]:
        """Those of all."""
        return frozenset[str]().union(*(part.fields() for part in self.parts))


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of these holds."""

    parts: tuple[Condition, ...]

    def holds(self, content: PropertyContent) -> bool:
        """Whether one does."""
        return any(part.holds(content) for part in self.parts)

    def fields(self) -> frozenset[str]:
        """Those of all."""
        return frozenset[str]().union(*(part.fields() for part in self.parts))


@dataclass(frozen=True, slots=True)
class Not:
    """This does not hold."""

    part: Condition

    def holds(self, content: PropertyContent) -> bool:
        """Whether it doesn't."""
        return not self.part.holds(content)

    def fields(self) -> frozenset[str]:
        """Those of the part."""
        return self.part.fields()


def every(*parts: Condition) -> Every:
    """All of these."""
    return Every(parts)


def either(*parts: Condition) -> Either:
    """One of these."""
    return Either(parts)


def said(*fields: str) -> Condition:
    """One of these fields is said."""
    return Said(fields[0]) if len(fields) == 1 else Either(tuple(map(Said, fields)))


def one_of(field: str, *values: object) -> Is:
    """The field has one of these values."""
    return Is(field, values)
