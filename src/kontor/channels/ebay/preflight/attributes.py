"""Category, condition and attributes against the category's cached rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kontor.channels.contract.values import AspectRule, CategoryRules, GoodsOut
from kontor.channels.ebay.mapping.conditions import candidates, choose
from kontor.channels.ebay.mapping.goods import ASPECTS_PER_ITEM
from kontor.core.errors import Problem

NAME_LENGTH: Final = 40
VALUE_LENGTH: Final = 65
_SHOWN_VALUES: Final = 20


def attribute_problems(listing: GoodsOut, rules: CategoryRules | None) -> Iterator[Problem]:
    """Without rules only what is wrong in any category is told."""
    if not listing.category_id:
        yield Problem("ebay.category.missing", "An eBay category is missing", "category_hint", fix="category")
    elif rules is not None and not rules.is_leaf:
        yield Problem(
            "ebay.category.not_leaf",
            f"eBay takes articles only in the lowest categories, and {rules.name} has others below it",
            "category_hint",
            {"category": rules.name},
            "category",
        )
    yield from _condition_problems(listing, rules)
    by_name = {rule.name: rule for rule in rules.aspects} if rules else {}
    for name, values in _all_values(listing):
        yield from _value_problems(name, values, by_name.get(name))
    if rules is not None:
        yield from _missing(listing, rules)
    count = len({name for name, values in _all_values(listing) if values})
    if count > ASPECTS_PER_ITEM:
        yield Problem(
            "ebay.aspect.too_many",
            f"There are {count} attributes, eBay shows {ASPECTS_PER_ITEM}; the demanded ones come first",
            params={"count": count, "limit": ASPECTS_PER_ITEM},
            severity="warning",
        )


def _all_values(listing: GoodsOut) -> list[tuple[str, tuple[str, ...]]]:
    """The listing's attributes and those in which variants differ, each spelling once."""
    aspects = (listing.aspects, *(variant.aspects for variant in listing.variants))
    return list(dict.fromkeys((name, values) for each in aspects for name, values in each.items()))


def _condition_problems(listing: GoodsOut, rules: CategoryRules | None) -> Iterator[Problem]:
    if not listing.condition:
        yield Problem(
            "ebay.condition.missing", "The condition is missing", "condition", fix="default:condition"
        )
    elif not candidates(listing.condition):
        yield Problem(
            "ebay.condition.unknown",
            f"eBay has no condition like “{listing.condition}”",
            "condition",
            {"value": listing.condition},
            "default:condition",
        )
    elif rules is not None and not choose(listing.condition, rules.conditions):
        yield Problem(
            "ebay.condition.not_allowed",
            f"The category does not take the condition “{listing.condition}”",
            "condition",
            {"value": listing.condition, "allowed": list(rules.conditions)},
            "default:condition",
        )


def _missing(listing: GoodsOut, rules: CategoryRules) -> Iterator[Problem]:
    filled = {name for name, values in listing.aspects.items() if any(value.strip() for value in values)}
    filled |= set(listing.option_names) if listing.is_group else set()
    filled |= (
        set.intersection(*({*variant.aspects} for variant in listing.variants)) if listing.variants else set()
    )
    for rule in rules.aspects:
        if rule.required and rule.name not in filled:
            yield Problem(
                "ebay.aspect.missing",
                f"The category demands the attribute {rule.name}",
                f"aspect:{rule.name}",
                {"aspect": rule.name, "values": list(rule.values[:_SHOWN_VALUES])},
                f"default:aspect:{rule.name}",
            )
        elif rule.required_from and rule.name not in filled:
            yield Problem(
                "ebay.aspect.required_soon",
                f"The attribute {rule.name} will be required from {rule.required_from}",
                f"aspect:{rule.name}",
                {
                    "aspect": rule.name,
                    "date": rule.required_from,
                    "values": list(rule.values[:_SHOWN_VALUES]),
                },
                f"default:aspect:{rule.name}",
                severity="warning",
            )


def _value_problems(name: str, values: Sequence[str], rule: AspectRule | None) -> Iterator[Problem]:
    field, fix = f"aspect:{name}", f"default:aspect:{name}"
    if len(name) > NAME_LENGTH:
        yield Problem(
            "ebay.aspect.name_too_long",
            f"The attribute's name {name} has {len(name)} characters, {NAME_LENGTH} are allowed",
            field,
            {"aspect": name, "length": len(name), "limit": NAME_LENGTH},
        )
    limit = rule.max_length if rule else VALUE_LENGTH
    for value in values:
        if len(value) > limit:
            yield Problem(
                "ebay.aspect.too_long",
                f"{name} has {len(value)} characters, {limit} are allowed",
                field,
                {"aspect": name, "length": len(value), "limit": limit},
                fix,
            )
        if rule is not None and not is_listed(rule, value):
            yield not_listed(rule, value, field, fix)
    if rule is not None and not rule.multiple and len(values) > 1:
        yield Problem(
            "ebay.aspect.single",
            f"{name} takes one value, and there are {len(values)}",
            field,
            {"aspect": name, "count": len(values)},
            fix,
        )


def is_listed(rule: AspectRule, value: str) -> bool:
    """Whether a closed list allows the value; letter case is mended by the mapping."""
    if not rule.only_listed or not rule.values:
        return True
    return value.casefold() in {allowed.casefold() for allowed in rule.values}


def not_listed(rule: AspectRule, value: str, field: str, fix: str, sku: str = "") -> Problem:
    """A value outside a closed list, with what would be allowed."""
    params = {"aspect": rule.name, "value": value, "allowed": list(rule.values[:_SHOWN_VALUES])}
    return Problem(
        "ebay.aspect.not_listed",
        f"{rule.name} takes only values of eBay's list, and “{value}” is none of them",
        field,
        params | ({"sku": sku} if sku else {}),
        fix,
    )
