"""Filling a category's aspects from what a product says of itself, and from what its merchant says for all. Pure.

For each aspect, the first that answers: an attribute of the product, an option of its variants, a field that means the
same (brand, MPN, GTIN, the department in a category hint), a default of the merchant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Generic, Literal, Protocol, TypeVar

from kontor.catalog.text import fold
from kontor.goods import words
from kontor.goods.defaults import ASPECT, NONE, Defaults
from kontor.goods.values import ProductView, VariantView


class Rule(Protocol):
    """What a channel says of one attribute of a category; the contract's AspectRule is one."""

    @property
    def name(self) -> str:
        """In the marketplace's language."""

    @property
    def required(self) -> bool:
        """Whether a listing is refused without it."""

    @property
    def only_listed(self) -> bool:
        """Whether only `values` are taken."""

    @property
    def multiple(self) -> bool:
        """Whether it may have several values."""

    @property
    def values(self) -> tuple[str, ...]:
        """Allowed values, or suggestions."""


R = TypeVar("R", bound=Rule)
Origin = Literal[
    "attribute", "other", "default"
]  # "other": an option, the brand or another field of the product
_SEVERAL: Final = 30  # channels take no more values of one aspect


@dataclass(frozen=True, slots=True)
class Filled(Generic[R]):
    """What came of it.

    `filled` has the values by the channel's names, and the product's further attributes under their own. What varies
    between variants is not in it: `options` says for each option name which aspect it is (its own name where none),
    `option_values` how a value reads there, by (option name, value). `missing` are required rules without an answer.
    `origins` says for each rule that was filled what answered.
    """

    filled: Mapping[str, tuple[str, ...]]
    missing: list[R]
    options: Mapping[str, str]
    option_values: Mapping[tuple[str, str], str]
    origins: Mapping[str, Origin]


def fill(
    view: ProductView,
    rules: Sequence[R],
    defaults: Defaults,
    locale: str = "",
    category_id: str = "",
) -> Filled[R]:
    """Fills `rules` (of one category, names in the language of `locale`) for a product."""
    options = _options(view, rules)
    varying = set(options.values()) if len(view.variants) > 1 else set()
    filled: dict[str, tuple[str, ...]] = {}
    missing: list[R] = []
    origins: dict[str, Origin] = {}
    used: set[str] = set()
    for rule in rules:
        if rule.name in varying:
            continue
        source = _attribute(view, rule)
        answer, origins[rule.name] = _taken(view.aspects[source], rule) if source else (), "attribute"
        if not answer:
            others = (_taken(some, rule) for some in _others(view, rule, options))
            answer, origins[rule.name] = next(filter(None, others), ()), "other"
        if not answer:
            answer, origins[rule.name] = _default(view, rule, defaults, category_id), "default"
        if answer:
            filled[rule.name] = answer
            used.add(source)
        elif rule.required:
            missing.append(rule)
    taken = {words.concept(name) for name in (*filled, *varying)} | {rule.name for rule in rules}
    further = {
        name: values
        for name, values in view.aspects.items()
        if name not in used and name not in taken and words.concept(name) not in taken
    }
    return Filled({**filled, **further}, missing, options, _option_values(view, rules, options), origins)


def own(
    variant: VariantView, view: ProductView, rules: Sequence[R], filled: Filled[R]
) -> Mapping[str, tuple[str, ...]]:
    """In what a variant differs from what `fill` found for its product, by the channel's names."""
    if not (variant.aspects or variant.mpn):
        return {}
    alone = replace(
        view,
        aspects=variant.aspects,
        mpn=variant.mpn,
        brand_name="",
        category_hint="",
        option_names=(),
        variants=(),
    )
    options = set(filled.options.values())
    found = fill(alone, rules, NONE).filled
    return {
        name: values
        for name, values in found.items()
        if name not in options and values != filled.filled.get(name)
    }


def _options(view: ProductView, rules: Sequence[R]) -> dict[str, str]:
    """Option name -> the aspect that it is; each aspect once, an equal name before one that means the same."""
    found: dict[str, str] = {}
    for is_same in (fold, words.concept):
        for option in view.option_names:
            rule = next(
                (
                    rule.name
                    for rule in rules
                    if is_same(rule.name) == is_same(option) and rule.name not in found.values()
                ),
                None,
            )
            if option not in found and rule is not None:
                found[option] = rule
    return {option: found.get(option, option) for option in view.option_names}


def _option_values(
    view: ProductView, rules: Sequence[R], options: Mapping[str, str]
) -> dict[tuple[str, str], str]:
    by_name = {rule.name: rule for rule in rules}
    found: dict[tuple[str, str], str] = {}
    for option, name in options.items():
        values = list(
            dict.fromkeys(each.options[option] for each in view.variants if each.options.get(option))
        )
        rule = by_name.get(name)
        read = {value: words.match(value, rule.values, name) if rule else None for value in values}
        # Two shades that would become one colour stay themselves: variants must be told apart.
        is_clear = len({read[value] or value for value in values}) == len(values)
        found |= {(option, value): (read[value] if is_clear else None) or value for value in values}
    return found


def _attribute(view: ProductView, rule: Rule) -> str:
    """The product's attribute of that name or meaning, empty where it has none."""
    for is_same in (fold, words.concept):
        for name in view.aspects:
            if is_same(name) == is_same(rule.name):
                return name
    return ""


def _others(view: ProductView, rule: Rule, options: Mapping[str, str]) -> Iterator[Sequence[str]]:
    """What else of the product may answer, in order."""
    for option, name in options.items():
        if name == rule.name:
            yield [each.options[option] for each in view.variants if each.options.get(option)]
    meant = words.concept(rule.name)
    if meant == "brand":
        yield [view.brand_name] if view.brand_name else []
    elif meant == "mpn":
        yield [view.mpn] if view.mpn else []
    elif meant == "gtin":
        yield [each.gtin for each in view.variants[:1] if each.gtin and len(view.variants) == 1]
    elif meant == "department" and rule.only_listed:
        hinted = (words.match(part, rule.values) for part in words.parts(view.category_hint))
        yield list(filter(None, hinted))[:1]


def _default(view: ProductView, rule: Rule, defaults: Defaults, category_id: str) -> tuple[str, ...]:
    value = defaults.resolve(ASPECT + rule.name, view.brand_name, category_id)
    return _taken([value], rule) if value else ()


def _taken(values: Iterable[str], rule: Rule) -> tuple[str, ...]:
    """The values as the rule takes them; those that it does not allow are left out, and surplus ones of a single."""
    read = (_as_allowed(value, rule) for value in values)
    found = tuple(dict.fromkeys(value for value in read if value))
    return found[: _SEVERAL if rule.multiple else 1]


def _as_allowed(value: str, rule: Rule) -> str:
    found = words.match(value, rule.values, rule.name)
    return found or ("" if rule.only_listed else value)
