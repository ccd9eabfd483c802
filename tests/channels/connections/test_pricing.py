"""A price reaches a channel by the merchant's own rule, or not at all."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontor.channels.connections.pricing import PriceRule, RoundTo, apply
from kontor.core.money import Money

prices = st.integers(1, 10**9)
rates = st.decimals("0.0001", "1000", places=4)
percents = st.decimals("-90", "500", places=2)
rules = st.builds(
    PriceRule,
    st.dictionaries(st.sampled_from(["USD", "GBP", "JPY"]), rates),
    percents,
    st.sampled_from(RoundTo),
)


@pytest.mark.parametrize(
    ("rule", "price", "expected"),
    [
        (None, Money(1250, "EUR"), Money(1250, "EUR")),
        (None, Money(1250, "USD"), None),
        ({"from": {"USD": "0.92"}}, Money(1000, "USD"), Money(920, "EUR")),
        ({"from": {"USD": "0.92"}}, Money(1000, "GBP"), None),
        ({"from": {"USD": "0.92"}, "percent": "5"}, Money(1000, "EUR"), Money(1050, "EUR")),
        (
            {"from": {"USD": "0.92"}, "percent": "5", "round_to": "0.99"},
            Money(1000, "USD"),
            Money(999, "EUR"),
        ),
        ({"round_to": "0.99"}, Money(10, "EUR"), Money(99, "EUR")),
        ({"round_to": "0.99"}, Money(1050, "EUR"), Money(1099, "EUR")),
        ({"round_to": "0.95"}, Money(1040, "EUR"), Money(995, "EUR")),
        ({"round_to": "0.05"}, Money(1243, "EUR"), Money(1245, "EUR")),
        ({"round_to": "0.05"}, Money(1, "EUR"), Money(5, "EUR")),
        ({"from": {"JPY": "0.0062"}}, Money(1200, "JPY"), Money(744, "EUR")),
        ({"from": {"JPY": "0.0001"}}, Money(1, "JPY"), None),
    ],
)
def test_examples(rule: dict[str, object] | None, price: Money, expected: Money | None) -> None:
    assert apply(PriceRule.from_json(rule), price, "EUR") == expected


def test_endings_are_only_for_currencies_with_hundredths() -> None:
    rule = PriceRule({"EUR": Decimal("160")}, round_to=RoundTo.NINETY_NINE)
    assert apply(rule, Money(1000, "EUR"), "JPY") == Money(1600, "JPY")


@given(rules, prices, st.sampled_from(["USD", "GBP", "JPY", "EUR", "KWD"]))
def test_a_foreign_currency_needs_its_own_rate(rule: PriceRule, minor: int, currency: str) -> None:
    found = apply(rule, Money(minor, currency), "EUR")
    if currency != "EUR" and currency not in rule.rates:
        assert found is None
    elif found is not None:
        assert found.currency == "EUR"
        assert found.minor > 0


@given(rules, prices)
def test_a_rounded_price_ends_as_wished_and_stays_near(rule: PriceRule, minor: int) -> None:
    price = Money(minor, "EUR")
    plain = apply(PriceRule(rule.rates, rule.percent), price, "EUR")
    rounded = apply(rule, price, "EUR")
    if rounded is None or plain is None:
        assert plain is None
        assert rounded is None
        return
    step = {RoundTo.NONE: 1, RoundTo.FIVE_CENTS: 5}.get(rule.round_to, 100)
    ending = {RoundTo.NINETY_NINE: 99, RoundTo.NINETY_FIVE: 95}.get(rule.round_to, 0)
    assert (rounded.minor - ending) % step == 0
    assert abs(rounded.minor - plain.minor) <= max(step, ending)


@given(rules, prices, prices)
def test_a_dearer_product_never_becomes_cheaper(rule: PriceRule, one: int, other: int) -> None:
    low, high = (apply(rule, Money(minor, "EUR"), "EUR") for minor in sorted((one, other)))
    assert low is None or (high is not None and low.minor <= high.minor)


@given(rules)
def test_a_rule_survives_its_column(rule: PriceRule) -> None:
    assert PriceRule.from_json(rule.as_json()) == rule
