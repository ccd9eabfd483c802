"""Who or what causes the change that is being made: set once at the door, read wherever something is written down.

An API request sets the person or the key, the job runner its job, an inbound receipt its channel.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal, TypedDict


class Cause(TypedDict):
    """JSON of a cause. `id` is the person's, key's, job's or connection's id (empty where there is none), `label` its name."""

    kind: Literal["person", "api_key", "job", "channel", "system"]
    id: str
    label: str


SYSTEM: Cause = {"kind": "system", "id": "", "label": "Kontor"}

_cause: ContextVar[Cause] = ContextVar("kontor_cause", default=SYSTEM)


def cause_of() -> Cause:
    """The cause of what this thread does now; the system itself where nobody said otherwise. A copy, free to store."""
    return _cause.get().copy()


@contextmanager
def causing(cause: Cause) -> Iterator[None]:
    """Everything written inside the block is caused by `cause`."""
    token = _cause.set(cause)
    try:
        yield
    finally:
        _cause.reset(token)
