"""Barcodes: GTIN-8, -12, -13, -14, and ISBN-10 where the column says ISBN."""

from __future__ import annotations

import re

from stdnum import ean, isbn
from stdnum.exceptions import ValidationError

from kontor.goods.reading.problems import BadCell

_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]+")
_FRACTION = re.compile(r"(?<=[0-9])[.,]0+$")
_SEPARATORS = re.compile(r"[\s\-]")
_NONE = frozenset(
    [
        "does not apply",
        "doesnotapply",
        "n/a",
        "na",
        "none",
        "null",
        "-",
        "–",
        "0",
        "keine",
        "keine ean",
        "kein",
        "kein ean",
        "ohne",
        "ohne ean",
        "no ean",
        "#nv",
        "#n/a",
        "entfällt",
        "nicht zutreffend",
        "trifft nicht zu",
        "ne s’applique pas",
        "ne s'applique pas",
        "sans",
        "exempt",
    ]
)


def read_gtin(text: str) -> str:
    """The digits, check digit proven; "" for words that say there is none. Raises BadCell.

    Lost leading zeros are not put back: a cut code passes the check by chance often enough to name another article.
    """
    if text.lower() in _NONE:
        return ""
    if _SCIENTIFIC.fullmatch(text):
        raise BadCell("gtin.scientific", value=text)
    digits = _SEPARATORS.sub("", _FRACTION.sub("", text.lstrip("'’").strip()))
    if not digits.strip("0"):
        return ""
    if not (digits.isascii() and digits.isdigit()) or len(digits) not in (8, 12, 13, 14):
        return _from_isbn(digits, text)
    try:
        ean.validate(digits)
    except ValidationError as error:
        raise BadCell("gtin.check_digit", value=text) from error
    return digits


def looks_like_gtin(text: str) -> bool:
    """Whether this is a whole, valid GTIN."""
    return len(text) in (8, 12, 13, 14) and text.isascii() and text.isdigit() and ean.is_valid(text)


def _from_isbn(digits: str, text: str) -> str:
    # The X, and the blanks or dashes of a printed ISBN-10, are what no cut EAN has.
    if len(digits) == 10 and (digits[-1] in "xX" or "-" in text):
        try:
            return str(isbn.to_isbn13(digits))
        except ValidationError as error:
            raise BadCell("gtin.check_digit", value=text) from error
    raise BadCell("gtin.unreadable", value=text)
