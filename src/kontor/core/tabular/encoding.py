"""Which bytes make which text: byte order marks, then UTF-8 if all of it holds, then Windows-1252."""

from __future__ import annotations

import codecs
import io
import re
from dataclasses import dataclass
from typing import BinaryIO

from kontor.core.tabular.errors import EmptyFile, NotATable

_CHUNK = 1 << 20

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"RIFF", "webp"),
    (b"%PDF", "pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "rar"),
    (b"SQLite format 3", "sqlite"),
)
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_ADVICE = {
    "xlsx": "This is an Excel workbook. In Excel choose “Save as”, then “CSV UTF-8”, and upload that file.",
    "xls": "This is an old Excel workbook. In Excel choose “Save as”, then “CSV UTF-8”, and upload that file.",
    "ods": "This is an OpenDocument spreadsheet. Save it as CSV (text, UTF-8) and upload that file.",
    "gzip": "This file is compressed. Unpack it and upload the CSV inside.",
    "zip": "This is a ZIP archive. Unpack it and upload the CSV inside.",
    "html": "This is a web page, not a CSV file.",
    "xml": "This is an XML file, not a CSV file.",
    "json": "This is a JSON file, not a CSV file.",
}


@dataclass(frozen=True, slots=True)
class Encoding:
    """`codec` is Python's name of it; `mark` the byte order mark that the file began with; `flawed`: not all bytes fit."""

    codec: str
    mark: bytes
    flawed: bool


class Window(io.RawIOBase):
    """A file read from an offset with a position of its own, so that several readers can share it one after the other."""

    def __init__(self, file: BinaryIO, offset: int) -> None:
        super().__init__()
        self._file, self._position = file, offset

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        self._file.seek(self._position)
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        self._position += len(data)
        return len(data)


def detect(file: BinaryIO) -> Encoding:
    """Look at every byte once, in flat memory. Raises EmptyFile, NotATable.

    A file that is nearly all UTF-8 stays UTF-8, and only the records with the odd bytes are refused: reading it as
    Windows-1252 would spoil every other umlaut silently.
    """
    file.seek(0)
    start = file.read(1 << 16)
    if not start.strip():
        raise EmptyFile("The file is empty. Choose a file with a heading and one row per article.")
    for mark, codec in _MARKS:
        if start.startswith(mark):
            if not start[len(mark) :].strip(b"\x00 \t\r\n"):
                raise EmptyFile("The file is empty. Choose a file with a heading and one row per article.")
            return Encoding(codec, mark, flawed=not _decodes(file, len(mark), codec))
    _refuse_other_formats(start)
    if _decodes(file, 0, "utf-8"):
        return Encoding("utf-8", b"", flawed=False)
    if _mostly_utf8(file):
        return Encoding("utf-8", b"", flawed=True)
    return Encoding("cp1252", b"", flawed=not _decodes(file, 0, "cp1252"))


def open_text(file: BinaryIO, encoding: Encoding) -> io.TextIOWrapper:
    """The text after the byte order mark, line ends as they are; what can't be decoded becomes a lone surrogate or U+FFFD."""
    # The UTF-16 codecs can't smuggle a broken byte through, so they mark it.
    errors = "replace" if encoding.codec.startswith("utf-16") else "surrogateescape"
    raw = io.BufferedReader(Window(file, len(encoding.mark)), _CHUNK // 4)
    return io.TextIOWrapper(raw, encoding=encoding.codec, errors=errors, newline="")


def _decodes(file: BinaryIO, offset: int, codec: str) -> bool:
    decoder = codecs.getincrementaldecoder(codec)()
    file.seek(offset)
    try:
        while chunk := file.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _mostly_utf8(file: BinaryIO) -> bool:
    fitting = strange = 0
    file.seek(0)
    while chunk := file.read(_CHUNK):
        fitting += len(_MULTIBYTE.findall(chunk))
        strange += len(_HIGH.findall(_MULTIBYTE.sub(b"", chunk)))
    return fitting > 4 * strange


def _refuse_other_formats(start: bytes) -> None:
    kind = _kind(start)
    if kind:
        advice = _ADVICE.get(
            kind, "This is not a text file. Export your list of goods as CSV and upload that file."
        )
        raise NotATable(advice, kind=kind)


def _kind(start: bytes) -> str:
    for signature, kind in _SIGNATURES:
        if start.startswith(signature):
            return kind
    if start.startswith(b"PK\x03\x04"):
        if b"opendocument" in start[:200]:
            return "ods"
        return "xlsx" if b"[Content_Types].xml" in start or b"xl/" in start else "zip"
    text = start.lstrip()[:200].lower()
    if text.startswith((b"<!doctype html", b"<html")):
        return "html"
    if text.startswith(b"<?xml"):
        return "xml"
    if text.startswith((b"{", b"[{", b"[\n")):
        return "json"
    # A stray control byte is one broken cell; a thousandth of them is no text.
    return "binary" if len(_CONTROL.findall(start)) > max(8, len(start) // 1000) else ""
