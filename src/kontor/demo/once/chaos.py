"""Ends processes with SIGKILL at random moments, as power cuts and out-of-memory killers do."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections.abc import Callable, Mapping

import psutil


class Chaos:
    """Kills each named process once, at moments drawn from `seed`, while `window` seconds of work go on.

    `pid_of` gives a process's present id; it is asked right before the kill, because a supervisor may have replaced it.
    """

    def __init__(self, pid_of: Mapping[str, Callable[[], int | None]], seed: int, window: float) -> None:
        self._pid_of = pid_of
        moments = random.Random(seed)  # noqa: S311  (chance, not secrecy)
        self._plan = sorted((moments.uniform(0.05, 1.0) * window, name) for name in pid_of)
        self.killed: dict[str, int] = dict.fromkeys(pid_of, 0)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="chaos")

    def __enter__(self) -> Chaos:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Kills at once whoever has not been killed yet: the run would prove less than it says otherwise."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        begin = time.monotonic()
        for moment, name in self._plan:
            self._stop.wait(max(moment - (time.monotonic() - begin), 0))
            self._kill(name)

    def _kill(self, name: str) -> None:
        pid = self._pid_of[name]()
        if pid is None or not psutil.pid_exists(pid):
            return
        os.kill(pid, signal.SIGKILL)
        self.killed[name] += 1
