"""What a price of the catalogue becomes at one connection: rate, percent, rounding. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from kontor.core.money import Money, precision


class RoundTo(StrEnum):
    """Which prices there are. An ending takes the nearest price that ends so, a step the nearest multiple."""

    NONE = "none"
    NINETY_NINE = "0.99"
    NINETY_FIVE = "0.95"
    FIVE_CENTS = "0.05"


@dataclass(frozen=True, slots=True)
class PriceRule:
    """`rates` maps a catalogue currency to how much of the marketplace's one unit of it is worth."""

    rates: Mapping[str, Decimal]
    percent: Decimal = Decimal(0)
    round_to: RoundTo = RoundTo.NONE

    @classmethod
    def from_json(cls, row: Mapping[str, Any] | None) -> PriceRule | None:
        """The rule of a connection's column; None for none."""
        if not row:
            return None
        rates = {currency: Decimal(rate) for currency, rate in row.get("from", {}).items()}
        return cls(rates, Decimal(row.get("percent", "0")), RoundTo(row.get("round_to", "none")))

    def as_json(self) -> dict[str, Any]:
        """What `from_json` reads."""
        return {
            "from": {currency: str(rate) for currency, rate in self.rates.items()},
            "percent": str(self.percent),
            "round_to": str(self.round_to),
        }


def apply(rule: PriceRule | None, price: Money, currency: str) -> Money | None:
    """The price in the marketplace's currency; None where no rule leads there, or to nothing above zero.

    Without a rule a price in the same currency passes as it is, and any other is None: nothing is ever guessed.
    """
    rate = rule.rates.get(price.currency) if rule else None
    if rate is None:
        if price.currency != currency:
            return None
        rate = Decimal(1)
    if rule is None:
        return price
    found = _rounded(Money.of(price.amount * rate * (1 + rule.percent / 100), currency), rule.round_to)
    return found if found.minor > 0 else None


def _rounded(price: Money, to: RoundTo) -> Money:
    """Endings are for currencies with hundredths; others stay as they are."""
    if to is RoundTo.NONE or price.minor <= 0 or precision(price.currency) != 2:
        return price
    if to is RoundTo.FIVE_CENTS:
        return Money(max(_nearest(price.minor, 5), 5), price.currency)
    ending = int(Decimal(to) * 100)
    return Money(max(_nearest(price.minor - ending, 100), 0) + ending, price.currency)


def _nearest(minor: int, step: int) -> int:
    return int((Decimal(minor) / step).quantize(Decimal(1), ROUND_HALF_UP)) * step
