"""`open_table`: from bytes to a heading and a stream of records."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import BinaryIO, TextIO

from kontor.core.errors import Problem
from kontor.core.tabular import dialect as dialects
from kontor.core.tabular import encoding as encodings
from kontor.core.tabular.dialect import Dialect
from kontor.core.tabular.encoding import Encoding
from kontor.core.tabular.errors import HeadingUnreadable, NoRecords, NotATable, TooManyColumns
from kontor.core.tabular.records import (
    UNDECODABLE,
    BoundedLines,
    Record,
    RecordReader,
    RecordTooLong,
    RefusedRecord,
)
from kontor.core.tabular.refused import ERROR_COLUMN, rearmed

COLUMN_LIMIT = 1024
_SAMPLE_CHARACTERS = 1 << 18
_HEADING_LIMIT = 1 << 16
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class Table:
    """An opened file. `heading` is trimmed, else as written; `warnings` are worth showing, but stop nothing.

    The file must stay open and seekable. Each call of `records` is a pass of its own, and passes may overlap.
    """

    file: BinaryIO
    encoding: Encoding
    dialect: Dialect
    heading: tuple[str, ...]
    warnings: tuple[Problem, ...] = ()
    limit: int | None = None

    def head(self, limit: int) -> Table:
        """The same file as if it ended after so many rows."""
        return replace(self, limit=limit)

    def records(self) -> Iterator[Record | RefusedRecord]:
        """Every row below the heading, blank ones left out; flat memory, 1 MiB for one record.

        Numbers count CSV records (a blank line is one), the heading is 1. Raises BrokenBeyondRepair.
        """
        reader = RecordReader(
            _body(self.file, self.encoding, self.dialect),
            self.dialect,
            len(self.heading),
            encoding=self.encoding.codec,
            flawed=self.encoding.flawed,
        )
        records = iter(reader)
        next(records, None)
        # Our own file of refused rows comes back with its formulas disarmed.
        readable = map(rearmed, records) if ERROR_COLUMN in self.heading else records
        return islice(readable, self.limit)

    def sample(self, limit: int = 200) -> list[Record]:
        """The first readable records."""
        readable = (record for record in self.records() if isinstance(record, Record))
        return list(islice(readable, limit))


def open_table(file: BinaryIO) -> Table:
    """Find encoding, delimiter and heading of a seekable binary file; reads all bytes once, keeps none.

    Raises a TabularError (EmptyFile, NotATable, HeadingUnreadable, TooManyColumns, NoRecords).
    """
    encoding = encodings.detect(file)
    sample = encodings.open_text(file, encoding).read(_SAMPLE_CHARACTERS)
    if len(sample) == _SAMPLE_CHARACTERS:
        sample = sample[: max(sample.rfind("\n"), sample.rfind("\r")) + 1] or sample
    dialect = dialects.detect(sample)
    heading = _heading(_body(file, encoding, dialect), dialect)
    table = Table(file, encoding, dialect, heading, tuple(_warnings(heading)))
    if next(table.records(), None) is None:
        raise NoRecords("The file has a heading but no rows below it. Add one row per article.")
    return table


def _body(file: BinaryIO, encoding: Encoding, dialect: Dialect) -> TextIO:
    text = encodings.open_text(file, encoding)
    for _ in range(dialect.preface_lines):
        text.readline(_HEADING_LIMIT)
    return text


def _heading(text: TextIO, dialect: Dialect) -> tuple[str, ...]:
    advice = "Put the names of the columns into the first row, each in a cell of its own."
    lines = BoundedLines(text, limit=_HEADING_LIMIT)
    try:
        cells = next(
            csv.reader(lines, delimiter=dialect.delimiter, skipinitialspace=dialect.skips_blanks, strict=True)
        )
    except RecordTooLong as error:
        raise HeadingUnreadable(
            f"The first row is too long. {advice}", reason="tabular.record_too_long"
        ) from error
    except csv.Error as error:
        raise HeadingUnreadable(
            f"A quotation mark in the first row is broken. {advice}", reason="tabular.quote"
        ) from error
    if any(_CONTROL.search(cell) for cell in cells):
        raise NotATable(
            "This is not a text file. Export your list of goods as CSV and upload that.", kind="binary"
        )
    if len(cells) > COLUMN_LIMIT:
        raise TooManyColumns(
            f"The heading has {len(cells)} columns; {COLUMN_LIMIT} are the most.",
            columns=len(cells),
            limit=COLUMN_LIMIT,
        )
    heading = tuple(UNDECODABLE.sub("\ufffd", cell).strip() for cell in cells)
    if not any(heading):
        raise HeadingUnreadable(f"The first row is blank. {advice}", reason="tabular.blank")
    return heading


def _warnings(heading: tuple[str, ...]) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for position, name in enumerate(heading, start=1):
        if name and name in seen:
            yield Problem(
                "tabular.heading_duplicate",
                f"Two columns are called “{name}” (columns {seen[name]} and {position}).",
                field=name,
                params={"name": name, "first": seen[name], "second": position},
                severity="warning",
            )
        seen.setdefault(name, position)
