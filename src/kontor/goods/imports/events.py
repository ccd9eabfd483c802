"""What live screens hear of an import."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final

from kontor.goods.imports.models import Import
from kontor.live import events

TELL_SECONDS: Final = 0.5
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


@dataclass(slots=True)
class Teller:
    """Lets screens hear of progress at most so often."""

    told_at: float = 0.0

    def tell(self, row: Import) -> None:
        """Inside `tenant()`, with what is about to commit."""
        if time.monotonic() - self.told_at >= TELL_SECONDS:
            self.told_at = time.monotonic()
            tell(row)
