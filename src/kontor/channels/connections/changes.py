"""Who wants to hear that a connection's state changed. Apps above register here when Django starts."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from kontor.channels.connections.states import State

changed: list[Callable[[UUID, State], None]] = []
"""Called with connection and new state, inside the transaction that changes it."""
