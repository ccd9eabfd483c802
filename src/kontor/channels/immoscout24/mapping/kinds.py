"""Which of the portal's types a property is, by kind, marketing and finer word; and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kontor.channels.immoscout24.wire.document import Leaves, first
from kontor.properties.choices import Kind, Marketing, Usage
from kontor.properties.content import PropertyContent

SOLD: Final = frozenset({Marketing.BUY, Marketing.LEASEHOLD})
RENTED: Final = frozenset({Marketing.RENT, Marketing.LEASE})
COMMERCIAL: Final = frozenset({"office", "store", "gastronomy", "industry", "specialPurpose"})
SITES: Final = frozenset({"livingBuySite", "livingRentSite", "tradeSite"})
MAY_HIDE_PRICE: Final = COMMERCIAL | SITES | {"investment"}
"""Where a price of 0 means "on request"."""
WITHOUT_ENERGY: Final = SITES | {"garageRent", "garageBuy"}

_TRADE_SITES: Final = frozenset(
    {"commercial", "industrial", "business_park", "special_use", "agriculture", "leisure"}
)


@dataclass(frozen=True, slots=True)
class Words:
    """The element that holds a type's finer word. `rest` is sent for a word the portal has none for; empty: nothing."""

    element: str
    table: Mapping[str, str]
    rest: str


