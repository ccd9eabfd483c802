"""Warnings of the law: who answers for one, how long, and what is logged of it."""

from __future__ import annotations

from typing import Any

import pytest
from tests.plugins.api import Caller
from tests.properties.properties import body

RULE = "law.bgb_656c_payer"
SOLD: dict[str, Any] = {
    "marketing": "buy",
    "prices": {"cold_rent": None, "purchase_price": "390000.00"},
    "commission": {"asked": "yes", "external": "3,57 % inkl. MwSt."},
}


@pytest.fixture
def sold(api: Caller) -> dict[str, Any]:
    """A flat for sale whose commission nobody is said to pay."""
    made: dict[str, Any] = api.post("/properties", json=body(**SOLD)).json()
    return made


def codes(shown: dict[str, Any]) -> set[str]:
    return {each["code"] for each in shown["problems"]}


def acknowledge(api: Caller, made: dict[str, Any], code: str = RULE) -> Any:
    said = {"code": code, "note": "Käufer ist eine Gesellschaft"}
    return api.post(f"/properties/{made['id']}/acknowledgements", json=said)


def test_a_warning_that_somebody_answers_for_stands_aside_and_is_logged(
    api: Caller, sold: dict[str, Any]
) -> None:
    assert RULE in codes(sold)
    answer = acknowledge(api, sold)
    assert answer.status_code == 200, answer.text
    shown = answer.json()
    assert RULE not in codes(shown)
    (acknowledged,) = shown["acknowledged"]
    assert (acknowledged["code"], acknowledged["paragraph"], acknowledged["note"]) == (
        RULE,
        "BGB §§ 656c, 656d",
        "Käufer ist eine Gesellschaft",
    )
    assert acknowledged["by"]["id"] == str(api.person_id)
    (entry,) = api.get("/audit", params={"action": "property.warning_acknowledged"}).json()["items"]
    assert entry["after"] == {
        "code": RULE, "paragraph": "BGB §§ 656c, 656d", "note": "Käufer ist eine Gesellschaft", "revision": 1,
    }  # fmt: skip
    assert shown["revision"] == 1


def test_it_ends_when_what_it_is_about_changes(api: Caller, sold: dict[str, Any]) -> None:
    acknowledge(api, sold)
    at, any_revision = f"/properties/{sold['id']}", {"If-Match": "*"}
    other = api.patch(at, json={"notes": "Schlüssel im Büro"}, headers=any_revision).json()
    assert RULE not in codes(other)
    changed = api.patch(at, json={"subtype": "penthouse"}, headers=any_revision).json()
    assert RULE in codes(changed)
    assert changed["acknowledged"] == []
    back = api.post(f"{at}/undo", json={"to": 2}, headers=any_revision).json()
    assert RULE not in codes(back)


def test_nobody_answers_for_it_any_more(api: Caller, sold: dict[str, Any]) -> None:
    acknowledge(api, sold)
    answer = api.delete(f"/properties/{sold['id']}/acknowledgements/{RULE}")
    assert RULE in codes(answer.json())
    assert api.delete(f"/properties/{sold['id']}/acknowledgements/{RULE}").status_code == 404


@pytest.mark.parametrize(
    "code", ["law.bgb_656d_buyer_alone", "law.wovermittg_2_tenant", "law.none", "properties.missing.picture"]
)
def test_only_a_warning_of_the_law_that_is_there_can_be_answered_for(api: Caller, code: str) -> None:
    blocked = body(**SOLD | {"commission": SOLD["commission"] | {"payer": "buyer"}})
    made = api.post("/properties", json=blocked).json()
    assert "law.bgb_656d_buyer_alone" in codes(made)
    answer = acknowledge(api, made, code)
    assert (answer.status_code, answer.json()["code"]) == (409, "properties.acknowledgement")


def test_what_the_law_asks_for_is_told_once(api: Caller) -> None:
    made = api.post("/properties", json=body(prices={"service_charge": None, "cold_rent": None})).json()
    said = [(each["field"], each["code"]) for each in made["problems"] if each["severity"] == "error"]
    assert said == [
        ("prices.cold_rent", "law.wovermittg_6_rent"),
        ("prices.service_charge", "law.wovermittg_6_costs"),
    ]


def test_nobody_elses_can_be_answered_for(other_api: Caller, sold: dict[str, Any]) -> None:
    assert acknowledge(other_api, sold).status_code == 404
    assert other_api.delete(f"/properties/{sold['id']}/acknowledgements/{RULE}").status_code == 404
