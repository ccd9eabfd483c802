"""The archive in which real-estate software sends objects: one XML document and the media it names, by the rule in its
root; in practice with folders, other cases, several documents, and files missing.

Nothing is unpacked to a disk and nothing is opened before the whole directory was looked over; entries are read as streams.
"""

from __future__ import annotations

import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import TracebackType
from typing import BinaryIO, Final, Protocol, Self

from kontor.properties.openimmo.errors import (
    Bomb,
    Damaged,
    EmptyPackage,
    Encrypted,
    LinkInside,
    NoDocument,
    NotAPackage,
    PackageTooLarge,
    TooManyFiles,
    UnknownCompression,
    UnsafeName,
)

_ENCRYPTED: Final = 0x1 | 0x40
_NAMED_IN_UTF8: Final = 0x800
_DRIVE: Final = 2
#: Left there by operating systems; nobody means to send them.
_LITTER: Final = ("__macosx", ".ds_store", "thumbs.db", "desktop.ini")
_MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
#: The one name of a document that came without an archive.
BARE: Final = "document.xml"


class Readable(Protocol):
    """What a document is read from: bytes in pieces, an empty piece at the end."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Limits:
    """What is taken. Portals take up to 150 pictures of 50 MB per object: several thousand of them fit."""

    files: int = 100_000
    total_bytes: int = 50 * 1024**3
    document_bytes: int = 2 * 1024**3
    media_bytes: int = 100 * 1024**2
    ratio: int = 250  # deflate reaches 1,032; XML of nothing but repetitions about 100
    harmless_bytes: int = 4 * 1024**2  # small files may be as tight as they like


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the archive: its own path with `/`, and its size unpacked."""

    path: str
    bytes: int
    info: zipfile.ZipInfo


