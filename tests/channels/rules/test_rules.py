"""A category's rules are asked for once, serve everybody, and grow old."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kontor.channels.contract.capabilities import KnowsCategories
from kontor.channels.contract.errors import Gone, Rejected, Unavailable
from kontor.channels.contract.values import AspectRule, CategoryRules, CategorySuggestion
from kontor.channels.rules import service
from kontor.channels.rules.models import ChannelRule
from kontor.core.clock import now

pytestmark = pytest.mark.usefixtures("db")

COLOUR = AspectRule(
    "Farbe", required=True, only_listed=False, multiple=True, for_variants=True, values=("Rot", "Blau")
)
JACKETS = CategoryRules(
    "57988",
    "Jacken",
    ("Mode", "Herren", "Jacken"),
    True,
    (COLOUR,),
    ("NEW", "USED"),
    True,
    True,
    {"tree": "77"},
)


class Market(KnowsCategories):
    """A channel's taxonomy that counts how often it is asked, and can fail."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.failure: Exception | None = None

    def category_rules(self, category_id: str) -> CategoryRules:
        self._ask(category_id)
        return JACKETS

    def suggest_categories(self, title: str, hint: str) -> Sequence[CategorySuggestion]:
        self._ask(title)
        return [CategorySuggestion("57988", "Jacken", ("Mode", "Jacken"))] if "jacke" in title.lower() else []

    def _ask(self, what: str) -> None:
        self.asked.append(what)
        if self.failure:
            raise self.failure


def ensure(market: Market, **options: timedelta) -> CategoryRules:
    return service.ensure_rules(market, "ebay", "EBAY_DE", "57988", **options)


def test_rules_are_asked_once_and_kept_whole() -> None:
    market = Market()
    assert service.category_rules("ebay", "EBAY_DE", "57988") is None
    assert ensure(market) == ensure(market) == JACKETS
    assert service.many("ebay", "EBAY_DE", ["57988", "1"]) == {"57988": JACKETS}
    assert service.category_rules("ebay", "EBAY_FR", "57988") is None
    assert market.asked == ["57988"]
    fetched = service.fetched_at("ebay", "EBAY_DE", "57988")
    assert fetched
    assert now() - fetched < timedelta(minutes=1)


def test_old_rules_are_asked_again_and_serve_on_through_an_outage() -> None:
    market = Market()
    ensure(market)
    market.failure = Unavailable("away", maybe_applied=False)
    assert ensure(market, fresh_for=timedelta(0)) == JACKETS
    market.failure = None
    ensure(market, fresh_for=timedelta(0))
    assert len(market.asked) == 3


def test_an_outage_without_anything_kept_is_told_and_forgotten() -> None:
    market = Market()
    market.failure = Unavailable("away", maybe_applied=False)
    with pytest.raises(Unavailable):
        ensure(market)
    market.failure = None
    assert ensure(market) == JACKETS


def test_a_refusal_is_not_covered_by_old_rules() -> None:
    market = Market()
    ensure(market)
    market.failure = Rejected("no")
    with pytest.raises(Rejected):
        ensure(market, fresh_for=timedelta(0))


def test_a_category_that_is_gone_is_remembered_for_a_day() -> None:
    market = Market()
    market.failure = Gone("gone")
    for _ in range(2):
        with pytest.raises(Gone):
            ensure(market)
    assert len(market.asked) == 1
    assert service.category_rules("ebay", "EBAY_DE", "57988") is None
    ChannelRule.objects.update(fetched_at=now() - timedelta(days=2))
    market.failure = None
    assert ensure(market) == JACKETS


def test_one_wording_is_asked_once_also_where_nothing_fits() -> None:
    market = Market()
    for title in ("Rote  JACKE!", "rote jacke", "Rote Jacke"):
        assert [
            row.category_id for row in service.ensure_suggestions(market, "ebay", "EBAY_DE", title, "")
        ] == ["57988"]
    for _ in range(2):
        assert service.ensure_suggestions(market, "ebay", "EBAY_DE", "Unbekannt", "") == ()
    service.ensure_suggestions(market, "ebay", "EBAY_DE", "rote jacke", "Damen")
    assert market.asked == ["Rote  JACKE!", "Unbekannt", "rote jacke"]
    assert service.suggestions("ebay", "EBAY_FR", "rote jacke", "") is None


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.builds(
        CategoryRules,
        st.just("1"),
        st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=10),
        st.lists(st.just("Mode"), max_size=3).map(tuple),
        st.booleans(),
        st.lists(st.just(COLOUR), max_size=3).map(tuple),
        st.just(("NEW",)),
        st.booleans(),
        st.booleans(),
        st.dictionaries(st.sampled_from(["a", "b"]), st.integers() | st.booleans() | st.none()),
    )
)
def test_any_rules_survive_their_column(rules: CategoryRules) -> None:
    service.store("ebay", "EBAY_DE", rules)
    assert service.category_rules("ebay", "EBAY_DE", "1") == rules
