"""Which function runs which kind of job. A noun registers its own in its `jobs.py`; Django finds that at start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kontor.jobs.run import JobRun

Handle = Callable[["JobRun"], None]


@dataclass(frozen=True, slots=True)
class Handler:
    """A kind of job. `retries` counts the tries after the first; `backoff_seconds` is the first pause, then doubled.

    `repeatable`: a person may ask for the same work once more after it failed.
    """

    kind: str
    run: Handle
    retries: int
    backoff_seconds: float
    repeatable: bool = False


HANDLERS: dict[str, Handler] = {}


def handler(
    kind: str, *, retries: int = 8, backoff_seconds: float = 2.0, repeatable: bool = False
) -> Callable[[Handle], Handle]:
    """Registers the decorated function for `kind`.

    It must be idempotent: a worker may die after any line, and another begins again. It runs outside any transaction,
    opens `tenant(run.tenant_id)` around its own database work, and calls channels between such blocks.
    Raises ValueError where the kind is taken.
    """

    def register(function: Handle) -> Handle:
        if kind in HANDLERS:
            raise ValueError(f"two handlers for {kind!r}: {HANDLERS[kind].run} and {function}")
        HANDLERS[kind] = Handler(kind, function, retries, backoff_seconds, repeatable)
        return function

    return register
