"""Amounts that are told in several leaves: parking, yearly income, distances."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from kontor.properties.choices import Parking
from kontor.properties.content import PropertyContent
from kontor.properties.openimmo.forms import (
    DECIMAL,
    WHOLE,
    one_of,
)
from kontor.properties.openimmo.kinds import DESTINATIONS, FIRST_OF_SPORT, PARKING
from kontor.properties.openimmo.rows import Leaf, Note, Part, numbered
from kontor.properties.openimmo.taking import Taken

_PARKING_LEAVES: Final = {"count": ("anzahl", WHOLE), "rent": ("stellplatzmiete", DECIMAL), "purchase_price": ("stellplatzkaufpreis", DECIMAL)}  # fmt: skip


def _read_parking(taken: Taken) -> None:
    found = []
    for kind, element in PARKING.items():
        item: dict[str, Any] = {}
        paths = [f"preise/{element}"]
        for ours, (attribute, form) in _PARKING_LEAVES.items():
            path = f"preise/{element}@{attribute}"
            value = taken.value(path, form)
            if value is not None:
                item[ours] = value
                paths.append(path)
        if item:
            found.append(({"kind": kind} | item, paths))
    taken.items("prices.parking", found)


def _write_parking(content: PropertyContent) -> Iterator[Leaf]:
    told = set[Parking]()
    for price in sorted(content.prices.parking, key=lambda each: list(PARKING).index(each.kind)):
        if price.kind in told:
            continue
        told.add(price.kind)
        for ours, (attribute, form) in _PARKING_LEAVES.items():
            value = getattr(price, ours)
            if value is not None:
                yield f"preise/{PARKING[price.kind]}@{attribute}", form.write(value) or "0"


_INCOMES: Final = {
    "returns.rental_income": "preise/mieteinnahmen_ist",
    "returns.rental_income_target": "preise/mieteinnahmen_soll",
}
_BY_YEAR: Final = {"": Decimal(1), "JAHR": Decimal(1), "MONAT": Decimal(12)}


def _read_incomes(taken: Taken) -> None:
    for ours, path in _INCOMES.items():
        value = taken.value(path, DECIMAL)
        times = _BY_YEAR.get(taken.left.get(f"{path}@periode", ""))
        if value is not None and times is not None:
            taken.keep(ours, value * times, path, f"{path}@periode")


def _write_incomes(content: PropertyContent) -> Iterator[Leaf]:
    for ours, path in _INCOMES.items():
        value = getattr(content.returns, ours.partition(".")[2])
        if value is not None:
            yield f"{path}@periode", "JAHR"
            yield path, DECIMAL.write(value) or "0"


_DISTANCES: Final = "infrastruktur/distanzen"
_FIRST: Final = list(DESTINATIONS).index(FIRST_OF_SPORT)
_PLAIN: Final = dict(list(DESTINATIONS.items())[:_FIRST])
_SPORT: Final = dict(list(DESTINATIONS.items())[_FIRST:])
_DISTANCE: Final = re.compile(rf"({_DISTANCES}(_sport)?(?:\[\d+\])?)@distanz_zu(?:_sport)?")


def _read_distances(taken: Taken) -> None:
    words = {text: ours for ours, text in DESTINATIONS.items()}
    found = []
    for path, text in list(taken.left.items()):
        if not path.startswith(_DISTANCES) or not (named := _DISTANCE.fullmatch(path)):
            continue
        to, kilometres = words.get(text), taken.value(named[1], DECIMAL)
        if to is not None and kilometres is not None and (to in _SPORT) == bool(named[2]):
            found.append(({"to": to, "kilometres": kilometres}, [path, named[1]]))
    taken.items("surroundings.distances", found)


def _write_distances(content: PropertyContent) -> Iterator[Leaf]:
    for suffix, words in (("", _PLAIN), ("_sport", _SPORT)):  # as the schema orders them
        distances = (each for each in content.surroundings.distances if each.to in words)
        for number, distance in enumerate(distances, 1):
            path = numbered(f"{_DISTANCES}{suffix}", number)
            yield f"{path}@distanz_zu{suffix}", words[distance.to]
            yield path, DECIMAL.write(distance.kilometres) or "0"


_PERIODS: Final = one_of("TAG", "WOCHE", "MONAT", "JAHR")
_DESTINATION_FORMS: Final = {
    f"{_DISTANCES}@distanz_zu": one_of(*_PLAIN.values()),
    f"{_DISTANCES}_sport@distanz_zu_sport": one_of(*_SPORT.values()),
    _DISTANCES: DECIMAL,
    f"{_DISTANCES}_sport": DECIMAL,
}


PARTS: Final = (
    Part(_read_parking, _write_parking, (
        Note("prices.parking", "preise/stp_*", "@anzahl · @stellplatzmiete · @stellplatzkaufpreis"),
    ), {f"preise/{element}@{attribute}": form for element in PARKING.values()
        for attribute, form in _PARKING_LEAVES.values()}),
    Part(_read_incomes, _write_incomes, tuple(
        Note(ours, path, "decimal, by year; @periode MONAT is read twelvefold") for ours, path in _INCOMES.items()
    ), dict.fromkeys(_INCOMES.values(), DECIMAL) | {f"{path}@periode": _PERIODS for path in _INCOMES.values()}),
    Part(_read_distances, _write_distances, (
        Note("surroundings.distances", f"{_DISTANCES}, {_DISTANCES}_sport", "kilometres; @distanz_zu, @distanz_zu_sport"),
    ), _DESTINATION_FORMS),
)  # fmt: skip
