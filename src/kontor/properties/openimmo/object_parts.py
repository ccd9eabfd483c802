"""Leaves that mean something only together: the kind, how it is marketed, where it lies, what its certificate says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from kontor.properties.building_choices import CertificateKind, CertificateState, Regime
from kontor.properties.choices import SUBTYPES, Kind, Marketing, Usage
from kontor.properties.content import PropertyContent
from kontor.properties.openimmo.forms import (
    BOOLEAN,
    DECIMAL,
    DECIMAL_TEXT,
    TEXT,
    Form,
    one_of,
)
from kontor.properties.openimmo.kinds import OBJECTS
from kontor.properties.openimmo.rows import Leaf, Note, Part
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


def _object_forms() -> dict[str, Form]:
    forms = {f"{_OBJECT}/objektart_zusatz": TEXT}
    for element, attribute, words in OBJECTS.values():
        forms |= {
            f"{_OBJECT}/{element}": TEXT,
            f"{_OBJECT}/{element}@{attribute}": one_of(*words, _SAYS_NOTHING),
        }
    return forms


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
)  # fmt: skip
