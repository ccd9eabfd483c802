"""A column's name taken apart: its words, and the unit, currency or tax word that stand in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kontor.goods.reading.cells.conditions import plain_words
from kontor.goods.reading.cells.currencies import CURRENT
from kontor.goods.reading.cells.weights import UNIT_WORDS

_CAMEL = re.compile(r"(?<=[a-zäöü0-9])(?=[A-ZÄÖÜ])")
_SIGNS = {"€": "EUR", "£": "GBP", "$": "USD"}
PREFIX = re.compile(r"^\*?(?:[CP]:(?=\w))?|^attributes?\.(?=\w)")
"""eBay's own files: a star marks what is demanded, C: an item specific, P: a product code. commercetools': attributes."""
_SPECIFIC = re.compile(r"\*?C:|attributes?\.")
_NUMBERED = re.compile(r"(?<=[a-z]{3})[0-9]+$")  # image2, other_image_url1
_LENGTHS = {unit: unit for unit in ("mm", "cm", "m", "ml", "l")} | dict.fromkeys(
    ("inch", "inches", "zoll", "in"), "in"
)
_NET = frozenset(("netto", "net", "ht", "exkl", "excl", "exc", "ex", "ohne"))
_FILLERS = frozenset(
    [
        "brutto",
        "gross",
        "ttc",
        "inkl",
        "inc",
        "including",
        "incl",
        "mit",
        "mwst",
        "mw",
        "st",
        "ust",
        "vat",
        "tax",
        "tva",
        "in",
        "en",
        "pro",
        "stk",
        "per",
        "des",
        "de",
        "du",
        "l",
        "d",
        "der",
        "variant",
        "product",
        "item",
        "article",
        "produkt",
        "produit",
        "artikel",
        "shop",
    ]
)
_LANGUAGES = frozenset(("de", "en", "fr", "it", "es", "nl", "pl", "deutsch", "english", "englisch"))


@dataclass(frozen=True, slots=True)
class Heading:
    """`full` is the whole name in plain words, `bare` without units, currencies and numbers, `core` also without
    fillers, tax words and a language; `is_specific`: eBay's own word for a characteristic."""

    full: str
    bare: str
    core: str
    weight_unit: str
    length_unit: str
    currency: str
    is_net: bool
    is_specific: bool = False


@lru_cache(maxsize=4096)
def parse(name: str) -> Heading:
    """Take a column's name apart."""
    full = plain_words(_CAMEL.sub(" ", PREFIX.sub("", name)))
    words = full.split()
    currency = next((code for sign, code in _SIGNS.items() if sign in name), "")
    currency = currency or next(
        (word.upper() for word in reversed(words) if len(word) == 3 and word.upper() in CURRENT), ""
    )
    tail = words[-1] if len(words) > 1 else ""
    bracketed = {
        word for part in re.findall(r"[(\[]([^)\]]*)[)\]]", name) for word in plain_words(part).split()
    }
    units = [word for word in (*bracketed, tail) if word]
    weight_unit = next((UNIT_WORDS[word].value for word in units if word in UNIT_WORDS), "")
    length_unit = next((_LENGTHS[word] for word in units if word in _LENGTHS), "")
    net = bool(_NET & set(words)) and not {"brutto", "ttc"} & set(words)
    measures = {currency.lower()} | set(units if weight_unit or length_unit else ())
    bare = [_NUMBERED.sub("", word) for word in words if word not in measures and not word.isdigit()]
    core = [word for word in bare if word not in _FILLERS and word not in _NET]
    while len(core) > 1 and core[-1] in _LANGUAGES:
        core.pop()
    return Heading(
        full,
        " ".join(bare),
        " ".join(core) or full,
        weight_unit,
        length_unit,
        currency,
        net,
        _SPECIFIC.match(name) is not None,
    )
