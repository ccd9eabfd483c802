"""How large a property is and how many of what it has."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from kontor.properties.values import Area, Count, Number, Section


class Areas(Section):
    """Square metres, except for the fronts (metres), the volume (cubic metres) and the ratios of the plan."""

    living_area: Area | None = None
    usable_area: Area | None = None
    total_area: Area | None = None
    plot_area: Area | None = None
    office_area: Area | None = None
    partial_office_area: Area | None = None
    shop_area: Area | None = None
    sales_area: Area | None = None
    storage_area: Area | None = None
    open_area: Area | None = None
    administration_area: Area | None = None
    gastronomy_area: Area | None = None
    balcony_terrace_area: Area | None = None
    garden_area: Area | None = None
    cellar_area: Area | None = None
    attic_area: Area | None = None
    heatable_area: Area | None = None
    rentable_area: Area | None = None
    gross_floor_area: Area | None = None
    other_area: Area | None = None
    divisible_from: Area | None = None
    window_front: Number | None = None
    plot_front: Number | None = None
    volume: Number | None = None
    site_occupancy_ratio: Number | None = Field(None, description="Grundflächenzahl, GRZ.")
    floor_space_ratio: Number | None = Field(None, description="Geschossflächenzahl, GFZ.")
    building_mass_ratio: Number | None = Field(None, description="Baumassenzahl, BMZ.")


class Rooms(Section):
    """Rooms and other counts; rooms may be halves."""

    rooms: Number | None = None
    bedrooms: Number | None = None
    bathrooms: Number | None = None
    separate_toilets: Number | None = None
    living_bedrooms: Number | None = None
    balconies: Number | None = None
    terraces: Number | None = None
    loggias: Number | None = None
    parking_spaces: Count | None = None
    floor: Annotated[int, Field(ge=-20, le=500, description="0 is the ground floor.")] | None = None
    floors: Count | None = None
    beds: Count | None = None
    guest_seats: Count | None = None
    conference_rooms: Count | None = None
    residential_units: Count | None = None
    commercial_units: Count | None = None
    has_granny_flat: bool | None = None
