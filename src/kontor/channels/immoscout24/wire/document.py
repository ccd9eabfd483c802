"""The portal's XML: written element by element in the order of its type, read into leaves. No entities, no DOCTYPE.

A leaf is a dotted path below the root with its texts, attributes as `@name`: `address.street`, `contact.@id`. Children
are unqualified there; prefixes that the portal writes are taken off when reading. Source: the portal's schemas of 2021.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from kontor.channels.contract.errors import Unreadable

Leaves = Mapping[str, tuple[str, ...]]

REALESTATES: Final = "http://rest.immobilienscout24.de/schema/offer/realestates/1.0"
COMMON: Final = "http://rest.immobilienscout24.de/schema/common/1.0"
ORDER: Final = "http://rest.immobilienscout24.de/schema/attachmentsorder/1.0"
XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
CONTENT_TYPE: Final = "application/xml;charset=UTF-8"
_DEEPEST: Final = 40


@dataclass(frozen=True, slots=True)
class Element:
    """One element to be written; a text or children, never both."""

    name: str
    text: str = ""
    children: tuple[Element, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()

    def xml(self) -> str:
        """Its markup."""
        opened = "".join((self.name, *(f" {name}={quoteattr(value)}" for name, value in self.attributes)))
        inside = escape(self.text) if self.text else "".join(child.xml() for child in self.children)
        return f"<{opened}>{inside}</{self.name}>" if inside else f"<{opened}/>"


@dataclass(frozen=True, slots=True)
class Document:
    """What was read: the root's own name without a prefix, and the leaves below it."""

    name: str
    leaves: Leaves


def written(root: Element) -> bytes:
    """The document of a root."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{root.xml()}'.encode()


def ordered(
    leaves: Leaves, order: Iterable[str], nested: Mapping[str, tuple[str, ...]]
) -> tuple[Element, ...]:
    """Elements in `order`, those with children in the order of `nested` (by path); what no order names is left out."""
    return tuple(element for name in order for element in _elements(name, name, leaves, nested))


def _elements(
    path: str, name: str, leaves: Leaves, nested: Mapping[str, tuple[str, ...]]
) -> Iterable[Element]:
    inside = nested.get(path)
    if inside is None:
        yield from (Element(name, text) for text in leaves.get(path, ()))
        return
    attributes = tuple(
        (each[1:], leaves[f"{path}.{each}"][0])
        for each in inside
        if each.startswith("@") and f"{path}.{each}" in leaves
    )
    children = tuple(
        element
        for each in inside
        if not each.startswith("@")
        for element in _elements(f"{path}.{each}", each, leaves, nested)
    )
    if attributes or children:
        yield Element(name, children=children, attributes=attributes)


def first(leaves: Leaves, path: str) -> str:
    """The first text of a leaf; empty without one."""
    return next(iter(leaves.get(path, ())), "")


def read(body: bytes) -> Document:
    """Raises Unreadable for what is no XML, declares a document type, or is nested without end."""
    reader = _Reader()
    _parsed(body, reader)
    return Document(reader.root, {path: tuple(texts) for path, texts in reader.leaves.items()})


def parts(body: bytes, path: str) -> tuple[Leaves, ...]:
    """The leaves of each element at `path`, one by one: for lists. Raises Unreadable."""
    reader = _Reader(path)
    _parsed(body, reader)
    return tuple({name: tuple(texts) for name, texts in each.items()} for each in reader.parts)


def _parsed(body: bytes, reader: _Reader) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = reader.refuse
    try:
        parser.Parse(body, True)
    except expat.ExpatError as error:
        raise Unreadable("The portal's answer is no XML", maybe_applied=True) from error


class _Reader:
    """expat's callbacks."""

    def __init__(self, split_at: str = "") -> None:
        self.root = ""
        self.parts: list[dict[str, list[str]]] = []
        self._split_at = split_at
        self.leaves: dict[str, list[str]] = {}
        self._path: list[str] = []
        self._text: list[str] = []
        self._has_children = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        plain = name.rpartition(":")[2]
        if not self.root:
            self.root = plain
            self._take("", attributes)
            self._path.append("")
            return
        if len(self._path) > _DEEPEST:
            raise Unreadable("The portal's answer is nested too deeply", maybe_applied=True)
        self._path.append(plain)
        self._text, self._has_children = [], False
        self._take(".".join(self._path[1:]) + ".", attributes)

    def _take(self, prefix: str, attributes: dict[str, str]) -> None:
        for name, value in attributes.items():
            if not name.startswith("xmlns"):
                self.leaves.setdefault(f"{prefix}@{name.rpartition(':')[2]}", []).append(value)

    def end(self, _: str) -> None:
        path = ".".join(self._path[1:])
        text = "".join(self._text).strip()
        if path and text and not self._has_children:
            self.leaves.setdefault(path, []).append(text)
        if path and path == self._split_at:
            self.parts.append(self._taken(f"{path}."))
        self._path.pop()
        self._text, self._has_children = [], True

    def _taken(self, prefix: str) -> dict[str, list[str]]:
        names = [name for name in self.leaves if name.startswith(prefix)]
        return {name.removeprefix(prefix): self.leaves.pop(name) for name in names}

    def text(self, text: str) -> None:
        self._text.append(text)

    def refuse(self, *_: object) -> None:
        raise Unreadable("The portal's answer declares a document type", maybe_applied=True)
