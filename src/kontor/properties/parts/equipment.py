"""What a property has. None: nobody said."""

from __future__ import annotations

from typing import Annotated

from kontor.properties.building_choices import (
    AttachedGastronomy,
    Bathroom,
    Direction,
    Flooring,
    Kitchen,
    Level,
    Lift,
    Security,
    Service,
)
from kontor.properties.choices import Extent, Furnished, Parking
from kontor.properties.values import Line, Number, Section, Several


class Equipment(Section):
    """What people who live there look for."""

    level: Level | None = None
    furnished: Furnished | None = None
    cellar: Extent | None = None
    bathroom: Annotated[tuple[Bathroom, ...], Several] = ()
    kitchen: Annotated[tuple[Kitchen, ...], Several] = ()
    flooring: Annotated[tuple[Flooring, ...], Several] = ()
    lift: Annotated[tuple[Lift, ...], Several] = ()
    parking: Annotated[tuple[Parking, ...], Several] = ()
    balcony_direction: Annotated[tuple[Direction, ...], Several] = ()
    security: Annotated[tuple[Security, ...], Several] = ()
    services: Annotated[tuple[Service, ...], Several] = ()
    air_conditioning: bool | None = None
    fireplace: bool | None = None
    garden_use: bool | None = None
    wheelchair_accessible: bool | None = None
    barrier_free: bool | None = None
    senior_friendly: bool | None = None
    guest_toilet: bool | None = None
    flat_share_possible: bool | None = None
    adaptable_rooms: bool | None = None
    cable_or_satellite_tv: bool | None = None
    terrestrial_tv: bool | None = None
    sauna: bool | None = None
    swimming_pool: bool | None = None
    winter_garden: bool | None = None
    laundry_room: bool | None = None
    storage_room: bool | None = None
    bicycle_room: bool | None = None
    shutters: bool | None = None
    library: bool | None = None
    attic: bool | None = None


class Facilities(Section):
    """What businesses and guests look for."""

    data_cabling: bool | None = None
    cable_ducts: bool | None = None
    ramp: bool | None = None
    lifting_platform: bool | None = None
    crane: bool | None = None
    guest_terrace: bool | None = None
    canteen: bool | None = None
    tea_kitchen: bool | None = None
    brewery_tie: bool | None = None
    sports_facilities: bool | None = None
    wellness_area: bool | None = None
    holiday_telephone: bool | None = None
    mobile_reception: bool | None = None
    attached_gastronomy: Annotated[tuple[AttachedGastronomy, ...], Several] = ()
    power_connection: Line = ""
    hall_height: Number | None = None
    broadband: Line = ""
    broadband_speed: Number | None = None
