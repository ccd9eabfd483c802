"""Which rows of a group can stand beside each other, and what they have in common."""

from __future__ import annotations

from collections.abc import Mapping as Lookup
from collections.abc import Sequence
from itertools import takewhile

from kontor.goods.reading.cells.prices import to_minor
from kontor.goods.reading.fields import MOST_OPTIONS, MOST_VARIANTS, OPTION_LENGTH, Field
from kontor.goods.reading.mapping import Defaults
from kontor.goods.reading.options import NamelessOption, Options, options_from_aspects, options_of, slot_names
from kontor.goods.reading.problems import BadCell
from kontor.goods.reading.rows import Row

Sibling = tuple[Row, Options]

_SHORTEST_COMMON_TITLE = 4
_AROUND = " -–—,/|(:[·)]"
_TITLE_OPTION = "Variante"  # the same word in German and French, and clear in English


def sift(reference: str, parent: Row | None, children: Sequence[Row], defaults: Defaults) -> list[Sibling]:
    """The variants that make a sound group, with their options; on the other rows it is noted what is wrong."""
    sources = [parent, *children] if parent else children
    condition = next((row.condition for row in sources if row.condition), "")
    names = slot_names(sources)
    siblings: list[Sibling] = []
    # A parent that is a variant too comes first, so that it stands where two are alike.
    for child in sorted(children, key=lambda row: parent is None or row.number != parent.number):
        if child.condition and child.condition != condition:
            child.note(
                "group.condition_differs", Field.CONDITION, condition=child.condition, expected=condition
            )
        settle_price(child, parent, defaults)
        try:
            siblings.append((child, options_of(child, names)))
        except NamelessOption as error:
            child.note("option.name_missing", "option1_name", value=error.value)
    sound = [(child, options) for child, options in siblings if not child.problems]
    if not any(options for _, options in sound):
        rows = [child for child, _ in sound]
        found = options_from_aspects(rows)
        if len(rows) > 1 and not any(found):
            found = _options_from_titles(rows)
        sound = [(child, options) for (child, _), options in zip(sound, found, strict=True)]
    good = _tell_apart(reference, sound)
    if not (parent and parent.title) and not any(child.title for child, _ in good):
        for child, _ in good:
            child.note("title.missing", Field.TITLE)
        return []
    return sorted(good, key=lambda sibling: sibling[0].number)


def settle_price(row: Row, parent: Row | None, defaults: Defaults) -> int | None:
    """The price in minor units; a variant without one has its parent's. Notes what is wrong with it."""
    if row.amount is None and parent is not None:
        row.amount, row.currency = parent.amount, row.currency or parent.currency
    if row.amount is None or row.problems:
        return None
    row.currency = row.currency or (parent.currency if parent else "") or defaults.currency or ""
    if not row.currency:
        row.note("currency.missing", Field.CURRENCY)
        return None
    try:
        return to_minor(row.amount, row.currency)
    except BadCell as error:
        row.note(error.code, Field.PRICE, **error.params)
        return None


def ordered_names(slots: Sequence[str], siblings: Sequence[Sibling]) -> tuple[str, ...]:
    """The names of the options that are used, in the order of the file's columns."""
    used = dict.fromkeys(name for _, options in siblings for name in options)
    return tuple(dict.fromkeys([*(name for name in slots if name in used), *used]))


def common_aspects(
    parent: Row | None, children: Sequence[Row], option_names: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    """What the parent says and what all variants say alike; an option is no aspect."""
    first = children[0].aspects
    shared = {n: v for n, v in first.items() if all(child.aspects.get(n) == v for child in children)}
    return without(shared | (parent.aspects if parent else {}), option_names)


def without(aspects: Lookup[str, tuple[str, ...]], option_names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The aspects that are not options."""
    chosen = {name.casefold() for name in option_names}
    return {name: values for name, values in aspects.items() if name.casefold() not in chosen}


def common_title(titles: Sequence[str]) -> str:
    """What all titles begin with, cut at a word: the product's name where shops append the variant to it."""
    # What the first and the last of the sorted share, all share.
    pairs = zip(min(titles), max(titles), strict=False)
    prefix = "".join(sign for sign, _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    if any(title[len(prefix) : len(prefix) + 1].isalnum() for title in titles):
        prefix = prefix[: max((i for i, sign in enumerate(prefix) if not sign.isalnum()), default=0)]
    prefix = prefix.rstrip(_AROUND)
    return prefix if len(prefix) >= _SHORTEST_COMMON_TITLE else titles[0]


def _options_from_titles(children: Sequence[Row]) -> list[Options]:
    """What each title adds to their common beginning, where that tells all of them apart: “Belt, red”, “Belt, blue”."""
    titles = [child.title for child in children]
    common = common_title(titles) if all(titles) else ""
    added = [title.removeprefix(common).strip(_AROUND) for title in titles]
    if len(set(added)) < len(titles) or not all(added):
        return [{} for _ in children]
    return [{_TITLE_OPTION: value} for value in added]


def _tell_apart(reference: str, sound: Sequence[Sibling]) -> list[Sibling]:
    """Only variants of which each has every option, and no two the same ones."""
    if len(sound) < 2:
        return list(sound)
    names = sorted({name for _, options in sound for name in options})
    first_rows: dict[frozenset[tuple[str, str]], int] = {}
    good: list[Sibling] = []
    for child, options in sound:
        key = frozenset(options.items())
        if not options or len(options) < len(names):
            child.note("group.options_missing", "option1_value", parent=reference)
        elif len(names) > MOST_OPTIONS:
            words = ", ".join(names)
            child.note(
                "group.too_many_options", "option1_name", limit=MOST_OPTIONS, count=len(names), options=words
            )
        elif long := next((value for value in options.values() if len(value) > OPTION_LENGTH), ""):
            child.note("option.too_long", "option1_value", value=long, length=len(long), limit=OPTION_LENGTH)
        elif key in first_rows:
            words = ", ".join(options.values())
            child.note("group.same_options", "option1_value", options=words, first_row=first_rows[key])
        elif len(good) == MOST_VARIANTS:
            child.note("group.too_many_variants", Field.PARENT_SKU, limit=MOST_VARIANTS)
        else:
            first_rows[key] = child.number
            good.append((child, options))
    return good
