"""A process that is watched: started, started again when it dies, and never left behind."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import psutil

from kontor.core import postgres

PARENT = "KONTOR_SUPERVISOR"  # the pid whose end is ours
KEPT_LOG_BYTES = 5_000_000
STEADY_SECONDS = 5.0  # who lived this long did not fail at starting
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.2, 10.0
PR_SET_PDEATHSIG = 1


def end_with_parent() -> None:
    """Called first by every process of the tree: when the supervisor is killed, so are we, at once.

    The kernel does it on Linux, a thread elsewhere. Does nothing in a process that nobody supervises.
    """
    parent = int(os.environ.get(PARENT, "0"))
    if not parent:
        return
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    else:
        threading.Thread(target=_watch, args=[parent], daemon=True).start()
    if os.getppid() != parent:  # it died before we asked
        os._exit(1)


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


class Process:
    """One process of the tree. `pid` is the present one; `restarts` counts how often it was started again."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        environment: Mapping[str, str],
        log: Path,
        *,
        keep_open: int = -1,
    ) -> None:
        """`keep_open` is a file descriptor (a listening socket) that the process inherits."""
        self.name, self.log, self.restarts = name, log, 0
        self._command, self._environment = list(command), dict(environment)
        self._inherited = (keep_open,) if keep_open >= 0 else ()
        self._child: subprocess.Popen[bytes] | None = None
        self._started_at = self._start_again_at = 0.0
        self._pause = FIRST_PAUSE_SECONDS

    @property
    def pid(self) -> int | None:
        """The present process; None while there is none."""
        return self._child.pid if self._child and self._child.poll() is None else None

    def start(self) -> None:
        """Starts it in a process group of its own: Ctrl-C is for the supervisor, who ends the others in order."""
        if self.log.exists() and self.log.stat().st_size > KEPT_LOG_BYTES:
            self.log.replace(self.log.with_suffix(".1.log"))
        with self.log.open("ab") as log:
            self._child = subprocess.Popen(
                self._command,
                env=self._environment | {PARENT: str(os.getpid())},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                pass_fds=self._inherited,
            )
        self._started_at = time.monotonic()

    def look(self) -> str:
        """Starts it again if it died, with growing pauses while it keeps dying at once; says what happened, or nothing."""
        if self._child is None or self._child.poll() is None:
            return ""
        if not self._start_again_at:
            steady = time.monotonic() - self._started_at > STEADY_SECONDS
            self._pause = FIRST_PAUSE_SECONDS if steady else min(self._pause * 2, LONGEST_PAUSE_SECONDS)
            self._start_again_at = time.monotonic() + self._pause
        if time.monotonic() < self._start_again_at:
            return ""
        ended = _how(self._child.returncode)
        self._start_again_at = 0.0
        self.start()
        self.restarts += 1
        return f"{self.name} {ended}; started again (process {self.pid})"

    @property
    def has_ended(self) -> bool:
        """It was started and is not running now."""
        return self._child is not None and self._child.poll() is not None

    def wait(self, seconds: float) -> int:
        """The exit status, once. Raises subprocess.TimeoutExpired."""
        assert self._child
        return self._child.wait(seconds)

    def stop(self, patience_seconds: float) -> None:
        """Asks it to end, and ends it (and whatever it started) where it does not in time."""
        child = self._child
        if child is None:
            return
        if child.poll() is None:
            child.send_signal(signal.SIGTERM)
            try:
                child.wait(patience_seconds)
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
        self._child = None

    def last_words(self, lines: int = 15) -> str:
        """The end of its log."""
        if not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


class Database:
    """The postmaster as a process of the tree: its guard starts it again, and we the guard."""

    def __init__(self, home: Path, settings: Sequence[str]) -> None:
        self.restarts = 0
        self._home, self._settings = home, settings
        self._known = self.pid

    @property
    def pid(self) -> int | None:
        """The present postmaster; None while there is none."""
        return postgres.postmaster(self._home)

    def look(self) -> str:
        """Sees to it that somebody guards the server; says so where it was started again."""
        postgres.revive(self._home, *self._settings)
        found = self.pid
        if found is None or found == self._known:
            return ""
        self._known, self.restarts = found, self.restarts + 1
        return f"database died; started again (process {found})"


def _how(status: int) -> str:
    if status < 0:
        return f"was ended by {signal.Signals(-status).name}"
    return f"ended with status {status}"


def identity(pid: int) -> dict[str, float]:
    """What tells this process from a later one that got the same number."""
    return {"pid": pid, "created": psutil.Process(pid).create_time()}


def end_leftover(known: Mapping[str, float]) -> bool:
    """Kills the very process that `identity` described, if it still runs; a stranger with its number is left alone."""
    try:
        process = psutil.Process(int(known["pid"]))
        if abs(process.create_time() - known["created"]) > 0.01:
            return False
        process.kill()
        process.wait(10)
    except (psutil.NoSuchProcess, psutil.TimeoutExpired):
        return False
    return True
