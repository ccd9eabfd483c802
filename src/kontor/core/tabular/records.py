"""Records out of text: streaming, bounded, and able to go on after a broken quotation mark.

A record may span lines, so an unclosed quote swallows what follows. The reader keeps the lines of the record at hand
(1 MiB at most); when it breaks, the first line is refused and the following ones are read again until one gives a record
as wide as the heading. Rereading has a budget for the whole file: a hostile file costs a bounded amount of work.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import NamedTuple, TextIO

from kontor.core.errors import Problem
from kontor.core.tabular.dialect import Dialect
from kontor.core.tabular.errors import BrokenBeyondRepair

RECORD_LIMIT = 1 << 20
"""Characters in one record."""
REREAD_BUDGET = 32 << 20
"""Characters read a second time because of broken quotes, per pass over the file."""
_KEPT_FOR_MENDING = 1 << 16
UNDECODABLE = re.compile("[\ufffd\udc80-\udcff]")

_MESSAGES = {
    "tabular.record_too_long": "This row is longer than {limit} characters. A quotation mark may not have been closed.",
    "tabular.quote": (
        'A quotation mark in this row is not closed, or stands inside a quoted cell. Double it there: "Monitor 24""".'
    ),
    "tabular.cells": "This row has {found} cells, the heading has {expected}. A delimiter may be missing or too many.",
    "tabular.encoding": "This row holds bytes that are no text in the file's encoding ({encoding}). Save it as UTF-8.",
    "tabular.nul": "This row holds a NUL byte, which no text has. Export the file again.",
}


class Record(NamedTuple):
    """One row. `number` counts records, the heading is 1; `cells` is exactly as long as the heading."""

    number: int
    cells: Sequence[str]


class RefusedRecord(NamedTuple):
    """A row that can't be read; `cells` is a best effort, cut, for the file of rows to mend."""

    number: int
    cells: Sequence[str]
    problem: Problem


def _literal(cell: str) -> str:
    """`="00123"` is how exports keep a spreadsheet from reading 00123 as a number: the text is meant, not a formula."""
    inside = cell[2:-1]
    return inside if cell.startswith('="') and cell.endswith('"') and '"' not in inside else cell


class RecordTooLong(Exception):
    """The record at hand outgrew the limit."""


class _CutLine(str):
    """The beginning of a line that alone is longer than a record may be."""

    __slots__ = ()


class BoundedLines:
    """The text's lines, never more than a record's limit at once; remembers those of the record at hand."""

    def __init__(self, text: TextIO, limit: int = RECORD_LIMIT) -> None:
        self._text, self._limit = text, limit
        self._again: deque[str] = deque()
        self.kept: list[str] = []
        self._size = 0
        self.reread = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._again:
            line = self._again.popleft()
            self.reread += len(line)
            if isinstance(line, _CutLine):
                self.kept.append(line)
                raise RecordTooLong
        else:
            line = self._text.readline(self._limit + 1)
        if not line:
            raise StopIteration
        self.kept.append(line)
        self._size += len(line)
        if self._size > self._limit:
            if len(line) > self._limit:
                self._skip_rest_of_line()
            raise RecordTooLong
        return line

    def start_record(self) -> None:
        self.kept = []
        self._size = 0

    def push_back(self, lines: list[str]) -> None:
        self._again.extendleft(reversed(lines))
        self.start_record()

    def _skip_rest_of_line(self) -> None:
        self.kept[-1] = _CutLine(self.kept[-1][:_KEPT_FOR_MENDING])
        while (rest := self._text.readline(RECORD_LIMIT)) and not rest.endswith(("\n", "\r")):
            pass


