"""What the ad says in several leaves: terms, texts, and whose the property is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import count
from typing import Final

from kontor.properties.content import PropertyContent
from kontor.properties.openimmo.fields import contact
from kontor.properties.openimmo.forms import (
    DATE,
    DECIMAL,
    TEXT,
    one_of,
    read_date,
    read_language,
)
from kontor.properties.openimmo.kinds import PERIOD
from kontor.properties.openimmo.rows import Field, Leaf, Note, Part, numbered
from kontor.properties.openimmo.taking import Taken

_FROM_DAY, _FROM_TEXT = "verwaltung_objekt/abdatum", "verwaltung_objekt/verfuegbar_ab"


def _read_available(taken: Taken) -> None:
    text = taken.left.get(_FROM_TEXT, "")
    day, said = taken.value(_FROM_DAY, DATE), read_date(text)
    if day or said:
        taken.keep(
            "terms.available_from", day or said, _FROM_DAY, *([_FROM_TEXT] if said == (day or said) else [])
        )
    if text and said is None:
        taken.keep("terms.available_text", text, _FROM_TEXT)


def _write_available(content: PropertyContent) -> Iterator[Leaf]:
    day, text = content.terms.available_from, content.terms.available_text
    if text:
        yield _FROM_TEXT, text
    elif day:
        yield _FROM_TEXT, f"{day.day:02}.{day.month:02}.{day.year:04}"
    if day:
        yield _FROM_DAY, day.isoformat()


_TERMS: Final = {
    "minimum_term": ("verwaltung_objekt/min_mietdauer", "min_dauer"),
    "maximum_term": ("verwaltung_objekt/max_mietdauer", "max_dauer"),
}


def _read_terms(taken: Taken) -> None:
    for ours, (path, attribute) in _TERMS.items():
        number, unit = taken.value(path, DECIMAL), taken.value(f"{path}@{attribute}", PERIOD)
        if number is not None and unit is not None:
            taken.keep(f"terms.{ours}", {"count": number, "unit": unit}, path, f"{path}@{attribute}")


def _write_terms(content: PropertyContent) -> Iterator[Leaf]:
    for ours, (path, attribute) in _TERMS.items():
        term = getattr(content.terms, ours)
        if term is not None:
            yield f"{path}@{attribute}", PERIOD.write(term.unit) or ""
            yield path, DECIMAL.write(term.count) or "0"


_TEXTS: Final = {
    "title": "objekttitel", "short": "dreizeiler", "location": "lage", "furnishing": "ausstatt_beschr",
    "description": "objektbeschreibung", "other": "sonstige_angaben",
}  # fmt: skip
_OTHER_TEXT: Final = "freitexte/objekt_text"


def _read_texts(taken: Taken) -> None:
    language = taken.found.get("language", "de")
    for ours, theirs in _TEXTS.items():
        if text := taken.left.get(f"freitexte/{theirs}"):
            taken.keep(f"texts.{language}.{ours}", text, f"freitexte/{theirs}")
    text = taken.left.get(_OTHER_TEXT)
    field = f"texts.{read_language(taken.left.get(f'{_OTHER_TEXT}@lang', '')) or language}.description"
    if text and field not in taken.found:
        taken.keep(field, text, _OTHER_TEXT, f"{_OTHER_TEXT}@lang")


def _write_texts(content: PropertyContent) -> Iterator[Leaf]:
    if own := content.texts.get(content.language):
        for ours, theirs in _TEXTS.items():
            if text := getattr(own, ours):
                yield f"freitexte/{theirs}", text
    for language, texts in content.texts.items():
        if language != content.language and texts.description:
            yield f"{_OTHER_TEXT}@lang", language
            yield _OTHER_TEXT, texts.description
            return


_ADDRESS: Final = "weitere_adresse"
_OWNERS: Final = frozenset({"EIGENTUEMER", "EIGENTÜMER", "OWNER"})
_owner = cache(lambda element: contact("owner.", element))


def _read_owner(taken: Taken) -> None:
    for path, text in list(taken.left.items()):
        if path.startswith(_ADDRESS) and path.endswith("@adressart") and text.upper() in _OWNERS:
            row: Field
            for row in _owner(path.removesuffix("@adressart")):
                row.read(taken)
            taken.drop(path)
            return


def _write_owner(content: PropertyContent) -> Iterator[Leaf]:
    if content.owner.is_empty:
        return
    others = {
        path.partition("/")[0].partition("@")[0] for path in content.unknown if path.startswith(_ADDRESS)
    }
    free = next(path for number in count(1) if (path := numbered(_ADDRESS, number)) not in others)
    yield f"{free}@adressart", "EIGENTUEMER"
    for row in _owner(free):
        yield from row.write(content)


_PERIODS: Final = one_of("TAG", "WOCHE", "MONAT", "JAHR")

PARTS: Final = (
    Part(_read_available, _write_available, (
        Note("terms.available_from", _FROM_DAY, "day"),
        Note("terms.available_text", _FROM_TEXT, "text, else the day as dd.mm.yyyy"),
    ), {_FROM_DAY: DATE, _FROM_TEXT: TEXT}),
    Part(_read_terms, _write_terms, tuple(
        Note(f"terms.{ours}", f"{path}, @{attribute}", "number; TAG · WOCHE · MONAT · JAHR")
        for ours, (path, attribute) in _TERMS.items()
    ), {path: TEXT for path, _ in _TERMS.values()} | {f"{path}@{name}": _PERIODS for path, name in _TERMS.values()}),
    Part(_read_texts, _write_texts, (
        *(Note(f"texts.{{language}}.{ours}", f"freitexte/{theirs}", "text") for ours, theirs in _TEXTS.items()),
        Note("texts.{another}.description", _OTHER_TEXT, "text; @lang"),
    ), {f"freitexte/{theirs}": TEXT for theirs in _TEXTS.values()} | {_OTHER_TEXT: TEXT, f"{_OTHER_TEXT}@lang": TEXT}),
    Part(_read_owner, _write_owner, (
        Note("owner", f"{_ADDRESS}[@adressart=EIGENTUEMER]", "as of contact; never written for portals"),
    ), {f"{_ADDRESS}@adressart": TEXT} | {row.path: row.form for row in _owner(_ADDRESS)}),
)  # fmt: skip
