"""A property's content: the same after JSON, the same however it was written down."""

from __future__ import annotations

from decimal import Decimal

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.properties.strategies import contents

from kontor.core.money import Money
from kontor.properties.building_choices import Heating
from kontor.properties.choices import SUBTYPES, Kind, Marketing
from kontor.properties.content import PropertyContent, changed_fields
from kontor.properties.values import clean_line, clean_text


@settings(max_examples=60, deadline=None)
@given(contents())
def test_a_snapshot_reads_back_equal(content: PropertyContent) -> None:
    stored = orjson.dumps(content.as_json())
    assert PropertyContent.from_json(orjson.loads(stored)) == content


@settings(max_examples=25, deadline=None)
@given(contents(), contents())
def test_contents_that_differ_name_where(one: PropertyContent, other: PropertyContent) -> None:
    assert bool(changed_fields(one, other)) == (one != other)
    assert changed_fields(one, one) == ()


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean_line(clean_line(text)) == clean_line(text)
    assert clean_text(clean_text(text)) == clean_text(text)


def test_every_kind_has_finer_words() -> None:
    assert set(SUBTYPES) == set(Kind)


def test_two_ways_of_saying_the_same_are_equal() -> None:
    one = PropertyContent.model_validate(
        {"building": {"heating": ["floor", "central", "floor"]}, "areas": {"living_area": 84.499999}}
    )
    other = PropertyContent.model_validate(
        {"building": {"heating": ["central", "floor"]}, "areas": {"living_area": "84.5"}}
    )
    assert one == other
    assert one.building.heating == (Heating.CENTRAL, Heating.FLOOR)


def test_amounts_are_money_in_the_sections_currency() -> None:
    content = PropertyContent.model_validate({"prices": {"cold_rent": "849.995", "currency": "CHF"}})
    assert content.prices.cold_rent == Decimal("850.00")
    assert content.prices.money("cold_rent") == Money(85_000, "CHF")
    assert content.prices.money("warm_rent") is None
    assert content.as_json()["prices"] == {"cold_rent": "850.00", "currency": "CHF"}


def test_the_headline_is_in_its_own_language_or_in_any() -> None:
    content = PropertyContent.model_validate(
        {"texts": {"en": {"title": "Bright flat"}, "de": {"description": "Hell."}}}
    )
    assert content.headline == "Bright flat"
    assert PropertyContent().headline == ""


def test_history_names_sections_and_languages() -> None:
    before = PropertyContent(kind=Kind.FLAT, marketing=Marketing.RENT)
    after = PropertyContent.model_validate(
        before.as_json() | {"prices": {"cold_rent": "900"}, "texts": {"fr": {"title": "Appartement"}}}
    )
    assert changed_fields(before, after) == ("prices.cold_rent", "texts.fr.title")


@pytest.mark.parametrize(
    "wrong",
    [
        {"areas": {"living_area": -1}},
        {"areas": {"living_area": "NaN"}},
        {"kind": "spaceship"},
        {"prices": {"rent": 5}},
        {"address": {"country": "Deutschland"}},
        {"texts": {"deutsch": {}}},
    ],
)
def test_what_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        PropertyContent.model_validate(wrong)
