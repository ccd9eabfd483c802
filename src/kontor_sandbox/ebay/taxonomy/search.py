"""Category suggestions by matching words: names, what people also say, and the names above.

A word counts by how rare it is among the categories. Plurals and German compounds are met half way:
``Bücherregal`` finds *Regale*, ``bookcases`` finds *Bookcase*.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from kontor_sandbox.ebay.taxonomy.tree import TREE, Category

_NAME, _WORDS, _ABOVE, _COMPOUND = 3.0, 2.6, 1.5, 1.2
_MEANT, _NOT_MEANT, _UNASKED = 1.25, 0.5, 0.65
_ENDINGS = ("ern", "ies", "es", "en", "er", "s", "e", "n", "x")
_STOP = frozenset(
    [
        "and",
        "und",
        "et",
        "the",
        "der",
        "die",
        "das",
        "le",
        "la",
        "les",
        "de",
        "du",
        "des",
        "for",
        "fur",
        "fuer",
        "pour",
        "with",
        "mit",
        "avec",
        "in",
        "of",
        "von",
        "aus",
        "a",
        "an",
        "un",
        "une",
        "or",
        "oder",
        "ou",
        "new",
        "neu",
        "neuf",
        "other",
        "sonstige",
        "autre",
        "autres",
        "more",
        "mehr",
        "x",
        "cm",
        "mm",
        "pcs",
        "set",
        "our",
        "your",
    ]
)


def stems(text: str) -> list[str]:
    """The words of a text: lower case, without accents, endings and what says nothing."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("ß", "ss"))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = plain.replace("t-shirt", "tshirt").replace("t shirt", "tshirt").replace("'s", "")
    return [_stem(word) for word in re.findall(r"[a-z][a-z0-9]+", plain) if word not in _STOP]


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


@dataclass(frozen=True, slots=True)
class _Entry:
    category: Category
    weights: dict[str, float]
    name_stems: tuple[frozenset[str], ...]
    asks: frozenset[str]


def _entry(category: Category) -> _Entry:
    weights: dict[str, float] = {}

    def weigh(text: str, weight: float) -> None:
        for stem in stems(text):
            weights[stem] = max(weights.get(stem, 0.0), weight)

    for above in category.ancestors:
        weigh(" ".join([*above.names.values(), above.words]), _ABOVE)
    weigh(category.words, _WORDS)
    for name in category.names.values():
        weigh(name, _NAME)
    return _Entry(
        category,
        weights,
        tuple(frozenset(stems(name)) for name in category.names.values()),
        frozenset(stems(category.asks)),
    )


_ENTRIES = [_entry(category) for category in TREE.leaves()]
_COUNTS: dict[str, int] = {}
for _found in _ENTRIES:
    for _stemmed in _found.weights:
        _COUNTS[_stemmed] = _COUNTS.get(_stemmed, 0) + 1
_RARITY = {stem: math.log(1 + len(_ENTRIES) / count) for stem, count in _COUNTS.items()}
_AUDIENCES = {name: frozenset(stems(words)) for name, words in TREE.audiences.items()}
_FALLBACK = TREE.at("Everything Else > Other Goods")


def suggest(text: str, most: int = 10) -> list[Category]:
    """The best leaves for a text, best first; the fallback where no word is known, none without a word."""
    asked = Counter(stems(text))
    if not asked:
        return []
    scored = [
        (score, -place, entry.category)
        for place, entry in enumerate(_ENTRIES)
        if (score := _score(entry, asked))
    ]
    scored.sort(key=lambda row: (-row[0], -row[1]))
    return [category for _, _, category in scored[:most]] or [_FALLBACK]


def _score(entry: _Entry, asked: Counter[str]) -> float:
    score = 0.0
    for stem, times in asked.items():
        weight = entry.weights.get(stem)
        if weight is not None:
            # What a title and a hint both say counts for more.
            score += weight * _RARITY[stem] * (1.0 if times == 1 else 1.5)
        elif len(stem) >= 7:
            score += _compound(entry, stem)
    if score == 0.0:
        return 0.0
    wanted = set(asked)
    covered = max((len(name & wanted) / len(name) for name in entry.name_stems if name), default=0.0)
    return (score + 2.0 * covered) * _aim(entry, wanted)


def _aim(entry: _Entry, wanted: set[str]) -> float:
    """How much a category is meant, by whom it is for and by what has to be said first."""
    said = {name for name, words in _AUDIENCES.items() if words & wanted}
    factor = 1.0 if not entry.asks or entry.asks & wanted else _UNASKED
    if not entry.category.audience:
        return factor
    if said:
        return factor * (_MEANT if entry.category.audience in said else _NOT_MEANT)
    return factor * (_UNASKED if entry.category.audience == "kids" else 1.0)


def _compound(entry: _Entry, stem: str) -> float:
    """The end of a German compound says what it is: a *Bücherregal* is a *Regal*."""
    ends = [part for part in entry.weights if len(part) >= 4 and stem.endswith(part)]
    if not ends:
        return 0.0
    longest = max(ends, key=len)
    return _COMPOUND * entry.weights[longest] / _NAME * _RARITY[longest]
