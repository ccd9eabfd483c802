"""From bytes to characters: what a document is written in by its mark, its declaration, and what its bytes say."""

from __future__ import annotations

import codecs
import re
from typing import Final

from kontor.properties.openimmo.errors import UnknownEncoding

_DECLARED: Final = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._:-]+)["']""")
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UTF_16: Final = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_READ: Final = re.compile(r"^(utf-8|ascii|utf-16(-[lb]e)?|iso8859-\d+|cp125\d|cp437|cp850|mac-roman)$")
#: A lone byte in what should be UTF-8 is Windows-1252, or the euro of ISO-8859-15: no office writes the sign ¤.
_LENIENT: Final = "kontor.windows"
_EURO: Final = {0xA4: "€"}
#: What XML doesn't know, pasted from word processors: a blank in its place.
_CONTROL: Final = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def readable(text: str) -> str:
    """Text that XML 1.0 can hold."""
    return _CONTROL.sub(" ", text) if _CONTROL.search(text) else text


def _as_windows(error: UnicodeError) -> tuple[str | bytes, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    byte = error.object[error.start]
    sign = _EURO.get(byte) or bytes([byte]).decode("cp1252", errors="ignore") or chr(byte)
    return sign, error.start + 1


codecs.register_error(_LENIENT, _as_windows)


class Decoder:
    """Bytes in, characters out, piece by piece. The first piece should hold the declaration."""

    def __init__(self, head: bytes) -> None:
        """Raises UnknownEncoding."""
        self._decoder = codecs.getincrementaldecoder(_encoding(head))(errors=_LENIENT)

    def decode(self, piece: bytes) -> str:
        """Of an empty piece, which is the last: what is left."""
        return readable(self._decoder.decode(piece, final=not piece))


def _encoding(head: bytes) -> str:
    for mark, encoding in (*_MARKS, *_UTF_16):
        if head.startswith(mark):
            return encoding
    found = _DECLARED.match(head)
    if found is None:
        return "utf-8"
    declared = found[1].decode()
    try:
        name = codecs.lookup(declared).name
    except LookupError:
        name = ""
    if not _READ.match(name):
        raise UnknownEncoding(encoding=declared)
    if name in ("ascii", "utf-8") or name.startswith("utf-16") or _is_utf_8(head):
        return "utf-8"  # one that says UTF-16 and isn't by its first bytes, or says ISO-8859 and writes UTF-8
    return "cp1252" if name == "iso8859-1" else name


def _is_utf_8(head: bytes) -> bool:
    """Whether the bytes can be nothing else; a character cut at the end is none against it."""
    if head.isascii():
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True
