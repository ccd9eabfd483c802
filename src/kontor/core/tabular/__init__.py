"""Tables in text files (CSV and its relatives), as shops, spreadsheets and people write them.

`open_table` finds out encoding and delimiter by evidence, `Table.records` streams in flat memory, and what can't be read
is refused record by record with a stable code. Knows nothing of goods.
"""

from kontor.core.tabular.errors import TabularError
from kontor.core.tabular.records import Record, RefusedRecord
from kontor.core.tabular.refused import ERROR_COLUMN, ERROR_MESSAGE, RowError, write_refused
from kontor.core.tabular.table import Table, open_table

__all__ = [
    "ERROR_COLUMN",
    "ERROR_MESSAGE",
    "Record",
    "RefusedRecord",
    "RowError",
    "Table",
    "TabularError",
    "open_table",
    "write_refused",
]
