"""Who wants to hear that a connection changed: its state, its terms. Apps above register here when Django starts."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from kontor.channels.connections.states import State

changed: list[Callable[[UUID, State], None]] = []
"""Called with connection and new state, inside the transaction that changes it."""

terms_changed: list[Callable[[UUID], None]] = []
"""Called with a connection whose price rule or choices (policies, location) changed, inside the same transaction."""


def tell_terms(connection_id: UUID) -> None:
    """Tells every listener."""
    for hear in terms_changed:
        hear(connection_id)
