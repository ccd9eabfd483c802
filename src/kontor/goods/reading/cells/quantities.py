"""Stock: whole pieces."""

from __future__ import annotations

import re

from kontor.goods.reading.cells.numbers import LONGEST, DecimalSign, to_decimal
from kontor.goods.reading.fields import LARGEST_NUMBER
from kontor.goods.reading.problems import BadCell

_PIECES = re.compile(
    r"\s*(?:stk|stck|stück|stuck|st|pcs?|pieces?|pièces?|units?|unités?|ea|x)\.?$", re.IGNORECASE
)

_AT_LEAST = re.compile(r"^[>≥]\s*=?\s*(?=[0-9])|(?<=[0-9])\s*\+$")
_NONE_LEFT = frozenset(
    [
        "ausverkauft",
        "nicht vorrätig",
        "nicht auf lager",
        "nicht lieferbar",
        "vergriffen",
        "sold out",
        "out of stock",
        "outofstock",
        "épuisé",
        "en rupture",
        "rupture de stock",
        "en rupture de stock",
    ]
)


_SOME_LEFT = frozenset(
    [
        "in stock",
        "in_stock",
        "instock",
        "available",
        "auf lager",
        "vorrätig",
        "lieferbar",
        "sofort lieferbar",
        "verfügbar",
        "en stock",
        "disponible",
    ]
)


def says_how_many(text: str) -> bool:
    """Whether this is a number, and not the mere word that there are some."""
    return bool(text) and text.casefold() not in _SOME_LEFT


def read_quantity(text: str, sign: DecimalSign | None) -> int:
    """Pieces in stock; “10+” and “> 10” are the ten that are sure. Raises BadCell for negative, broken and unreadable
    ones."""
    if text.isdecimal() and text.isascii() and len(text) < 10:
        return int(text)
    if text.casefold() in _NONE_LEFT:
        return 0
    number = _AT_LEAST.sub("", _PIECES.sub("", text)) if len(text) <= LONGEST else text
    negative = number.startswith(("-", "−", "–"))
    amount = to_decimal(number.lstrip("+-−–").strip(), sign, "quantity")
    if negative and amount:
        raise BadCell("quantity.negative", value=text)
    if amount != amount.to_integral_value():
        raise BadCell("quantity.not_whole", value=text)
    if amount > LARGEST_NUMBER:
        raise BadCell("quantity.too_large", value=text)
    return int(amount)
