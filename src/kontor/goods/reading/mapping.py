"""Which column means what: proposed by `recognise`, edited by a person, remembered by the heading's fingerprint."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, field_validator, model_validator
from pydantic import Field as Constraint

from kontor.core.errors import Problem
from kontor.core.tabular import ERROR_COLUMN, ERROR_MESSAGE
from kontor.goods.reading.cells.currencies import CURRENT
from kontor.goods.reading.fields import (
    ASPECT_PREFIX,
    IGNORED,
    LARGEST_NUMBER,
    REPEATABLE,
    Condition,
    Field,
    FileForm,
    Structure,
    WeightUnit,
    is_target,
)

Reason = Literal[
    "heading",
    "form",
    "values",
    "net_price",
    "another_column",
    "values_contradict",
    "known_unneeded",
    "unknown",
    "person",
]


class Column(BaseModel):
    """One column of the file and what it is taken for.

    `target` is a canonical field, `aspect:<name>`, a `structure:` word of a shop's form, or "" for not imported.
    `unit` (weights, dimensions, `cents` for lists of prices in cents) and `currency` (prices) were found in the heading or are set by a person.
    `reason` says why: `heading` its name, `form` the shop's form, `values` what stands in it, `net_price` it seems to be
    without VAT, `another_column` serves better, `values_contradict` its name, `known_unneeded`, `unknown`, `person`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    index: int = Constraint(ge=0)
    name: str
    target: str = IGNORED
    unit: str = ""
    currency: str = ""
    confidence: float = Constraint(default=0.0, ge=0, le=1)
    reason: Reason = "person"
    samples: tuple[str, ...] = ()

    @field_validator("target")
    @classmethod
    def _known_target(cls, value: str) -> str:
        if not is_target(value):
            raise ValueError(f"{value!r} is nothing that a column can be mapped to")
        return value

    @field_validator("currency")
    @classmethod
    def _known_currency(cls, value: str) -> str:
        if value and value not in CURRENT:
            raise ValueError(f"{value!r} is not a currency in use")
        return value


class Mapping(BaseModel):
    """The meaning of every column of one kind of file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    form: FileForm = FileForm.PLAIN
    fingerprint: str = ""
    columns: tuple[Column, ...]

    @model_validator(mode="after")
    def _targets_once(self) -> Self:
        counts = Counter(column.target for column in self.columns)
        for target, count in counts.items():
            once = target != IGNORED and target not in REPEATABLE and not target.startswith(ASPECT_PREFIX)
            if once and count > 1:
                raise ValueError(f"{count} columns are mapped to {target!r}; only one can be")
        if len({column.index for column in self.columns}) != len(self.columns):
            raise ValueError("a column is named twice")
        return self

    def column(self, target: str) -> Column | None:
        """The first column with this target."""
        return next((column for column in self.columns if column.target == target), None)

    def column_name(self, target: str) -> str:
        """How the file calls what is mapped to `target`; "" where nothing is."""
        column = self.column(target)
        return column.name if column else ""

    def with_target(self, index: int, target: str) -> Mapping:
        """The mapping as a person changed it; whatever held a single target before lets go of it."""
        single = target != IGNORED and target not in REPEATABLE and not target.startswith(ASPECT_PREFIX)
        changed: list[Column] = []
        for column in self.columns:
            if column.index == index:
                update: dict[str, object] = {"target": target, "confidence": 1.0, "reason": "person"}
                changed.append(Column.model_validate({**column.model_dump(), **update}))
            elif single and column.target == target:
                changed.append(column.model_copy(update={"target": IGNORED, "reason": "another_column"}))
            else:
                changed.append(column)
        return Mapping(form=self.form, fingerprint=self.fingerprint, columns=tuple(changed))


class Defaults(BaseModel):
    """What the person enters for what the file lacks. A value in the file always wins.

    `decimal` settles cells like 1.234 where the column itself gives no evidence; `image_base_address` stands before
    picture paths that are no addresses.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    quantity: int | None = Constraint(default=None, ge=0, le=LARGEST_NUMBER)
    condition: Condition | None = None
    currency: str | None = None
    weight_unit: WeightUnit | None = None
    decimal: Literal[".", ","] | None = None
    image_base_address: str = Constraint(default="", pattern=r"^(https?://[^\s/]+(/\S*)?)?$")

    @field_validator("currency")
    @classmethod
    def _known_currency(cls, value: str | None) -> str | None:
        if value is not None and value not in CURRENT:
            raise ValueError(f"{value!r} is not a currency in use")
        return value


