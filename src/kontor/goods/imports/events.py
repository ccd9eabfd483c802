"""What live screens hear of an import."""

from __future__ import annotations

from kontor.goods.imports.models import Import
from kontor.live import events

_TOLD = (
    "phase",
    "rows",
    "imported",
    "refused",
    "created",
    "updated",
    "unchanged",
    "reverted",
    "archived",
    "left",
)


def tell(row: Import) -> None:
    """The event that makes screens read the import again, with its counts."""
    payload = {name: getattr(row, name) for name in _TOLD} | {"file_name": row.file_name}
    events.record("import.progress", "import", row.id, payload=payload)
