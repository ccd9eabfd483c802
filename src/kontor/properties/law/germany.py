"""Germany: energy data, commission, prices. Read on 21 November 2026; a law that changes ends one row and begins another."""

from __future__ import annotations

from datetime import date
from typing import Final

from kontor.properties.building_choices import CertificateKind, CertificateState, Regime
from kontor.properties.choices import Asked, Kind, Marketing, Payer, Usage
from kontor.properties.law.conditions import Before, Has, Not, either, every, one_of, said
from kontor.properties.law.rules import Rule, Sureness

DE: Final = "DE"
GEG: Final = date(2020, 11, 1)
BUYERS: Final = date(2020, 12, 23)  # the halves of BGB §§ 656a–d
TENANTS: Final = date(
    2015, 6, 1
)  # who orders pays; the rest of the WoVermittG is older, and so judged from here on
PANGV: Final = date(2022, 5, 28)
NEW_CERTIFICATES: Final = date(2014, 5, 1)

_LIVED_IN: Final = one_of("kind", Kind.FLAT, Kind.HOUSE, Kind.ROOM)
_RESIDENTIAL: Final = either(
    one_of("energy.is_residential", True),
    every(
        one_of("energy.is_residential", None),
        one_of("kind", Kind.FLAT, Kind.HOUSE, Kind.ROOM, Kind.SHORT_TERM),
    ),
)
_CERTIFIED: Final = every(
    one_of("energy.state", CertificateState.AVAILABLE), Not(one_of("kind", Kind.PLOT, Kind.GARAGE, None))
)
_OLD_CERTIFICATE: Final = either(
    one_of("energy.regime", Regime.BEFORE_MAY_2014), Before("energy.issued_on", NEW_CERTIFICATES)
)
_LET_TO_LIVE_IN: Final = every(
    one_of("marketing", Marketing.RENT),
    _LIVED_IN,
    either(Has("usage", (Usage.RESIDENTIAL,)), Not(Has("usage", (Usage.COMMERCIAL, Usage.TEMPORARY)))),
)
_MANY_FAMILIES: Final = one_of("subtype", "multi_family", "apartment_house")
_SOLD_TO_LIVE_IN: Final = every(
    one_of("marketing", Marketing.BUY), one_of("kind", Kind.FLAT, Kind.HOUSE), Not(_MANY_FAMILIES)
)
_COMMISSION: Final = one_of("commission.asked", Asked.YES)

ENERGY: Final = (
    Rule(
        "law.geg_87_kind", "GEG § 87 (1) 1", DE, GEG, _CERTIFIED, said("energy.kind"), "energy.kind",
        "The ad must say whether the certificate is of demand or consumption",
    ),
    Rule(
        "law.geg_87_value", "GEG § 87 (1) 2", DE, GEG, every(_CERTIFIED, _RESIDENTIAL), said("energy.value"),
        "energy.value", "The ad must state the final energy demand or consumption",
    ),
    Rule(
        "law.geg_87_heat_power", "GEG § 87 (2)", DE, GEG, every(_CERTIFIED, Not(_RESIDENTIAL)),
        every(said("energy.heat_value"), said("energy.power_value")), "energy.heat_value",
        "Of a building nobody lives in, the ad must state final energy for heat and power separately",
    ),
    Rule(
        "law.geg_87_carrier", "GEG § 87 (1) 3", DE, GEG, _CERTIFIED, said("energy.carrier", "building.carriers"),
        "energy.carrier", "The ad must name the main energy carriers of the heating",
    ),
    Rule(
        "law.geg_87_year", "GEG § 87 (1) 4", DE, GEG, every(_CERTIFIED, _RESIDENTIAL),
        said("energy.year_built", "building.year_built"), "energy.year_built",
        "The ad must state the year of construction, as the certificate has it",
    ),
    Rule(
        "law.geg_87_class", "GEG § 87 (1) 5", DE, GEG, every(_CERTIFIED, _RESIDENTIAL, Not(_OLD_CERTIFICATE)),
        said("energy.energy_class"), "energy.energy_class", "The ad must state the energy efficiency class",
    ),
    Rule(
        "law.geg_112_hot_water", "GEG § 112", DE, GEG,
        every(_CERTIFIED, _OLD_CERTIFICATE, one_of("energy.kind", CertificateKind.CONSUMPTION)),
        Not(one_of("energy.hot_water_included", False)), "energy.hot_water_included",
        "An old figure of consumption without hot water must be raised by 20 kWh/(m²·a)", "warning",
    ),
    Rule(
        "law.geg_80_viewing", "GEG § 80 (4)", DE, GEG,
        Not(either(one_of("building.is_listed", True), one_of("kind", Kind.PLOT, Kind.GARAGE))),
        Not(one_of("energy.state", CertificateState.NOT_YET, CertificateState.AT_VIEWING)),
        "energy.state", "The certificate must be shown at the viewing at the latest", "warning",
        sureness=Sureness.COMMENTARY,
    ),
)  # fmt: skip

