"""What a person says about a file: which column means what, and what stands in for what the file lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict
from pydantic import Field as Constraint

from kontor.core.errors import Invalid, Problem
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
from kontor.goods.reading.mapping import Column, Defaults, Mapping

LONGEST_TARGET = 100
_MOST_OPTIONS = 3


class ImportDefaults(BaseModel):
    """What the person enters for what the file lacks. A value in the file always wins."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    quantity: int | None = Constraint(
        default=None, ge=0, le=LARGEST_NUMBER, description="Stock of new articles that have none in the file."
    )
    condition: Condition | None = Constraint(
        default=None, description="Condition of new products that have none in the file."
    )
    currency: str | None = Constraint(
        default=None,
        min_length=3,
        max_length=3,
        description="Of prices that carry none (ISO 4217).",
        examples=["EUR"],
    )
    weight_unit: WeightUnit | None = Constraint(
        default=None, description="Of weights whose column carries none."
    )
    decimal: Literal[".", ","] | None = Constraint(
        default=None, description="Which sign parts the decimals, where the file leaves it open."
    )
    image_base_address: str = Constraint(
        default="",
        max_length=500,
        pattern=r"^(https?://[^\s/]+(/\S*)?)?$",
        description="Stands before picture names that are no addresses.",
        examples=["https://cdn.example.com/bilder/"],
    )
    language: str = Constraint(
        default="de", pattern="^[a-z]{2}$", description="The language that titles and descriptions are in."
    )

    def reading(self) -> Defaults:
        """What reading takes of it. Quantity and condition are for new products only, so they are laid on later."""
        return Defaults(**self.model_dump(exclude={"language", "quantity", "condition"}))

    def whole(self) -> Defaults:
        """All that reading knows: what a preview shows, and what `check` asks about."""
        return Defaults(**self.model_dump(exclude={"language"}))


class ColumnEdit(BaseModel):
    """What one column is to be taken for. `unit` and `currency` stay as recognised where they are left out."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    index: int = Constraint(ge=0, description="Position of the column in the file, from 0.")
    target: str = Constraint(
        max_length=LONGEST_TARGET,
        description="A target of `GET /imports/targets`, `aspect:<name>`, or empty: not imported.",
        examples=["price"],
    )
    unit: str | None = Constraint(default=None, max_length=10, examples=["kg"])
    currency: str | None = Constraint(default=None, max_length=3, examples=["EUR"])


def targets() -> list[str]:
    """Everything that a column can be mapped to, besides `aspect:<name>` and nothing."""
    options = [f"option{n}_{part}" for n in range(1, _MOST_OPTIONS + 1) for part in ("name", "value")]
    return [*(field.value for field in Field), *options, *(word.value for word in Structure)]


def edited(mapping: Mapping, edits: Sequence[ColumnEdit], form: FileForm | None = None) -> Mapping:
    """The mapping as a person changed it; columns that are not named stay. Raises Invalid with every problem."""
    if problems := tuple(_problems(mapping, edits)):
        raise Invalid("Some columns can't be mapped like this.", problems=problems)
    wanted = {edit.index: edit for edit in edits}
    columns = tuple(_column(column, wanted.get(column.index)) for column in mapping.columns)
    return Mapping(form=form or mapping.form, fingerprint=mapping.fingerprint, columns=columns)


def remembered(mapping: Mapping, profile: Mapping) -> Mapping:
    """What is recognised in this file, as a person mapped the last file with the same heading."""
    known = {column.index: column for column in profile.columns}
    columns = [
        column.model_copy(
            update={
                "target": known[column.index].target,
                "unit": known[column.index].unit,
                "currency": known[column.index].currency,
                "confidence": known[column.index].confidence,
                "reason": known[column.index].reason,
            }
        )
        if column.index in known
        else column
        for column in mapping.columns
    ]
    return Mapping(form=profile.form, fingerprint=mapping.fingerprint, columns=tuple(columns))


def check_defaults(defaults: ImportDefaults) -> None:
    """Raises Invalid for a currency that is not in use."""
    if defaults.currency is not None and defaults.currency not in CURRENT:
        problem = _problem("mapping.currency_unknown", "defaults.currency", value=defaults.currency)
        raise Invalid("Some defaults can't be taken.", problems=(problem,))


def _column(column: Column, edit: ColumnEdit | None) -> Column:
    if edit is None:
        return column
    same = edit.target == column.target
    unit = edit.unit if edit.unit is not None else column.unit if same else ""
    currency = edit.currency if edit.currency is not None else column.currency if same else ""
    if same and unit == column.unit and currency == column.currency:
        return column
    changes = {
        "target": edit.target,
        "unit": unit,
        "currency": currency,
        "confidence": 1.0,
        "reason": "person",
    }
    return column.model_copy(update=changes)


def _problems(mapping: Mapping, edits: Sequence[ColumnEdit]) -> Iterator[Problem]:
    known = {column.index: column for column in mapping.columns}
    named: set[int] = set()
    for position, edit in enumerate(edits):
        field = f"columns.{position}"
        if edit.index not in known or edit.index in named:
            yield _problem("mapping.column_unknown", f"{field}.index", index=edit.index)
            continue
        named.add(edit.index)
        if not is_target(edit.target):
            yield _problem("mapping.target_unknown", f"{field}.target", target=edit.target)
        if edit.target == Field.WEIGHT_G and edit.unit and edit.unit not in set(WeightUnit):
            yield _problem("mapping.unit_unknown", f"{field}.unit", value=edit.unit)
        if edit.currency and edit.currency not in CURRENT:
            yield _problem("mapping.currency_unknown", f"{field}.currency", value=edit.currency)
    chosen = {edit.index: edit.target for edit in edits}
    yield from _twice((chosen.get(index, column.target), column.name) for index, column in known.items())


def _twice(targets_and_names: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for target, name in targets_and_names:
        if target == IGNORED or target in REPEATABLE or target.startswith(ASPECT_PREFIX):
            continue
        if target in first:
            yield _problem("mapping.target_twice", target, target=target, first=first[target], second=name)
        first.setdefault(target, name)


_MESSAGES = {
    "mapping.column_unknown": "The file has no column {index}, or it is named twice.",
    "mapping.target_unknown": "“{target}” is nothing that a column can be mapped to.",
    "mapping.unit_unknown": "“{value}” is not a unit of weight. Use g, kg, lb or oz.",
    "mapping.currency_unknown": "“{value}” is not a currency in use. Write the three letters of ISO 4217, such as EUR.",
    "mapping.target_twice": "“{first}” and “{second}” are both mapped to {target}; only one can be.",
}


def _problem(code: str, field: str, **params: str | int) -> Problem:
    return Problem(code, _MESSAGES[code].format(**params), field=str(field), params=params)
