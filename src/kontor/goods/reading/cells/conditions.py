"""The state of goods, in German, English and French words."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kontor.goods.reading.fields import Condition
from kontor.goods.reading.problems import BadCell

_LONGEST = 80

_WORDS: dict[Condition, str] = {
    Condition.NEW: (
        "new|neu|neuf|neuve|nouveau|brand new|brandneu|fabrikneu|neuware|new with tags|neu mit etikett|new with box|"
        "neu mit karton|neuf avec etiquette|neuf avec etiquettes|newcondition|new new|nuevo|nuovo|1000"
    ),
    Condition.NEW_OTHER: (
        "new other|neu sonstige|neuf autre|open box|openbox|b ware neu|new without tags|neu ohne etikett|new without box|"
        "neu ohne karton|neuf sans etiquette|neuf sans emballage|geoffnet|emballage ouvert|1500"
    ),
    Condition.NEW_WITH_DEFECTS: "new with defects|neu mit fehlern|neu mit mangeln|neuf avec defauts|1750",
    Condition.LIKE_NEW: "like new|wie neu|neuwertig|comme neuf|as new|mint|used like new|2750",
    Condition.REFURBISHED: (
        "refurbished|generaluberholt|aufbereitet|refurb|reconditionne|remis a neuf|seller refurbished|manufacturer "
        "refurbished|certified refurbished|vom hersteller generaluberholt|vom verkaufer generaluberholt|renewed|2000|2500"
    ),
    Condition.USED: (
        "used|gebraucht|occasion|d occasion|usage|second hand|secondhand|pre owned|preowned|b ware|usedcondition|3000"
    ),
    Condition.USED_VERY_GOOD: "used very good|very good|sehr gut|gebraucht sehr gut|tres bon etat|tres bon|4000",
    Condition.USED_GOOD: "used good|good|gut|gebraucht gut|bon etat|bon|5000",
    Condition.USED_ACCEPTABLE: "used acceptable|acceptable|akzeptabel|gebraucht akzeptabel|etat correct|correct|6000",
    Condition.FOR_PARTS: (
        "for parts|for parts or not working|parts only|defekt|als ersatzteil defekt|ersatzteil|pour pieces|"
        "pour pieces ne fonctionne pas|hs|not working|defective|damaged|damagedcondition|beschadigt|7000"
    ),
}
CONDITION_WORDS = {word: condition for condition, words in _WORDS.items() for word in words.split("|")} | {
    "refurbishedcondition": Condition.REFURBISHED
}


def read_condition(text: str) -> Condition:
    """The condition that a word means. Raises BadCell."""
    condition = _known(text) if len(text) <= _LONGEST else None
    if condition is None:
        raise BadCell("condition.unknown", value=text)
    return condition


@lru_cache(maxsize=4096)
def _known(text: str) -> Condition | None:
    return CONDITION_WORDS.get(plain_words(text))


def plain_words(text: str) -> str:
    """Lower case, without accents and signs, one blank between words: how headings and words are compared."""
    decomposed = unicodedata.normalize("NFKD", text.replace("ß", "ss"))
    letters = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(re.findall(r"[^\W_]+", letters.casefold()))
