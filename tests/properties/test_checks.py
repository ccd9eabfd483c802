"""What is said of an ad before any portal sees it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from tests.properties.properties import flat
from tests.properties.strategies import contents

from kontor.properties.checks import check
from kontor.properties.choices import Kind, Marketing
from kontor.properties.content import PropertyContent

TODAY = date(2026, 11, 21)


def said(content: PropertyContent, on: date = TODAY) -> set[tuple[str, str]]:
    """Code without its family, and where."""
    return {(each.code.removeprefix("properties."), each.field) for each in check(content, on)}


def added(**sections: Any) -> set[tuple[str, str]]:
    """What these sections make worse."""
    return said(flat(**sections)) - said(flat())


def errors(content: PropertyContent) -> set[str]:
    return {each.field for each in check(content, TODAY) if each.severity == "error"}


def test_a_flat_that_is_written_down_well_has_nothing_to_mend() -> None:
    assert errors(flat()) == set()
    assert said(flat()) == {("missing.picture", "pictures")}


def test_an_empty_one_is_told_everything_at_once() -> None:
    assert errors(PropertyContent()) == {
        "kind", "marketing", "address.postal_code", "address.city", "texts.de.title",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "marketing", "needed"),
    [
        ("flat", "rent", {"prices.cold_rent", "prices.service_charge", "areas.living_area", "rooms.rooms", "energy.state"}),
        ("flat", "buy", {"prices.purchase_price", "areas.living_area", "rooms.rooms", "energy.state"}),
        ("house", "buy", {"prices.purchase_price", "areas.living_area", "areas.plot_area", "rooms.rooms", "energy.state"}),
        ("house", "leasehold", {"prices.purchase_price", "areas.living_area", "areas.plot_area", "rooms.rooms", "energy.state"}),
        ("plot", "buy", {"prices.purchase_price", "areas.plot_area"}),
        ("office", "rent", {"prices.cold_rent", "areas.office_area", "energy.state"}),
        ("farm", "lease", {"prices.lease", "areas.plot_area", "energy.state"}),
        ("garage", "rent", {"prices.cold_rent"}),
        ("room", "rent", {"prices.cold_rent", "prices.service_charge", "areas.living_area", "energy.state"}),
    ],
)  # fmt: skip
def test_each_kind_of_business_needs_its_own(kind: str, marketing: str, needed: set[str]) -> None:
    bare = {
        "kind": kind, "marketing": marketing, "address": {"postal_code": "28195", "city": "Bremen"},
        "texts": {"de": {"title": "Angebot"}},
    }  # fmt: skip
    assert errors(PropertyContent.from_json(bare)) == needed


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("marketing", list(Marketing))
def test_a_price_on_request_is_a_price(kind: Kind, marketing: Marketing) -> None:
    content = PropertyContent.from_json(
        {"kind": kind, "marketing": marketing, "prices": {"on_request": True}}
    )
    prices = {"prices.cold_rent", "prices.purchase_price", "prices.lease"}
    assert not errors(content) & prices


@pytest.mark.parametrize(
    ("sections", "expected"),
    [
        ({"subtype": "castle"}, ("subtype.unknown", "subtype")),
        ({"address": {"postal_code": "2819"}}, ("postal_code.wrong", "address.postal_code")),
        ({"address": {"latitude": None}}, ("missing.coordinate", "address.latitude")),
        ({"prices": {"warm_rent": "900.00"}}, ("contradiction.warm_rent", "prices.warm_rent")),
        ({"prices": {"cold_rent": "1.00"}}, ("unlikely", "prices.cold_rent")),
        ({"areas": {"living_area": 84500}}, ("unlikely", "areas.living_area")),
        ({"areas": {"total_area": 80}}, ("contradiction.living_area", "areas.living_area")),
        ({"rooms": {"floor": 9}}, ("contradiction.floor", "rooms.floor")),
        ({"rooms": {"bedrooms": 4}}, ("contradiction.bedrooms", "rooms.bedrooms")),
        ({"energy": {"energy_class": "Z"}}, ("energy.class_unknown", "energy.energy_class")),
        ({"energy": {"regime": "before_may_2014"}}, ("energy.class_not_due", "energy.energy_class")),
        ({"energy": {"hot_water_included": True}}, ("energy.hot_water", "energy.hot_water_included")),
        ({"energy": {"valid_until": "2026-11-20"}}, ("energy.expired", "energy.valid_until")),
        ({"energy": {"issued_on": "2026-11-22"}}, ("energy.future", "energy.issued_on")),
        ({"energy": {"state": "not_yet"}}, ("energy.without_certificate", "energy.kind")),
        ({"commission": {"asked": "yes"}}, ("missing.commission", "commission.external")),
        ({"commission": {"external": "3,57 %"}}, ("contradiction.commission", "commission.asked")),
        ({"texts": {"de": {"title": "x" * 101, "description": "x"}}}, ("title.long", "texts.de.title")),
        ({"texts": {"de": {"title": "x"}}}, ("missing.description", "texts.de.description")),
        ({"contact": {"email": "", "phone": ""}}, ("contact.unreachable", "contact.email")),
    ],
)
def test_each_slip_is_told_at_its_field(sections: dict[str, Any], expected: tuple[str, str]) -> None:
    assert added(**sections) == {expected}


def test_a_foreign_postal_code_may_have_any_form() -> None:
    assert added(address={"country": "AT", "postal_code": "1010"}) == set()


@settings(max_examples=40, deadline=None)
@given(contents())
def test_whatever_is_said_can_be_judged(content: PropertyContent) -> None:
    for problem in check(content, TODAY):
        assert problem.severity in ("error", "warning")
        assert problem.message
        assert problem.field
