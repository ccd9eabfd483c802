"""The building, its land and its energy certificate."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from kontor.properties.building_choices import (
    Age,
    Buildable,
    BuildingCondition,
    Carrier,
    CertificateKind,
    CertificateState,
    Construction,
    Development,
    EnergyStandard,
    Heating,
    Regime,
    Roof,
    Stage,
)
from kontor.properties.values import Line, Number, Section, Several, Text, Year


class Building(Section):
    """What it is made of, and its state."""

    year_built: Year | None = None
    last_modernised: Line = ""
    condition: BuildingCondition | None = None
    age: Age | None = None
    heating: Annotated[tuple[Heating, ...], Several] = ()
    carriers: Annotated[tuple[Carrier, ...], Several] = ()
    construction: Annotated[tuple[Construction, ...], Several] = ()
    roof: Annotated[tuple[Roof, ...], Several] = ()
    stage: Annotated[tuple[Stage, ...], Several] = ()
    energy_standard: Annotated[tuple[EnergyStandard, ...], Several] = ()
    is_listed: bool | None = None
    is_high_rise: bool | None = None


class Land(Section):
    """What may be built, and what lies in the ground."""

    development: Development | None = None
    development_extent: Line = ""
    buildable: Buildable | None = None
    zone: Line = ""
    contamination: Text = ""


class EnergyCertificate(Section):
    """The energy certificate as the ad must state it (GEG § 87); values in kWh/(m²·a), of Austria's too.

    `value` is the final energy demand or consumption, as `kind` says. Of buildings nobody lives in the law asks for
    `heat_value` and `power_value` instead.
    """

    state: CertificateState | None = None
    kind: CertificateKind | None = None
    value: Number | None = None
    heat_value: Number | None = None
    power_value: Number | None = None
    energy_class: Line = ""
    hot_water_included: bool | None = None
    carrier: Line = ""
    issued_on: date | None = None
    valid_until: date | None = None
    regime: Regime | None = None
    year_built: Year | None = None
    is_residential: bool | None = None
    text: Text = ""
    by_geg: bool | None = None
    hwb_value: Number | None = None
    hwb_class: Line = ""
    fgee_value: Number | None = None
    fgee_class: Line = ""
