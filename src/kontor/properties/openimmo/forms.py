"""How the text of a leaf is read and written. What a form can't read is None, and stays as it was written; what it can't
write is None as well, and finds another place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from babel.core import get_global

_DECIMAL: Final = re.compile(r"[+-]?(\d{1,18}(\.\d{0,18})?|\.\d{1,18})")
_GERMAN: Final = re.compile(r"[+-]?(\d{1,3}(\.\d{3}){1,4}|\d{1,15})(,\d{1,18})?")
_UNITS: Final = re.compile(r"\s*(€|EUR|m²|qm|m2|%)$", re.IGNORECASE)
_ISO_DATE: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:Z|[+-]\d{2}:\d{2})?")
_MOMENT: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})?")
_GERMAN_DATE: Final = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_MONTH: Final = re.compile(r"(\d{1,2})[-/.](\d{4})")
_TRUE: Final = frozenset({"true", "1", "ja", "j", "yes", "wahr"})
_FALSE: Final = frozenset({"false", "0", "nein", "n", "no", "falsch"})


@dataclass(frozen=True, slots=True)
class Form:
    """`lexical` is what the schema takes at such a leaf, None for any text. A `is_lossy` form understands less than the text
    may say: then the text is kept besides."""

    name: str
    read: Callable[[str], Any]
    write: Callable[[Any], str | None]
    lexical: re.Pattern[str] | None = None
    is_lossy: bool = False

    def takes(self, text: str) -> bool:
        """Whether the schema takes this text here."""
        return self.lexical is None or self.lexical.fullmatch(text) is not None


def _read_decimal(text: str) -> Decimal | None:
    plain = _UNITS.sub("", text).replace("\xa0", "").replace(" ", "").replace("'", "")
    if _DECIMAL.fullmatch(plain):
        return Decimal(plain)
    if _GERMAN.fullmatch(plain):
        return Decimal(plain.replace(".", "").replace(",", "."))
    return None


def _write_decimal(value: Decimal) -> str:
    return format(value.normalize() + 0, "f")


def _read_whole(text: str) -> int | None:
    value = _read_decimal(text)
    return int(value) if value is not None and value == value.to_integral_value() else None


def _read_year(text: str) -> int | None:
    return int(text) if re.fullmatch(r"\d{4}", text) else None


def _read_boolean(text: str) -> bool | None:
    word = text.lower()
    return True if word in _TRUE else False if word in _FALSE else None


def read_date(text: str) -> date | None:
    """A day as schemas or as Germans write it."""
    if found := _ISO_DATE.fullmatch(text) or _MOMENT.fullmatch(text):
        return _day(found[1], found[2], found[3])
    if found := _GERMAN_DATE.fullmatch(text):
        return _day(found[3], found[2], found[1])
    return None


def _read_end(text: str) -> date | None:
    """Also a month and a year, of which the last day is meant."""
    if found := _MONTH.fullmatch(text):
        first = _day(found[2], found[1], "1")
        if first is None:
            return None
        year, month = divmod(first.year * 12 + first.month, 12)
        after = _day(str(year), str(month + 1), "1")
        return date.fromordinal(after.toordinal() - 1) if after else None
    return read_date(text)


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _write_positive(value: int) -> str | None:
    return str(value) if value > 0 else None


def _text(name: str) -> Form:
    return Form(name, lambda text: text or None, lambda value: value or None)


TEXT: Final = _text("text")
DECIMAL: Final = Form("decimal", _read_decimal, _write_decimal, re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)"))
#: Decimals in leaves that the schema takes as any text.
DECIMAL_TEXT: Final = Form("decimal in a text", _read_decimal, _write_decimal)
POSITIVE_DECIMAL: Final = Form(
    "decimal from 0, two places", _read_decimal, lambda value: _write_decimal(value) if value >= 0 else None,
    re.compile(r"\d+(\.\d{0,2})?"),
)  # fmt: skip
WHOLE: Final = Form("whole number", _read_whole, str, re.compile(r"[+-]?\d{1,9}"))
COUNT: Final = Form("whole number from 1", _read_whole, _write_positive, re.compile(r"\d*[1-9]\d*"))
YEAR: Final = Form("year", _read_year, str)
BOOLEAN: Final = Form(
    "true or false", _read_boolean, lambda value: "true" if value else "false", re.compile("true|false|1|0")
)
BOOLEAN_TEXT: Final = Form("true or false", _read_boolean, lambda value: "true" if value else "false")
DATE: Final = Form("day", read_date, date.isoformat, _ISO_DATE)
END: Final = Form("day, or month for its last day", _read_end, date.isoformat)
#: A moment of which we know the day: the hour stays readable where it was.
MOMENT: Final = Form(
    "moment, of which the day", read_date, lambda day: f"{day.isoformat()}T00:00:00", _MOMENT, is_lossy=True
)


def choice(table: Mapping[StrEnum, str], also: Mapping[str, StrEnum] | None = None) -> Form:
    """Words of a list; `also` are older or finer ones that are read only."""
    words = {text.upper(): ours for ours, text in table.items()} | dict(also or {})
    known = re.compile("|".join(re.escape(word) for word in (*table.values(), *(also or {}))))
    names = " · ".join(table.values())
    return Form(names, lambda text: words.get(text.upper()), lambda value: table.get(value), known)


def one_of(*words: str) -> Form:
    """A word of the schema's list that is text to us."""
    known = re.compile("|".join(re.escape(word) for word in words))
    return Form(" · ".join(words), lambda text: text if text in words else None, _in(words), known)


