"""Leaves that mean something only together: the kind, how it is marketed, where it lies, the certificate's figure, prices of
parking, distances, terms, texts, the owner.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from itertools import count
from typing import Any, Final

from kontor.properties.building_choices import CertificateKind, CertificateState, Regime
from kontor.properties.choices import SUBTYPES, Kind, Marketing, Parking, Usage
from kontor.properties.content import PropertyContent
from kontor.properties.openimmo.fields import contact
from kontor.properties.openimmo.forms import (
    BOOLEAN,
    DATE,
    DECIMAL,
    DECIMAL_TEXT,
    TEXT,
    WHOLE,
    Form,
    one_of,
    read_date,
    read_language,
)
from kontor.properties.openimmo.kinds import DESTINATIONS, FIRST_OF_SPORT, OBJECTS, PARKING, PERIOD
from kontor.properties.openimmo.rows import Field, Leaf, Note, Part
from kontor.properties.openimmo.taking import Taken

_OBJECT: Final = "objektkategorie/objektart"
_SAYS_NOTHING: Final = "KEINE_ANGABE"
_SHORT_TERM: Final = {Kind.FLAT: "flat", Kind.HOUSE: "house", Kind.ROOM: "room"}


def _read_kind(taken: Taken) -> None:
    present = taken.beneath(_OBJECT)
    for kind, (element, attribute, words) in OBJECTS.items():
        path = f"{_OBJECT}/{element}"
        word = present.get(f"{element}@{attribute}", "")
        if element not in present and not any(each.startswith(f"{element}@") for each in present):
            continue
        taken.drop(path)
        if kind in _SHORT_TERM and taken.found.get("usage") == (Usage.TEMPORARY,):
            taken.keep("kind", Kind.SHORT_TERM)
            taken.keep("subtype", _SHORT_TERM[kind])
            return
        taken.keep("kind", kind)
        if word in words:
            taken.keep("subtype", SUBTYPES[kind][words.index(word)], f"{path}@{attribute}")
        elif word in ("", _SAYS_NOTHING):
            taken.drop(f"{path}@{attribute}")
        return


def _write_kind(content: PropertyContent) -> Iterator[Leaf]:
    kind, subtype = content.kind, content.subtype
    if kind is Kind.SHORT_TERM:
        kind, subtype = (
            next((each for each, name in _SHORT_TERM.items() if name == content.subtype), Kind.FLAT),
            "",
        )
    if kind is None:
        return
    element, attribute, words = OBJECTS[kind]
    if subtype in SUBTYPES[kind]:
        yield f"{_OBJECT}/{element}@{attribute}", words[SUBTYPES[kind].index(subtype)]
    else:
        yield f"{_OBJECT}/{element}", ""


_MARKETING: Final = "objektkategorie/vermarktungsart"
_WAYS: Final = {
    "ERBPACHT": Marketing.LEASEHOLD, "KAUF": Marketing.BUY, "MIETE_PACHT": Marketing.RENT, "LEASING": Marketing.LEASE,
}  # fmt: skip


def _read_marketing(taken: Taken) -> None:
    paths = {way: f"{_MARKETING}@{way}" for way in _WAYS}
    values = {way: taken.value(path, BOOLEAN) for way, path in paths.items()}
    taken.drop(*(paths[way] for way, value in values.items() if value is False))
    for way, ours in _WAYS.items():
        if values[way]:
            rents = {"prices.cold_rent", "prices.warm_rent"} & taken.found.keys()
            is_lease = ours is Marketing.RENT and "prices.lease" in taken.found and not rents
            taken.keep("marketing", Marketing.LEASE if is_lease else ours, paths[way])
            return


def _write_marketing(content: PropertyContent) -> Iterator[Leaf]:
    match content.marketing:
        case Marketing.LEASE:
            yield f"{_MARKETING}@MIETE_PACHT", "true"
        case Marketing.RENT | Marketing.BUY | Marketing.LEASEHOLD as said:
            yield f"{_MARKETING}@{next(way for way, ours in _WAYS.items() if ours is said)}", "true"


_LATITUDE, _LONGITUDE = "geo/geokoordinaten@breitengrad", "geo/geokoordinaten@laengengrad"


def _read_position(taken: Taken) -> None:
    latitude, longitude = taken.value(_LATITUDE, DECIMAL), taken.value(_LONGITUDE, DECIMAL)
    if latitude is None or longitude is None:
        return
    if latitude == longitude == 0:  # what software sends that knows neither
        taken.drop(_LATITUDE, _LONGITUDE)
        return
    taken.keep("address.latitude", latitude, _LATITUDE)
    taken.keep("address.longitude", longitude, _LONGITUDE)


def _write_position(content: PropertyContent) -> Iterator[Leaf]:
    latitude, longitude = content.address.latitude, content.address.longitude
    if latitude is not None and longitude is not None:
        yield _LATITUDE, format(latitude.normalize() + 0, "f")
        yield _LONGITUDE, format(longitude.normalize() + 0, "f")


_CERTIFICATE: Final = "zustand_angaben/energiepass"
_DEMAND, _CONSUMPTION = f"{_CERTIFICATE}/endenergiebedarf", f"{_CERTIFICATE}/energieverbrauchkennwert"
_YEAR: Final = f"{_CERTIFICATE}/jahrgang"
_STATES: Final = {
    "ohne": CertificateState.NOT_YET,
    "nicht_noetig": CertificateState.NOT_REQUIRED,
    "bei_besichtigung": CertificateState.AT_VIEWING,
}
_REGIMES: Final = {"2008": Regime.BEFORE_MAY_2014, "2014": Regime.FROM_MAY_2014}


def _read_certificate(taken: Taken) -> None:
    paths = (_DEMAND, _CONSUMPTION)
    if taken.found.get("energy.kind") is CertificateKind.CONSUMPTION:
        paths = (_CONSUMPTION, _DEMAND)
    for path in paths:
        value = taken.value(path, DECIMAL_TEXT)
        if value is not None:
            taken.keep("energy.value", value, path)
            break
    year = taken.left.get(_YEAR, "")
    if regime := _REGIMES.get(year):
        taken.keep("energy.regime", regime, _YEAR)
        taken.keep("energy.state", CertificateState.AVAILABLE)
    elif state := _STATES.get(year):
        taken.keep("energy.state", state, _YEAR)


def _write_certificate(content: PropertyContent) -> Iterator[Leaf]:
    energy = content.energy
    if energy.value is not None:
        path = _CONSUMPTION if energy.kind is CertificateKind.CONSUMPTION else _DEMAND
        yield path, format(energy.value.normalize() + 0, "f")
    table: Mapping[Any, str] = {ours: theirs for theirs, ours in (_STATES | _REGIMES).items()}
    known = energy.regime if energy.state in (None, CertificateState.AVAILABLE) else energy.state
    if word := table.get(known):
        yield _YEAR, word


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
            path = _numbered(f"{_DISTANCES}{suffix}", number)
            yield f"{path}@distanz_zu{suffix}", words[distance.to]
            yield path, DECIMAL.write(distance.kilometres) or "0"


def _numbered(path: str, number: int) -> str:
    return path if number == 1 else f"{path}[{number}]"


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
    free = next(path for number in count(1) if (path := _numbered(_ADDRESS, number)) not in others)
    yield f"{free}@adressart", "EIGENTUEMER"
    for row in _owner(free):
        yield from row.write(content)


def _object_forms() -> dict[str, Form]:
    forms = {f"{_OBJECT}/objektart_zusatz": TEXT}
    for element, attribute, words in OBJECTS.values():
        forms |= {
            f"{_OBJECT}/{element}": TEXT,
            f"{_OBJECT}/{element}@{attribute}": one_of(*words, _SAYS_NOTHING),
        }
    return forms


_PERIODS: Final = one_of("TAG", "WOCHE", "MONAT", "JAHR")
_DESTINATION_FORMS: Final = {
    f"{_DISTANCES}@distanz_zu": one_of(*_PLAIN.values()),
    f"{_DISTANCES}_sport@distanz_zu_sport": one_of(*_SPORT.values()),
    _DISTANCES: DECIMAL,
    f"{_DISTANCES}_sport": DECIMAL,
}

PARTS: Final = (
    Part(_read_kind, _write_kind, (
        Note("kind", f"{_OBJECT}/*", " · ".join(f"{kind}: {row[0]}" for kind, row in OBJECTS.items())),
        Note("subtype", f"{_OBJECT}/*@*", "the kind's own words; short_term: which of flat, house, room"),
    ), _object_forms()),
    Part(_read_marketing, _write_marketing, (
        Note("marketing", f"{_MARKETING}@*", "buy: KAUF · rent, lease: MIETE_PACHT · leasehold: ERBPACHT; LEASING is read as lease"),
    ), {f"{_MARKETING}@{way}": BOOLEAN for way in _WAYS}),
    Part(_read_position, _write_position, (
        Note("address.latitude", _LATITUDE, "decimal"), Note("address.longitude", _LONGITUDE, "decimal"),
    ), {_LATITUDE: DECIMAL, _LONGITUDE: DECIMAL}),
    Part(_read_certificate, _write_certificate, (
        Note("energy.value", f"{_DEMAND} or {_CONSUMPTION}", "as energy.kind says"),
        Note("energy.state, energy.regime", _YEAR, "2008 · 2014: available; ohne · nicht_noetig · bei_besichtigung"),
    ), {_DEMAND: TEXT, _CONSUMPTION: TEXT, _YEAR: one_of(*_STATES, *_REGIMES)}),
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
