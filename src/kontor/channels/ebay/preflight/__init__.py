"""Everything that eBay would refuse, known before any call: pure functions over a listing and cached rules."""

from __future__ import annotations

from collections.abc import Iterator

from kontor.channels.contract.values import CategoryRules, GoodsOut
from kontor.channels.ebay.preflight.account import account_problems
from kontor.channels.ebay.preflight.attributes import attribute_problems
from kontor.channels.ebay.preflight.content import content_problems
from kontor.channels.ebay.preflight.safety import safety_problems
from kontor.channels.ebay.preflight.variants import variant_problems
from kontor.core.errors import Problem


def problems_of(listing: GoodsOut, rules: CategoryRules | None) -> tuple[Problem, ...]:
    """Every problem at once; codes are `ebay.<field>.<what>`, a problem of one variant names its SKU in `params`."""
    return tuple(_all(listing, rules))


def _all(listing: GoodsOut, rules: CategoryRules | None) -> Iterator[Problem]:
    yield from content_problems(listing)
    yield from attribute_problems(listing, rules)
    yield from variant_problems(listing, rules)
    yield from safety_problems(listing, rules)
    yield from account_problems(listing)
