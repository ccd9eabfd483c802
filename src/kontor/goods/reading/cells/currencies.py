"""Currencies as people write them."""

from __future__ import annotations

from functools import cache, lru_cache

from babel.core import get_global
from babel.numbers import get_territory_currencies

from kontor.core.money import precision as uncached_precision
from kontor.goods.reading.problems import BadCell

CURRENT: frozenset[str] = frozenset(
    code for territory in get_global("territory_currencies") for code in get_territory_currencies(territory)
)
"""What is legal tender somewhere today: the mark and the franc of old, gold and test codes are left out."""

precision = cache(uncached_precision)

_LONGEST = 20

_SIGNS = {
    "€": "EUR",
    "£": "GBP",
    "$": "USD",
    "US$": "USD",
    "USD$": "USD",
    "A$": "AUD",
    "AU$": "AUD",
    "C$": "CAD",
    "CA$": "CAD",
    "NZ$": "NZD",
    "HK$": "HKD",
    "S$": "SGD",
    "R$": "BRL",
    "¥": "JPY",
    "₺": "TRY",
    "₹": "INR",
    "₽": "RUB",
    "₴": "UAH",
    "₪": "ILS",
    "₩": "KRW",
    "ZŁ": "PLN",
    "KČ": "CZK",
    "FT": "HUF",
    "LEI": "RON",
    "FR": "CHF",
    "FR.": "CHF",
    "SFR": "CHF",
    "SFR.": "CHF",
    "EURO": "EUR",
    "EUROS": "EUR",
}
_SHARED = {
    "$": frozenset(
        code for code in CURRENT if code.endswith("D") or code in {"MXN", "ARS", "CLP", "COP", "UYU"}
    ),
    "¥": frozenset({"JPY", "CNY"}),
    "KR": frozenset({"SEK", "NOK", "DKK", "ISK"}),
    "KR.": frozenset({"SEK", "NOK", "DKK", "ISK"}),
    "£": frozenset({"GBP", "EGP", "LBP"}),
}


def find_currency(text: str, known: str = "") -> str | None:
    """The ISO code that a word or sign means; `known` settles a sign that several currencies share."""
    return _find(text, known) if len(text) <= _LONGEST else None


@lru_cache(maxsize=256)
def _find(text: str, known: str) -> str | None:
    word = text.strip().upper()
    if word in CURRENT:
        return word
    if known in _SHARED.get(word, ()):
        return known
    return _SIGNS.get(word)


def read_currency(text: str) -> str:
    """The ISO code in a cell of currencies. Raises BadCell."""
    code = find_currency(text)
    if code is None:
        raise BadCell("currency.unknown", value=text)
    return code
