"""An agent's properties as the connector gets them: one for each type of the portal, as full as it may be."""

from __future__ import annotations

import hashlib
from typing import Any

from kontor.channels.contract.values import Picture, PropertyOut, PropertyPicture
from kontor.core.identifiers import uuid7
from kontor.properties.choices import PictureGroup
from kontor.properties.content import PropertyContent

SETTINGS = {"contact_id": "124308575"}

FULL: dict[str, Any] = {
    "reference": "K-1",
    "address": {
        "street": "Invalidenstraße", "house_number": "65", "postal_code": "10557", "city": "Berlin", "release": "exact",
    },
    "areas": {
        "living_area": "50.555", "plot_area": 400, "total_area": 120, "usable_area": 30, "office_area": 100,
        "sales_area": 90, "gastronomy_area": 80, "divisible_from": 20, "other_area": 5, "window_front": 6,
        "site_occupancy_ratio": "0.4", "floor_space_ratio": "0.8",
    },
    "rooms": {
        "rooms": "2.5", "bedrooms": 2, "bathrooms": 1, "floor": 1, "floors": 4, "parking_spaces": 1, "beds": 8,
        "guest_seats": 40, "balconies": 1, "has_granny_flat": True,
    },
    "prices": {
        "purchase_price": 99000, "cold_rent": 850, "warm_rent": 1100, "service_charge": 150, "heating_cost": 100,
        "heating_included": False, "deposit": 2550, "lease": 700, "ground_rent": 1200, "hausgeld": 210,
        "parking": [{"kind": "garage", "rent": 60, "purchase_price": 15000}],
    },
    "returns": {"rental_income": 12000, "rental_income_target": 15000, "multiplier": 20},
    "commission": {"asked": "yes", "external": "3,57 % inkl. MwSt.", "note": "Verdient & fällig mit Abschluss"},
    "building": {
        "year_built": 1990, "last_modernised": "2013", "condition": "well_kept", "heating": ["central"],
        "carriers": ["gas", "wood"], "is_listed": True,
    },
    "land": {"development": "fully", "buildable": "development_plan"},
    "energy": {
        "state": "available", "kind": "consumption", "value": "95.5", "energy_class": "B", "regime": "from_may_2014",
    },
    "equipment": {
        "level": "upscale", "furnished": "fully", "cellar": "yes", "kitchen": ["fitted"], "flooring": ["parquet"],
        "lift": ["persons", "goods"], "parking": ["garage"], "air_conditioning": True, "garden_use": True,
        "barrier_free": True, "guest_toilet": True, "flat_share_possible": True,
    },
    "facilities": {
        "data_cabling": True, "ramp": True, "lifting_platform": True, "crane": True, "guest_terrace": True,
        "canteen": True, "tea_kitchen": True, "hall_height": 6,
    },
    "terms": {
        "available_from": "2026-12-01", "available_until": "2027-11-30", "is_rented": True, "pets_allowed": True,
        "non_smoking": True, "maximum_persons": 2, "gender": "any", "subsidised_housing_permit": True,
        "holiday_use": True, "minimum_term": {"count": 3, "unit": "month"}, "maximum_term": {"count": 1, "unit": "year"},
    },
    "texts": {
        "de": {
            "title": "Helle Wohnung & Balkon", "description": "Ruhig.", "furnishing": "Parkett.", "location": "Mitte.",
            "other": "Kein Makler vor Ort.",
        }
    },
}  # fmt: skip

EVERY_TYPE: dict[str, dict[str, Any]] = {
    "apartmentBuy": {"kind": "flat", "marketing": "buy", "subtype": "maisonette"},
    "apartmentRent": {"kind": "flat", "marketing": "rent", "subtype": "attic"},
    "houseBuy": {"kind": "house", "marketing": "leasehold", "subtype": "villa"},
    "houseRent": {"kind": "house", "marketing": "rent"},
    "garageBuy": {"kind": "garage", "marketing": "buy", "subtype": "carport"},
    "garageRent": {"kind": "garage", "marketing": "rent"},
    "livingBuySite": {"kind": "plot", "marketing": "buy", "subtype": "residential"},
    "livingRentSite": {"kind": "plot", "marketing": "leasehold", "subtype": "residential"},
    "tradeSite": {"kind": "plot", "marketing": "lease", "subtype": "agriculture"},
    "office": {"kind": "office", "marketing": "rent", "subtype": "practice"},
    "store": {"kind": "retail", "marketing": "buy", "subtype": "kiosk"},
    "industry": {"kind": "industry", "marketing": "rent", "subtype": "workshop"},
    "gastronomy": {"kind": "gastronomy", "marketing": "lease", "subtype": "hotel"},
    "specialPurpose": {"kind": "farm", "marketing": "buy", "subtype": "vineyard"},
    "investment": {"kind": "investment", "marketing": "buy", "subtype": "multi_family"},
    "flatShareRoom": {"kind": "room", "marketing": "rent", "subtype": "room"},
    "shortTermAccommodation": {"kind": "short_term", "marketing": "rent", "subtype": "flat"},
    "compulsoryAuction": {
        "kind": "house",
        "marketing": "buy",
        "auction": {
            "is_compulsory": True,
            "on": "2027-02-01",
            "market_value": 250000,
            "file_number": "12 K 3/26",
        },
    },
}


def content(type_name: str = "apartmentBuy", **changes: Any) -> PropertyContent:
    """A full property of one of the portal's types; `changes` replace whole sections or single fields of them."""
    told = {**FULL, **EVERY_TYPE[type_name]}
    for name, value in changes.items():
        told[name] = {**told.get(name, {}), **value} if isinstance(value, dict) else value
    return PropertyContent.model_validate(told)


def listing(
    made: PropertyContent | None = None, *, pictures: tuple[PropertyPicture, ...] = (), **changes: Any
) -> PropertyOut:
    """A property on its way to one connection."""
    told: dict[str, Any] = {
        "publication_id": uuid7(), "generation": 1, "reference": "K-1", "marketplace": "IS24_DE", "settings": SETTINGS,
    }  # fmt: skip
    return PropertyOut(content=made or content(), pictures=pictures, **(told | changes))


def picture(
    name: str = "front", title: str = "Wohnzimmer", group: PictureGroup = PictureGroup.INSIDE
) -> PropertyPicture:
    """A picture of a few bytes; another name is another picture."""
    body = f"jpeg of {name}".encode()
    made = Picture(hashlib.sha256(body).hexdigest(), "image/jpeg", 1200, 800, lambda: body)
    return PropertyPicture(made, title, group)
