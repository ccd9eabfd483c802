"""What keeps a whole file from being read. What keeps one record from it is a `Problem` on a `RefusedRecord`."""

from __future__ import annotations

from kontor.core.errors import Invalid


class TabularError(Invalid):
    """Base: this file can't be read as a table."""

    code, title = "tabular.unreadable", "This file can't be read as a table"


class EmptyFile(TabularError):
    """No bytes, or blanks only."""

    code, title = "tabular.empty", "The file is empty"


class NotATable(TabularError):
    """Something else than delimited text; `params["kind"]` says what it looks like (`xlsx`, `png`, `binary` …)."""

    code, title = "tabular.not_a_table", "This is not a table in a text file"


class HeadingUnreadable(TabularError):
    """The first record can't be taken as the heading; `params["reason"]` is a code of a refused record."""

    code, title = "tabular.heading", "The first row, which should hold the headings, can't be read"


class TooManyColumns(TabularError):
    """More columns than any list of goods has; `params` carries `columns` and `limit`."""

    code, title = "tabular.too_many_columns", "The file has too many columns"


class NoRecords(TabularError):
    """A heading and nothing below it."""

    code, title = "tabular.no_records", "The file has a heading but no rows"


class BrokenBeyondRepair(TabularError):
    """So many quotes are broken that reading on would be guessing; `params["row"]` is the last row that was looked at."""

    code, title = "tabular.quotes_hopeless", "Too many quotation marks in this file are broken"
