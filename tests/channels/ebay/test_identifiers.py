"""SKUs that eBay takes, and conditions that a category knows."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontor.channels.ebay import CHANNEL
from kontor.channels.ebay.mapping import conditions

FIT = re.compile(r"[A-Za-z0-9]{1,50}")


@given(st.lists(st.text(min_size=1, max_size=80), min_size=1, max_size=20))
def test_any_skus_become_fit_distinct_and_the_same_each_time(skus: list[str]) -> None:
    taken: set[str] = set()
    for sku in dict.fromkeys(skus):
        fit = CHANNEL.fit_sku(sku, frozenset(taken))
        assert FIT.fullmatch(fit)
        assert fit not in taken
        assert fit == CHANNEL.fit_sku(sku, frozenset(taken))
        taken.add(fit)


def test_a_sku_that_fits_is_left_alone_unless_it_is_taken() -> None:
    assert CHANNEL.fit_sku("FJ5089", frozenset()) == "FJ5089"
    assert CHANNEL.fit_sku("FJ5089", frozenset({"FJ5089"})).startswith("FJ5089")


def test_skus_that_differ_only_in_signs_stay_two() -> None:
    assert CHANNEL.fit_sku("A-1", frozenset()) != CHANNEL.fit_sku("A_1", frozenset())


@pytest.mark.parametrize(
    ("word", "allowed", "chosen"),
    [
        ("new", None, "NEW"),
        ("used", ("new", "used_good", "used_acceptable"), "USED_GOOD"),
        ("used", ("new", "used_excellent"), "USED_EXCELLENT"),
        ("refurbished", ("new", "certified_refurbished"), "CERTIFIED_REFURBISHED"),
        ("Like New", None, "LIKE_NEW"),
        ("used", ("new",), ""),
        ("shiny", None, ""),
    ],
)
def test_a_condition_is_chosen_by_what_the_category_allows(
    word: str, allowed: tuple[str, ...] | None, chosen: str
) -> None:
    assert conditions.choose(word, allowed) == chosen
