"""What is refused."""

from __future__ import annotations

from kontor.core.errors import Conflict, NotFound


class AlreadyStarted(Conflict):
    """It runs, or came to its end."""

    code, title = "property_import.started", "This import has begun already"


class NotUndoable(Conflict):
    """It runs (cancel it first), or was undone already."""

    code, title = "property_import.not_undoable", "This import can't be undone now"


class FileGone(NotFound):
    """The uploaded package is no longer in the data folder."""

    code, title = "property_import.file_gone", "The uploaded file is no longer there; upload it again"
