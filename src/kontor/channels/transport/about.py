"""What the calls of a stretch of work are made for, so that each thing's history can show its calls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

_about: ContextVar[tuple[UUID, ...]] = ContextVar("kontor_calls_about", default=())


@contextmanager
def about(publications: Iterable[UUID] = (), order: UUID | None = None) -> Iterator[None]:
    """Calls inside the block are made for these, and for those of the blocks around it."""
    ids = dict.fromkeys((*_about.get(), *publications, *([order] if order else [])))
    token = _about.set(tuple(ids))
    try:
        yield
    finally:
        _about.reset(token)


def about_now() -> tuple[UUID, ...]:
    """The ids of the blocks around this line."""
    return _about.get()