_FLATS: Final = Words(
    "apartmentType",
    {
        "attic": "ROOF_STOREY", "maisonette": "MAISONETTE", "loft": "LOFT", "penthouse": "PENTHOUSE",
        "terrace": "TERRACED_FLAT", "upper_floor": "APARTMENT", "apartment": "APARTMENT", "top_storey": "APARTMENT",
        "ground_floor": "GROUND_FLOOR", "souterrain": "HALF_BASEMENT", "unfinished_attic": "ROOF_STOREY",
        "holiday": "OTHER", "gallery": "OTHER",
    },
    "NO_INFORMATION",
)  # fmt: skip
_HOUSES: Final = Words(
    "buildingType",
    {
        "detached": "SINGLE_FAMILY_HOUSE", "mid_terrace": "MID_TERRACE_HOUSE", "end_terrace": "END_TERRACE_HOUSE",
        "corner_terrace": "END_TERRACE_HOUSE", "terraced": "TERRACE_HOUSE", "multi_family": "MULTI_FAMILY_HOUSE",
        "apartment_house": "MULTI_FAMILY_HOUSE", "bungalow": "BUNGALOW", "farmhouse": "FARMHOUSE",
        "former_farm": "FARMHOUSE", "semi_detached": "SEMIDETACHED_HOUSE", "villa": "VILLA",
        "castle": "CASTLE_MANOR_HOUSE", "manor": "CASTLE_MANOR_HOUSE", "mansion": "CASTLE_MANOR_HOUSE",
        "prefabricated": "SINGLE_FAMILY_HOUSE", "two_family": "MULTI_FAMILY_HOUSE", "town_house": "TERRACE_HOUSE",
        "holiday": "SPECIAL_REAL_ESTATE", "mountain_hut": "SPECIAL_REAL_ESTATE", "chalet": "SPECIAL_REAL_ESTATE",
        "beach_house": "SPECIAL_REAL_ESTATE", "garden_house": "SPECIAL_REAL_ESTATE", "finca": "SPECIAL_REAL_ESTATE",
        "rustico": "SPECIAL_REAL_ESTATE", "country_house": "OTHER",
    },
    "NO_INFORMATION",
)  # fmt: skip
_GARAGES: Final = Words(
    "garageType",
    {
        "single": "GARAGE", "double": "GARAGE", "outside": "STREET_PARKING", "carport": "CARPORT",
        "duplex": "DUPLEX", "multi_storey": "CAR_PARK", "underground": "UNDERGROUND_GARAGE",
        "underground_space": "UNDERGROUND_GARAGE",
    },
    "NO_INFORMATION",
)  # fmt: skip
_OFFICES: Final = Words(
    "officeType",
    {
        "loft": "LOFT", "floor_space": "OFFICE", "building": "OFFICE_BUILDING", "centre": "OFFICE_CENTRE",
        "practice": "SURGERY", "practice_space": "SURGERY_FLOOR", "practice_building": "SURGERY_BUILDING",
        "exhibition": "STUDIO", "coworking": "OFFICE", "shared": "OFFICE",
    },
    "OFFICE",
)  # fmt: skip
_STORES: Final = Words(
    "storeType",
    {
        "shop": "STORE", "store": "STORE", "supermarket": "SELF_SERVICE_MARKET", "sales_floor": "SALES_AREA",
        "shopping_centre": "SHOPPING_CENTRE", "department_store": "DEPARTMENT_STORE", "kiosk": "KIOSK",
        "factory_outlet": "FACTORY_OUTLET", "exhibition": "SHOWROOM_SPACE",
    },
    "",
)  # fmt: skip
_INDUSTRY: Final = Words(
    "industryType",
    {
        "hall": "HALL", "industrial_hall": "INDUSTRY_HALL", "warehouse": "STORAGE_HALL", "production": "INDUSTRY_HALL",
        "storage_space": "STORAGE_AREA", "warehouse_with_yard": "STORAGE_WITH_OPEN_AREA", "workshop": "REPAIR_SHOP",
        "high_bay": "HIGH_LACK_STORAGE", "forwarding": "SHIPPING_STORAGE", "service": "SERVICE_AREA",
        "cold_store": "COLD_STORAGE", "open_space": "STORAGE_WITH_OPEN_AREA",
    },
    "HALL",
)  # fmt: skip
_GASTRONOMY: Final = Words(
    "gastronomyType",
    {
        "bar": "BAR_LOUNGE", "smoking_bar": "BAR_LOUNGE", "single_room_bar": "BAR_LOUNGE", "cafe": "CAFE",
        "discotheque": "CLUB_DISCO", "guest_house": "GUESTS_HOUSE", "hotel": "HOTEL", "other_lodging": "PENSION",
        "restaurant": "RESTAURANT", "gastronomy": "RESTAURANT", "gastronomy_with_flat": "TAVERN",
    },
    "RESTAURANT",
)  # fmt: skip
_INVESTMENTS: Final = Words(
    "investmentType",
    {
        "multi_family": "MULTI_FAMILY_HOUSE", "residential_and_commercial": "LIVING_BUSINESS_HOUSE",
        "commercial_building": "COMMERCIAL_BUILDING", "office_building": "OFFICE_BUILDING",
        "self_service_market": "SUPERMARKET", "shopping_centre": "SHOPPING_CENTRE", "supermarket": "SUPERMARKET",
        "residential_complex": "HOUSING_ESTATE", "industrial_complex": "INDUSTRIAL_PROPERTY",
    },
    "OTHER",
)  # fmt: skip
_SPECIAL: Final = Words(
    "specialPurposePropertyType",
    {
        "farm": "FARM", "agricultural_business": "FARM", "remote_farm": "FARM", "livestock": "FARM",
        "riding_stable": "HORSE_FARM", "vineyard": "VINEYARD", "sports": "LEISURE_FACILITY",
        "amusement_park": "LEISURE_FACILITY", "leisure_facility": "LEISURE_FACILITY", "other": "SPECIAL_ESTATE",
    },
    "SPECIAL_ESTATE",
)  # fmt: skip
_STAYS: Final = Words("shortTermAccomodationType", {"flat": "FLAT", "house": "HOUSE", "room": "ROOM"}, "FLAT")
_TRADE: Final = Words(
    "utilizationTradeSite",
    {"commercial": "TRADE", "leisure": "LEISURE", "agriculture": "AGRICULTURE_FORESTRY"},
    "TRADE",
)

WORDS: Final[Mapping[str, Words]] = {
    "apartmentRent": _FLATS, "apartmentBuy": _FLATS, "houseRent": _HOUSES, "houseBuy": _HOUSES,
    "garageRent": _GARAGES, "garageBuy": _GARAGES, "office": _OFFICES, "store": _STORES, "industry": _INDUSTRY,
    "gastronomy": _GASTRONOMY, "investment": _INVESTMENTS, "specialPurpose": _SPECIAL,
    "shortTermAccommodation": _STAYS, "tradeSite": _TRADE,
}  # fmt: skip

