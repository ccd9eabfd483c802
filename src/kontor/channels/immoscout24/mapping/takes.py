"""Where a field of ours is not simply a leaf of theirs: what a row takes of a content, and what it fills when read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from kontor.channels.immoscout24.mapping.countries import ALPHA3, HOME
from kontor.channels.immoscout24.mapping.forms import Form, choice, day_of, german_day
from kontor.channels.immoscout24.mapping.kinds import MAY_HIDE_PRICE, type_of
from kontor.properties.building_choices import CertificateKind, Heating, Kitchen, Lift
from kontor.properties.choices import Asked, Extent, Parking, Period, Release
from kontor.properties.content import PropertyContent

Found = dict[str, Any]
Take = Callable[[PropertyContent], Any]

PERIOD: Final = choice(
    "word", {Period.DAY: "DAY", Period.WEEK: "WEEK", Period.MONTH: "MONTH", Period.YEAR: "YEAR"}
)
_CLASSES: Final = ("A+", *"ABCDEFGH")
ENERGY_CLASS: Final = Form(
    "A+ to H",
    lambda value: value.upper() if value.upper() in _CLASSES else None,
    lambda found: found if found in _CLASSES else None,
)
_BACK: Final = {alpha3: alpha2 for alpha2, alpha3 in ALPHA3.items()}
COUNTRY: Final = Form("ISO 3166-1 alpha-3", ALPHA3.get, _BACK.get)
_MONTHS: Final = {Period.MONTH: Decimal(1), Period.YEAR: Decimal(12)}
MONTHS_A_YEAR: Final = 12


def nothing(_: Any) -> Found:
    """For what can't be told back from the portal's word."""
    return {}


def own_text(name: str) -> Callable[[str], Found]:
    """The portal has one language: German."""
    return lambda value: {f"texts.de.{name}": value}


def group_number(content: PropertyContent) -> str | None:
    number = content.grouping.group_number
    return number if number.isascii() and number.isdigit() and int(number) < 2**31 else None


def foreign_country(content: PropertyContent) -> str | None:
    country = content.address.country
    return country if country != HOME else None


def foreign_region(content: PropertyContent) -> str | None:
    """The schema wants a region beside the country."""
    address = content.address
    return (address.state or address.city) if address.country != HOME else None


def latitude_without_street(content: PropertyContent) -> Decimal | None:
    """The portal finds addresses by itself, and asks for coordinates only where it can't."""
    address = content.address
    return None if address.street or address.longitude is None else address.latitude


def longitude_without_street(content: PropertyContent) -> Decimal | None:
    address = content.address
    return None if address.street or address.latitude is None else address.longitude


def shows_address(content: PropertyContent) -> bool:
    """All or nothing there: a street without its number can't be shown alone."""
    return content.address.release is Release.EXACT


def put_release(value: bool) -> Found:
    return {"address.release": Release.EXACT if value else Release.PLACE}


def price(name: str) -> Take:
    """The amount; 0 where it is on request and the portal lets prices be hidden."""

    def take(content: PropertyContent) -> Decimal | None:
        if content.prices.on_request and type_of(content) in MAY_HIDE_PRICE:
            return Decimal(0)
        amount: Decimal | None = getattr(content.prices, name)
        return amount

    return take


def put_price(name: str) -> Callable[[Decimal], Found]:
    return lambda value: {f"prices.{name}": value} if value else {"prices.on_request": True}


def stay_price(content: PropertyContent) -> Decimal | None:
    """What a short stay costs altogether: its flat rate, else its rents."""
    prices = content.prices
    return next(
        (each for each in (prices.flat_rate_rent, prices.warm_rent, prices.cold_rent) if each is not None),
        None,
    )


def stay_period(content: PropertyContent) -> Period | None:
    return (content.prices.period or Period.MONTH) if stay_price(content) is not None else None


def deposit(content: PropertyContent) -> str | None:
    prices = content.prices
    if prices.deposit_text or prices.deposit is None:
        return prices.deposit_text or None
    return f"{prices.deposit:.2f} {prices.currency}".replace(".", ",")


