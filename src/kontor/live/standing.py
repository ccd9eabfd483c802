"""Whether who opened a socket may still read: asked for all sockets of a process together, every few seconds.

What a session or an API key is, `accounts` knows; it lends its checks when Django starts.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.db import connections

Check = Callable[[frozenset[UUID]], set[UUID]]
_checks: dict[str, Check] = {}


def lend_check(name: str, check: Check) -> None:
    """`check(ids)` answers which of these credentials it knows and finds alive and allowed to read. Uses the ORM."""
    _checks[name] = check


def standing(credential_ids: frozenset[UUID]) -> set[UUID]:
    """Those that some check answers for; what nobody knows has ended. Runs in a thread of its own making."""
    try:
        return set().union(*(check(credential_ids) for check in _checks.values()))
    finally:
        connections.close_all()  # this thread's only