def fingerprint(heading: Sequence[str]) -> str:
    """The same for every file with these columns in this order, whatever the case and blanks around them.

    The two columns that a file of refused rows has besides do not count: mended, it is the same file.
    """
    own = [name for name in heading if name not in (ERROR_COLUMN, ERROR_MESSAGE)]
    words = "\x1f".join(" ".join(name.casefold().split()) for name in own)
    return hashlib.sha256(words.encode()).hexdigest()[:32]


def check(mapping: Mapping, defaults: Defaults) -> list[Problem]:
    """What is missing before reading can start (`error`), and what will be missing in the listings (`warning`)."""
    return [*_errors(mapping, defaults), *_warnings(mapping, defaults)]


def _errors(mapping: Mapping, defaults: Defaults) -> list[Problem]:
    found: list[Problem] = []
    identity = {FileForm.SHOPIFY: Structure.HANDLE, FileForm.WOOCOMMERCE: Structure.ROW_ID}.get(mapping.form)
    named = mapping.column(Field.SKU) or mapping.column(Field.GTIN) or (identity and mapping.column(identity))
    if mapping.form is FileForm.SHOPIFY and not mapping.column(Structure.HANDLE):
        found.append(
            Problem("mapping.handle_missing", "No column is mapped to the handle.", field=Structure.HANDLE)
        )
    if not named:
        found.append(
            Problem(
                "mapping.sku_missing", "No column is mapped to the SKU (article number).", field=Field.SKU
            )
        )
    if not mapping.column(Field.TITLE):
        found.append(Problem("mapping.title_missing", "No column is mapped to the title.", field=Field.TITLE))
    weight = mapping.column(Field.WEIGHT_G)
    if weight and not weight.unit and not defaults.weight_unit:
        found.append(
            Problem(
                "mapping.weight_unit_missing",
                f"The unit of the column “{weight.name}” is not known.",
                field="weight_unit",
                params={"column": weight.name},
            )
        )
    return found


def _warnings(mapping: Mapping, defaults: Defaults) -> list[Problem]:
    found: list[Problem] = []
    if not mapping.column(Field.SKU) and mapping.column(Field.GTIN) and mapping.form is FileForm.PLAIN:
        found.append(
            _warning(
                "mapping.sku_from_gtin", "There is no column of SKUs; the GTIN is taken for it.", Field.SKU
            )
        )
    price = mapping.column(Field.PRICE)
    if not price:
        found.append(_warning("mapping.price_missing", "No column is mapped to the price.", Field.PRICE))
    elif not price.currency and not mapping.column(Field.CURRENCY) and not defaults.currency:
        found.append(
            _warning(
                "mapping.currency_missing",
                "The file may not say which currency its prices are in. Rows that don't will be refused.",
                Field.CURRENCY,
            )
        )
    if not mapping.column(Field.QUANTITY) and defaults.quantity is None:
        found.append(
            _warning("mapping.quantity_missing", "Neither file nor defaults give the stock.", Field.QUANTITY)
        )
    if not mapping.column(Field.CONDITION) and defaults.condition is None:
        found.append(
            _warning(
                "mapping.condition_missing", "Neither file nor defaults give the condition.", Field.CONDITION
            )
        )
    return found


def _warning(code: str, message: str, field: str) -> Problem:
    return Problem(code, message, field=field, severity="warning")
