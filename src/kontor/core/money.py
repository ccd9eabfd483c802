"""Money as minor units and an ISO 4217 code; never a float."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from babel.core import get_global
from babel.numbers import get_currency_precision

CURRENCIES: frozenset[str] = frozenset(get_global("all_currencies"))


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in a currency's smallest unit: `Money(1250, "EUR")` is 12.50 €."""

    minor: int
    currency: str

    @classmethod
    def of(cls, amount: Decimal, currency: str) -> Money:
        """From major units, rounded half up to the currency's own precision."""
        exponent = Decimal(1).scaleb(-precision(currency))
        rounded = amount.quantize(exponent, rounding=ROUND_HALF_UP)
        return cls(int(rounded.scaleb(precision(currency))), currency)

    @property
    def amount(self) -> Decimal:
        """Major units, with exactly the currency's decimal places."""
        return Decimal(self.minor).scaleb(-precision(self.currency))

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


def precision(currency: str) -> int:
    """Decimal places of a currency: 2 for EUR, 0 for JPY, 3 for KWD."""
    return get_currency_precision(currency)