COMMISSION: Final = (
    Rule(
        "law.bgb_656d_buyer_alone", "BGB § 656d", DE, BUYERS, every(_SOLD_TO_LIVE_IN, _COMMISSION),
        Not(one_of("commission.payer", Payer.BUYER)), "commission.payer",
        "A consumer who buys a flat or a house must not pay more of the commission than the seller",
        sureness=Sureness.COMMENTARY,
    ),
    Rule(
        "law.bgb_656c_payer", "BGB §§ 656c, 656d", DE, BUYERS, every(_SOLD_TO_LIVE_IN, _COMMISSION),
        said("commission.payer"), "commission.payer",
        "Say who pays the commission: sellers and buyers who are consumers pay equal shares", "warning",
        sureness=Sureness.COMMENTARY,
    ),
    Rule(
        "law.wovermittg_2_tenant", "WoVermittG § 2 (1a)", DE, TENANTS, every(_LET_TO_LIVE_IN, _COMMISSION),
        either(one_of("commission.payer", Payer.LANDLORD), said("commission.search_order")), "commission.payer",
        "Who orders the agent pays: a tenant pays only on a search order of their own, in text form",
        sureness=Sureness.COMMENTARY,
    ),
)  # fmt: skip

PRICES: Final = (
    Rule(
        "law.wovermittg_6_name", "WoVermittG § 6 (2)", DE, TENANTS, _LET_TO_LIVE_IN,
        said("contact.company", "contact.last_name"), "contact.last_name",
        "An agent's ad of a flat to let must name the agent", sureness=Sureness.COMMENTARY,
    ),
    Rule(
        "law.wovermittg_6_rent", "WoVermittG § 6 (2)", DE, TENANTS, _LET_TO_LIVE_IN,
        every(
            said("prices.cold_rent", "prices.warm_rent", "prices.flat_rate_rent"),
            Not(one_of("prices.on_request", True)),
        ),
        "prices.cold_rent", "An agent's ad of a flat to let must state the rent", sureness=Sureness.COMMENTARY,
    ),
    Rule(
        "law.wovermittg_6_costs", "WoVermittG § 6 (2)", DE, TENANTS, _LET_TO_LIVE_IN,
        said("prices.service_charge", "prices.warm_rent", "prices.flat_rate_rent"), "prices.service_charge",
        "An agent's ad of a flat to let must state the side costs", sureness=Sureness.COMMENTARY,
    ),
    Rule(
        "law.pangv_plus_vat", "PAngV § 3", DE, PANGV, _LIVED_IN, Not(one_of("prices.plus_vat", True)),
        "prices.plus_vat", "Consumers must be told prices with value added tax", sureness=Sureness.COMMENTARY,
    ),
    Rule(
        "law.pangv_commission_net", "PAngV § 3", DE, PANGV, every(_LIVED_IN, _COMMISSION),
        Not(one_of("commission.external_includes_vat", False)), "commission.external_includes_vat",
        "Consumers must be told the commission with value added tax", sureness=Sureness.COMMENTARY,
    ),
    Rule(
        "law.pangv_commission_unclear", "PAngV § 3", DE, PANGV,
        every(_LIVED_IN, _COMMISSION, one_of("commission.external_includes_vat", None), said("commission.external")),
        Has("commission.external", ("mwst", "ust", "umsatzsteuer", "mehrwertsteuer", "brutto", "vat")),
        "commission.external", "Say that the commission is with value added tax", "warning",
        sureness=Sureness.COMMENTARY,
    ),
)  # fmt: skip

RULES: Final = (*ENERGY, *COMMISSION, *PRICES)
