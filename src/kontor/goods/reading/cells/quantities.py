"""Stock: whole pieces."""

from __future__ import annotations

import re

from kontor.goods.reading.cells.numbers import LONGEST, DecimalSign, to_decimal
from kontor.goods.reading.fields import LARGEST_NUMBER
from kontor.goods.reading.problems import BadCell

_PIECES = re.compile(
    r"\s*(?:stk|stck|stück|stuck|st|pcs?|pieces?|pièces?|units?|unités?|ea|x)\.?$", re.IGNORECASE
)


def read_quantity(text: str, sign: DecimalSign | None) -> int:
    """Pieces in stock. Raises BadCell for negative, broken and unreadable ones."""
    if text.isdecimal() and text.isascii() and len(text) < 10:
        return int(text)
    number = _PIECES.sub("", text) if len(text) <= LONGEST else text
    negative = number.startswith(("-", "−", "–"))
    amount = to_decimal(number.lstrip("+-−–").strip(), sign, "quantity")
    if negative and amount:
        raise BadCell("quantity.negative", value=text)
    if amount != amount.to_integral_value():
        raise BadCell("quantity.not_whole", value=text)
    if amount > LARGEST_NUMBER:
        raise BadCell("quantity.too_large", value=text)
    return int(amount)
