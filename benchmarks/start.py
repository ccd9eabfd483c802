"""How long a person waits for the first page: with an empty folder, and with what is there already."""

from __future__ import annotations

from benchmarks import figures, house
from benchmarks.whole import whole


def run(*, is_quick: bool) -> None:
    """A first start and several second ones, each from the command to the answer of web and sandbox."""
    figures.title("start", "from the command until web, worker, sandbox and database answer")
    times = 1 if is_quick else 3
    firsts: list[float] = []
    seconds: list[float] = []
    for _ in range(times):
        with house.folder() as folder:
            for found in (firsts, seconds):
                with whole(folder / "data") as running:
                    found.append(running.start_seconds)
    figures.rounds("first (initdb, migrations)", firsts, "s")
    figures.rounds("second", seconds, "s")
