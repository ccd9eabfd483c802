"""XML as ImmobilienScout24 reads and writes it: no document types, its own prefixes, four spaces of indentation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

_BASE = "http://rest.immobilienscout24.de/schema"
NAMESPACES = {
    "xlink": "http://www.w3.org/1999/xlink",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "common": f"{_BASE}/common/1.0",
    "realestates": f"{_BASE}/offer/realestates/1.0",
    "offerlistelement": f"{_BASE}/offer/listelement/1.0",
    "attachmentsorder": f"{_BASE}/attachmentsorder/1.0",
    "topplacement": f"{_BASE}/offer/topplacement/1.0",
    "premiumplacement": f"{_BASE}/offer/premiumplacement/1.0",
    "showcaseplacement": f"{_BASE}/offer/showcaseplacement/1.0",
    "counts": f"{_BASE}/realestate/counts/1.0",
}
_PREFIXES = {address: prefix for prefix, address in NAMESPACES.items()}
MOST_DEPTH = 20


class Malformed(ValueError):
    """This is not well-formed, or holds a document type, or is nested beyond all sense."""


@dataclass(slots=True)
class Node:
    """One element; names carry ImmobilienScout24's own prefixes, whatever the sender called them."""

    name: str
    text: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)

    @property
    def local(self) -> str:
        """The name without its prefix."""
        return self.name.rpartition(":")[2]

    def all(self, name: str) -> list[Node]:
        """Every child of a name."""
        return [child for child in self.children if child.name == name]

    def child(self, name: str) -> Node | None:
        """The first child of a name."""
        return next((child for child in self.children if child.name == name), None)

    def value(self, *path: str) -> str:
        """The text at the end of a path of names; empty where there is none."""
        found: Node | None = self
        for name in path:
            found = found.child(name) if found is not None else None
        return found.text if found is not None else ""

    def add(self, name: str, text: object = "", **attributes: str) -> Node:
        """Append an element and return it."""
        made = Node(name, str(text), attributes)
        self.children.append(made)
        return made


def parse(body: bytes) -> Node:
    """The document's root; raises Malformed."""
    reader = _Reader()
    try:
        reader.parser.Parse(body, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise Malformed(str(error)) from None
    if reader.root is None:
        raise Malformed("no element found")
    return reader.root


class _Reader:
    def __init__(self) -> None:
        self.root: Node | None = None
        self._open: list[Node] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    def _doctype(self, *details: object) -> None:
        raise Malformed("DOCTYPE is disallowed.")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        node = Node(_prefixed(name), "", {_prefixed(key): value for key, value in attributes.items()})
        if self._open:
            self._open[-1].children.append(node)
        else:
            self.root = node
        self._open.append(node)
        if len(self._open) > MOST_DEPTH:
            raise Malformed("too many elements inside of one another")

    def _end(self, name: str) -> None:
        node = self._open.pop()
        node.text = node.text.strip()

    def _characters(self, text: str) -> None:
        self._open[-1].text += text


def _prefixed(name: str) -> str:
    address, _, local = name.rpartition(" ")
    if not address:
        return local
    prefix = _PREFIXES.get(address)
    return f"{prefix}:{local}" if prefix else f'"{address}":{local}'


def render(root: Node) -> bytes:
    """The whole document in UTF-8, its namespaces declared at the root."""
    used = sorted({prefix for node in _walk(root) for prefix in _prefixes_of(node)})
    declared = "".join(f' xmlns:{prefix}="{NAMESPACES[prefix]}"' for prefix in used)
    lines = ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>']
    _write(lines, root, "", declared)
    return ("\n".join(lines) + "\n").encode()


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _walk(child)


def _prefixes_of(node: Node) -> set[str]:
    names = [node.name, *node.attributes]
    if "xsi:type" in node.attributes:
        names.append(node.attributes["xsi:type"])
    return {prefix for name in names if (prefix := name.rpartition(":")[0]) in NAMESPACES}


def _write(lines: list[str], node: Node, indent: str, declared: str) -> None:
    start = f"{indent}<{node.name}{declared}" + "".join(
        f" {name}={quoteattr(value)}" for name, value in node.attributes.items()
    )
    if node.children:
        lines.append(f"{start}>")
        for child in node.children:
            _write(lines, child, indent + "    ", "")
        lines.append(f"{indent}</{node.name}>")
    elif node.text:
        lines.append(f"{start}>{escape(node.text)}</{node.name}>")
    else:
        lines.append(f"{start}/>")
