"""Who wants to know that listings changed. Publishing registers here, so that the catalogue imports nothing above it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

Listener = Callable[[Sequence[UUID], frozenset[str]], None]

CONTENT, PRICE, STOCK, ARCHIVED, RESTORED = "content", "price", "stock", "archived", "restored"

changed: list[Listener] = []
"""Called inside the change's transaction with listing ids and what changed: content, price, stock, archived, restored."""


def tell(listing_ids: Sequence[UUID], what: frozenset[str]) -> None:
    """Tells every listener; nothing where there is nothing to tell."""
    if listing_ids and what:
        for listener in changed:
            listener(listing_ids, what)
