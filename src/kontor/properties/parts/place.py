"""Where a property is, and what is around it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from kontor.properties.choices import Destination, Release, Side, Surrounding, View
from kontor.properties.values import Latitude, Line, Longitude, Number, Section, Several


class Address(Section):
    """The address as the agent knows it; `release` says how much of it the public sees."""

    street: Line = ""
    house_number: Line = ""
    postal_code: Line = ""
    city: Line = ""
    district: Line = ""
    state: Line = ""
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2.")] = "DE"
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    release: Release = Release.PLACE
    flat_number: Line = ""
    side: Annotated[tuple[Side, ...], Several] = ()
    municipality_code: Line = ""
    cadastral_district: Line = Field("", description="Gemarkung.")
    cadastral_section: Line = Field("", description="Flur.")
    parcel: Line = Field("", description="Flurstück.")
    addition: Line = Field("", description="What helps to find it: a region, a part of the valley.")

    @property
    def street_line(self) -> str:
        """Street and number."""
        return f"{self.street} {self.house_number}".strip()

    @property
    def city_line(self) -> str:
        """Postal code and city."""
        return f"{self.postal_code} {self.city}".strip()


class Distance(Section):
    """How far it is to something."""

    to: Destination
    kilometres: Number


class Surroundings(Section):
    """What is around."""

    area: Surrounding | None = None
    view: View | None = None
    distances: Annotated[tuple[Distance, ...], Field(max_length=50)] = ()
    has_delivery_access: bool | None = None