class Package:
    """An opened archive (or a bare XML document) that was looked over. Close it, or use it with `with`."""

    def __init__(self, file: BinaryIO, archive: zipfile.ZipFile | None, entries: tuple[Entry, ...]) -> None:
        self._file = file
        self._archive = archive
        self._entries = {entry.path: entry for entry in entries}
        self._folded = _unique((_folded(name), entry) for entry in entries for name in _names(entry))
        self._by_name = _unique(
            (_folded(PurePosixPath(name).name), entry) for entry in entries for name in _names(entry)
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the archive, not the file it was opened from."""
        if self._archive is not None:
            self._archive.close()

    @property
    def documents(self) -> tuple[str, ...]:
        """Paths of the XML documents, those nearest to the root first, then by name."""
        if self._archive is None:
            return (BARE,)
        found = (path for path in self._entries if path.lower().endswith(".xml"))
        return tuple(sorted(found, key=lambda path: (path.count("/"), path)))

    @property
    def media(self) -> tuple[Entry, ...]:
        """Every file that is no document, in the order of the archive."""
        return tuple(entry for path, entry in self._entries.items() if not path.lower().endswith(".xml"))

    def open(self, path: str) -> Readable:
        """A document's bytes. Reading raises Damaged. Raises KeyError for a path that `documents` doesn't have."""
        if self._archive is None:
            self._file.seek(0)
            return self._file
        entry = self._entries[path]
        return _Unpacked(self._archive, entry)

    def find(self, reference: str, beside: str = "") -> Entry | None:
        """The file that a document at `beside` names: as it is written, else in any case, else in any folder if only one
        file has that name. None where it is missing or is an address.
        """
        if "://" in reference:
            return None
        wanted = reference.strip().replace("\\", "/").removeprefix("./").lstrip("/")
        folder = PurePosixPath(beside).parent
        for path in (str(folder / wanted), wanted):
            if entry := self._entries.get(path) or self._folded.get(_folded(path)):
                return entry
        return self._by_name.get(_folded(PurePosixPath(wanted).name))

    def read(self, entry: Entry) -> bytes:
        """A whole media file; no more than `Limits.media_bytes`. Raises Damaged."""
        if self._archive is None:
            raise Damaged(name=entry.path)
        return _Unpacked(self._archive, entry).read(entry.bytes)


class _Unpacked:
    """An entry as a stream, with our errors."""

    def __init__(self, archive: zipfile.ZipFile, entry: Entry) -> None:
        self._name = entry.path
        try:
            self._stream = archive.open(entry.info)
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise Damaged(name=self._name) from error

    def read(self, size: int, /) -> bytes:
        try:
            return self._stream.read(size)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
            raise Damaged(name=self._name) from error


def open_package(file: BinaryIO, limits: Limits | None = None) -> Package:
    """Opens a ZIP archive or a bare XML document after looking it over; `file` must be seekable and stays open.

    Raises a PackageRefused whose class says why. Sizes are those the directory declares: reading an entry never gives
    more than it declares, and the checksum fails where it lied.
    """
    limits = limits or Limits()
    size = file.seek(0, 2)
    file.seek(0)
    head = file.read(512)
    if not head:
        raise EmptyPackage
    if _is_xml(head):
        if size > limits.document_bytes:
            raise PackageTooLarge(name=BARE, bytes=size, limit=limits.document_bytes)
        return Package(file, None, ())
    if not head.startswith(b"PK"):
        raise NotAPackage
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Damaged from error
    entries = tuple(_looked_over(archive.infolist(), size, limits))
    package = Package(file, archive, entries)
    if not package.documents:
        raise NoDocument
    return package


def _is_xml(head: bytes) -> bool:
    for mark in _MARKS:
        head = head.removeprefix(mark)
    return head.replace(b"\0", b"").lstrip().startswith(b"<")


def _looked_over(infos: list[zipfile.ZipInfo], size: int, limits: Limits) -> Iterator[Entry]:
    """Every file worth reading. Raises for the whole archive where one of them is not to be trusted."""
    if len(infos) > limits.files:
        raise TooManyFiles(files=len(infos), limit=limits.files)
    total = sum(info.file_size for info in infos)
    if total > limits.total_bytes:
        raise PackageTooLarge(bytes=total, limit=limits.total_bytes)
    if sum(info.compress_size for info in infos) > size:  # several entries share the same bytes
        raise Bomb(ratio=total // max(size, 1))
    for info in infos:
        path = _path(info)
        _check(info, path, limits)
        if not info.is_dir() and not path.endswith("/") and not _is_litter(path):
            yield Entry(path, info.file_size, info)


def _path(info: zipfile.ZipInfo) -> str:
    """The entry's path with `/`. Raises UnsafeName."""
    raw = info.orig_filename.replace("\\", "/")
    parts = PurePosixPath(raw).parts
    is_drive = len(raw) >= _DRIVE and raw[1] == ":" and raw[0].isalpha()
    if raw.startswith("/") or is_drive or ".." in parts or any(ord(sign) < ord(" ") for sign in raw):
        raise UnsafeName(name=raw)
    return raw.removeprefix("./")


def _check(info: zipfile.ZipInfo, path: str, limits: Limits) -> None:
    if info.flag_bits & _ENCRYPTED:
        raise Encrypted(name=path)
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise LinkInside(name=path)
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise UnknownCompression(name=path)
    most = limits.document_bytes if path.lower().endswith(".xml") else limits.media_bytes
    if info.file_size > most:
        raise PackageTooLarge(name=path, bytes=info.file_size, limit=most)
    ratio = info.file_size // max(info.compress_size, 1)
    if info.file_size > limits.harmless_bytes and ratio > limits.ratio:
        raise Bomb(name=path, ratio=ratio)


def _is_litter(path: str) -> bool:
    parts = PurePosixPath(path.lower()).parts
    return bool(parts) and (parts[0] == _LITTER[0] or parts[-1] in _LITTER or parts[-1].startswith("._"))


def _names(entry: Entry) -> set[str]:
    """What an entry may be called: old packers write names in their own code page and say nothing of it."""
    names = {entry.path}
    if not entry.info.flag_bits & _NAMED_IN_UTF8 and not entry.path.isascii():
        raw = entry.path.encode("cp437", errors="replace")
        names |= {raw.decode(encoding, errors="replace") for encoding in ("utf-8", "cp1252", "cp850")}
    return names


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()


def _unique(pairs: Iterator[tuple[str, Entry]]) -> dict[str, Entry]:
    """By name, without those that several files have: which of them is meant would be a guess."""
    found: dict[str, Entry] = {}
    several = set()
    for name, entry in pairs:
        if found.setdefault(name, entry) is not entry:
            several.add(name)
    return {name: entry for name, entry in found.items() if name not in several}
