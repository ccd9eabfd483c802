"""Amounts of money as they are sent."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from kontor_sandbox.ebay.errors import refuse


def check_price(price: dict[str, Any]) -> Decimal:
    """An amount that is above nothing and has at most two decimals; raises 25003."""
    text = str(price.get("value", ""))
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise refuse(25003, "value", value=text) from None
    exponent = value.as_tuple().exponent
    if not value.is_finite() or value <= 0 or (isinstance(exponent, int) and exponent < -2):
        raise refuse(25003, "value", value=text)
    return value
