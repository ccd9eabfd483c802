"""German law over ads of properties: each rule as a case that breaks it and one that keeps it, and the days it counts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from tests.properties.properties import flat
from tests.properties.strategies import contents

from kontor.properties.content import PropertyContent
from kontor.properties.law.packs import PACKS, judge
from kontor.properties.law.rules import fingerprint

TODAY = date(2026, 11, 21)
SOLD: dict[str, Any] = {"marketing": "buy", "prices": {"cold_rent": None, "purchase_price": "390000.00"}}
ASKED = {"asked": "yes", "external": "3,57 % inkl. MwSt."}
#: Rule -> what breaks it, what mends that.
CASES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "law.geg_87_kind": ({"energy": {"kind": None}}, {"energy": {"kind": "consumption"}}),
    "law.geg_87_value": ({"energy": {"value": None}}, {"energy": {"value": 90}}),
    "law.geg_87_heat_power": (
        {"kind": "office", "energy": {"is_residential": False, "heat_value": 90}},
        {"kind": "office", "energy": {"is_residential": False, "heat_value": 90, "power_value": 20}},
    ),
    "law.geg_87_carrier": (
        {"energy": {"carrier": ""}, "building": {"carriers": []}},
        {"energy": {"carrier": ""}, "building": {"carriers": ["gas"]}},
    ),
    "law.geg_87_year": (
        {"energy": {"year_built": None}, "building": {"year_built": None}},
        {"energy": {"year_built": 1928}, "building": {"year_built": None}},
    ),
    "law.geg_87_class": (
        {"energy": {"energy_class": ""}},
        {"energy": {"energy_class": "", "regime": "before_may_2014"}},
    ),
    "law.geg_112_hot_water": (
        {"energy": {"kind": "consumption", "regime": "before_may_2014", "hot_water_included": False}},
        {"energy": {"kind": "consumption", "regime": "before_may_2014", "hot_water_included": True}},
    ),
    "law.geg_80_viewing": (
        {"energy": {"state": "not_yet"}},
        {"energy": {"state": "not_yet"}, "building": {"is_listed": True}},
    ),
    "law.bgb_656d_buyer_alone": (
        SOLD | {"commission": ASKED | {"payer": "buyer"}},
        SOLD | {"commission": ASKED | {"payer": "shared"}},
    ),
    "law.bgb_656c_payer": (SOLD | {"commission": ASKED}, SOLD | {"commission": ASKED | {"payer": "seller"}}),
    "law.wovermittg_2_tenant": (
        {"commission": ASKED},
        {"commission": ASKED | {"search_order": "Suchauftrag vom 3. November"}},
    ),
    "law.wovermittg_6_name": (
        {"contact": {"last_name": ""}},
        {"contact": {"last_name": "", "company": "Lüders Immobilien"}},
    ),
    "law.wovermittg_6_rent": ({"prices": {"on_request": True}}, {"prices": {"on_request": False}}),
    "law.wovermittg_6_costs": (
        {"prices": {"service_charge": None}},
        {"prices": {"service_charge": None, "warm_rent": "1300.00"}},
    ),
    "law.pangv_plus_vat": ({"prices": {"plus_vat": True}}, {"prices": {"plus_vat": False}}),
    "law.pangv_commission_net": (
        {"commission": ASKED | {"payer": "landlord", "external_includes_vat": False}},
        {"commission": ASKED | {"payer": "landlord", "external_includes_vat": True}},
    ),
    "law.pangv_commission_unclear": (
        {"commission": ASKED | {"payer": "landlord", "external": "2 Kaltmieten"}},
        {"commission": ASKED | {"payer": "landlord"}},
    ),
}  # fmt: skip


def codes(content: PropertyContent, on: date = TODAY) -> set[str]:
    return {rule.code for rule in judge(content, on)}


def test_every_rule_has_its_case() -> None:
    assert set(CASES) == {rule.code for rule in PACKS}


def test_a_flat_that_is_written_down_well_keeps_the_law() -> None:
    assert codes(flat()) == set()


@pytest.mark.parametrize("code", CASES)
def test_a_rule_is_broken_by_its_case_and_kept_when_that_is_mended(code: str) -> None:
    breaks, mends = CASES[code]
    assert code in codes(flat(**breaks))
    assert code not in codes(flat(**mends))


@pytest.mark.parametrize("code", CASES)
def test_a_rule_counts_from_its_first_day_and_only_at_home(code: str) -> None:
    rule = next(rule for rule in PACKS if rule.code == code)
    content = flat(**CASES[code][0])
    assert code in codes(content, rule.since)
    assert code not in codes(content, rule.since - timedelta(days=1))
    abroad = content.model_copy(update={"address": content.address.model_copy(update={"country": "AT"})})
    assert codes(abroad) == set()


@pytest.mark.parametrize(
    ("sections", "free_of"),
    [
        ({"kind": "plot", "energy": {"kind": None, "value": None}}, {"law.geg_87_kind", "law.geg_87_value"}),
        ({"energy": {"state": "not_required", "kind": None, "value": None}}, {"law.geg_87_kind"}),
        ({"kind": "office", "commission": ASKED}, {"law.wovermittg_2_tenant"}),
        ({"usage": ["commercial"], "commission": ASKED}, {"law.wovermittg_2_tenant"}),
        (
            SOLD | {"kind": "house", "subtype": "multi_family", "commission": ASKED | {"payer": "buyer"}},
            {"law.bgb_656d_buyer_alone"},
        ),
        ({"kind": "office", "prices": {"plus_vat": True}}, {"law.pangv_plus_vat"}),
        (
            {"energy": {"energy_class": "", "regime": None, "issued_on": "2013-06-01"}},
            {"law.geg_87_class"},
        ),
    ],
)
def test_what_a_rule_does_not_mean_is_left_alone(sections: dict[str, Any], free_of: set[str]) -> None:
    assert not codes(flat(**sections)) & free_of


def test_who_pays_what_for_whom() -> None:
    """The table of who may be asked for a commission: blocked or not."""
    blocked = {
        (marketing, payer): any(
            rule.severity == "error"
            for rule in judge(
                flat(**(SOLD if marketing == "buy" else {}), commission=ASKED | {"payer": payer}), TODAY
            )
        )
        for marketing in ("buy", "rent")
        for payer in ("buyer", "seller", "shared", "tenant", "landlord", None)
    }
    assert {key for key, is_blocked in blocked.items() if is_blocked} == {
        ("buy", "buyer"), ("rent", "buyer"), ("rent", "seller"), ("rent", "shared"), ("rent", "tenant"), ("rent", None),
    }  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(contents())
def test_any_property_can_be_judged_and_what_decides_it_is_known(content: PropertyContent) -> None:
    for rule in PACKS:
        rule.is_broken_by(content)
        assert rule.field in rule.fields()
        assert len(fingerprint(rule, content)) == 64


def test_what_a_rule_looked_at_is_told_by_its_fingerprint() -> None:
    rule = next(rule for rule in PACKS if rule.code == "law.bgb_656c_payer")
    before = flat(**CASES[rule.code][0])
    assert fingerprint(rule, before) == fingerprint(rule, before.model_copy(update={"notes": "x"}))
    assert fingerprint(rule, before) != fingerprint(rule, flat(**CASES[rule.code][1]))
