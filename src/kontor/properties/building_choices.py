"""The words for what a building is made of and has: its state, heating, certificate, equipment."""

from __future__ import annotations

from enum import StrEnum, auto


class BuildingCondition(StrEnum):
    """The state a building is in."""

    FIRST_OCCUPANCY = auto()
    AS_NEW = auto()
    MODERNISED = auto()
    WELL_KEPT = auto()
    FULLY_REFURBISHED = auto()
    PARTLY_REFURBISHED = auto()
    PARTLY_RENOVATED = auto()
    NEEDS_RENOVATION = auto()
    NEEDS_REFURBISHMENT = auto()
    DILAPIDATED = auto()
    BY_ARRANGEMENT = auto()
    SHELL = auto()
    GUTTED = auto()
    FOR_DEMOLITION = auto()
    PROJECTED = auto()


class Age(StrEnum):
    """Old building or new."""

    OLD = auto()
    NEW = auto()


class Heating(StrEnum):
    """How it is heated."""

    STOVE = auto()
    STOREY = auto()
    CENTRAL = auto()
    DISTRICT = auto()
    FLOOR = auto()


class Carrier(StrEnum):
    """What it is heated with."""

    OIL = auto()
    GAS = auto()
    ELECTRICITY = auto()
    ALTERNATIVE = auto()
    SOLAR = auto()
    GEOTHERMAL = auto()
    AIR_HEAT_PUMP = auto()
    DISTRICT_HEATING = auto()
    BLOCK_POWER_STATION = auto()
    WATER_ELECTRICITY = auto()
    PELLETS = auto()
    COAL = auto()
    WOOD = auto()
    LIQUID_GAS = auto()
    DISTRICT_HEATING_RENEWABLE = auto()
    BIOGAS = auto()
    HYDROGEN = auto()


class Construction(StrEnum):
    """How it was built."""

    SOLID = auto()
    PREFABRICATED = auto()
    TIMBER = auto()


class Roof(StrEnum):
    """The form of the roof."""

    HALF_HIPPED = auto()
    MANSARD = auto()
    PENT = auto()
    GABLED = auto()
    HIPPED = auto()
    FLAT = auto()
    PYRAMID = auto()


class Stage(StrEnum):
    """How far a house is finished by who sells it."""

    KIT = auto()
    TO_FINISH = auto()
    TURNKEY_WITH_CELLAR = auto()
    TURNKEY_WITHOUT_SLAB = auto()
    TURNKEY_WITH_SLAB = auto()


class EnergyStandard(StrEnum):
    """A standard the building was made to."""

    PASSIVE_HOUSE = auto()
    LOW_ENERGY = auto()
    NEW_BUILD = auto()
    KFW40 = auto()
    KFW55 = auto()
    KFW60 = auto()
    KFW70 = auto()
    MINERGIE = auto()
    MINERGIE_CERTIFIED = auto()


class Development(StrEnum):
    """Whether streets and pipes lead to a plot."""

    NONE = auto()
    PARTLY = auto()
    FULLY = auto()
    AS_USUAL_THERE = auto()


class Buildable(StrEnum):
    """By which rule a plot may be built on. The numbers are the paragraphs of the Baugesetzbuch."""

    NEIGHBOURHOOD_34 = auto()
    OUTSIDE_35 = auto()
    DEVELOPMENT_PLAN = auto()
    NOT_BUILDABLE = auto()
    EXPECTED = auto()
    BY_COUNTRY = auto()
    WITHOUT_PLAN = auto()


class CertificateState(StrEnum):
    """Whether there is an energy certificate."""

    AVAILABLE = auto()
    NOT_YET = auto()
    AT_VIEWING = auto()
    NOT_REQUIRED = auto()


class CertificateKind(StrEnum):
    """What its figure says: what the building needs by calculation, or what people used."""

    DEMAND = auto()
    CONSUMPTION = auto()


class Regime(StrEnum):
    """By which law it was issued; the border is 1 May 2014."""

    BEFORE_MAY_2014 = auto()
    FROM_MAY_2014 = auto()


class Level(StrEnum):
    """How well it is equipped."""

    STANDARD = auto()
    UPSCALE = auto()
    LUXURY = auto()


class Bathroom(StrEnum):
    """What the bathroom has."""

    SHOWER = auto()
    TUB = auto()
    WINDOW = auto()
    BIDET = auto()
    URINAL = auto()


class Kitchen(StrEnum):
    """What kind of kitchen there is."""

    FITTED = auto()
    OPEN = auto()
    PANTRY = auto()


class Flooring(StrEnum):
    """What one walks on."""

    TILES = auto()
    STONE = auto()
    CARPET = auto()
    PARQUET = auto()
    FINISHED_PARQUET = auto()
    LAMINATE = auto()
    FLOORBOARDS = auto()
    PLASTIC = auto()
    SCREED = auto()
    RAISED_FLOOR = auto()
    LINOLEUM = auto()
    MARBLE = auto()
    TERRACOTTA = auto()
    GRANITE = auto()


class Lift(StrEnum):
    """What a lift carries."""

    PERSONS = auto()
    GOODS = auto()


class Direction(StrEnum):
    """Where a balcony looks."""

    NORTH = auto()
    NORTH_EAST = auto()
    EAST = auto()
    SOUTH_EAST = auto()
    SOUTH = auto()
    SOUTH_WEST = auto()
    WEST = auto()
    NORTH_WEST = auto()


class Security(StrEnum):
    """What guards it."""

    ALARM = auto()
    CAMERA = auto()
    POLICE_CALL = auto()


class Service(StrEnum):
    """What is done for those who live or work there."""

    ASSISTED_LIVING = auto()
    CATERING = auto()
    CLEANING = auto()
    SHOPPING = auto()
    GUARD = auto()


class AttachedGastronomy(StrEnum):
    """Where one eats and drinks in the building."""

    HOTEL_RESTAURANT = auto()
    BAR = auto()
