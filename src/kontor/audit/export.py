"""The audit log as a file, for auditors and other programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any, Final, Literal

import orjson

from kontor.audit.models import Entry
from kontor.core.tabular.refused import disarmed

Format = Literal["csv", "ndjson"]
MEDIA_TYPES: Final[dict[Format, str]] = {"csv": "text/csv; charset=utf-8", "ndjson": "application/x-ndjson"}
COLUMNS: Final = (
    "at", "action", "actor_kind", "actor_id", "actor_label", "address", "device", "request_id",
    "entity_kind", "entity_id", "entity_label", "before", "after", "id",
)  # fmt: skip


def lines(batches: Iterable[list[Entry]], form: Format) -> Iterator[bytes]:
    """The file piece by piece, one per batch. A cell of the CSV never runs in a spreadsheet (CWE-1236)."""
    if form == "ndjson":
        yield from (b"".join(_line(entry) for entry in batch) for batch in batches)
        return
    yield _rows([COLUMNS])
    for batch in batches:
        yield _rows([_cell(getattr(entry, name)) for name in COLUMNS] for entry in batch)


def _line(entry: Entry) -> bytes:
    values = {name: getattr(entry, name) for name in COLUMNS}
    return orjson.dumps(values, option=orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE)


def _rows(rows: Iterable[Iterable[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()


def _cell(value: Any) -> str:
    if isinstance(value, dict):
        return orjson.dumps(value).decode() if value else ""
    return disarmed(value.isoformat() if hasattr(value, "isoformat") else str(value))
