"""Workers that are ended with SIGKILL in the middle of a file."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.goods.imports import steps
from tests.plugins.api import Caller

from kontor.core.tenancy import tenant
from kontor.goods.models import StockEntry

ROWS = 400


@contextmanager
def worker() -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("worker_process.py"))],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[3] / "src")},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout
        assert process.stdout.readline() == "up\n"
        yield process
    finally:
        process.kill()
        process.communicate()


def wait_for(what: str, fact: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not fact():
        assert time.monotonic() < deadline, f"{what} did not happen in {seconds} s"
        time.sleep(0.02)


def test_two_workers_killed_in_the_middle_of_a_file(api: Caller) -> None:
    started = steps.begin(api, steps.simple(ROWS))
    seen = 0

    def read() -> int:
        return int(steps.get(api, started["id"])["read"])

    for _ in range(2):
        with worker() as process:
            goal = seen + 30
            wait_for("progress", lambda goal=goal: read() > goal)  # type: ignore[misc]
            process.kill()
            process.wait()
        seen = read()
        assert 0 < seen < ROWS
    with worker():
        wait_for("the end", lambda: steps.get(api, started["id"])["state"] == "done")
    done = steps.get(api, started["id"])
    assert (done["imported"], done["created"], done["refused"]) == (ROWS, ROWS, 0)
    found = steps.listings(api)
    assert len(found) == ROWS
    assert {row["revision"] for row in found.values()} == {1}
    with tenant(api.tenant_id):
        assert sum(StockEntry.objects.values_list("delta", flat=True)) == 3 * ROWS
