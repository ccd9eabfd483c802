"""Lists of properties: filters, the map, orders; and which others are like one."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, F, FloatField, Q, QuerySet, Value
from django.db.models.functions import Abs, Cast, Coalesce, Ln

from kontor.catalog import listing_extras, text
from kontor.catalog.models import Status
from kontor.core.http import paging
from kontor.core.http.paging import PageAsked, Slice, Statement
from kontor.core.money import Money
from kontor.core.tenancy import current_tenant
from kontor.properties.models import Property

IN_USE: Final = (Status.DRAFT.value, Status.ACTIVE.value)
ORDERS: Final[Mapping[str, tuple[str, ...]]] = {
    "-updated": ("-updated_at", "-id"),
    "updated": ("updated_at", "id"),
    "title": ("sort_title", "id"),
    "-title": ("-sort_title", "-id"),
    "price": ("price_minor", "id"),
    "-price": ("-price_minor", "-id"),
    "area": ("area", "id"),
    "-area": ("-area", "-id"),
    "rooms": ("rooms", "id"),
    "-rooms": ("-rooms", "-id"),
    "city": ("city_key", "id"),
    "-city": ("-city_key", "-id"),
}
_SHOWN: Final = (
    "id", "status", "kind", "marketing", "country", "postal_code", "city", "city_key", "latitude", "longitude", "area",
    "plot_area", "rooms", "price_minor", "currency", "updated_at", "sort_title", "listing__reference",
    "listing__headline", "listing__language", "listing__thumb_id", "listing__pictures_waiting",
    "listing__pictures_failed", "listing__revision", "listing__updated_by", "publications",
)  # fmt: skip
# How many times as large, as dear or as roomy something may be to be called alike.
_ALIKE: Final = Decimal("1.6")
_FEW_ROOMS: Final = Decimal("1.5")


@dataclass(frozen=True, slots=True)
class Range:
    """From and to, both included; None: no end."""

    low: Decimal | None = None
    high: Decimal | None = None

    def on(self, column: str) -> Q:
        """The condition on a column; one without a value is in no range but the open one."""
        condition = Q()
        if self.low is not None:
            condition &= Q(**{f"{column}__gte": self.low})
        if self.high is not None:
            condition &= Q(**{f"{column}__lte": self.high})
        return condition


@dataclass(frozen=True, slots=True)
class Box:
    """A piece of the map in degrees; over the 180th meridian where `west` is greater than `east`."""

    west: float
    south: float
    east: float
    north: float

    def condition(self) -> Q:
        """What lies in it."""
        if self.west <= self.east:
            across = Q(longitude__gte=self.west, longitude__lte=self.east)
        else:
            across = Q(longitude__gte=self.west) | Q(longitude__lte=self.east)
        return across & Q(latitude__gte=self.south, latitude__lte=self.north)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which properties are wanted; what is empty or None is not asked. Prices are major units of `currency`."""

    search: str = ""
    statuses: tuple[str, ...] = IN_USE
    kinds: tuple[str, ...] = ()
    marketing: str = ""
    city: str = ""
    postal_code: str = ""  # its beginning
    price: Range = Range()
    currency: str = ""
    area: Range = Range()
    plot_area: Range = Range()
    rooms: Range = Range()
    box: Box | None = None
    ids: tuple[UUID, ...] | None = None


def page(wanted: Wanted, asked: PageAsked, sort: str) -> Slice[dict[str, Any]]:
    """A page of properties in one of ORDERS, as rows of _SHOWN; `schemas.property_row` shows them. Raises CursorInvalid."""
    total = properties(wanted).count() if asked.total else None
    return statement(current_tenant(), wanted, replace(asked, total=False), sort).run(total)


@functools.lru_cache(maxsize=256)
def statement(_tenant_id: UUID, wanted: Wanted, asked: PageAsked, sort: str) -> Statement:
    # As in `catalog.queries`: compiling takes longer than reading, and most requests ask what was asked before.
    shown = properties(wanted).annotate(publications=listing_extras.publications_json())
    return paging.statement(shown, _SHOWN, asked, ORDERS[sort])


def properties(wanted: Wanted) -> QuerySet[Property]:
    """The properties asked for; unordered."""
    found = Property.objects.filter(_condition(wanted))
    for word in text.fold(wanted.search).split():
        found = found.filter(listing__search__contains=word)
    return found


