"""Numbers as spreadsheets, shops and people of several countries write them.

`1.234` is one thousand two hundred and thirty-four in Berlin and little more than one in London. A cell that can only be
read in one way is read so; the others follow what the rest of their column shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from kontor.goods.reading.problems import BadCell

DecimalSign = Literal[".", ",", "?"]
"""The sign that parts decimals in a column; "?" where its cells contradict each other."""

LONGEST = 60
"""Characters that a number with its unit may have. It also keeps the patterns here from being fed a novel."""

_SPACES = "\u0020\u00a0\u2009\u202f\u2007'’"
_BLANKS = str.maketrans("", "", _SPACES)
_SCIENTIFIC = re.compile(r"[0-9]+(?:[.,][0-9]+)?[eE][+-]?[0-9]+")
_GROUPED_BY_BLANKS = re.compile(rf"[0-9]{{1,3}}(?:[{_SPACES}][0-9]{{3}})+(?:[.,][0-9]*)?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*")
_NUMERAL = re.compile(rf"[0-9.,{_SPACES}]*[0-9][0-9.,{_SPACES}]*")
_DASH_FOR_CENTS = re.compile(r"[.,](?:-+|–|—)$")


def decimal_sign(cells: Iterable[str]) -> DecimalSign | None:
    """What these cells show about their column; None where they show nothing.

    A contradiction by less than a tenth of the evidence is a slip of single cells.
    """
    points = commas = 0
    for cell in cells:
        if cell and not cell.isdigit():
            shown = evidence(cell)
            points += shown == "."
            commas += shown == ","
    return settle(points, commas)


def settle(points: int, commas: int) -> DecimalSign | None:
    """The sign that so many cells for the point and so many for the comma speak for."""
    if not points and not commas:
        return None
    if min(points, commas) * 10 > points + commas:
        return "?"
    return "." if points > commas else ","


def evidence(cell: str) -> Literal[".", ",", ""]:
    """Which decimal sign this cell proves, if any."""
    match = _NUMERAL.search(cell) if len(cell) <= LONGEST else None
    if match is None:
        return ""
    number = match[0].translate(_BLANKS).strip(".,")
    points, commas = number.count("."), number.count(",")
    if points and commas:
        return "." if number.rfind(".") > number.rfind(",") else ","
    if not points and not commas:
        return ""
    sign: Literal[".", ","] = "." if points else ","
    if points + commas > 1:
        return "," if points else "."
    whole, _, decimals = number.partition(sign)
    return "" if len(decimals) == 3 and _may_be_thousands(whole) else sign


def to_decimal(text: str, sign: DecimalSign | None, kind: str) -> Decimal:
    """The number in `text`, which holds digits and separators only; `kind` begins the code of a BadCell.

    Raises BadCell: `.scientific`, `.ambiguous`, `.unreadable`.
    """
    if text.isdecimal() and text.isascii():
        return Decimal(text)
    if len(text) > LONGEST:
        raise BadCell(f"{kind}.unreadable", value=text)
    number = _DASH_FOR_CENTS.sub("", text.strip())
    if _SCIENTIFIC.fullmatch(number):
        raise BadCell(f"{kind}.scientific", value=text)
    if not _NUMERAL.fullmatch(number):
        raise BadCell(f"{kind}.unreadable", value=text)
    bare = number.translate(_BLANKS)
    if bare != number and not _GROUPED_BY_BLANKS.fullmatch(number):
        raise BadCell(f"{kind}.unreadable", value=text)
    decimal = _decimal_position(bare, sign, kind, text)
    whole, decimals = (bare, "") if decimal < 0 else (bare[:decimal], bare[decimal + 1 :])
    if not whole.isdigit() and whole and not _GROUPED.fullmatch(whole):
        raise BadCell(f"{kind}.unreadable", value=text)
    if decimals and not decimals.isdigit():
        raise BadCell(f"{kind}.unreadable", value=text)
    digits = whole.replace(".", "").replace(",", "")
    return Decimal(f"{digits or '0'}.{decimals or '0'}")


def _decimal_position(number: str, sign: DecimalSign | None, kind: str, text: str) -> int:
    """Where the decimal sign stands in a number without blanks; -1 where it has none."""
    points, commas = number.count("."), number.count(",")
    if not points and not commas:
        return -1
    if points and commas:
        last = max(number.rfind("."), number.rfind(","))
        if number.count(number[last]) > 1:
            raise BadCell(f"{kind}.unreadable", value=text)
        return last
    if points + commas > 1:
        return -1
    position = number.find("." if points else ",")
    if len(number) - position - 1 != 3 or not _may_be_thousands(number[:position]):
        return position
    if sign is None or sign == "?":
        raise BadCell(f"{kind}.ambiguous", value=text)
    return position if number[position] == sign else -1


def _may_be_thousands(whole: str) -> bool:
    return 1 <= len(whole) <= 3 and not whole.startswith("0")
