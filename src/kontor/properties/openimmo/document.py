"""An OpenImmo document as a stream of plain leaves, in memory that grows with one object and never with the file.

A leaf is a path and its text: `geo/ort`, an attribute as `geo/land@iso_land`, a later one of several as `anhaenge/anhang[2]/format`.
An element with nothing in it is a leaf with an empty text, for some say what they say by their name. Namespaces are
taken off; text is trimmed. Read with expat: nothing is fetched, a document type is refused, so no entity can swell.
"""

from __future__ import annotations

import html.entities
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from kontor.properties.openimmo.encoding import Decoder, readable
from kontor.properties.openimmo.errors import DeclaresTypes, NotOpenImmo, NotWellFormed, TooDeep
from kontor.properties.openimmo.package import Readable

PIECE_BYTES: Final = 64 * 1024
DEEPEST: Final = 64
#: A tag, a comment or an instruction; texts come in pieces and don't count.
LONGEST_TOKEN: Final = 16 * 1024**2
ROOT: Final = "openimmo"

Leaves = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TransferSeen:
    """The attributes of `uebertragung`."""

    attributes: Leaves


@dataclass(frozen=True, slots=True)
class OffererSeen:
    """An `anbieter`, counted from 0: at its first object with what was known by then, and again at its end if there was
    more."""

    number: int
    leaves: Leaves


@dataclass(frozen=True, slots=True)
class EstateSeen:
    """An `immobilie` of the offerer of that number. With `is_too_large` its leaves were dropped."""

    offerer: int
    line: int
    leaves: Leaves
    is_too_large: bool = False


Seen = TransferSeen | OffererSeen | EstateSeen


def leaves(stream: Readable, *, largest_estate: int = 64 * 1024**2) -> Iterator[Seen]:
    """What a document holds, in its order. `largest_estate` bounds the characters of one object.

    Raises a DocumentRefused where it can't be read on; what came before that is good.
    """
    piece = stream.read(PIECE_BYTES)
    decoder = Decoder(piece)
    reader = _Reader(largest_estate)
    while True:
        reader.feed(decoder.decode(piece), is_last=not piece)
        yield from reader.seen
        reader.seen.clear()
        if not piece:
            return
        piece = stream.read(PIECE_BYTES)


def as_parsed(text: str) -> str:
    """What comes back of a text that is written to a document and read."""
    return readable(text).strip()


@dataclass(slots=True)
class _Level:
    """An element that is open."""

    path: str
    counts: dict[str, int] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    is_told: bool = False


class _Collected:
    """The leaves of one object or offerer as they come."""

    def __init__(self, line: int, attributes: Leaves) -> None:
        self.line = line
        self.size = 0
        self.found = {f"@{name}": value for name, value in attributes.items()}
        self._levels = [_Level("", is_told=True)]

    def start(self, name: str, attributes: Leaves) -> None:
        parent = self._levels[-1]
        count = parent.counts[name] = parent.counts.get(name, 0) + 1
        parent.is_told = True
        path = f"{parent.path}/{name}" if parent.path else name
        if count > 1:
            path = f"{path}[{count}]"
        self._levels.append(_Level(path, is_told=bool(attributes)))
        for attribute, value in attributes.items():
            self.found[f"{path}@{attribute}"] = value.strip()
            self.size += len(value)
        self.size += len(path)

    def text(self, data: str) -> None:
        self._levels[-1].texts.append(data)
        self.size += len(data)

    def end(self) -> None:
        level = self._levels.pop()
        text = "".join(level.texts).strip()
        if text or not level.is_told:
            self.found[level.path] = text

    def forget(self) -> None:
        """Gives the memory back; goes on counting levels."""
        self.found.clear()
        for level in self._levels:
            level.texts.clear()


