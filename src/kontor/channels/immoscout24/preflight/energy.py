"""The portal's own rules on energy certificates. What the law asks for besides is the law pack's business.

Sources: the portal's page on energy certificates and recorded refusals of September 2026.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kontor.channels.immoscout24.limits import ENERGY_VALUE_MOST
from kontor.channels.immoscout24.mapping.countries import HOME
from kontor.channels.immoscout24.mapping.kinds import WITHOUT_ENERGY
from kontor.core.errors import Problem
from kontor.properties.building_choices import CertificateKind, CertificateState, Regime
from kontor.properties.content import PropertyContent
from kontor.properties.parts.building import EnergyCertificate


def problems(content: PropertyContent, type_name: str) -> Iterator[Problem]:
    """Nothing for plots, garages and properties abroad, which the rules leave out."""
    if type_name in WITHOUT_ENERGY or content.address.country != HOME:
        return
    energy = content.energy
    if energy.state is not CertificateState.AVAILABLE:
        yield from _without_certificate(energy)
    else:
        yield from _class(energy)
        yield from _hot_water(energy)
    for name in ("value", "heat_value", "power_value"):
        value: Decimal | None = getattr(energy, name)
        if value is not None and not 0 < value < ENERGY_VALUE_MOST:
            yield Problem(
                "immoscout24.energy.value_out_of_range",
                "The energy value must be above 0 and below 2000",
                f"energy.{name}",
                {"value": str(value)},
            )


def _without_certificate(energy: EnergyCertificate) -> Iterator[Problem]:
    filled = {
        "regime": energy.regime, "kind": energy.kind, "value": energy.value, "energy_class": energy.energy_class,
        "heat_value": energy.heat_value, "power_value": energy.power_value,
        "hot_water_included": energy.hot_water_included,
    }  # fmt: skip
    for name, value in filled.items():
        if value not in (None, "", False):
            yield Problem(
                "immoscout24.energy.values_without_certificate",
                "Energy data may only be shown of a certificate that is there: say so, or take them out",
                f"energy.{name}",
                {"state": energy.state.value if energy.state else ""},
            )


def _class(energy: EnergyCertificate) -> Iterator[Problem]:
    if energy.energy_class and (energy.regime is not Regime.FROM_MAY_2014 or energy.kind is None):
        yield Problem(
            "immoscout24.energy.class_not_valid",
            "An efficiency class belongs to certificates from 1 May 2014 on whose kind is said",
            "energy.energy_class",
        )


def _hot_water(energy: EnergyCertificate) -> Iterator[Problem]:
    fits = (
        energy.value is not None
        and energy.regime is Regime.BEFORE_MAY_2014
        and energy.kind is CertificateKind.CONSUMPTION
    )
    if energy.hot_water_included and not fits:
        yield Problem(
            "immoscout24.energy.hot_water_not_valid",
            "Hot water is told of consumption certificates before 1 May 2014 with their value only",
            "energy.hot_water_included",
        )
