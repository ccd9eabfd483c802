"""What a reader gets to see beyond what was written: defaults, rounded numbers, a place on the map."""

from __future__ import annotations

import hashlib
from decimal import ROUND_HALF_UP, Decimal

from kontor_sandbox.is24 import energy
from kontor_sandbox.is24.fields import Field, Shape, tables
from kontor_sandbox.is24.nodes import Node

IGNORED_ON_WRITE = frozenset(
    {
        "creationDate",
        "lastModificationDate",
        "realEstateState",
        "attachments",
        "common:publishChannels",
        "realEstateProjectId",
        "contact",
    }
)
_PLACE_OF_OURS = frozenset({"geoHierarchy", "description"})
_DEFAULTED = frozenset(
    {
        "apartmentType", "lift", "cellar", "handicappedAccessible", "condition", "constructionYearUnknown",
        "energyConsumptionContainsWarmWater", "guestToilet", "rented", "listed", "summerResidencePractical",
        "builtInKitchen", "balcony", "garden", "heatingCostsInServiceCharge", "petsAllowed", "useAsFlatshareRoom",
        "certificateOfEligibilityNeeded", "lodgerFlat", "constructionPhase", "showAddress",
    }
)  # fmt: skip
_NOT_DEFAULTED = {("apartmentBuy", "certificateOfEligibilityNeeded")}
_WITHOUT_TRAILING_ZEROS = frozenset({"numberOfRooms", "thermalCharacteristic", "latitude", "longitude"})


def kept(node: Node, fields: tuple[Field, ...]) -> None:
    """Drop what is ignored on write, so that only the sender's own words are stored."""
    shapes = {entry.name: entry.shape for entry in fields}
    node.attributes.clear()
    node.children = [
        child
        for child in node.children
        if child.name not in IGNORED_ON_WRITE
        # A date with a zone is ignored.
        and not (shapes[child.name].kind == "date" and len(child.text) > 10)
    ]
    address = node.child("address")
    if address is not None:
        address.children = [child for child in address.children if child.name not in _PLACE_OF_OURS]


def completed(node: Node, identifier: str) -> None:
    """Defaults, derived energy fields, numbers and place of a stored document, in the type's order."""
    fields = tables().types[node.local]
    known = frozenset(entry.name for entry in fields)
    _fill_defaults(node, fields)
    _fill_price(node, known)
    energy.derive(node, known)
    _render_numbers(node, fields)
    if (address := node.child("address")) is not None:
        _locate(address, identifier)
    places = {entry.name: place for place, entry in enumerate(fields)}
    node.children.sort(key=lambda child: places[child.name])


def _fill_defaults(node: Node, fields: tuple[Field, ...]) -> None:
    for entry in fields:
        if entry.name not in _DEFAULTED or node.child(entry.name) is not None:
            continue
        if (node.local, entry.name) in _NOT_DEFAULTED:
            continue
        if entry.name == "constructionYearUnknown" and node.child("constructionYear") is not None:
            continue
        if (value := _default(entry.shape)) is not None:
            node.add(entry.name, value)


def _default(shape: Shape) -> str | None:
    if shape.kind == "boolean":
        return "false"
    return next((value for value in ("NO_INFORMATION", "NOT_APPLICABLE") if value in shape.values), None)


def _fill_price(node: Node, known: frozenset[str]) -> None:
    if not node.local.endswith("Buy"):
        return
    price = node.child("price")
    if price is None and node.local == "houseBuy":
        price = node.add("price")
        price.add("value", "0")
        price.add("currency", "EUR")
    for name, value in (("marketingType", "PURCHASE"), ("priceIntervalType", "ONE_TIME_CHARGE")):
        if price is not None and price.child(name) is None:
            price.add(name, value)


def _render_numbers(node: Node, fields: tuple[Field, ...]) -> None:
    shapes = {entry.name: entry.shape for entry in fields}
    for child in node.children:
        shape = shapes.get(child.name)
        if shape is not None and shape.kind == "record" and shape.record in tables().records:
            _render_numbers(child, tables().records[shape.record])
        elif shape is not None and shape.kind == "double" and child.text:
            child.text = rounded(child.text, pads=child.name not in _WITHOUT_TRAILING_ZEROS)


def rounded(text: str, *, pads: bool) -> str:
    """Two decimals, half up; without padding, trailing zeros go (coordinates keep five)."""
    if not pads and "." in text and abs(Decimal(text)) < 1000 and len(text.rpartition(".")[2]) > 3:
        return text
    value = Decimal(text).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{value:f}" if pads else f"{value:f}".rstrip("0").rstrip(".")


def _locate(address: Node, identifier: str) -> None:
    seed = "/".join(address.value(name) for name in ("postcode", "city", "street", "houseNumber"))
    digest = hashlib.sha256((seed or identifier).encode()).digest()
    if address.child("wgs84Coordinate") is None:
        spot = address.add("wgs84Coordinate")
        spot.add("latitude", f"{47.5 + digest[0] / 256 * 7 + digest[1] / 65536:.5f}")
        spot.add("longitude", f"{6.5 + digest[2] / 256 * 8 + digest[3] / 65536:.5f}")
    if address.value("internationalCountryRegion", "country") not in ("", "DEU"):
        return
    region, city, quarter = 1 + digest[4] % 16, 1 + digest[5] % 90, 1 + digest[6] % 90
    hierarchy = address.add("geoHierarchy")
    full = "1"
    for name, number, width in (
        ("continent", 1, 0),
        ("country", 276, 3),
        ("region", region, 3),
        ("city", city, 3),
        ("quarter", quarter, 3),
    ):
        full += f"{number:0{width}d}" if width else ""
        level = hierarchy.add(name)
        level.add("geoCodeId", number)
        level.add("fullGeoCodeId", full)
    hierarchy.add("neighbourhood").add("geoCodeId", 11000000000000 + digest[7])
    order = [entry.name for entry in tables().records["Wgs84Address"]]
    address.children.sort(key=lambda child: order.index(child.name))
