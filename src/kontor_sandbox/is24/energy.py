"""Energy certificates: the rules that hang on one another, and what is derived from what."""

from __future__ import annotations

from kontor_sandbox.is24.errors import field_invalid, invalid
from kontor_sandbox.is24.nodes import Node

NEWER_SOURCES = frozenset(
    {
        "BIO_ENERGY",
        "WIND_ENERGY",
        "HYDRO_ENERGY",
        "ENVIRONMENTAL_THERMAL_ENERGY",
        "COMBINED_HEAT_AND_POWER_FOSSIL_FUELS",
        "COMBINED_HEAT_AND_POWER_RENEWABLE_ENERGY",
        "COMBINED_HEAT_AND_POWER_REGENERATIVE_ENERGY",
        "COMBINED_HEAT_AND_POWER_BIO_ENERGY",
    }
)
"""Taken and shown only with `usenewenergysourceenev2014values=true`."""
_FIRING = frozenset(
    {"GEOTHERMAL", "SOLAR_HEATING", "PELLET_HEATING", "GAS", "OIL", "DISTRICT_HEATING", "ELECTRICITY", "COAL"}
)
_OLDER_HEATING = frozenset({"SELF_CONTAINED_CENTRAL_HEATING", "STOVE_HEATING", "CENTRAL_HEATING"})
_WITHOUT_CERTIFICATE = frozenset({"NOT_AVAILABLE_YET", "NOT_REQUIRED"})
_RATINGS = frozenset({"ENERGY_REQUIRED", "ENERGY_CONSUMPTION"})
_DATES = frozenset({"BEFORE_01_MAY_2014", "FROM_01_MAY_2014"})
_IN_CERTIFICATE = "energyCertificateInformation"


def check_sources(node: Node, *, takes_newer: bool) -> None:
    """The newer sources need the query parameter; raises Refusal."""
    sources = node.child("energySourcesEnev2014")
    for source in sources.children if sources is not None else []:
        if source.text in NEWER_SOURCES and not takes_newer:
            raise invalid(f"EnergySourceEnev2014 value [{source.text}] is not allowed.")


def check_rules(node: Node) -> None:
    """The conditional rules; raises Refusal with the first that is broken."""
    thermal, year = node.value("thermalCharacteristic"), node.value("constructionYear")
    if thermal and float(thermal) <= 0:
        raise field_invalid("thermalCharacteristic", thermal, "NUMBER_IS_OUT_OF_RANGE")
    if year and int(year) < 1000:
        raise field_invalid("constructionYear", year, "YEAR_INVALID")
    availability = node.value("energyCertificate", "energyCertificateAvailability")
    if availability in _WITHOUT_CERTIFICATE:
        _check_nothing_filled(node)
    _check_class(node)
    _check_warm_water(node)


def _check_nothing_filled(node: Node) -> None:
    date = node.value("energyCertificate", "energyCertificateCreationDate")
    filled = {
        "energyCertificateCreationDate": "NO_INFORMATION" if date == "NOT_APPLICABLE" else date,
        "buildingEnergyRatingType": node.value("buildingEnergyRatingType"),
        "thermalCharacteristic": node.value("thermalCharacteristic"),
    }
    for name, value in filled.items():
        if value:
            raise field_invalid(f"{_IN_CERTIFICATE}.{name}", value, "EV_NOT_AVAILABLE_BUT_FIELDS_FILLED")


def _check_class(node: Node) -> None:
    efficiency = node.value("energyCertificate", "energyEfficiencyClass")
    date = node.value("energyCertificate", "energyCertificateCreationDate")
    rated = node.value("buildingEnergyRatingType") in _RATINGS
    if efficiency and not (date == "FROM_01_MAY_2014" and rated):
        raise field_invalid(
            f"{_IN_CERTIFICATE}.energyEfficiencyClass",
            efficiency,
            "EV_EFFICIENCY_CLASS_NOT_VALID_FOR_THIS_CERTIFICATE",
        )


def _check_warm_water(node: Node) -> None:
    if node.value("energyConsumptionContainsWarmWater") != "YES":
        return
    name = f"{_IN_CERTIFICATE}.energyConsumptionContainsWarmWater"
    if not node.value("thermalCharacteristic"):
        raise field_invalid(name, "YES", "ENERGY_CONSUMPTION_CONTAINS_WARM_WATER_WITHOUT_ENERGY_CONSUMPTION")
    date = node.value("energyCertificate", "energyCertificateCreationDate")
    rating = node.value("buildingEnergyRatingType")
    fits = date == "BEFORE_01_MAY_2014" and rating == "ENERGY_CONSUMPTION"
    if date in _DATES and rating in _RATINGS and not fits:
        raise field_invalid(name, "YES", "EV_WARM_WATER_FIELD_NOT_VALID_FOR_THIS_CERTIFICATE")


def derive(node: Node, known: frozenset[str]) -> None:
    """Fill in what follows from the energy fields; the caller puts the elements in order."""
    _derive_sources(node, known)
    heating = node.value("heatingTypeEnev2014")
    if heating == "NO_INFORMATION":
        node.children.remove(node.all("heatingTypeEnev2014")[0])
    elif heating in _OLDER_HEATING and "heatingType" in known and node.child("heatingType") is None:
        node.add("heatingType", heating)
    certificate = node.child("energyCertificate")
    if certificate is None or certificate.value("energyCertificateAvailability") != "AVAILABLE":
        return
    if (year := node.value("constructionYear")) and certificate.child("legalConstructionYear") is None:
        certificate.add("legalConstructionYear", year)
    if "energyPerformanceCertificate" in known and node.child("energyPerformanceCertificate") is None:
        node.add("energyPerformanceCertificate", "true")


def _derive_sources(node: Node, known: frozenset[str]) -> None:
    if "energySourcesEnev2014" not in known:
        return
    sources = node.child("energySourcesEnev2014") or node.add("energySourcesEnev2014")
    named = [source for source in sources.children if source.text != "NO_INFORMATION"]
    # They come back in an order of their own: of three, the last one was first.
    sources.children = named[-1:] + named[:-1] or [Node("energySourceEnev2014", "NO_INFORMATION")]
    if "firingTypes" in known and node.child("firingTypes") is None:
        firing = [source.text for source in sources.children if source.text in _FIRING]
        types = node.add("firingTypes")
        for name in firing or ["NO_INFORMATION"]:
            types.add("firingType", name)
