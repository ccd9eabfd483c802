"""A flat as an agent would write it down."""

from __future__ import annotations

from typing import Any

from kontor.properties.content import PropertyContent

FLAT: dict[str, Any] = {
    "reference": "HB-104",
    "kind": "flat",
    "subtype": "upper_floor",
    "usage": ["residential"],
    "marketing": "rent",
    "address": {
        "street": "Fährweg", "house_number": "12a", "postal_code": "28195", "city": "Bremen", "district": "Altstadt",
        "latitude": 53.0758, "longitude": 8.8072, "release": "street",
    },
    "areas": {"living_area": 84.5},
    "rooms": {"rooms": 3, "bedrooms": 2, "bathrooms": 1, "floor": 2, "floors": 4},
    "prices": {"cold_rent": "1080.00", "service_charge": "190.00", "heating_cost": "95.00", "deposit": "3240.00"},
    "commission": {"asked": "no"},
    "building": {"year_built": 1928, "heating": ["central"], "carriers": ["gas"]},
    "energy": {
        "state": "available", "kind": "demand", "value": 118.4, "energy_class": "D", "carrier": "Erdgas",
        "year_built": 1928, "regime": "from_may_2014", "is_residential": True, "valid_until": "2031-05-01",
    },
    "texts": {"de": {"title": "Helle Wohnung am Fluss", "description": "Drei Zimmer.\nSüdbalkon."}},
    "contact": {"last_name": "Lüders", "email": "lueders@makler.example", "phone": "+49 421 123456"},
}  # fmt: skip


def body(number: int = 104, **sections: Any) -> dict[str, Any]:
    """The flat as a request's body, with some fields otherwise; a section's are laid over the flat's own."""
    said: dict[str, Any] = {**FLAT, "reference": f"HB-{number}"}
    for name, value in sections.items():
        own = said.get(name)
        said[name] = {**own, **value} if isinstance(own, dict) and isinstance(value, dict) else value
    return said


def flat(number: int = 104, **sections: Any) -> PropertyContent:
    """The same as the service takes it."""
    return PropertyContent.from_json(body(number, **sections))
