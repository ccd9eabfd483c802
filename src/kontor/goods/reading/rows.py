"""One record, read: every cell by its column's meaning, every problem noted."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from collections.abc import Mapping as Lookup
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import TypeVar

from kontor.catalog.text import line
from kontor.core.errors import Problem
from kontor.goods.reading.cells.categories import read_category
from kontor.goods.reading.cells.conditions import read_condition
from kontor.goods.reading.cells.currencies import read_currency
from kontor.goods.reading.cells.gtins import read_gtin
from kontor.goods.reading.cells.numbers import DecimalSign
from kontor.goods.reading.cells.pictures import read_pictures
from kontor.goods.reading.cells.prices import CENTS, read_price, read_price_list
from kontor.goods.reading.cells.quantities import read_quantity, says_how_many
from kontor.goods.reading.cells.weights import read_weight
from kontor.goods.reading.fields import (
    ASPECT_PREFIX,
    CATEGORY_LENGTH,
    LENGTHS,
    OPTION,
    Field,
    Structure,
    WeightUnit,
)
from kontor.goods.reading.mapping import Defaults, Mapping
from kontor.goods.reading.problems import BadCell, problem

Value = TypeVar("Value")

_ABSENT = -1
_ROUNDED = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+[0-9]+")
_SEVERAL = re.compile(r"[\n|]")


@dataclass(slots=True)
class Row:
    """A record's typed values. `options` are slots in the columns' order, name and value, either may be "".

    `amount` is in major units; `currency` is what cell, heading or column say, "" where none does.
    """

    number: int
    sku: str = ""
    title: str = ""
    description_html: str = ""
    brand: str = ""
    gtin: str = ""
    mpn: str = ""
    amount: Decimal | None = None
    currency: str = ""
    quantity: int | None = None
    weight_g: int | None = None
    condition: str = ""
    category_hint: str = ""
    options: list[tuple[str, str]] = field(default_factory=list)
    aspects: dict[str, tuple[str, ...]] = field(default_factory=dict)
    image_urls: tuple[str, ...] = ()
    variant_image_urls: tuple[str, ...] = ()
    image_problems: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def note(self, code: str, name: str, **params: object) -> None:
        """Something is wrong with this row."""
        self.problems.append(problem(code, name, **params))


def clean_sku(text: str) -> str:
    """Trimmed, on one line, in composed letters, and without the apostrophe by which a spreadsheet is told that digits
    are text: two SKUs that look the same are the same."""
    sku = text.strip()
    if not (sku.isascii() and sku.isprintable() and "  " not in sku):
        sku = line(sku)
    return sku[1:] if sku[:1] == "'" and sku[1:2].isdigit() else sku


@dataclass(frozen=True, slots=True)
class _Aspect:
    index: int
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class _Option:
    name_index: int
    value_index: int
    fixed_name: str


class RowReader:
    """Reads records by one mapping. `signs` holds the decimal sign of columns of numbers, by index."""

    def __init__(self, mapping: Mapping, defaults: Defaults, signs: Lookup[int, DecimalSign | None]) -> None:
        self._defaults = defaults
        self._index = {column.target: column.index for column in reversed(mapping.columns) if column.target}
        self._signs = signs
        price, weight = mapping.column(Field.PRICE), mapping.column(Field.WEIGHT_G)
        self._price_currency = price.currency if price else ""
        self._price_lists = price is not None and price.unit == CENTS
        unit = (weight.unit if weight else "") or defaults.weight_unit or WeightUnit.GRAM
        self._weight_unit = WeightUnit(unit)
        self._images = [column.index for column in mapping.columns if column.target == Field.IMAGE_URLS]
        self._variant_image = self.at(Structure.VARIANT_IMAGE)
        self._aspects = [
            _Aspect(column.index, column.target.removeprefix(ASPECT_PREFIX), column.unit)
            for column in mapping.columns
            if column.target.startswith(ASPECT_PREFIX)
        ]
        self._options = _option_slots(mapping)
        self._fields = {name: self.at(name) for name in Field}

    def at(self, target: str) -> int:
        """The index of the column with this target; it is safe to ask any record read by `read` for it."""
        return self._index.get(target, _ABSENT)

    def read(self, number: int, raw: Sequence[str], sku: str) -> Row:
        """Never raises: what can't be read is in `problems`."""
        cells = [cell.strip() for cell in raw]
        cells.append("")  # what an absent column reads
        at = self._fields
        row = Row(number, sku=sku)
        self._read_texts(row, cells)
        if text := cells[at[Field.GTIN]]:
            row.gtin = self._attempt(row, Field.GTIN, partial(read_gtin, text)) or ""
        if (text := cells[at[Field.CURRENCY]]) and (
            code := self._attempt(row, Field.CURRENCY, partial(read_currency, text))
        ):
            row.currency = code
        if text := cells[at[Field.PRICE]]:
            self._read_amount(row, text)
        elif not row.currency:
            row.currency = self._price_currency
        if says_how_many(text := cells[index := at[Field.QUANTITY]]):
            row.quantity = self._attempt(
                row, Field.QUANTITY, partial(read_quantity, text, self._signs.get(index))
            )
        if text := cells[index := at[Field.WEIGHT_G]]:
            reading = partial(read_weight, text, self._weight_unit, self._signs.get(index))
            row.weight_g = self._attempt(row, Field.WEIGHT_G, reading)
        if text := cells[at[Field.CONDITION]]:
            condition = self._attempt(row, Field.CONDITION, partial(read_condition, text))
            row.condition = condition.value if condition else ""
        for option in self._options:
            row.options.append((cells[option.name_index] or option.fixed_name, cells[option.value_index]))
        for aspect in self._aspects:
            if text := cells[aspect.index]:
                row.aspects[aspect.name] = row.aspects.get(aspect.name, ()) + _values(text, aspect.unit)
        self._read_images(row, cells)
        return row

    def _read_texts(self, row: Row, cells: list[str]) -> None:
        at = self._fields
        row.title = cells[at[Field.TITLE]]
        if "\n" in row.title or "\r" in row.title:
            row.title = " ".join(row.title.split())
        row.description_html = cells[at[Field.DESCRIPTION_HTML]]
        row.brand = cells[at[Field.BRAND]]
        row.mpn = cells[at[Field.MPN]]
        if text := cells[at[Field.CATEGORY_HINT]]:
            row.category_hint = read_category(text)[:CATEGORY_LENGTH]
        for name, limit in LENGTHS.items():
            if len(text := getattr(row, name)) > limit:
                row.note("text.too_long", name, length=len(text), limit=limit)
        if "+" in row.sku and _ROUNDED.fullmatch(row.sku):
            row.note("sku.scientific", Field.SKU, value=row.sku)

    def _read_amount(self, row: Row, text: str) -> None:
        known = row.currency or self._price_currency
        expected = known or self._defaults.currency or ""
        if self._price_lists:
            reading = partial(read_price_list, text, expected)
        else:
            reading = partial(read_price, text, self._signs.get(self._fields[Field.PRICE]), expected)
        if (found := self._attempt(row, Field.PRICE, reading)) is None:
            return
        row.amount, in_cell = found
        if in_cell and row.currency and in_cell != row.currency:
            row.note("currency.conflict", Field.CURRENCY, in_cell=in_cell, in_column=row.currency)
        row.currency = in_cell or known

    def _read_images(self, row: Row, cells: list[str]) -> None:
        found: list[str] = []
        for index in self._images:
            if text := cells[index]:
                found += self._pictures(row, text)
        row.image_urls = tuple(found if len(self._images) <= 1 else dict.fromkeys(found))
        if text := cells[self._variant_image]:
            row.variant_image_urls = tuple(self._pictures(row, text))

    def _pictures(self, row: Row, text: str) -> list[str]:
        addresses, strange = read_pictures(text, self._defaults.image_base_address)
        row.image_problems += [problem("image.no_address", Field.IMAGE_URLS, value=part) for part in strange]
        return addresses

    def _attempt(self, row: Row, name: str, reading: Callable[[], Value]) -> Value | None:
        try:
            return reading()
        except BadCell as error:
            row.note(error.code, name, **error.params)
            return None


def _option_slots(mapping: Mapping) -> list[_Option]:
    slots: dict[int, dict[str, int]] = {}
    headings = {column.index: column.name for column in mapping.columns}
    for column in mapping.columns:
        if match := OPTION.fullmatch(column.target):
            slots.setdefault(int(match[1]), {})[match[2]] = column.index
    return [
        _Option(
            name_index=slot.get("name", _ABSENT),
            value_index=slot["value"],
            # A column “Größe” mapped straight to an option's value names the option itself.
            fixed_name="" if "name" in slot else headings[slot["value"]],
        )
        for _, slot in sorted(slots.items())
        if "value" in slot
    ]


def _values(text: str, unit: str) -> tuple[str, ...]:
    if "\n" in text or "|" in text:
        return tuple(dict.fromkeys(filter(None, map(str.strip, _SEVERAL.split(text)))))
    return (f"{text} {unit}",) if unit and text[-1].isdigit() else (text,)
