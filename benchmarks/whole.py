"""Starting and ending the whole tree from outside, as a person's shell does."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from kontor.core import database, postgres

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Whole:
    """A running tree. `start_seconds` is from the command to the moment when web and sandbox answer."""

    url: str
    pid: int
    data: Path
    start_seconds: float

    def processes(self) -> dict[str, list[psutil.Process]]:
        """Every process of the tree by what it is: supervisor, web, worker, sandbox, the database and its guard."""
        server = postgres.postmaster(database.home(self.data))
        assert server
        postmaster = psutil.Process(server)
        guard = postmaster.parent()
        assert guard
        found = {
            "supervisor": [psutil.Process(self.pid)],
            "database": [postmaster, *postmaster.children(recursive=True)],
            "database guard": [guard],
        }
        known = {each.pid for group in found.values() for each in group}
        for child in psutil.Process(self.pid).children(recursive=True):
            if child.pid not in known:
                found.setdefault(_role(child.cmdline()), []).append(child)
        return found


@contextmanager
def whole(data: Path) -> Iterator[Whole]:
    """The tree over a data folder, ended in order."""
    begun = time.perf_counter()
    command = [sys.executable, "-m", "benchmarks.tree", str(data)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout
        try:
            url = process.stdout.readline().strip()
            if not url:
                raise RuntimeError("the tree did not start; what it said stands above")
            yield Whole(url, process.pid, data, time.perf_counter() - begun)
        finally:
            process.terminate()
            process.wait(60)
    postgres.wait_until_stopped(database.home(data))


def _role(words: list[str]) -> str:
    """`kontor serve` is the web; the sandbox becomes its own program."""
    names = {"serve": "web", "worker": "worker", "kontor_sandbox": "sandbox"}
    return next((names[word] for word in words if word in names), "other")
