"""Weights, to grams."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from kontor.goods.reading.cells.numbers import LONGEST, DecimalSign, to_decimal
from kontor.goods.reading.fields import HEAVIEST_G, WeightUnit
from kontor.goods.reading.problems import BadCell

_PARTS = re.compile(r"([-−–+]?)\s*([0-9.,'’\s]*[0-9][0-9.,'’\s]*?)\s*([a-zA-Zäöüé.]*)")
_GRAMS = {
    WeightUnit.GRAM: Decimal(1),
    WeightUnit.KILOGRAM: Decimal(1000),
    WeightUnit.POUND: Decimal("453.59237"),
    WeightUnit.OUNCE: Decimal("28.349523125"),
}
_UNITS = {
    WeightUnit.GRAM: ("g", "gr", "gramm", "gram", "grams", "gramme", "grammes"),
    WeightUnit.KILOGRAM: (
        "kg",
        "kgs",
        "kilo",
        "kilos",
        "kilogramm",
        "kilogram",
        "kilograms",
        "kilogramme",
        "kilogrammes",
    ),
    WeightUnit.POUND: ("lb", "lbs", "pound", "pounds"),
    WeightUnit.OUNCE: ("oz", "ounce", "ounces", "unze", "unzen", "once", "onces"),
}
UNIT_WORDS = {word: unit for unit, words in _UNITS.items() for word in words}


def read_weight(text: str, unit: WeightUnit, sign: DecimalSign | None) -> int | None:
    """Grams, rounded; None for 0, which shops write for "not weighed". A unit in the cell wins over `unit`.

    Raises BadCell.
    """
    parts = _PARTS.fullmatch(text) if len(text) <= LONGEST else None
    if parts is None:
        scientific = re.fullmatch(r"[0-9][0-9.,]*[eE][+-]?[0-9]+", text)
        raise BadCell("weight.scientific" if scientific else "weight.unreadable", value=text)
    minus, number, word = parts.groups()
    if word:
        known = UNIT_WORDS.get(word.rstrip(".").lower())
        if known is None:
            raise BadCell("weight.unit_unknown", value=text)
        unit = known
    grams = (to_decimal(number, sign, "weight") * _GRAMS[unit]).to_integral_value(ROUND_HALF_UP)
    if minus not in ("", "+") and grams:
        raise BadCell("weight.negative", value=text)
    if grams > HEAVIEST_G:
        raise BadCell("weight.too_large", value=text)
    return int(grams) or None