class RecordReader:
    """One pass over the records of a text that stands at its heading. Iterate once.

    `flawed`: some bytes could not be decoded, so every record is searched for their stand-ins.
    Raises BrokenBeyondRepair when the budget for rereading is used up.
    """

    def __init__(self, text: TextIO, dialect: Dialect, width: int, *, encoding: str, flawed: bool) -> None:
        # The csv module's own limit is 128 KiB a cell, and one for the whole process.
        csv.field_size_limit(max(csv.field_size_limit(), 2 * RECORD_LIMIT))
        self._lines, self._dialect, self._width = BoundedLines(text), dialect, width
        self._encoding, self._flawed = encoding, flawed
        self._number = 0
        self._reader = self._new_reader()

    def __iter__(self) -> Iterator[Record | RefusedRecord]:
        lines, width = self._lines, self._width
        while True:
            lines.start_record()
            try:
                cells = next(self._reader)
            except StopIteration:
                return
            except (csv.Error, RecordTooLong) as error:
                yield from self._resume(self._broken(error))
                continue
            if len(cells) != width and self._swallowed_a_record():
                yield from self._resume("tabular.quote")
                continue
            self._number += 1
            if any(cells):
                yield self._settle(cells)

    def _settle(self, cells: list[str]) -> Record | RefusedRecord:
        """Fit the cells to the heading, or say why they don't."""
        found, expected = len(cells), self._width
        if found != expected:
            if found > expected and not any(cells[expected:]):
                cells = cells[:expected]
            elif found < expected and self._dialect.drops_trailing:
                cells = cells + [""] * (expected - found)
            else:
                return self._refuse("tabular.cells", self._lines.kept, found=found, expected=expected)
        if any('="' in line for line in self._lines.kept):
            cells = [_literal(cell) for cell in cells]
        if any("\0" in line for line in self._lines.kept):
            return self._refuse("tabular.nul", self._lines.kept)
        if self._flawed and any(UNDECODABLE.search(line) for line in self._lines.kept):
            return self._refuse("tabular.encoding", self._lines.kept, encoding=self._encoding)
        return Record(self._number, cells)

    def _broken(self, error: csv.Error | RecordTooLong) -> str:
        first = self._lines.kept[0]
        if isinstance(error, RecordTooLong) and (isinstance(first, _CutLine) or not self._looks_whole(first)):
            return "tabular.record_too_long"
        return "tabular.quote"

    def _resume(self, code: str) -> Iterator[Record | RefusedRecord]:
        """Refuse the broken record at hand and find the next sensible boundary.

        A line that gives no record of the heading's width belongs to the broken one, unless by itself it has as many
        delimiters as the heading: then it is a broken record of its own.
        """
        self._number += 1
        refused = self._drop_first_line()
        while True:
            self._check_budget()
            self._lines.start_record()
            try:
                cells = next(self._reader)
            except StopIteration:
                yield self._refuse(code, refused)
                return
            except (csv.Error, RecordTooLong) as error:
                first = self._lines.kept[0]
                if isinstance(first, _CutLine) or self._looks_whole(first):
                    yield self._refuse(code, refused)
                    code, refused = self._broken(error), []
                    self._number += 1
            else:
                if len(cells) == self._width:
                    yield self._refuse(code, refused)
                    self._number += 1
                    if any(cells):
                        yield self._settle(cells)
                    return
            refused += self._drop_first_line()

    def _drop_first_line(self) -> list[str]:
        first, *rest = self._lines.kept
        self._lines.push_back(rest)
        self._reader = self._new_reader()
        return [first]

    def _swallowed_a_record(self) -> bool:
        """Whether a line inside this record is by itself a record of the heading's width."""
        return any(self._parses_to_width(line) for line in self._lines.kept[1:])

    def _parses_to_width(self, line: str) -> bool:
        if line.count(self._dialect.delimiter) < self._width - 1 or self._width < 2:
            return False
        try:
            cells = next(self._parse([line], strict=True), [])
        except csv.Error:
            return False
        return len(cells) == self._width

    def _looks_whole(self, line: str) -> bool:
        return line.count(self._dialect.delimiter) == self._width - 1 > 0

    def _refuse(self, code: str, lines: list[str], **params: object) -> RefusedRecord:
        text = "".join(lines)[:_KEPT_FOR_MENDING].replace("\0", "")
        cells = next(self._parse(StringIO(text, newline=""), strict=False), [])
        fitted = (cells + [""] * self._width)[: max(self._width, 1)]
        if code == "tabular.record_too_long":
            params["limit"] = RECORD_LIMIT
        message = _MESSAGES[code].format(**params)
        return RefusedRecord(self._number, fitted, Problem(code, message, params=params))

    def _check_budget(self) -> None:
        if self._lines.reread > REREAD_BUDGET:
            raise BrokenBeyondRepair(
                f"Too many quotation marks are broken; reading stopped at row {self._number}. Export the file again.",
                row=self._number,
            )

    def _new_reader(self) -> Iterator[list[str]]:
        return self._parse(self._lines, strict=True)

    def _parse(self, lines: Iterable[str], *, strict: bool) -> Iterator[list[str]]:
        return csv.reader(
            lines,
            delimiter=self._dialect.delimiter,
            skipinitialspace=self._dialect.skips_blanks,
            strict=strict,
        )
