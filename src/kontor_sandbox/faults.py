"""What can be made to go wrong, when, and how often it did.

A fault is armed for a number of times, for operations that match a pattern such as ``PUT /sell/inventory/*``,
after letting some of them pass. Only one fault meets a request; the next armed one waits for the next request.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from kontor_sandbox.store import Store, find, rows

SCHEMA = """
CREATE TABLE IF NOT EXISTS armed_fault (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    operation TEXT NOT NULL,
    pass_by INTEGER NOT NULL,
    times INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS met_fault (name TEXT PRIMARY KEY, met INTEGER NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that can go wrong."""

    name: str
    what: str
    operations: tuple[str, ...] = ("* /*",)
    """Where it can happen at all; an armed pattern narrows this."""
    plan: tuple[tuple[str, int], ...] = ()
    """Where the seeded plan puts it: a pattern, and at most how many operations pass by first."""

    def possible(self, operation: str) -> bool:
        """Whether it can happen to this operation."""
        return any(fnmatchcase(operation, pattern) for pattern in self.operations)


@dataclass(frozen=True, slots=True)
class Fired:
    """A fault that meets the present request; the number seeds whatever it has to choose."""

    name: str
    number: int


class UnknownFault(ValueError):
    """No fault of this name."""


class FaultBoard:
    """The switches; armed and counted in the store, so that a kill changes nothing."""

    def __init__(self, store: Store, faults: Iterable[Fault]) -> None:
        self._store = store
        self.known = {fault.name: fault for fault in faults}

    def arm(self, name: str, times: int = 1, operation: str = "* *", after: int = 0) -> None:
        """Let a fault happen; raises UnknownFault."""
        if name not in self.known:
            raise UnknownFault(f"There is no fault called {name!r}. Known: {', '.join(sorted(self.known))}.")
        with self._store.transaction() as db:
            db.execute(
                "INSERT INTO armed_fault (name, operation, pass_by, times) VALUES (?, ?, ?, ?)",
                (name, operation, after, times),
            )

    def arm_plan(self, seed: int) -> None:
        """Arm every known fault at seeded points, early enough for a run of 60 listings and 20 orders."""
        chance = random.Random(seed)  # noqa: S311 (a plan to be repeated, not a secret)
        for fault in self.known.values():
            for operation, at_most in fault.plan or ((fault.operations[0], 5),):
                self.arm(fault.name, operation=operation, after=chance.randint(0, at_most))

    def disarm(self) -> None:
        """Switch everything off; what was met stays counted."""
        with self._store.transaction() as db:
            db.execute("DELETE FROM armed_fault")

    def draw(self, operation: str) -> Fired | None:
        """The fault that meets this operation (``METHOD /path``), if any; counted as met."""
        with self._store.transaction() as db:
            armed = rows(db, "SELECT * FROM armed_fault ORDER BY number")
            waiting = [
                row
                for row in armed
                if fnmatchcase(operation, row["operation"]) and self.known[row["name"]].possible(operation)
            ]
            chosen = next((row for row in waiting if row["pass_by"] == 0), None)
            for row in waiting:
                if row["pass_by"] > 0:
                    db.execute(
                        "UPDATE armed_fault SET pass_by = pass_by - 1 WHERE number = ?", (row["number"],)
                    )
            if chosen is None:
                return None
            db.execute("UPDATE armed_fault SET times = times - 1 WHERE number = ?", (chosen["number"],))
            db.execute("DELETE FROM armed_fault WHERE times <= 0")
            counted = find(
                db,
                "INSERT INTO met_fault VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET met = met + 1 RETURNING met",
                chosen["name"],
            )
        assert counted is not None
        return Fired(chosen["name"], int(counted["met"]) + int(chosen["number"]))

    def overview(self) -> list[dict[str, object]]:
        """Every known fault: what it does, how often it is still armed, how often it was met."""
        with self._store.transaction() as db:
            armed = {
                row["name"]: row["times"]
                for row in rows(db, "SELECT name, SUM(times) AS times FROM armed_fault GROUP BY name")
            }
            met = {row["name"]: row["met"] for row in rows(db, "SELECT name, met FROM met_fault")}
        return [
            {
                "name": fault.name,
                "what": fault.what,
                "armed": armed.get(fault.name, 0),
                "met": met.get(fault.name, 0),
            }
            for fault in self.known.values()
        ]
