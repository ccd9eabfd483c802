"""Inventory API: the places that goods leave from."""

from __future__ import annotations

from typing import Literal

from kontor.channels.ebay.wire.base import Received, Sent


class LocationAddress(Sent):
    country: str
    postalCode: str | None = None
    city: str | None = None
    stateOrProvince: str | None = None


class LocationDetails(Sent):
    address: LocationAddress


class Location(Sent):
    location: LocationDetails
    name: str
    merchantLocationStatus: Literal["ENABLED"] = "ENABLED"
    locationTypes: list[Literal["WAREHOUSE"]] = ["WAREHOUSE"]


class LocationRead(Received):
    merchantLocationKey: str = ""
    name: str = ""
    merchantLocationStatus: str = ""


class LocationsRead(Received):
    locations: tuple[LocationRead, ...] = ()
