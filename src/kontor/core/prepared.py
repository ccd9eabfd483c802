"""Statements that are asked so often that planning them anew each time counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.db import connections
from django.db.backends.utils import CursorWrapper

if TYPE_CHECKING:
    from kontor.core.backend.base import DatabaseWrapper


def prepared() -> CursorWrapper:
    """A cursor on this thread's connection. PostgreSQL plans a statement of it anew until it came some times, and then
    keeps the plan with the connection. Its values are bound by the server: it must tell their types from the statement.
    """
    return cast("DatabaseWrapper", connections["default"]).prepared_cursor()
