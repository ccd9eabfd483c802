"""Prices: an amount, often with its currency beside it."""

from __future__ import annotations

import re
from decimal import Decimal

from kontor.goods.reading.cells.currencies import CURRENT, find_currency, precision
from kontor.goods.reading.cells.numbers import LONGEST, DecimalSign, to_decimal
from kontor.goods.reading.problems import BadCell

_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]{1,2})?")
_PARTS = re.compile(
    r"([^0-9.,+\-−–(]*)([(+\-−–]?)\s*([0-9.,'’\s]*[0-9][0-9.,'’\s]*?(?:[.,](?:-+|–|—))?)([-)−]?)([^0-9]*)"
)
_SCIENTIFIC = re.compile(r"[0-9][0-9.,]*[eE][+-]?[0-9]+")
_LARGEST = 10**13
# commercetools' product CSV: [country-]currency cents[|discounted][ customer group][#channel], parted by semicolons.
_ENTRY = re.compile(r"(?:([A-Z]{2})-)?([A-Z]{3}) ([0-9]+)(?:\|[0-9]*)?(?: ([^#;]+))?(?:#([^;]+))?")
CENTS = "cents"
"""The unit of a column of such price lists."""


def read_price(text: str, sign: DecimalSign | None, known_currency: str) -> tuple[Decimal, str]:
    """Amount in major units and the currency that the cell itself names ("" where it names none).

    `known_currency` settles a sign like $ that several currencies share. Raises BadCell.
    """
    if len(text) > LONGEST:
        raise BadCell("price.unreadable", value=text)
    if _PLAIN.fullmatch(text):
        return Decimal(text), ""
    if _SCIENTIFIC.fullmatch(text):
        raise BadCell("price.scientific", value=text)
    parts = _PARTS.fullmatch(text)
    if parts is None:
        raise BadCell("price.unreadable", value=text)
    before, minus, number, after_minus, after = (part.strip() for part in parts.groups())
    currency = _currency(before, after, known_currency, text)
    amount = to_decimal(number, sign, "price")
    if (minus not in ("", "+") or after_minus) and amount:
        raise BadCell("price.negative", value=text)
    return amount, currency


def read_price_list(text: str, known_currency: str) -> tuple[Decimal, str]:
    """The price for everybody out of a list of prices in cents: of no customer group and no shop, best in
    `known_currency`, and of no single country where there is such a one. Raises BadCell."""
    entries = [_ENTRY.fullmatch(part.strip()) for part in text.split(";") if part.strip()]
    if not entries or any(entry is None or entry[2] not in CURRENT for entry in entries):
        raise BadCell("price.unreadable", value=text)
    open_to_all = [entry for entry in entries if entry and not entry[4] and not entry[5]]
    if not open_to_all:
        raise BadCell("price.unreadable", value=text)
    best = min(open_to_all, key=lambda entry: (entry[2] != known_currency, bool(entry[1])))
    return Decimal(best[3]).scaleb(-precision(best[2])), best[2]


def is_price_list(text: str) -> bool:
    """Whether this can be read as a list of prices in cents."""
    return all(_ENTRY.fullmatch(part.strip()) for part in text.split(";") if part.strip())


def looks_like_price_list(text: str) -> bool:
    """Whether this can only be a list of prices in cents: a single “EUR 1250” is a price like any other."""
    first, more, _ = text.partition(";")
    entry = _ENTRY.fullmatch(first.strip())
    return bool(entry and (more or entry[1] or entry[5]))


def to_minor(amount: Decimal, currency: str) -> int:
    """The amount in the currency's smallest unit. Raises BadCell where it would have to be rounded, or is too large."""
    decimals = precision(currency)
    minor = amount.scaleb(decimals)
    if minor != minor.to_integral_value():
        raise BadCell("price.too_precise", value=f"{amount}", currency=currency, decimals=decimals)
    if minor > _LARGEST:
        raise BadCell("price.too_large", value=f"{amount}")
    return int(minor)


def _currency(before: str, after: str, known: str, text: str) -> str:
    if before and after:
        raise BadCell("price.unreadable", value=text)
    word = before or after
    if not word:
        return ""
    currency = find_currency(word, known)
    if currency is None:
        # Three letters were meant as a currency; anything else makes the cell no price.
        code = "currency.unknown" if len(word) == 3 and word.isalpha() else "price.unreadable"
        raise BadCell(code, value=word if code == "currency.unknown" else text)
    return currency
