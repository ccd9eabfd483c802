"""What a list says of a property: its price, its size, where it is, the words it is found by. Pure."""

from __future__ import annotations

import html
from decimal import Decimal
from typing import Any, Final

from kontor.catalog import text
from kontor.core.money import Money
from kontor.properties.choices import Kind, Marketing, SaleState
from kontor.properties.content import PropertyContent

LONGEST_SEARCH: Final = 10_000

# The first that is said is the one that an ad shows in large.
_PRICES: Final[dict[Marketing | None, tuple[str, ...]]] = {
    Marketing.RENT: ("cold_rent", "flat_rate_rent", "warm_rent"),
    Marketing.BUY: ("purchase_price", "guide_price"),
    Marketing.LEASEHOLD: ("purchase_price", "guide_price"),
    Marketing.LEASE: ("lease", "cold_rent"),
    None: ("purchase_price", "cold_rent", "lease"),
}
_AREAS: Final[dict[Kind, tuple[str, ...]]] = {
    Kind.PLOT: ("plot_area", "total_area"),
    Kind.FARM: ("plot_area", "total_area"),
    Kind.OFFICE: ("office_area", "usable_area", "total_area"),
    Kind.RETAIL: ("sales_area", "shop_area", "usable_area", "total_area"),
    Kind.INDUSTRY: ("storage_area", "usable_area", "total_area"),
    Kind.GASTRONOMY: ("gastronomy_area", "usable_area", "total_area"),
    Kind.INVESTMENT: ("rentable_area", "living_area", "total_area"),
}
_USUAL_AREAS: Final = ("living_area", "usable_area", "total_area")


def asking_price_field(content: PropertyContent) -> str:
    """Which of the prices an ad shows in large, empty where none is said."""
    fields = _PRICES[content.marketing]
    return next((name for name in fields if getattr(content.prices, name) is not None), "")


def asking_price(content: PropertyContent) -> Money | None:
    """That price, on request or not; None where nobody said it."""
    field = asking_price_field(content)
    return content.prices.money(field) if field else None


def main_area_fields(kind: Kind | None) -> tuple[str, ...]:
    """The areas that a property of this kind may be known by, the best first."""
    return _AREAS.get(kind, _USUAL_AREAS) if kind else _USUAL_AREAS


def main_area(content: PropertyContent) -> Decimal | None:
    """The area that a property of its kind is known by, in square metres."""
    said = (getattr(content.areas, name) for name in main_area_fields(content.kind))
    return next((area for area in said if area is not None), None)


def is_available(content: PropertyContent) -> bool:
    """Whether it can still be had: what a list counts as one piece in stock."""
    return content.status != "archived" and content.terms.sale_state is not SaleState.DONE


def clean_html(content: PropertyContent) -> dict[str, str]:
    """The descriptions as HTML, because that is what a listing keeps, whatever the trade."""
    described = {language: texts.description for language, texts in content.texts.items()}
    return {language: text.html(html.escape(plain)) for language, plain in described.items() if plain}


def search_words(content: PropertyContent) -> str:
    """Everything that somebody may type to find it, folded; not whose it is."""
    address, numbers = content.address, content.identifiers
    words = [content.reference, *(texts.title for texts in content.texts.values()), content.subtype]
    words += [address.street_line, address.city_line, address.district, address.state, address.addition]
    words += [content.grouping.project, content.grouping.unit, content.contact.name]
    words += [numbers.openimmo_obid, numbers.internal_number]
    return text.fold(" ".join(dict.fromkeys(filter(None, words))))[:LONGEST_SEARCH]


def detail(content: PropertyContent) -> dict[str, Any]:
    """The facts for a second line in lists of all trades."""
    area = main_area(content)
    return {
        "kind": content.kind or "",
        "marketing": content.marketing or "",
        "area": None if area is None else float(area),
        "rooms": None if content.rooms.rooms is None else float(content.rooms.rooms),
        "place": content.address.city_line,
    }