def _condition(wanted: Wanted) -> Q:
    condition = Q()
    if set(wanted.statuses) != set(Status.values):
        condition &= Q(status__in=wanted.statuses)
    if wanted.kinds:
        condition &= Q(kind__in=wanted.kinds)
    if wanted.marketing:
        condition &= Q(marketing=wanted.marketing)
    if wanted.city:
        condition &= Q(city_key=text.fold(wanted.city))
    if wanted.postal_code:
        condition &= Q(postal_code__startswith=wanted.postal_code)
    if wanted.currency:
        condition &= Q(currency=wanted.currency)
    if wanted.box:
        condition &= wanted.box.condition()
    if wanted.ids is not None:
        condition &= Q(id__in=wanted.ids)
    condition &= _minor(wanted.price, wanted.currency or "EUR").on("price_minor")
    return condition & wanted.area.on("area") & wanted.plot_area.on("plot_area") & wanted.rooms.on("rooms")


def _minor(prices: Range, currency: str) -> Range:
    low, high = (
        None if each is None else Decimal(Money.of(each, currency).minor)
        for each in (prices.low, prices.high)
    )
    return Range(low, high)


def facets() -> dict[str, Any]:
    """Counts for the views of the list; one query."""
    rows = list(
        Property.objects.values("kind", "marketing", "status")
        .annotate(count=Count("*"))
        .order_by("kind", "marketing")
    )
    in_use = [row for row in rows if row["status"] in IN_USE]
    kinds, marketing = Counter[str](), Counter[str]()
    for row in in_use:
        kinds[row["kind"]] += row["count"]
        marketing[row["marketing"]] += row["count"]
    states = Counter[str]()
    for row in rows:
        states[row["status"]] += row["count"]
    return {
        "total": kinds.total(),
        "active": states[Status.ACTIVE],
        "drafts": states[Status.DRAFT],
        "archived": states[Status.ARCHIVED],
        "kinds": {name: count for name, count in kinds.items() if name},
        "marketing": {name: count for name, count in marketing.items() if name},
    }


def similar(to: Property, most: int) -> list[tuple[dict[str, Any], tuple[str, ...]]]:
    """Properties in use of the same kind and marketing, the most alike first, each with what makes it so.

    Alike are price and area within a factor of 1.6 and rooms within one and a half; each counts by how far it is off,
    and another city as much as half as dear again. What nobody said counts as far off as that.
    """
    rows = Property.objects.filter(kind=to.kind, marketing=to.marketing, status__in=IN_USE).exclude(id=to.id)
    rows = rows.filter(_near("area", to.area) & _near("price_minor", to.price_minor))
    rows = rows.filter(Q(currency__in=("", to.currency)))
    off = _off("area", to.area) + _off("price_minor", to.price_minor) + _rooms_off(to.rooms)
    found = list(rows.annotate(off=off).order_by("off", "-updated_at")[: most * 5])
    ranked = sorted(found, key=lambda row: row.off + (0 if _same_city(row, to) else 0.4))[:most]
    if not ranked:
        return []
    wanted = Wanted(statuses=tuple(Status.values), ids=tuple(row.id for row in ranked))
    shown = {row["id"]: row for row in page(wanted, PageAsked(most), "-updated").rows}
    return [(shown[row.id], _reasons(row, to)) for row in ranked]


def _near(column: str, value: Any) -> Q:
    if not value:
        return Q()
    low, high = Decimal(value) / _ALIKE, Decimal(value) * _ALIKE
    return Q(**{f"{column}__isnull": True}) | Q(**{f"{column}__gte": low, f"{column}__lte": high})


def _off(column: str, value: Any) -> Any:
    """How many times larger or smaller, as the absolute logarithm."""
    if not value:
        return Value(0.0)
    return Coalesce(
        Abs(Ln(Cast(F(column), FloatField()) / Value(float(value)))),
        Value(0.5),
        output_field=FloatField(),
    )


def _rooms_off(value: Any) -> Any:
    if value is None:
        return Value(0.0)
    apart = Abs(Cast(F("rooms"), FloatField()) - Value(float(value)))
    return Coalesce(apart * Value(0.25), Value(0.5), output_field=FloatField())


def _same_city(row: Property, to: Property) -> bool:
    return bool(row.city_key) and row.city_key == to.city_key


def _reasons(row: Property, to: Property) -> tuple[str, ...]:
    reasons = {
        "city": _same_city(row, to),
        "area": _is_like(row.area, to.area),
        "price": _is_like(row.price_minor, to.price_minor),
        "rooms": row.rooms is not None and to.rooms is not None and abs(row.rooms - to.rooms) <= _FEW_ROOMS,
    }
    return tuple(name for name, holds in reasons.items() if holds)


def _is_like(one: Any, other: Any) -> bool:
    return bool(one and other) and 1 / _ALIKE <= Decimal(one) / Decimal(other) <= _ALIKE
