"""Our words and the portal's, one table per list. Where the portal is coarser, several of ours share one."""

from __future__ import annotations

from typing import Final

from kontor.properties.building_choices import (
    Buildable,
    BuildingCondition,
    Carrier,
    CertificateKind,
    CertificateState,
    Development,
    Flooring,
    Heating,
    Level,
    Regime,
)
from kontor.properties.choices import Asked, Furnished, Gender, Marketing, Parking

MARKETED: Final = {
    Marketing.BUY: "BUY", Marketing.RENT: "RENT", Marketing.LEASE: "LEASE", Marketing.LEASEHOLD: "LEASEHOLD",
}  # fmt: skip
ASKED: Final = {Asked.YES: "YES", Asked.NO: "NO", Asked.NOT_APPLICABLE: "NOT_APPLICABLE"}
CONDITIONS: Final = {
    BuildingCondition.FIRST_OCCUPANCY: "FIRST_TIME_USE",
    BuildingCondition.PROJECTED: "FIRST_TIME_USE",
    BuildingCondition.AS_NEW: "MINT_CONDITION",
    BuildingCondition.MODERNISED: "MODERNIZED",
    BuildingCondition.WELL_KEPT: "WELL_KEPT",
    BuildingCondition.FULLY_REFURBISHED: "REFURBISHED",
    BuildingCondition.PARTLY_REFURBISHED: "REFURBISHED",
    BuildingCondition.PARTLY_RENOVATED: "NEED_OF_RENOVATION",
    BuildingCondition.NEEDS_RENOVATION: "NEED_OF_RENOVATION",
    BuildingCondition.NEEDS_REFURBISHMENT: "NEED_OF_RENOVATION",
    BuildingCondition.DILAPIDATED: "RIPE_FOR_DEMOLITION",
    BuildingCondition.FOR_DEMOLITION: "RIPE_FOR_DEMOLITION",
    BuildingCondition.GUTTED: "NEED_OF_RENOVATION",
    BuildingCondition.SHELL: "NEGOTIABLE",
    BuildingCondition.BY_ARRANGEMENT: "NEGOTIABLE",
}
LEVELS: Final = {Level.STANDARD: "NORMAL", Level.UPSCALE: "SOPHISTICATED", Level.LUXURY: "LUXURY"}
HEATING: Final = {
    Heating.STOVE: "STOVE_HEATING",
    Heating.STOREY: "SELF_CONTAINED_CENTRAL_HEATING",
    Heating.CENTRAL: "CENTRAL_HEATING",
    Heating.DISTRICT: "DISTRICT_HEATING",
    Heating.FLOOR: "FLOOR_HEATING",
}
CERTIFICATES: Final = {
    CertificateState.AVAILABLE: "AVAILABLE",
    CertificateState.NOT_YET: "NOT_AVAILABLE_YET",
    CertificateState.AT_VIEWING: "NOT_AVAILABLE_YET",
    CertificateState.NOT_REQUIRED: "NOT_REQUIRED",
}
REGIMES: Final = {Regime.BEFORE_MAY_2014: "BEFORE_01_MAY_2014", Regime.FROM_MAY_2014: "FROM_01_MAY_2014"}
RATINGS: Final = {
    CertificateKind.DEMAND: "ENERGY_REQUIRED",
    CertificateKind.CONSUMPTION: "ENERGY_CONSUMPTION",
}
CARRIERS: Final = {
    Carrier.OIL: "OIL",
    Carrier.GAS: "GAS",
    Carrier.ELECTRICITY: "ELECTRICITY",
    Carrier.WATER_ELECTRICITY: "ELECTRICITY",
    Carrier.SOLAR: "SOLAR_HEATING",
    Carrier.GEOTHERMAL: "GEOTHERMAL",
    Carrier.AIR_HEAT_PUMP: "ENVIRONMENTAL_THERMAL_ENERGY",
    Carrier.DISTRICT_HEATING: "DISTRICT_HEATING",
    Carrier.DISTRICT_HEATING_RENEWABLE: "DISTRICT_HEATING",
    Carrier.BLOCK_POWER_STATION: "COMBINED_HEAT_AND_POWER_FOSSIL_FUELS",
    Carrier.PELLETS: "PELLET_HEATING",
    Carrier.COAL: "COAL",
    Carrier.WOOD: "WOOD",
    Carrier.LIQUID_GAS: "LIQUID_GAS",
    Carrier.BIOGAS: "BIO_ENERGY",
}
"""The values of 2014. `alternative` and `hydrogen` have none and are left out."""
PARKING: Final = {
    Parking.GARAGE: "GARAGE",
    Parking.UNDERGROUND: "UNDERGROUND_GARAGE",
    Parking.CARPORT: "CARPORT",
    Parking.OUTSIDE: "OUTSIDE",
    Parking.MULTI_STOREY: "CAR_PARK",
    Parking.DUPLEX: "DUPLEX",
}
FLOORING: Final = {
    Flooring.TILES: "TILES",
    Flooring.TERRACOTTA: "TILES",
    Flooring.STONE: "STONE",
    Flooring.MARBLE: "STONE",
    Flooring.GRANITE: "STONE",
    Flooring.CARPET: "CARPET",
    Flooring.PARQUET: "PARQUET",
    Flooring.FINISHED_PARQUET: "PARQUET",
    Flooring.LAMINATE: "LAMINATE",
    Flooring.FLOORBOARDS: "PLANKS",
    Flooring.PLASTIC: "PVC",
    Flooring.LINOLEUM: "PVC",
    Flooring.SCREED: "CONCRETE",
}
FURNISHED: Final = {Furnished.FULLY: "YES", Furnished.PARTLY: "YES"}
GENDERS: Final = {Gender.ANY: "MALE_OR_FEMALE", Gender.MEN: "MALE", Gender.WOMEN: "FEMALE"}
DEVELOPMENT: Final = {
    Development.FULLY: "DEVELOPED",
    Development.AS_USUAL_THERE: "DEVELOPED",
    Development.PARTLY: "DEVELOPED_PARTIALLY",
    Development.NONE: "NOT_DEVELOPED",
}
BUILDABLE: Final = {
    Buildable.DEVELOPMENT_PLAN: "CONSTRUCTIONPLAN",
    Buildable.NEIGHBOURHOOD_34: "NEIGHBOURCONSTRUCTION",
    Buildable.OUTSIDE_35: "EXTERNALAREA",
}