def parking_price(name: str) -> Take:
    """The first that is said: the portal knows one kind of place."""
    return lambda content: next(
        (getattr(each, name) for each in content.prices.parking if getattr(each, name) is not None), None
    )


def put_parking(name: str) -> Callable[[Decimal], Found]:
    """Of which kind the place is, the price alone does not say."""
    return lambda value: {"prices.parking": ({"kind": Parking.OTHER, name: value},)}


def monthly_income(content: PropertyContent) -> Decimal | None:
    """Ours is by year."""
    income = content.returns.rental_income
    return None if income is None else (income / MONTHS_A_YEAR).quantize(Decimal("0.01"))


def put_monthly_income(value: Decimal) -> Found:
    return {"returns.rental_income": value * MONTHS_A_YEAR}


def asked(content: PropertyContent) -> Asked:
    """The schema wants a word; what is written in the ad is asked for."""
    commission = content.commission
    return commission.asked or (Asked.YES if commission.external else Asked.NOT_APPLICABLE)


def has_balcony(content: PropertyContent) -> bool:
    rooms = content.rooms
    return any((rooms.balconies, rooms.terraces, rooms.loggias))


def put_balcony(_: bool) -> Found:
    """The portal does not say how many, nor of which kind."""
    return {"rooms.balconies": 1}


def refurbished(content: PropertyContent) -> str | None:
    """The year, where the text is one."""
    said = content.building.last_modernised
    return said if len(said) == 4 and said.isascii() and said.isdigit() and said >= "1000" else None


def put_refurbished(value: int) -> Found:
    return {"building.last_modernised": str(value)}


def heating(content: PropertyContent) -> Heating | None:
    return next(iter(content.building.heating), None)


def put_heating(value: Heating) -> Found:
    return {"building.heating": (value,)}


def _of_kind(kind: CertificateKind, name: str) -> Take:
    def take(content: PropertyContent) -> Decimal | None:
        energy = content.energy
        value: Decimal | None = getattr(energy, name)
        return value if energy.kind is kind else None

    return take


def consumed(name: str) -> Take:
    """A value of heat or power where the certificate tells what was used."""
    return _of_kind(CertificateKind.CONSUMPTION, name)


def demanded(name: str) -> Take:
    """The same where it tells what is needed."""
    return _of_kind(CertificateKind.DEMAND, name)


def hot_water(content: PropertyContent) -> bool | None:
    """Only "yes" says anything there."""
    return content.energy.hot_water_included or None


def has_lift(kind: Lift) -> Take:
    return lambda content: True if kind in content.equipment.lift else None


def put_lift(kind: Lift) -> Callable[[bool], Found]:
    return lambda _: {"equipment.lift": (kind,)}


def has_cellar(content: PropertyContent) -> bool | None:
    cellar = content.equipment.cellar
    return True if cellar in (Extent.YES, Extent.PARTLY) else None


def put_cellar(_: bool) -> Found:
    return {"equipment.cellar": Extent.YES}


def has_kitchen(content: PropertyContent) -> bool | None:
    return True if Kitchen.FITTED in content.equipment.kitchen else None


def put_kitchen(_: bool) -> Found:
    return {"equipment.kitchen": (Kitchen.FITTED,)}


def available(content: PropertyContent) -> str | None:
    """As the ad says it, else the day as people write it."""
    terms = content.terms
    day: date | None = terms.available_from
    return terms.available_text or (german_day(day) if day else None)


def put_available(value: str) -> Found:
    day = day_of(value)
    return {"terms.available_from": day} if day else {"terms.available_text": value}


def months(name: str) -> Take:
    """A length of time in months; None for days and weeks, which the portal has no place for."""

    def take(content: PropertyContent) -> Decimal | None:
        term = getattr(content.terms, name)
        return term.count * _MONTHS[term.unit] if term and term.unit in _MONTHS else None

    return take


def put_months(name: str) -> Callable[[Decimal], Found]:
    return lambda value: {f"terms.{name}": {"count": value, "unit": Period.MONTH}}


def auctioned_area(content: PropertyContent) -> Decimal | None:
    """What is auctioned, measured as its kind is."""
    areas = content.areas
    return next(
        (each for each in (areas.living_area, areas.total_area, areas.plot_area) if each is not None), None
    )
