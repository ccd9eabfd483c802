"""What tells the variants of one product apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kontor.goods.reading.cells.conditions import plain_words
from kontor.goods.reading.rows import Row

Options = dict[str, str]

# Which varying aspects are offered as a choice although the others would do.
_AXES = frozenset(
    [
        "color",
        "colour",
        "farbe",
        "couleur",
        "coloris",
        "size",
        "grosse",
        "groesse",
        "taille",
        "pointure",
        "shoe size",
        "schuhgrosse",
        "size eu",
        "konfektionsgrosse",
        "variante",
        "variant",
    ]
)


class NamelessOption(Exception):
    """A value stands in an option that neither this row nor its product gives a name."""

    def __init__(self, value: str) -> None:
        super().__init__(value)
        self.value = value


def slot_names(rows: Iterable[Row]) -> list[str]:
    """For each option column the name that the first row gives it: shops write names only once per product."""
    names: list[str] = []
    for row in rows:
        for position, (name, _) in enumerate(row.options):
            if position == len(names):
                names.append("")
            names[position] = names[position] or name
    return names


def options_of(row: Row, names: Sequence[str]) -> Options:
    """The row's options by name, empty ones left out. Raises NamelessOption."""
    options: Options = {}
    for position, (own_name, value) in enumerate(row.options):
        if value:
            name = own_name or (names[position] if position < len(names) else "")
            if not name:
                raise NamelessOption(value)
            options[name] = value
    return options


def options_from_aspects(children: Sequence[Row]) -> list[Options]:
    """Options for variants that say their differences in columns like “Farbe”, one dictionary a child.

    Every colour or size that varies is an option; other aspects only where they are needed to tell variants apart.
    """
    names = list(dict.fromkeys(name for child in children for name in child.aspects))
    varying = [name for name in names if len({child.aspects.get(name) for child in children}) > 1]
    varying.sort(key=lambda name: plain_words(name) not in _AXES)
    chosen: list[str] = []
    for name in varying:
        if plain_words(name) in _AXES or len(_combinations(children, chosen)) < len(children):
            chosen.append(name)
    return [
        {name: ", ".join(child.aspects[name]) for name in chosen if name in child.aspects}
        for child in children
    ]


def stands_beside(row: Row, others: Sequence[Row]) -> bool:
    """Whether a row says in columns like “Farbe” that it is one more variant beside these: each colour and size that
    they have, in a combination that none of them is."""
    names = list(dict.fromkeys(n for other in others for n in other.aspects if plain_words(n) in _AXES))
    own = tuple(row.aspects.get(name) for name in names)
    says_each = bool(names) and all(values and len(values) == 1 for values in own)
    return says_each and own not in _combinations(others, names)


def _combinations(children: Sequence[Row], names: Sequence[str]) -> set[tuple[tuple[str, ...] | None, ...]]:
    return {tuple(child.aspects.get(name) for name in names) for child in children}