_BY_MARKETING: Final[Mapping[Kind, tuple[str, str]]] = {
    Kind.FLAT: ("apartmentBuy", "apartmentRent"),
    Kind.HOUSE: ("houseBuy", "houseRent"),
    Kind.GARAGE: ("garageBuy", "garageRent"),
    Kind.INVESTMENT: ("investment", ""),
    Kind.ROOM: ("", "flatShareRoom"),
    Kind.SHORT_TERM: ("", "shortTermAccommodation"),
}
_ANY_MARKETING: Final[Mapping[Kind, str]] = {
    Kind.OFFICE: "office",
    Kind.RETAIL: "store",
    Kind.INDUSTRY: "industry",
    Kind.GASTRONOMY: "gastronomy",
    Kind.FARM: "specialPurpose",
    Kind.LEISURE: "specialPurpose",
    Kind.SPECIAL: "specialPurpose",
}
AUCTIONED: Final[Mapping[Kind, str]] = {
    Kind.FLAT: "FREEHOLD_FLAT", Kind.HOUSE: "FAMILY_HOUSE", Kind.PLOT: "LOT", Kind.GARAGE: "GARAGE_AND_OTHER",
}  # fmt: skip


def type_of(content: PropertyContent) -> str:
    """The portal's type; empty where it has none for this kind and marketing."""
    kind, marketing = content.kind, content.marketing
    if kind is None:
        return ""
    if content.auction.is_compulsory:
        return "compulsoryAuction"
    if marketing is None:
        return ""
    if kind is Kind.PLOT:
        return _site(content)
    if kind in _ANY_MARKETING:
        return _ANY_MARKETING[kind]
    sold, rented = _BY_MARKETING[kind]
    if marketing in SOLD:
        return sold
    return rented if marketing is Marketing.RENT else ""


def _site(content: PropertyContent) -> str:
    is_trade = content.subtype in _TRADE_SITES or (
        not content.subtype and Usage.COMMERCIAL in content.usage and Usage.RESIDENTIAL not in content.usage
    )
    if is_trade:
        return "tradeSite"
    return "livingBuySite" if content.marketing is Marketing.BUY else "livingRentSite"


def word_of(type_name: str, content: PropertyContent) -> str:
    """What to send for the finer word; empty: nothing."""
    words = WORDS.get(type_name)
    return words.table.get(content.subtype, words.rest) if words else ""


_KINDS: Final[Mapping[str, Kind]] = {
    **{theirs: kind for kind, pair in _BY_MARKETING.items() for theirs in pair if theirs},
    **{theirs: kind for kind, theirs in _ANY_MARKETING.items()},
    **dict.fromkeys(SITES, Kind.PLOT),
}


def kind_of(type_name: str, leaves: Leaves) -> Kind | None:
    """Our kind of one of the portal's types; the finer word tells what shares a type. None for a type we have none for."""
    if type_name == "specialPurpose":
        word = first(leaves, _SPECIAL.element)
        farm = {"FARM", "HORSE_FARM", "VINEYARD"}
        return Kind.FARM if word in farm else Kind.LEISURE if word == "LEISURE_FACILITY" else Kind.SPECIAL
    if type_name == "compulsoryAuction":
        back = {theirs: kind for kind, theirs in AUCTIONED.items()}
        return back.get(first(leaves, "auctionObjectType"), Kind.SPECIAL)
    return _KINDS.get(type_name)


def subtype_of(type_name: str, leaves: Leaves) -> str:
    """Our first finer word for theirs; empty for what we have none for."""
    words = WORDS.get(type_name)
    found = first(leaves, words.element) if words else ""
    return next((ours for ours, theirs in words.table.items() if theirs == found), "") if words else ""


def marketing_of(type_name: str, leaves: Leaves) -> Marketing | None:
    """How it changes hands, as the object itself says or as its type means it."""
    said = first(leaves, "commercializationType")
    if said in Marketing.__members__:
        return Marketing[said]
    if type_name.endswith(("Rent", "Room", "Accommodation")):
        return Marketing.RENT
    return Marketing.BUY if type_name.endswith(("Buy", "investment", "Auction")) else None
