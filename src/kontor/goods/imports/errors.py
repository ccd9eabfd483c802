"""What the API refuses."""

from __future__ import annotations

from kontor.core.errors import Conflict


class AlreadyStarted(Conflict):
    """Its rows are being imported, or were: the mapping can't be changed any more."""

    code, title = "import.started", "This import has begun already"


class NotUndoable(Conflict):
    """It runs (cancel it first), has not begun, or was undone already."""

    code, title = "import.not_undoable", "This import can't be undone now"
