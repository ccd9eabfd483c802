"""An OpenImmo document as a stream of plain leaves, in memory that grows with one object and never with the file.

A leaf is a path and its text: `geo/ort`, an attribute as `geo/land@iso_land`, a later one of several as `anhaenge/anhang[2]/format`.
An element with nothing in it is a leaf with an empty text, for some say what they say by their name. Namespaces are
taken off; text is trimmed. Read with expat: nothing is fetched, a document type is refused, so no entity can swell.
"""

from __future__ import annotations

import html.entities
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
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


class _Collected:
    """The leaves of one object or offerer as they come. Its methods are expat's callbacks while it lasts."""

    __slots__ = ("_counts", "_ended", "_is_told", "_paths", "_texts", "found", "largest", "line", "size")

    def __init__(self, line: int, attributes: Leaves, largest: int, ended: Callable[[], None]) -> None:
        self.line = line
        self.size = 0
        self.largest = largest
        self.found = {f"@{name}": value for name, value in _local(attributes).items()}
        self._ended = ended
        # Of each element that is open: its path, how often it had which child, whether it said something, its text.
        self._paths = [""]
        self._counts: list[dict[str, int]] = [{}]
        self._is_told = [True]
        self._texts: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if ":" in name:
            name = name.rpartition(":")[2]
        if self._texts:
            self._close_text()
        paths, counts = self._paths, self._counts[-1]
        if len(paths) >= DEEPEST:
            raise TooDeep(limit=DEEPEST)
        count = counts[name] = counts.get(name, 0) + 1
        self._is_told[-1] = True
        path = f"{paths[-1]}/{name}" if paths[-1] else name
        if count > 1:
            path = f"{path}[{count}]"
        paths.append(path)
        self._counts.append({})
        self._is_told.append(bool(attributes))
        self.size += len(path)
        if attributes:
            for attribute, value in _local(attributes).items():
                self.found[f"{path}@{attribute}"] = value.strip()
                self.size += len(value)

    @property
    def is_outermost(self) -> bool:
        """Whether none of its elements is open."""
        return len(self._paths) == 1

    def text(self, data: str) -> None:
        self._texts.append(data)
        self.size += len(data)
        if self.size > self.largest:
            self.found.clear()
            self._texts.clear()

    def end(self, _name: str) -> None:
        if self._texts:
            self._close_text()
        path = self._paths.pop()
        self._counts.pop()
        if not self._is_told.pop():
            self.found[path] = ""
        if not self._paths:
            self._ended()

    def _close_text(self) -> None:
        """Adds what was told since the last tag to the element that is open."""
        text = "".join(self._texts).strip()
        self._texts.clear()
        if text:
            path = self._paths[-1]
            self._is_told[-1] = True
            before = self.found.get(path)
            self.found[path] = f"{before} {text}" if before else text


class _Reader:
    """expat's callbacks. `seen` holds what was finished since it was last cleared."""

    def __init__(self, largest_estate: int) -> None:
        self.seen: list[Seen] = []
        self._largest = largest_estate
        self._depth = 0
        self._offerers = 0
        self._told: Leaves | None = None
        self._offerer: _Collected
        self._estate: _Collected
        self._text: Callable[[str], None] = _overhear
        self._fed = 0
        parser = self._parser = expat.ParserCreate(encoding="utf-8")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
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
        """A tag outside of offerers."""
        depth, self._depth = self._depth, self._depth + 1
        name = name.rpartition(":")[2]
        if depth == 0 and name != ROOT:
            raise NotOpenImmo(root=name)
        if depth >= DEEPEST:
            raise TooDeep(limit=DEEPEST)
        if depth == 1 and name == "uebertragung":
            self.seen.append(TransferSeen(_local(attributes)))
        elif depth == 1 and name == "anbieter":
            self._told = None
            self._offerer = self._collected(attributes, self._offerer_ended)
            self._listen(self._offerer, self._start_in_offerer)

    def _end(self, _name: str) -> None:
        self._depth -= 1

    def _start_in_offerer(self, name: str, attributes: dict[str, str]) -> None:
        """A tag of an offerer: its objects are told one by one."""
        if name.rpartition(":")[2] == "immobilie" and self._offerer.is_outermost:
            self._tell_offerer()
            self._estate = self._collected(attributes, self._estate_ended)
            self._listen(self._estate, self._estate.start)
        else:
            self._offerer.start(name, attributes)

    def _collected(self, attributes: Leaves, ended: Callable[[], None]) -> _Collected:
        return _Collected(self._parser.CurrentLineNumber, attributes, self._largest, ended)

    def _listen(self, collected: _Collected, start: Callable[[str, dict[str, str]], None]) -> None:
        self._parser.StartElementHandler = start
        self._parser.EndElementHandler = collected.end
        self._text = self._parser.CharacterDataHandler = collected.text

    def _estate_ended(self) -> None:
        estate = self._estate
        is_too_large = estate.size > self._largest
        self.seen.append(
            EstateSeen(self._offerers, estate.line, {} if is_too_large else estate.found, is_too_large)
        )
        self._listen(self._offerer, self._start_in_offerer)

    def _offerer_ended(self) -> None:
        self._tell_offerer()
        self._offerers += 1
        self._depth -= 1
        self._parser.StartElementHandler, self._parser.EndElementHandler = self._start, self._end
        self._text = self._parser.CharacterDataHandler = _overhear

    def _tell_offerer(self) -> None:
        if self._told != self._offerer.found:
            self._told = dict(self._offerer.found)
            self.seen.append(OffererSeen(self._offerers, self._told))

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
        if name != "xmlns" and not (":" in name and name.startswith(("xmlns:", "xsi:", "xml:")))
    }


def _overhear(_data: str) -> None:
    """Text outside of offerers says nothing."""


def _refuse_types(*_declaration: object) -> None:
    raise DeclaresTypes
