"""Repeats of what may be repeated: reads, and asking for a token."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import TypeVar

from kontor.channels.contract.errors import Unavailable, Unreadable

T = TypeVar("T")

ATTEMPTS = 3
FIRST_PAUSE_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 3.0  # a longer wish of the channel goes back to the job queue


def repeated(ask: Callable[[], T]) -> T:
    """Asks up to ATTEMPTS times while the channel is out of order, with growing, uneven pauses. Raises the last error.

    An answer that can't be read is an outage too: it broke off on its way.
    """
    for attempt in range(1, ATTEMPTS):
        try:
            return ask()
        except (Unavailable, Unreadable) as error:
            pause = FIRST_PAUSE_SECONDS * 4 ** (attempt - 1) * random.uniform(0.5, 1.5)  # noqa: S311
            wished = (error.retry_after_seconds or 0.0) if isinstance(error, Unavailable) else 0.0
            if wished > LONGEST_PAUSE_SECONDS:
                raise
            time.sleep(max(pause, wished))
    return ask()
