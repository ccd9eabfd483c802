"""A taxonomy: suggestions for a title, and rules that preflight can stand on."""

from __future__ import annotations

import pytest
from tests.contract.twin import Office, Twin

from kontor.channels.contract.capabilities import KnowsCategories
from kontor.channels.contract.errors import Gone


@pytest.fixture(autouse=True)
def _only_where_it_can(office: Office) -> None:
    if not isinstance(office.connector, KnowsCategories):
        pytest.skip("this channel has no categories")


def test_a_title_leads_to_a_category_that_takes_articles(twin: Twin, office: Office) -> None:
    listing = twin.group(office, "SHIRT")
    found = office.connector.suggest_categories(listing.title, "")
    assert found
    assert found[0].path[-1] == found[0].name
    rules = office.connector.category_rules(found[0].category_id)
    assert rules.is_leaf
    assert rules.aspects
    assert rules.conditions


def test_nothing_is_suggested_for_nothing(office: Office) -> None:
    assert list(office.connector.suggest_categories("", "")) == []


def test_a_category_that_does_not_exist_is_gone(office: Office) -> None:
    with pytest.raises(Gone):
        office.connector.category_rules("1234567890")


def test_what_the_rules_demand_is_what_the_channel_demands(twin: Twin, office: Office) -> None:
    listing = twin.single(office, "ONE")
    assert listing.rules is not None
    required = {rule.name for rule in listing.rules.aspects if rule.required}
    bare = twin.refused(listing)
    told = {problem.field for problem in office.connector.preflight(bare, listing.rules)}
    assert {f"aspect:{name}" for name in required} <= told
    refusal = office.publish(bare)[bare.publication_id]
    # A channel may refuse without naming a field; a field that it names was known before the call.
    assert {problem.field for problem in refusal.problems if problem.field} <= told  # type: ignore[union-attr]
