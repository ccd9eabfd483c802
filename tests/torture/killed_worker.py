"""A worker that is killed at its N-th dangerous moment: `python -m tests.torture.killed_worker N KIND…`.

Dangerous moments are right after an intent was written, right after the call returned and before its result was kept,
and right after that; for orders, before and after each is taken in, and before the watermark moves. Exits with 0 where
fewer than N moments came, after running every due job.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

import django

django.setup()

from kontor.inbound import jobs as inbound_jobs  # noqa: E402
from kontor.inbound import service as inbound  # noqa: E402
from kontor.jobs.testing import drain  # noqa: E402
from kontor.publishing.journal import DatabaseJournal  # noqa: E402


class Fate:
    """Counts the moments, and ends this process at the chosen one."""

    def __init__(self, chosen: int) -> None:
        self.left = chosen

    def moment(self) -> None:
        """The process may die here."""
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, owner: Any, name: str) -> None:
        """Makes the moments before and after a function dangerous."""
        original: Callable[..., Any] = getattr(owner, name)

        def dangerous(*arguments: Any, **options: Any) -> Any:
            self.moment()
            result = original(*arguments, **options)
            self.moment()
            return result

        setattr(owner, name, dangerous)


def main() -> None:
    """Runs due jobs of the given kinds until it is killed, or none is left."""
    fate = Fate(int(sys.argv[1]))
    fate.around(DatabaseJournal, "_begin")
    fate.around(DatabaseJournal, "_finish")
    fate.around(inbound_jobs, "take_in")
    fate.around(inbound, "advance")
    drain(sys.argv[2:], ahead_seconds=30)


if __name__ == "__main__":
    main()
