"""What an ad of a property lacks or says wrongly, whatever the portal: every problem at once. Pure.

Errors keep it off the portals, warnings are advice; neither keeps it from being saved (see `refusals`). What the law
asks of an ad is in `law`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from kontor.core.errors import Problem
from kontor.properties import summary
from kontor.properties.building_choices import CertificateKind, CertificateState, Regime
from kontor.properties.choices import SUBTYPES, Asked, Kind, Marketing
from kontor.properties.content import PropertyContent
from kontor.properties.parts.building import EnergyCertificate

ENERGY_CLASSES: Final = ("A+", "A", "B", "C", "D", "E", "F", "G", "H")
#: By GEG and EnEV no certificate is made out for what is not heated.
WITHOUT_ENERGY: Final = frozenset({Kind.PLOT, Kind.GARAGE})
_LIVED_IN: Final = frozenset({Kind.FLAT, Kind.HOUSE, Kind.ROOM, Kind.SHORT_TERM})
_ADDRESS: Final = (("postal_code", "The postal code"), ("city", "The city"))


@dataclass(frozen=True, slots=True)
class Bounds:
    """Between which values a field is credible; beyond them somebody mistyped."""

    field: str
    low: Decimal
    high: Decimal


CREDIBLE: Final = tuple(
    Bounds(field, Decimal(low), Decimal(high))
    for field, low, high in (
        ("areas.living_area", 5, 5_000),
        ("areas.usable_area", 1, 500_000),
        ("areas.plot_area", 1, 100_000_000),
        ("areas.office_area", 1, 500_000),
        ("rooms.rooms", "0.5", 200),
        ("rooms.bedrooms", 0, 100),
        ("rooms.bathrooms", 0, 100),
        ("rooms.floor", -5, 100),
        ("rooms.floors", 1, 100),
        ("prices.cold_rent", 10, 1_000_000),
        ("prices.warm_rent", 10, 1_000_000),
        ("prices.purchase_price", 500, 1_000_000_000),
        ("energy.value", "0.1", 1_500),
        ("energy.heat_value", "0.1", 1_500),
        ("energy.power_value", "0.1", 1_500),
    )
)


def check(content: PropertyContent, on: date) -> tuple[Problem, ...]:
    """Everything there is to say of it on that day; fields are dotted paths (`prices.cold_rent`)."""
    return (
        *_essentials(content),
        *_money(content),
        *_size(content),
        *_credible(content),
        *_together(content),
        *_energy(content, on),
        *_commission(content),
        *_ad(content),
    )


def _missing(field: str, name: str, what: str, severity: str = "error") -> Problem:
    return Problem(f"properties.missing.{name}", f"{what} is missing", field, severity=severity)


def _essentials(content: PropertyContent) -> Iterator[Problem]:
    if content.kind is None:
        yield _missing("kind", "kind", "What it is (flat, house …)")
    elif content.subtype and content.subtype not in SUBTYPES[content.kind]:
        yield Problem(
            "properties.subtype.unknown", f"{content.subtype} is no word for this kind", "subtype",
            {"value": content.subtype, "known": list(SUBTYPES[content.kind])}, severity="warning",
        )  # fmt: skip
    if content.marketing is None:
        yield _missing("marketing", "marketing", "Whether it is let or sold")
    for name, what in _ADDRESS:
        if not getattr(content.address, name):
            yield _missing(f"address.{name}", name, what)
    german = content.address.country == "DE"
    code = content.address.postal_code
    if german and code and not (len(code) == 5 and code.isascii() and code.isdigit()):
        yield Problem(
            "properties.postal_code.wrong", "A German postal code has five digits", "address.postal_code",
            {"value": code},
        )  # fmt: skip


def _money(content: PropertyContent) -> Iterator[Problem]:
    prices = content.prices
    if content.marketing is None or summary.asking_price_field(content) or prices.on_request:
        pass
    elif content.marketing is Marketing.RENT:
        yield _missing("prices.cold_rent", "cold_rent", "The cold rent")
    elif content.marketing is Marketing.LEASE:
        yield _missing("prices.lease", "lease", "The lease")
    else:
        yield _missing("prices.purchase_price", "purchase_price", "The purchase price")
    if content.marketing is Marketing.LEASEHOLD and prices.ground_rent is None:
        yield _missing("prices.ground_rent", "ground_rent", "The ground rent", "warning")
    if content.marketing is Marketing.RENT and content.kind in _LIVED_IN:
        if prices.service_charge is None and prices.warm_rent is None and prices.flat_rate_rent is None:
            yield _missing("prices.service_charge", "service_charge", "The service charge")
        if prices.heating_cost is None and prices.heating_included is None and prices.warm_rent is None:
            yield _missing(
                "prices.heating_included", "heating_included", "Whether heating is included", "warning"
            )
        if prices.deposit is None and not prices.deposit_text:
            yield _missing("prices.deposit", "deposit", "The deposit", "warning")
    if content.marketing is Marketing.BUY and content.kind is Kind.FLAT and prices.hausgeld is None:
        yield _missing(
            "prices.hausgeld", "hausgeld", "The monthly payment to the owners' association", "warning"
        )


def _size(content: PropertyContent) -> Iterator[Problem]:
    if content.kind is None or content.kind is Kind.GARAGE:
        return
    if summary.main_area(content) is None:
        yield _missing(f"areas.{summary.main_area_fields(content.kind)[0]}", "area", "The area")
    if content.kind is Kind.HOUSE and content.areas.plot_area is None:
        yield _missing("areas.plot_area", "plot_area", "The area of the plot")
    if content.kind in (Kind.FLAT, Kind.HOUSE) and content.rooms.rooms is None:
        yield _missing("rooms.rooms", "rooms", "The number of rooms")


def _credible(content: PropertyContent) -> Iterator[Problem]:
    for bounds in CREDIBLE:
        section, _, name = bounds.field.partition(".")
        value = getattr(getattr(content, section), name)
        if value is not None and not bounds.low <= value <= bounds.high:
            yield Problem(
                "properties.unlikely", f"{value} can hardly be right", bounds.field,
                {"value": str(value), "low": str(bounds.low), "high": str(bounds.high)}, severity="warning",
            )  # fmt: skip


def _together(content: PropertyContent) -> Iterator[Problem]:
    """What contradicts something else that is said."""
    prices, rooms, areas = content.prices, content.rooms, content.areas
    if prices.cold_rent is not None and prices.warm_rent is not None and prices.warm_rent < prices.cold_rent:
        yield _contradiction(
            "prices.warm_rent", "warm_rent", "prices.cold_rent", "The warm rent is below the cold rent"
        )
    if rooms.floor is not None and rooms.floors is not None and rooms.floor > rooms.floors:
        yield _contradiction("rooms.floor", "floor", "rooms.floors", "It lies above the highest floor")
    if rooms.rooms is not None and rooms.bedrooms is not None and rooms.bedrooms > rooms.rooms:
        yield _contradiction(
            "rooms.bedrooms", "bedrooms", "rooms.rooms", "There are more bedrooms than rooms"
        )
    if areas.living_area and areas.total_area and areas.living_area > areas.total_area:
        yield _contradiction(
            "areas.living_area", "living_area", "areas.total_area", "One lives on more than there is"
        )
    if (content.address.latitude is None) != (content.address.longitude is None):
        half = "longitude" if content.address.longitude is None else "latitude"
        yield _missing(f"address.{half}", "coordinate", "The other half of the place on the map", "warning")


def _contradiction(field: str, name: str, other: str, message: str) -> Problem:
    return Problem(f"properties.contradiction.{name}", message, field, {"other": other})


def _energy(content: PropertyContent, on: date) -> Iterator[Problem]:
    energy = content.energy
    if content.kind is None or content.kind in WITHOUT_ENERGY:
        return
    if energy.state is None:
        yield _missing("energy.state", "energy_state", "Whether there is an energy certificate")
    elif energy.state is not CertificateState.AVAILABLE:
        filled = [name for name in _FIGURES if getattr(energy, name) is not None]
        if filled:
            yield Problem(
                "properties.energy.without_certificate", "Figures are given, but no certificate is there",
                f"energy.{filled[0]}", {"state": str(energy.state)},
            )  # fmt: skip
    else:
        yield from _certificate(energy, on)


_FIGURES: Final = ("kind", "value", "heat_value", "power_value", "issued_on", "regime")


def _certificate(energy: EnergyCertificate, on: date) -> Iterator[Problem]:
    if energy.energy_class and energy.energy_class.upper() not in ENERGY_CLASSES:
        yield Problem(
            "properties.energy.class_unknown", f"{energy.energy_class} is no energy class", "energy.energy_class",
            {"value": energy.energy_class, "known": list(ENERGY_CLASSES)},
        )  # fmt: skip
    elif energy.energy_class and energy.regime is Regime.BEFORE_MAY_2014:
        yield Problem(
            "properties.energy.class_not_due", "Certificates before 1 May 2014 have no energy class",
            "energy.energy_class", severity="warning",
        )  # fmt: skip
    if energy.hot_water_included is not None and energy.kind is CertificateKind.DEMAND:
        yield Problem(
            "properties.energy.hot_water", "Hot water is told apart only where consumption was measured",
            "energy.hot_water_included", severity="warning",
        )  # fmt: skip
    if energy.valid_until is not None and energy.valid_until < on:
        yield Problem(
            "properties.energy.expired", f"The certificate ended on {energy.valid_until}", "energy.valid_until",
            {"date": energy.valid_until.isoformat()},
        )  # fmt: skip
    if energy.issued_on is not None and energy.issued_on > on:
        yield Problem("properties.energy.future", "It was issued on a day to come", "energy.issued_on")


def _commission(content: PropertyContent) -> Iterator[Problem]:
    commission = content.commission
    if commission.asked is Asked.YES and not commission.external and commission.amount_gross is None:
        yield _missing("commission.external", "commission", "How much the commission is")
    if commission.asked is Asked.NO and (commission.external or commission.amount_gross is not None):
        yield _contradiction(
            "commission.asked", "commission", "commission.external", "A commission is named, but not asked"
        )


def _ad(content: PropertyContent) -> Iterator[Problem]:
    if not content.headline:
        yield _missing(f"texts.{content.language}.title", "title", "A title")
    for language, texts in content.texts.items():
        if len(texts.title) > 100:
            yield Problem(
                "properties.title.long", f"{len(texts.title)} characters; portals show 100",
                f"texts.{language}.title", {"length": len(texts.title), "limit": 100}, severity="warning",
            )  # fmt: skip
    if not content.own_texts.description:
        yield _missing(f"texts.{content.language}.description", "description", "A description", "warning")
    if not content.pictures:
        yield _missing("pictures", "picture", "A picture", "warning")
    contact = content.contact
    if contact.name and not (contact.email or contact.email_direct or contact.phone or contact.phone_direct
                             or contact.mobile):  # fmt: skip
        yield Problem(
            "properties.contact.unreachable",
            "Nobody can reach the contact: e-mail or phone is needed",
            "contact.email",
        )