def _in(words: tuple[str, ...]) -> Callable[[str], str | None]:
    return lambda value: value if value in words else None


_BY_THREE: Final = {
    code: aliases[0]
    for code, aliases in get_global("territory_aliases").items()
    if len(code) == len("DEU") and code.isalpha() and len(aliases) == 1 and len(aliases[0]) == len("DE")
} | {"ROM": "RO"}
#: What the schema's list of 2008 doesn't have, or what no country is called any more.
_NOT_WRITTEN: Final = (
    "ALA ASC ATA ATF BES BLM BUR BVT CCK CPT CUW CXR DDR DGA FXX GGY HMD IMN IOT JEY MAF MYT ROU SGS SSD SXM TAA TLS UMI "
    "YMD ZAR"
)
_THREE: Final = {
    two: three
    for three, two in _BY_THREE.items()
    if three not in _NOT_WRITTEN.split() and three[0] not in "QX"
}
_NAMES: Final = {"DEUTSCHLAND": "DE", "D": "DE", "ÖSTERREICH": "AT", "A": "AT", "SCHWEIZ": "CH"}


def _read_country(text: str) -> str | None:
    word = text.upper()
    return _BY_THREE.get(word) or _NAMES.get(word) or (word if word in _THREE else None)


COUNTRY: Final = Form("ISO 3166-1 alpha-3", _read_country, _THREE.get, re.compile("|".join(_THREE.values())))

#: Of the currencies people ask prices in, those that the schema's list of 2008 has.
_CURRENCIES: Final = "EUR CHF USD GBP CZK DKK HUF NOK SEK AED AUD BRL CAD CNY HKD ILS JPY THB ZAR UAH DEM ATS"
CURRENCY: Final = Form(
    "ISO 4217", lambda text: text if re.fullmatch("[A-Z]{3}", text) else None, _in(tuple(_CURRENCIES.split())),
    re.compile(_CURRENCIES.replace(" ", "|")),
)  # fmt: skip

_LANGUAGE_NAMES: Final = {
    "deutsch": "de",
    "german": "de",
    "englisch": "en",
    "english": "en",
    "französisch": "fr",
}


def read_language(text: str) -> str | None:
    """The language of `de-DE`, `de_DE`, `DE` or `deutsch`."""
    found = re.fullmatch(r"([A-Za-z]{2})(?:[-_].*)?", text)
    return found[1].lower() if found else _LANGUAGE_NAMES.get(text.lower())


LANGUAGE: Final = Form("ISO 639-1", read_language, str)
