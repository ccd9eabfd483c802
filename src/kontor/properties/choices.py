"""The words from which a property's fields choose. A word never changes its meaning once it is in a revision."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum, auto
from typing import Final


class Kind(StrEnum):
    """What it is. `SUBTYPES` names the finer words of each."""

    FLAT = auto()
    HOUSE = auto()
    PLOT = auto()
    OFFICE = auto()
    RETAIL = auto()
    INDUSTRY = auto()
    GASTRONOMY = auto()
    INVESTMENT = auto()
    FARM = auto()
    LEISURE = auto()
    GARAGE = auto()
    ROOM = auto()
    SHORT_TERM = auto()
    SPECIAL = auto()


class Marketing(StrEnum):
    """How it changes hands. `leasehold` is an Erbpacht: the building is bought, the land is rented."""

    RENT = auto()
    BUY = auto()
    LEASE = auto()
    LEASEHOLD = auto()


class Usage(StrEnum):
    """What it is used for; several may be true."""

    RESIDENTIAL = auto()
    COMMERCIAL = auto()
    INVESTMENT = auto()
    TEMPORARY = auto()


class Release(StrEnum):
    """How much of the address the public sees."""

    EXACT = auto()
    STREET = auto()
    PLACE = auto()


class Surrounding(StrEnum):
    """The kind of area it stands in."""

    RESIDENTIAL = auto()
    COMMERCIAL = auto()
    INDUSTRIAL = auto()
    MIXED = auto()
    NEW_DEVELOPMENT = auto()
    VILLAGE = auto()
    ESTATE = auto()
    OUTSKIRTS = auto()
    DISTRICT = auto()
    CENTRE = auto()
    SECONDARY_CENTRE = auto()
    PRIME = auto()
    GOOD = auto()


class Side(StrEnum):
    """Where in the building a flat lies."""

    LEFT = auto()
    RIGHT = auto()
    FRONT = auto()
    BACK = auto()


class View(StrEnum):
    """What one sees from it."""

    DISTANT = auto()
    LAKE = auto()
    MOUNTAINS = auto()
    SEA = auto()


class Destination(StrEnum):
    """To what a distance is told."""

    AIRPORT = auto()
    RAILWAY_STATION = auto()
    MOTORWAY = auto()
    METRO = auto()
    BUS = auto()
    KINDERGARTEN = auto()
    PRIMARY_SCHOOL = auto()
    SECONDARY_MODERN_SCHOOL = auto()  # Hauptschule
    MIDDLE_SCHOOL = auto()  # Realschule
    COMPREHENSIVE_SCHOOL = auto()
    GRAMMAR_SCHOOL = auto()
    CENTRE = auto()
    SHOPPING = auto()
    RESTAURANTS = auto()
    BEACH = auto()
    LAKE = auto()
    SEA = auto()
    SKI_AREA = auto()
    SPORTS_GROUND = auto()
    HIKING_AREA = auto()
    RECREATION_AREA = auto()


class Period(StrEnum):
    """The time that a price or a term counts in."""

    DAY = auto()
    WEEK = auto()
    MONTH = auto()
    YEAR = auto()


class Parking(StrEnum):
    """Where a car stands."""

    GARAGE = auto()
    UNDERGROUND = auto()
    CARPORT = auto()
    OUTSIDE = auto()
    MULTI_STOREY = auto()
    DUPLEX = auto()
    OTHER = auto()


class Asked(StrEnum):
    """Whether a commission is asked of who takes the property."""

    YES = auto()
    NO = auto()
    NOT_APPLICABLE = auto()


class Payer(StrEnum):
    """Who pays the commission. `shared`: seller and buyer the same share each."""

    BUYER = auto()
    SELLER = auto()
    SHARED = auto()
    TENANT = auto()
    LANDLORD = auto()


class SaleState(StrEnum):
    """How far the business is."""

    OPEN = auto()
    RESERVED = auto()
    DONE = auto()


class Furnished(StrEnum):
    """How much of the furniture stays."""

    FULLY = auto()
    PARTLY = auto()


class Extent(StrEnum):
    """A cellar, for example: there, not there, in part."""

    YES = auto()
    NO = auto()
    PARTLY = auto()


class Gender(StrEnum):
    """Whom a shared flat looks for."""

    ANY = auto()
    MEN = auto()
    WOMEN = auto()


class PictureGroup(StrEnum):
    """What a picture shows; `title` is the one that lists show."""

    TITLE = auto()
    INSIDE = auto()
    OUTSIDE = auto()
    FLOOR_PLAN = auto()
    MAP = auto()
    PANORAMA = auto()
    ENERGY_SCALE = auto()
    LOGO = auto()
    QR_CODE = auto()
    OTHER = auto()


class LinkGroup(StrEnum):
    """Where a link leads."""

    TOUR = auto()
    FILM = auto()
    PAGE = auto()
    OFFER = auto()  # the offer on the business's own site


SUBTYPES: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.FLAT: (
        "attic", "maisonette", "loft", "penthouse", "terrace", "upper_floor", "ground_floor", "souterrain", "apartment",
        "holiday", "gallery", "unfinished_attic", "top_storey",
    ),
    Kind.HOUSE: (
        "terraced", "end_terrace", "mid_terrace", "corner_terrace", "semi_detached", "detached", "town_house",
        "bungalow", "villa", "former_farm", "farmhouse", "country_house", "manor", "two_family", "multi_family",
        "holiday", "mountain_hut", "chalet", "beach_house", "garden_house", "apartment_house", "castle", "mansion",
        "finca", "rustico", "prefabricated",
    ),
    Kind.PLOT: (
        "residential", "commercial", "industrial", "agriculture", "leisure", "mixed", "business_park", "special_use",
        "waterfront",
    ),
    Kind.OFFICE: (
        "floor_space", "building", "centre", "loft", "practice", "practice_space", "practice_building", "exhibition",
        "coworking", "shared",
    ),
    Kind.RETAIL: (
        "shop", "store", "supermarket", "shopping_centre", "department_store", "factory_outlet", "kiosk",
        "sales_floor", "exhibition",
    ),
    Kind.INDUSTRY: (
        "hall", "industrial_hall", "warehouse", "storage_space", "warehouse_with_yard", "high_bay", "forwarding",
        "production", "workshop", "service", "open_space", "cold_store",
    ),
    Kind.GASTRONOMY: (
        "gastronomy", "gastronomy_with_flat", "guest_house", "hotel", "other_lodging", "bar", "cafe", "discotheque",
        "restaurant", "smoking_bar", "single_room_bar",
    ),
    Kind.INVESTMENT: (
        "multi_family", "residential_and_commercial", "commercial_building", "office_building", "self_service_market",
        "shopping_centre", "residential_complex", "supermarket", "industrial_complex", "nursing_home", "sanatorium",
        "retirement_home", "assisted_living",
    ),
    Kind.FARM: (
        "agricultural_business", "farm", "remote_farm", "horticulture", "arable", "vineyard", "livestock",
        "hunting_and_forestry", "fishery", "barn", "riding_stable", "other", "estate", "hunting_ground",
    ),
    Kind.LEISURE: ("sports", "amusement_park", "leisure_facility"),
    Kind.GARAGE: (
        "outside", "carport", "double", "duplex", "underground", "boat_berth", "single", "multi_storey",
        "underground_space", "electric",
    ),
    Kind.ROOM: ("room",),
    Kind.SHORT_TERM: ("flat", "house", "room"),
    Kind.SPECIAL: ("multi_storey", "filling_station", "hospital", "other"),
}  # fmt: skip
"""The finer words of each kind. Another word is kept, and said to be unknown."""