class _Reader:
    """expat's callbacks. `seen` holds what was finished since it was last cleared."""

    def __init__(self, largest_estate: int) -> None:
        self.seen: list[Seen] = []
        self._largest = largest_estate
        self._depth = 0
        self._offerers = 0
        self._told: Leaves = {}
        self._offerer: _Collected | None = None
        self._estate: _Collected | None = None
        self._fed = 0
        parser = self._parser = expat.ParserCreate(encoding="utf-8")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = _refuse_types
        parser.EntityDeclHandler = _refuse_types
        # Without a document type an unknown entity is an error; with an empty one it is told of: see `_entity`.
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_ALWAYS)
        parser.UseForeignDTD(True)
        parser.ExternalEntityRefHandler = self._empty_type
        parser.SkippedEntityHandler = self._entity

    def feed(self, text: str, *, is_last: bool) -> None:
        data = text.encode("utf-8", errors="replace")
        self._fed += len(data)
        try:
            self._parser.Parse(data, is_last)
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code)
            raise NotWellFormed(line=error.lineno, column=error.offset + 1, reason=reason) from error
        if self._fed - self._parser.CurrentByteIndex > LONGEST_TOKEN:
            raise NotWellFormed(line=self._parser.CurrentLineNumber, reason="token too long")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        depth, self._depth = self._depth, self._depth + 1
        if depth >= DEEPEST:
            raise TooDeep(limit=DEEPEST, line=self._parser.CurrentLineNumber)
        name = name.rpartition(":")[2]
        if depth == 0:
            if name != ROOT:
                raise NotOpenImmo(root=name)
        elif depth == 1:
            self._begin(name, _local(attributes))
        elif depth == 2 and name == "immobilie" and self._offerer is not None:
            self._tell_offerer(self._offerer)
            self._estate = _Collected(self._parser.CurrentLineNumber, _local(attributes))
        elif collected := self._estate or self._offerer:
            collected.start(name, _local(attributes) if attributes else attributes)

    def _begin(self, name: str, attributes: Leaves) -> None:
        if name == "uebertragung":
            self.seen.append(TransferSeen(attributes))
        elif name == "anbieter":
            self._offerer = _Collected(self._parser.CurrentLineNumber, attributes)
            self._told = {"": "never told"}

    def _end(self, _name: str) -> None:
        self._depth -= 1
        if self._depth == 2 and self._estate is not None:
            estate, self._estate = self._estate, None
            is_too_large = estate.size > self._largest
            found = {} if is_too_large else estate.found
            self.seen.append(EstateSeen(self._offerers, estate.line, found, is_too_large))
        elif self._depth == 1 and self._offerer is not None:
            self._tell_offerer(self._offerer)
            self._offerer = None
            self._offerers += 1
        elif collected := self._estate or self._offerer:
            collected.end()

    def _tell_offerer(self, offerer: _Collected) -> None:
        if self._told != offerer.found:
            self._told = dict(offerer.found)
            self.seen.append(OffererSeen(self._offerers, self._told))

    def _text(self, data: str) -> None:
        if collected := self._estate or self._offerer:
            collected.text(data)
            if collected.size > self._largest:
                collected.forget()

    def _entity(self, name: str, is_parameter: bool) -> None:
        """One of HTML's, which software that pastes web pages leaves unresolved; else it stands as it was written."""
        if not is_parameter:
            point = html.entities.name2codepoint.get(name)
            self._text(chr(point) if point else f"&{name};")

    def _empty_type(self, context: str, _base: str | None, _system: str | None, _public: str | None) -> int:
        self._parser.ExternalEntityParserCreate(context).Parse(b"", True)
        return 1


def _local(attributes: Mapping[str, str]) -> dict[str, str]:
    """Without what belongs to namespaces and schemas."""
    return {
        name.rpartition(":")[2]: value
        for name, value in attributes.items()
        if name != "xmlns" and not name.startswith(("xmlns:", "xsi:", "xml:"))
    }


def _refuse_types(*_declaration: object) -> None:
    raise DeclaresTypes
