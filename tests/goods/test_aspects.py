"""Which attributes a listing gets, and from where."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontor.channels.contract.values import AspectRule
from kontor.core.identifiers import uuid7
from kontor.goods import words
from kontor.goods.aspects import fill, own
from kontor.goods.defaults import NONE, Default, Defaults
from kontor.goods.values import ProductView, VariantView

COLOURS = ("Schwarz", "Weiß", "Blau", "Rot", "Mehrfarbig")


def product(*options: dict[str, str], **given_values: Any) -> ProductView:
    """A product with one variant per set of options."""
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    names = tuple(dict.fromkeys(name for each in options for name in each))
    variants = tuple(
        VariantView(uuid7(), f"S{number}", "4006381333931", None, "", None, each, 0)
        for number, each in enumerate(options or ({},))
    )
    values: dict[str, Any] = {
        "title": {"de": "Schürze"}, "description": {}, "language": "de", "brand_name": "", "brand": None, "mpn": "",
        "condition": "new", "category_hint": "", "category": {}, "aspects": {},
    }  # fmt: skip
    return ProductView(
        listing_id=UUID(int=1), revision=1, reference="S", status="active", option_names=names, variants=variants,
        pictures=(), created_at=moment, updated_at=moment, **{**values, **given_values},
    )  # fmt: skip


def rule(
    name: str, *values: str, listed: bool = False, multiple: bool = False, required: bool = True
) -> AspectRule:
    """A rule of a category."""
    return AspectRule(name, required, listed, multiple, True, values)


def test_a_column_comes_before_an_option_and_that_before_a_default() -> None:
    defaults = Defaults.of([Default("tenant", "", "aspect:Farbe", "Rot")])
    rules = (rule("Farbe", *COLOURS),)
    with_all = product({"Color": "Blue"}, aspects={"Farbe": ("Weiß",)})
    assert fill(with_all, rules, defaults).filled == {"Farbe": ("Weiß",)}
    assert fill(product({"Color": "Blue"}), rules, defaults).filled == {"Farbe": ("Blau",)}
    assert fill(product(), rules, defaults).filled == {"Farbe": ("Rot",)}
    assert fill(product(), rules, NONE).missing == list(rules)


@pytest.mark.parametrize("name", ["Farbe", "Color", "Colour", "Couleur", "FARBE "])
def test_an_option_is_known_in_every_language(name: str) -> None:
    assert fill(product({name: "Noir"}), (rule("Farbe", *COLOURS, listed=True),), NONE).filled == {
        "Farbe": ("Schwarz",)
    }


@pytest.mark.parametrize(
    ("value", "found"),
    [("black", "Schwarz"), ("Dunkelblau", "Blau"), ("Navy Blue", "Blau"), ("Black/White", "Mehrfarbig"),
     ("weiss", "Weiß"), ("Bordeaux", "Rot"), ("Zebra", None)],
)  # fmt: skip
def test_shades_and_languages_of_colours(value: str, found: str | None) -> None:
    assert words.match(value, COLOURS, "Farbe") == found


def test_brand_number_and_department_come_from_their_fields() -> None:
    view = product(brand_name="adidas", mpn="FJ5089", category_hint="Women > Clothing")
    rules = (
        rule("Marke", "Markenlos"),
        rule("Herstellernummer"),
        rule("Abteilung", "Damen", "Unisex Erwachsene", listed=True),
        rule("EAN"),
    )
    assert fill(view, rules, NONE).filled == {
        "Marke": ("adidas",),
        "Herstellernummer": ("FJ5089",),
        "Abteilung": ("Damen",),
        "EAN": ("4006381333931",),
    }


def test_what_varies_is_the_variants_own_and_not_missing() -> None:
    view = product({"Color": "Black", "Size": "Large"}, {"Color": "White", "Size": "Large"})
    found = fill(view, (rule("Farbe", *COLOURS), rule("Größe", "S", "L"), rule("Marke")), NONE)
    assert found.filled == {}
    assert [each.name for each in found.missing] == ["Marke"]
    assert found.options == {"Color": "Farbe", "Size": "Größe"}
    assert found.option_values[("Color", "Black")] == "Schwarz"
    assert found.option_values[("Size", "Large")] == "L"


def test_two_shades_of_one_colour_stay_apart() -> None:
    view = product({"Color": "Navy"}, {"Color": "Royal"})
    found = fill(view, (rule("Farbe", *COLOURS),), NONE)
    assert set(found.option_values.values()) == {"Navy", "Royal"}


def test_a_default_reaches_as_far_as_it_says_and_is_allowed() -> None:
    defaults = Defaults.of(
        [
            Default("tenant", "", "aspect:Marke", "Markenlos"),
            Default("category", "15687", "aspect:Marke", "Hafenleinen"),
            Default("brand", "Möwe", "aspect:Abteilung", "Damen"),
            Default("tenant", "", "aspect:Abteilung", "Wohnung"),
        ]
    )
    rules = (rule("Marke", "Markenlos"), rule("Abteilung", "Damen", "Herren", listed=True))
    assert fill(product(), rules, defaults, "de_DE", "1").filled == {"Marke": ("Markenlos",)}
    assert fill(product(), rules, defaults, "de_DE", "15687").filled["Marke"] == ("Hafenleinen",)
    assert fill(product(brand_name="möwe"), rules, defaults).filled["Abteilung"] == ("Damen",)


def test_attributes_without_a_rule_stay_the_products_own() -> None:
    view = product(aspects={"Bügeln": ("mittel",), "Material": ("Cotton", "Linen")})
    found = fill(view, (rule("Material", "Baumwolle", "Leinen", multiple=True),), NONE)
    assert found.filled == {"Material": ("Baumwolle", "Leinen"), "Bügeln": ("mittel",)}


names = st.sampled_from(
    ["Farbe", "Color", "Größe", "Size", "Material", "Marke", "Brand", "Abteilung", "Duft"]
)
values = st.sampled_from(["Black", "schwarz", "Navy", "L", "Large", "Cotton", "Damen", "x", "Ja", "", "  "])
rules_of = st.lists(
    st.builds(
        AspectRule, name=names, required=st.booleans(), only_listed=st.booleans(), multiple=st.booleans(),
        for_variants=st.booleans(), values=st.lists(values.filter(str.strip), max_size=4).map(tuple),
    ),
    unique_by=lambda each: each.name,
)  # fmt: skip


@given(
    rules_of,
    st.lists(st.dictionaries(names, values.filter(str.strip), max_size=2), max_size=3),
    st.dictionaries(names, st.lists(values.filter(str.strip), min_size=1).map(tuple)),
    st.dictionaries(names, values.filter(str.strip)),
)
def test_every_required_aspect_is_answered_or_missing_and_nothing_forbidden_is_sent(
    rules: list[AspectRule],
    options: list[dict[str, str]],
    aspects: dict[str, tuple[str, ...]],
    given_defaults: dict[str, str],
) -> None:
    defaults = Defaults.of(
        [Default("tenant", "", f"aspect:{name}", value) for name, value in given_defaults.items()]
    )
    view = product(*options, aspects=aspects, brand_name="adidas")
    found = fill(view, rules, defaults)
    for each in rules:
        answer = found.filled.get(each.name)
        by_variants = each.name in found.options.values() and len(view.variants) > 1
        if each.required:
            assert bool(answer) + (each in found.missing) + by_variants == 1
        if answer is not None:
            assert answer
            assert each.multiple or len(answer) == 1
            assert not each.only_listed or set(answer) <= set(each.values)
    assert set(found.options) == set(view.option_names)
    assert len(set(found.options.values())) == len(found.options)
    assert found == fill(view, rules, defaults)


def test_a_variants_own_attributes_are_named_and_spelt_as_the_category_does() -> None:
    shirt = product({"Größe": "S"}, {"Größe": "M"}, aspects={"Material": ("Baumwolle",)}, mpn="HL-1")
    rules = (rule("Material", "Baumwolle", "Leinen", listed=True), rule("Herstellernummer"), rule("Größe"))
    filled = fill(shirt, rules, NONE)
    same, other = shirt.variants
    other = replace(
        other, mpn="HL-1-M", aspects={"material": ("leinen",), "Pflege": ("30°",), "Größe": ("L",)}
    )
    assert own(same, shirt, rules, filled) == {}
    assert own(other, shirt, rules, filled) == {
        "Material": ("Leinen",), "Herstellernummer": ("HL-1-M",), "Pflege": ("30°",),
    }  # fmt: skip


def test_each_answer_says_where_it_is_from() -> None:
    shirt = product({"Farbe": "Blau"}, aspects={"Material": ("Leinen",)}, brand_name="Hafenleinen")
    rules = (rule("Material"), rule("Farbe", *COLOURS), rule("Marke"), rule("Stil"), rule("Pflege"))
    found = fill(shirt, rules, Defaults.of([Default("tenant", "", "aspect:Stil", "Kittel")]))
    assert {name: found.origins[name] for name in found.filled} == {
        "Material": "attribute", "Farbe": "other", "Marke": "other", "Stil": "default",
    }  # fmt: skip
