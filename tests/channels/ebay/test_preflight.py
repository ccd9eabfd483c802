"""Before any call: everything that eBay would refuse, at once, in the merchant's words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.channels.ebay.examples import MAKER, aspect, group, picture, rules, single, variant

from kontor.channels.contract.values import CategoryRules, Contact, GoodsOut, ProductSafety
from kontor.channels.ebay.mapping import goods
from kontor.channels.ebay.preflight import problems_of
from kontor.core.errors import Problem
from kontor.core.money import Money


def codes(listing: GoodsOut, known: CategoryRules | None = None, severity: str = "error") -> set[str]:
    return {problem.code for problem in problems_of(listing, known) if problem.severity == severity}


def only(listing: GoodsOut, known: CategoryRules | None = None) -> Problem:
    (problem,) = (each for each in problems_of(listing, known) if each.severity == "error")
    return problem


def test_an_attribute_that_will_be_demanded_is_told_beforehand() -> None:
    known = rules(aspect("Energieeffizienzklasse", required_from="2028-01-31", values=("A", "B")))
    (problem,) = problems_of(single(), known)
    assert (problem.code, problem.severity) == ("ebay.aspect.required_soon", "warning")
    assert problem.params == {"aspect": "Energieeffizienzklasse", "date": "2028-01-31", "values": ["A", "B"]}
    assert "from 2028-01-31" in problem.message
    filled = single(aspects={**single().aspects, "Energieeffizienzklasse": ("A",)})
    assert problems_of(filled, known) == ()


@pytest.mark.parametrize("listing", [single(), group()])
def test_a_complete_listing_has_no_problem(listing: GoodsOut) -> None:
    assert problems_of(listing, rules()) == ()


def test_every_gap_is_told_at_once() -> None:
    bare = single(
        title="",
        description_html="<p> </p>",
        pictures=(),
        category_id="",
        condition="",
        settings={},
        variants=(variant("MUG1", price=None, quantity=0),),
    )
    assert codes(bare) == {
        "ebay.title.missing",
        "ebay.description_html.missing",
        "ebay.image_urls.missing",
        "ebay.category.missing",
        "ebay.condition.missing",
        "ebay.price.missing",
        "ebay.quantity.missing",
        "ebay.policies.fulfillment.missing",
        "ebay.policies.payment.missing",
        "ebay.policies.return.missing",
        "ebay.location.missing",
    }


@pytest.mark.parametrize(
    ("changes", "code", "field", "fix"),
    [
        ({"title": "x" * 81}, "ebay.title.too_long", "title", ""),
        ({"description_html": "x" * 500_001}, "ebay.description_html.too_long", "description_html", ""),
        ({"brand": "x" * 66}, "ebay.brand.too_long", "brand", ""),
        ({"condition": "shiny"}, "ebay.condition.unknown", "condition", "default:condition"),
        ({"condition": "like_new"}, "ebay.condition.not_allowed", "condition", "default:condition"),
        ({"pictures": (picture(side=499),)}, "ebay.image_urls.too_small", "image_urls", "media"),
        ({"category_id": ""}, "ebay.category.missing", "category_hint", "category"),
        ({"aspects": {"M": ("x" * 66,)}}, "ebay.aspect.too_long", "aspect:M", "default:aspect:M"),
        ({"aspects": {"x" * 41: ("a",)}}, "ebay.aspect.name_too_long", "aspect:" + "x" * 41, ""),
    ],
)
def test_one_wrong_field_is_one_problem(changes: dict[str, Any], code: str, field: str, fix: str) -> None:
    problem = only(single(**changes), rules())
    assert (problem.code, problem.field, problem.fix) == (code, field, fix)


@pytest.mark.parametrize(
    ("changes", "code", "field", "fix"),
    [
        ({"price": None}, "ebay.price.missing", "price", "price"),
        ({"price": Money(0, "EUR")}, "ebay.price.too_low", "price", "price"),
        ({"price": Money(100, "USD")}, "ebay.currency.wrong", "currency", "connection:price_rule"),
        ({"quantity": -1}, "ebay.quantity.negative", "quantity", ""),
        ({"gtin": "4006381333932"}, "ebay.gtin.invalid", "gtin", ""),
        ({"sku": "MUG-1"}, "ebay.sku.form", "sku", ""),
        ({"sku": "x" * 51}, "ebay.sku.form", "sku", ""),
    ],
)
def test_a_variants_problem_names_the_merchants_sku(
    changes: dict[str, Any], code: str, field: str, fix: str
) -> None:
    listing = single(variants=(variant("OTHER"), replace(variant("MUG1"), **changes)))
    listing = replace(listing, option_names=("Größe",))
    found = [each for each in problems_of(listing, rules()) if each.code == code]
    assert [(each.field, each.fix, each.params["sku"]) for each in found] == [(field, fix, "m-MUG1")]


def test_a_foreign_currency_without_a_rule_blocks_and_says_which() -> None:
    problem = only(single(variants=(variant("MUG1", price=None),), source_currency="SAR"))
    assert problem.code == "ebay.currency.no_rule"
    assert (problem.params["found"], problem.params["wanted"]) == ("SAR", "EUR")
    assert problem.fix == "connection:price_rule"


def test_required_attributes_are_known_before_the_call() -> None:
    known = rules(aspect("Marke", required=True), aspect("Produktart", required=True, values=("Becher",)))
    problem = only(single(), known)
    assert problem.code == "ebay.aspect.missing"
    assert problem.fix == "default:aspect:Produktart"
    assert problem.params["values"] == ["Becher"]


def test_an_option_fills_a_required_attribute() -> None:
    assert codes(group(), rules(aspect("Größe", required=True))) == set()


@pytest.mark.parametrize(
    ("rule", "values", "code"),
    [
        (aspect("Material", only_listed=True, values=("Holz",)), ("Ton",), "ebay.aspect.not_listed"),
        (aspect("Material", only_listed=True, values=("Holz",)), ("holz",), ""),
        (aspect("Material", only_listed=False, values=("Holz",)), ("Ton",), ""),
        (aspect("Material", multiple=False), ("Ton", "Holz"), "ebay.aspect.single"),
        (aspect("Material", multiple=True), ("Ton", "Holz"), ""),
        (aspect("Material", max_length=3), ("Holz",), "ebay.aspect.too_long"),
    ],
)
def test_an_attributes_values_keep_the_categorys_rule(rule: Any, values: tuple[str, ...], code: str) -> None:
    assert codes(single(aspects={"Material": values}), rules(rule)) == ({code} if code else set())


def test_a_category_must_be_the_lowest() -> None:
    assert codes(single(), rules(is_leaf=False)) == {"ebay.category.not_leaf"}


def test_variants_only_where_the_category_takes_them() -> None:
    assert "ebay.variants.not_allowed" in codes(group(), rules(variations_allowed=False))
    assert codes(single(), rules(variations_allowed=False)) == set()


def test_the_axis_must_be_enabled_for_variants() -> None:
    problem = only(group(), rules(aspect("Größe", for_variants=False)))
    assert (problem.code, problem.field) == ("ebay.option.not_for_variants", "option1_name")


def test_equal_combinations_and_empty_options_are_found() -> None:
    twins = group(
        variants=(
            variant("A", options={"Größe": "S"}),
            variant("B", options={"Größe": "s "}),
            variant("C", options={}),
        )
    )
    assert codes(twins, rules()) == {"ebay.option.duplicate", "ebay.option.missing"}


def test_more_than_250_variants_are_too_many() -> None:
    many = group(sizes=tuple(str(number) for number in range(251)))
    assert codes(many, rules()) == {"ebay.variants.too_many"}


def test_no_stock_starts_no_listing_but_does_not_stop_a_live_one() -> None:
    empty = single(variants=(variant("MUG1", quantity=0),))
    assert codes(empty, rules()) == {"ebay.quantity.missing"}
    assert codes(replace(empty, bound={"listing_id": "110"}), rules()) == set()


def test_one_variant_in_stock_is_enough() -> None:
    listing = group(
        variants=(
            variant("A", options={"Größe": "S"}, quantity=0),
            variant("B", options={"Größe": "M"}, quantity=1),
        )
    )
    assert codes(listing, rules()) == set()


def test_pictures_that_could_not_be_had_stop_only_where_none_is_left() -> None:
    problem = Problem("media.unreachable", "The address does not answer", "image_urls")
    assert "media.unreachable" in codes(single(picture_problems=(problem,)), rules(), "warning")
    assert codes(single(pictures=(), picture_problems=(problem,)), rules()) == {
        "media.unreachable",
        "ebay.image_urls.missing",
    }


def test_more_than_24_pictures_are_told_and_not_hidden() -> None:
    many = single(pictures=tuple(picture(str(number)) for number in range(25)))
    assert codes(many, rules(), "warning") == {"ebay.image_urls.too_many"}


@pytest.mark.parametrize(
    ("safety", "code"),
    [
        (ProductSafety(replace(MAKER, company_name="")), "ebay.safety.manufacturer.company_name"),
        (ProductSafety(replace(MAKER, city="")), "ebay.safety.manufacturer.address"),
        (ProductSafety(Contact(company_name="X", country="DE")), "ebay.safety.manufacturer.contact"),
        (ProductSafety(replace(MAKER, country="CN")), "ebay.safety.responsible.outside_eu"),
        (ProductSafety(replace(MAKER, postal_code="1" * 10)), "ebay.safety.manufacturer.too_long"),
    ],
)
def test_product_safety_data_are_checked_as_ebay_checks_them(safety: ProductSafety, code: str) -> None:
    problem = only(single(safety=safety), rules())
    assert (problem.code, problem.fix) == (code, "brand:safety")


def test_product_safety_is_demanded_by_the_category_and_advised_in_the_eu() -> None:
    bare = single(safety=ProductSafety())
    assert codes(bare, rules(safety_required=True)) == {"ebay.safety.missing"}
    assert codes(bare, rules(), "warning") == {"ebay.safety.missing"}
    american = replace(bare, marketplace="EBAY_US", variants=(variant("MUG1", price=Money(100, "USD")),))
    assert problems_of(american, rules()) == ()


def test_more_than_30_attributes_are_told_and_the_demanded_ones_come_first() -> None:
    many = {f"A{number:02}": ("x",) for number in range(31)}
    known = rules(aspect("A30", required=True))
    listing = single(aspects=many, rules=known)
    assert codes(listing, known, "warning") == {"ebay.aspect.too_many"}
    sent = list(goods.shared_aspects(listing))
    assert len(sent) == 30
    assert sent[0] == "A30"
