"""Text as it is kept: without control characters, HTML without anything that runs or leads away, keys to compare by."""

from __future__ import annotations

import re
import unicodedata

import nh3

TAGS = frozenset(
    "p br b strong i em u ul ol li h2 h3 h4 table thead tbody tr td th span".split()  # noqa: SIM905
)
_DROPPED_WHOLE = {
    "script",
    "style",
    "iframe",
    "object",
    "embed",
    "noscript",
    "template",
    "svg",
    "math",
    "title",
}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u2028\u2029\ud800-\udfff]")
_SPACE = re.compile(r"\s+")
_TAG = re.compile(r"<[^>]*>")
_PLAIN_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "đ": "d", "ł": "l"})


def line(text: str) -> str:
    """One line: control characters gone, white space folded, NFC."""
    if text.isascii() and text.isprintable() and "  " not in text:  # nearly all of a file
        return text.strip()
    return _SPACE.sub(" ", _CONTROL.sub("", unicodedata.normalize("NFC", text))).strip()


def html(text: str) -> str:
    """Clean HTML: only layout tags, no attributes, no links; plain text with line breaks becomes paragraphs."""
    cleaned = _CONTROL.sub("", unicodedata.normalize("NFC", text)).strip()
    if cleaned and not _TAG.search(cleaned) and "\n" in cleaned:
        blocks = re.split(r"\n\s*\n", cleaned)
        cleaned = "".join(f"<p>{'<br>'.join(block.strip().splitlines())}</p>" for block in blocks)
    return nh3.clean(
        cleaned, tags=set(TAGS), clean_content_tags=_DROPPED_WHOLE, attributes={}, strip_comments=True
    ).strip()


def fold(text: str) -> str:
    """A key that ignores case, accents and surplus space: "Größe " and "GROSSE" differ from it in nothing."""
    folded = line(text).casefold()
    if folded.isascii():
        return folded
    decomposed = unicodedata.normalize("NFKD", folded)
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return bare.translate(_PLAIN_LETTERS)
