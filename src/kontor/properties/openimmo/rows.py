"""The kinds of rows that say what a leaf is to us. One table of them (`fields`) reads, writes and explains itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter
from typing import Any, Protocol

from kontor.properties.content import PropertyContent
from kontor.properties.openimmo.forms import BOOLEAN, Form
from kontor.properties.openimmo.taking import Taken

Leaf = tuple[str, str]


def numbered(element: str, number: int) -> str:
    """The path of the first, second … of an element."""
    return element if number == 1 else f"{element}[{number}]"


class Line(Protocol):
    """One line of the table of documentation: our field, the path, and how its text is read and written."""

    @property
    def ours(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def how(self) -> str: ...


class Row(Protocol):
    """What takes leaves into our fields and makes leaves of them."""

    def read(self, taken: Taken) -> None: ...
    def write(self, content: PropertyContent) -> Iterable[Leaf]: ...
    def lines(self) -> Iterable[Line]: ...
    def forms(self) -> Mapping[str, Form]: ...


@dataclass(frozen=True, slots=True)
class Field:
    """One leaf for one field. A second row for the same field fills it where the first found nothing, is written besides,
    and gives way to what an import kept at its path."""

    ours: str
    path: str
    form: Form
    is_second: bool = False

    def read(self, taken: Taken) -> None:
        """Takes the leaf, unless the field says something else already or more was said than is understood."""
        text = taken.left.get(self.path)
        value = self.form.read(text) if text else None
        if value is None or taken.found.get(self.ours, value) != value:
            return
        taken.found[self.ours] = value
        if not self.form.is_lossy or text == self.form.write(value):
            taken.sources.setdefault(self.ours, {})[self.path] = taken.left.pop(self.path)

    def write(self, content: PropertyContent) -> Iterator[Leaf]:
        """The leaf, where the field says something that the schema can hold."""
        value = attrgetter(self.ours)(content)
        if value is None or value == "" or self._gives_way(content.unknown.get(self.path), value):
            return
        text = self.form.write(value)
        if text is not None:
            yield self.path, text

    def _gives_way(self, kept: str | None, value: Any) -> bool:
        return kept is not None and (self.is_second or (self.form.is_lossy and self.form.read(kept) == value))

    @property
    def how(self) -> str:
        """For the documentation."""
        return self.form.name

    def lines(self) -> Iterator[Line]:
        """Itself."""
        yield self

    def forms(self) -> Mapping[str, Form]:
        """What the schema takes at its path."""
        return {self.path: self.form}


@dataclass(frozen=True, slots=True)
class Flags:
    """A field of several words, each an attribute that is true."""

    ours: str
    path: str
    table: Mapping[StrEnum, str]

    def read(self, taken: Taken) -> None:
        """Takes every attribute that can be read; those that are false say nothing."""
        found, paths = [], []
        for word, attribute in self.table.items():
            path = f"{self.path}@{attribute}"
            value = taken.value(path, BOOLEAN)
            if value is None:
                continue
            paths.append(path)
            if value:
                found.append(word)
        if found:
            taken.keep(self.ours, tuple(found), *paths)
        else:
            taken.drop(*paths)

    def write(self, content: PropertyContent) -> Iterator[Leaf]:
        """A true attribute for each word that the schema has."""
        for word in attrgetter(self.ours)(content):
            if attribute := self.table.get(word):
                yield f"{self.path}@{attribute}", "true"

    @property
    def how(self) -> str:
        """For the documentation."""
        return " · ".join(f"@{attribute}" for attribute in self.table.values())

    def lines(self) -> Iterator[Line]:
        """Itself."""
        yield self

    def forms(self) -> Mapping[str, Form]:
        """Its attributes."""
        return {f"{self.path}@{attribute}": BOOLEAN for attribute in self.table.values()}


@dataclass(frozen=True, slots=True)
class Note:
    """A line of documentation for what a part does."""

    ours: str
    path: str
    how: str


@dataclass(frozen=True, slots=True)
class Part:
    """Several leaves that mean something together."""

    reading: Callable[[Taken], None]
    writing: Callable[[PropertyContent], Iterable[Leaf]]
    notes: tuple[Note, ...]
    leaves: Mapping[str, Form]

    def read(self, taken: Taken) -> None:
        """As the part does."""
        self.reading(taken)

    def write(self, content: PropertyContent) -> Iterable[Leaf]:
        """As the part does."""
        return self.writing(content)

    def lines(self) -> Iterable[Line]:
        """As it is noted."""
        return self.notes

    def forms(self) -> Mapping[str, Form]:
        """What the schema takes at its paths."""
        return self.leaves


@dataclass(frozen=True, slots=True)
class Kept:
    """A leaf of the schema that we have no field for: an import keeps it, and it is written back in its place."""

    path: str
    form: Form
    ours: str = ""

    def read(self, taken: Taken) -> None:
        """Leaves it where it is."""

    def write(self, content: PropertyContent) -> Iterable[Leaf]:
        """Nothing: what was kept is put back by the writer."""
        return ()

    @property
    def how(self) -> str:
        """For the documentation."""
        return f"kept: {self.form.name}"

    def lines(self) -> Iterator[Line]:
        """Itself."""
        yield self

    def forms(self) -> Mapping[str, Form]:
        """What the schema takes at its path."""
        return {self.path: self.form}
