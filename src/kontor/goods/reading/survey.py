"""The first pass over a file: which rows belong together, which SKUs come twice, how numbers are written.

In memory stay one entry for each SKU and each group, some 200 bytes a row; the texts do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kontor.core.tabular import RefusedRecord, Table
from kontor.goods.reading.cells.conditions import plain_words
from kontor.goods.reading.cells.numbers import DecimalSign, evidence, settle
from kontor.goods.reading.fields import Field
from kontor.goods.reading.forms import Identity, form_of
from kontor.goods.reading.mapping import Defaults, Mapping

_NUMBERS = (Field.PRICE, Field.QUANTITY, Field.WEIGHT_G)
_COMMA_LANDS = frozenset(
    [
        "preis",
        "artikelnummer",
        "bestellnummer",
        "bezeichnung",
        "beschreibung",
        "menge",
        "bestand",
        "gewicht",
        "farbe",
        "grosse",
        "marke",
        "zustand",
        "bild",
        "bilder",
        "prix",
        "designation",
        "quantite",
        "poids",
        "marque",
        "couleur",
        "taille",
        "etat",
        "nom",
        "titre",
    ]
)


@dataclass(slots=True)
class Survey:
    """What the first pass found. `rows` counts the records that are not blank."""

    rows: int = 0
    first_rows: dict[str, int] = field(default_factory=dict)
    parent_of: dict[str, str] = field(default_factory=dict)
    group_sizes: dict[str, int] = field(default_factory=dict)
    signs: dict[int, DecimalSign | None] = field(default_factory=dict)

    def group_of(self, identity: Identity) -> str | None:
        """The key of the group that a record belongs to; None for an article of its own."""
        if identity.group:
            return identity.group
        if identity.sku in self.group_sizes:
            return identity.sku
        return self.parent_of.get(identity.sku)


def survey(table: Table, mapping: Mapping, defaults: Defaults) -> Survey:
    """Read the whole table once. Raises what `Table.records` raises."""
    form = form_of(mapping)
    found = Survey()
    aliases: dict[str, str] = {}
    parents: set[str] = set()
    named_children: dict[str, str] = {}
    head = ""  # the SKU that following records belong to
    tally = _Tally(column.index for column in mapping.columns if column.target in _NUMBERS)
    for record in table.records():
        found.rows += 1
        if isinstance(record, RefusedRecord):
            head = ""
            continue
        cells = record.cells
        tally.count(cells)
        if not (follows := form.follows(cells)):
            head = ""
        if form.refuse(cells):
            continue
        identity = form.identity(cells)
        if identity.group:
            found.group_sizes[identity.group] = found.group_sizes.get(identity.group, 0) + 1
        known_as = identity.sku or identity.variant_sku
        if not known_as or found.first_rows.setdefault(known_as, record.number) != record.number:
            continue
        if identity.alias:
            aliases[identity.alias] = identity.sku
        if follows and head:
            found.parent_of[identity.sku] = head
        elif identity.parent:
            found.parent_of[identity.sku] = identity.parent
        head = head if follows else identity.sku
        if identity.is_parent:
            parents.add(identity.sku)
            named_children |= dict.fromkeys(form.children(cells), identity.sku)
    _gather(found, aliases, parents, named_children)
    found.signs = tally.signs(defaults, table)
    return found


def _gather(
    found: Survey, aliases: dict[str, str], parents: set[str], named_children: dict[str, str]
) -> None:
    """Count each group's records, once it is known who is whose parent."""
    for child, parent in found.parent_of.items():
        found.parent_of[child] = aliases.get(parent, parent)
    for child, parent in named_children.items():
        if child in found.first_rows and child != parent:
            found.parent_of.setdefault(child, parent)
    groups = parents | set(found.parent_of.values())
    if not groups:
        return
    sizes = dict.fromkeys(groups, 0)
    for sku in found.first_rows:
        key = sku if sku in groups else found.parent_of.get(sku)
        if key is not None:
            sizes[key] += 1
    found.group_sizes |= sizes


class _Tally:
    """Evidence for the decimal sign, column by column."""

    def __init__(self, indexes: Iterable[int]) -> None:
        self._seen = {index: [0, 0] for index in indexes}

    def count(self, cells: Sequence[str]) -> None:
        for index, seen in self._seen.items():
            cell = cells[index]
            if cell and not cell.isdigit() and (sign := evidence(cell)):
                seen[sign == ","] += 1

    def signs(self, defaults: Defaults, table: Table) -> dict[int, DecimalSign | None]:
        """A column's own evidence, else the person's word, else the other columns', else the heading's language."""
        own = {index: settle(*seen) for index, seen in self._seen.items()}
        whole = settle(
            sum(seen[0] for seen in self._seen.values()), sum(seen[1] for seen in self._seen.values())
        )
        fallback: DecimalSign = (
            defaults.decimal or (whole if whole in (".", ",") else None) or _of_the_land(table)
        )
        return {index: sign or fallback for index, sign in own.items()}


def _of_the_land(table: Table) -> DecimalSign:
    words = {word for name in table.heading for word in plain_words(name).split()}
    return "," if table.dialect.delimiter == ";" or words & _COMMA_LANDS else "."
