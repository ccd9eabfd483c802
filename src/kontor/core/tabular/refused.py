"""The file of only the refused rows: as the merchant's own, with two columns that say what to mend."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from kontor.core.tabular.records import Record, RefusedRecord

if TYPE_CHECKING:
    from kontor.core.tabular.table import Table

ERROR_COLUMN = "kontor_error_column"
ERROR_MESSAGE = "kontor_error"

# A spreadsheet runs a cell that begins like this (CWE-1236), unless it is plainly a number.
_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-][0-9][0-9.,' ]*")


class RowError(NamedTuple):
    """What to write beside a refused row: the column as the file names it, and the sentence."""

    column: str
    message: str


def write_refused(target: BinaryIO, table: Table, errors: Mapping[int, RowError]) -> int:
    """Copy the rows whose numbers are in `errors` into `target`, with the file's own delimiter and encoding.

    Reads the table once more and keeps nothing, so the file may be of any length. Formulas are disarmed with a leading
    apostrophe, which `Table.records` takes away when the mended file comes back. Returns how many rows were written.
    """
    kept = [i for i, name in enumerate(table.heading) if name not in (ERROR_COLUMN, ERROR_MESSAGE)]
    writer = _Writer(target, table)
    writer.row([*(table.heading[i] for i in kept), ERROR_COLUMN, ERROR_MESSAGE])
    written = 0
    for record in table.records():
        if error := errors.get(record.number):
            writer.row([*(record.cells[i] for i in kept), error.column, error.message])
            written += 1
    return written


def disarmed(cell: str) -> str:
    """The cell as text that no spreadsheet will run."""
    return "'" + cell if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def rearmed(record: Record | RefusedRecord) -> Record | RefusedRecord:
    """The record as it was before `disarmed`."""
    cells = [cell[1:] if cell[:1] == "'" and _FORMULA.match(cell, 1) else cell for cell in record.cells]
    return record._replace(cells=cells)


class _Writer:
    def __init__(self, target: BinaryIO, table: Table) -> None:
        self._target, self._codec = target, table.encoding.codec
        self._line = io.StringIO(newline="")
        self._csv = csv.writer(self._line, delimiter=table.dialect.delimiter, lineterminator="\r\n")
        target.write(table.encoding.mark)

    def row(self, cells: Sequence[str]) -> None:
        self._csv.writerow([disarmed(cell) for cell in cells])
        text = self._line.getvalue()
        try:
            # Bytes that were no text go back as they came.
            data = text.encode(self._codec, "surrogateescape")
        except UnicodeEncodeError:
            data = text.encode(self._codec, "replace")
        self._target.write(data)
        self._line.seek(0)
        self._line.truncate()
