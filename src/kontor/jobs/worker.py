"""The worker process: threads that run jobs, one that listens and looks, one that keeps leases alive."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from uuid import UUID

import psycopg
from django.db import InterfaceError, OperationalError, connections

from kontor.core.config import settings
from kontor.core.database import parameters
from kontor.jobs import schedules
from kontor.jobs.claims import Claimed, claim, lanes_due, renew
from kontor.jobs.models import Lane
from kontor.jobs.registry import HANDLERS
from kontor.jobs.run import JobRun
from kontor.jobs.runner import run_claimed
from kontor.jobs.service import CHANNEL

LOOK_SECONDS = 1.0  # how late a job may start whose hint was lost, or a retry, or what is scheduled
AWAY_SECONDS = 0.5
# Beside the others: whoever waits for a stranger's server takes no seat from our own work.
OUTSIDE_THREADS = 4
# What each spare seat may serve; every lane is served by one.
SPARE: list[tuple[Lane, ...]] = [(Lane.NOW, Lane.NORMAL, Lane.BULK), (Lane.OUTSIDE,)]
AWAY = (OperationalError, InterfaceError, psycopg.OperationalError)
log = logging.getLogger("kontor.jobs")


def lanes_of(threads: int) -> list[tuple[Lane, ...]]:
    """What each thread serves, most important first. One is always free for what somebody waits for (with two or more
    threads), half of the others never sink into bulk work, and one prefers bulk work, so that it never starves.
    OUTSIDE_THREADS more serve what goes to other people's servers, and nothing else."""
    everything = (Lane.NOW, Lane.NORMAL, Lane.BULK)
    outside: list[tuple[Lane, ...]] = [(Lane.OUTSIDE,)] * OUTSIDE_THREADS
    if threads == 1:
        return [everything, *outside]
    plan: list[tuple[Lane, ...]] = [(Lane.NOW,), (Lane.BULK, Lane.NORMAL, Lane.NOW)]
    others = ((Lane.NOW, Lane.NORMAL), everything)
    return plan + [others[number % 2] for number in range(threads - len(plan))] + outside


class Leases:
    """Renews what this process holds, three times per lease."""

    def __init__(self) -> None:
        self._held: dict[UUID, JobRun] = {}
        self._guard = threading.Lock()

    @contextmanager
    def holding(self, run: JobRun) -> Iterator[None]:
        """Renews the lease of `run` until the block ends."""
        with self._guard:
            self._held[run.lease] = run
        try:
            yield
        finally:
            with self._guard:
                del self._held[run.lease]

    def renew(self) -> None:
        """One turn. A run whose lease another took is told so."""
        with self._guard:
            held = dict(self._held)
        if not held:
            return
        still = renew(list(held))
        with self._guard:
            for lease, run in held.items():
                if lease not in still and lease in self._held:
                    run.lost.set()


class Seat:
    """One thread and what it serves. `woken` is set by whoever has a hint; cleared before each look, so none is lost."""

    def __init__(self, lanes: tuple[Lane, ...], *, spare: bool = False) -> None:
        self.lanes = lanes
        self.spare = spare
        self.woken = threading.Event()
        self.tenant_id: UUID | None = None  # whose job runs here


class Worker:
    """Runs jobs until `stop`. Usable in a process of its own or inside a test.

    Two seats (SPARE) stand beside the others and stay empty until every other that serves a lane is taken: then they
    take that lane's job of a business that holds none of those and has nothing running in the lane anywhere. So a
    business whose long jobs hold a whole worker still lets another one's first job begin at once, and one that is alone
    has all the seats it would have without. Whose jobs the seats hold is known to the process without asking anybody;
    what runs in other workers is counted by the claim anyway.
    """

    def __init__(self, threads: int | None = None, *, kinds: Collection[str] | None = None) -> None:
        self._kinds = kinds
        self._leases = Leases()
        self._stopping = threading.Event()
        self._done = threading.Event()
        self._seats = [Seat(lanes) for lanes in lanes_of(threads or settings().job_threads)]
        self._seats += [Seat(lanes, spare=True) for lanes in SPARE]  # last, so that they are woken last
        self._runners = [
            threading.Thread(target=self._serve, args=[seat], name=f"job-{number}")
            for number, seat in enumerate(self._seats)
        ]
        self._keepers = [
            threading.Thread(target=self._listen, name="job-listen"),
            threading.Thread(target=self._keep, name="job-leases"),
        ]

    def __enter__(self) -> Worker:
        for thread in (*self._runners, *self._keepers):
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def wait(self) -> None:
        """Blocks until somebody asks it to stop."""
        while not self._stopping.wait(0.5):  # in turns, so that signals are heard
            pass

    def ask_to_stop(self) -> None:
        """Takes nothing new from now on; safe in a signal handler."""
        self._stopping.set()

    def stop(self, *, patience_seconds: float = 20.0) -> None:
        """Takes nothing new and lets running jobs finish; those that take longer are left to their leases."""
        self._stopping.set()
        for seat in self._seats:
            seat.woken.set()
        deadline = time.monotonic() + patience_seconds
        for thread in self._runners:
            thread.join(max(0.0, deadline - time.monotonic()))
        self._done.set()
        with suppress(*AWAY), psycopg.connect(**parameters(), autocommit=True) as database:
            database.execute(f"notify {CHANNEL}")  # so that the listener looks up
        for thread in self._keepers:
            thread.join()

    def _serve(self, seat: Seat) -> None:
        while not self._stopping.is_set():
            seat.woken.clear()
            try:
                worked = self._run_next(seat)
            except AWAY as error:
                log.warning("the database is away: %s", error)
                worked = False
            finally:
                seat.tenant_id = None
                connections.close_all()
            if not worked:
                seat.woken.wait()

    def _run_next(self, seat: Seat) -> bool:
        for lane in seat.lanes:
            if claimed := self._claim(lane, seat):
                seat.tenant_id = claimed.tenant_id
                self._wake(lane)  # where one was due there may be more
                run_claimed(claimed, self._leases)
                return True
        return False

    def _claim(self, lane: Lane, seat: Seat) -> Claimed | None:
        if not seat.spare:
            return claim(lane, self._known())
        holders = {each.tenant_id for each in self._seats if lane in each.lanes and not each.spare}
        if None in holders:  # a seat of everybody's is free: whoever sits there looks by itself
            return None
        return claim(lane, self._known(), newcomer_besides={holder for holder in holders if holder})

    def _known(self) -> Sequence[str]:
        return list(self._kinds or HANDLERS)

    def _wake(self, lane: str) -> None:
        """One idle thread that serves `lane`; a busy one looks by itself when it is done."""
        for seat in self._seats:
            if seat.tenant_id is None and lane in seat.lanes and not seat.woken.is_set():
                seat.woken.set()
                return

    def _listen(self) -> None:
        while not self._done.is_set():
            try:
                with psycopg.connect(**parameters(), autocommit=True) as database:
                    # Before the first look, so that nothing falls between.
                    database.execute(f"listen {CHANNEL}")
                    self._begin()
                    looked_at = -LOOK_SECONDS
                    while not self._done.is_set():
                        if time.monotonic() - looked_at >= LOOK_SECONDS:
                            looked_at = time.monotonic()
                            self._look()
                        for hint in database.notifies(timeout=LOOK_SECONDS, stop_after=1):
                            self._wake(hint.payload)
            except AWAY as error:
                log.warning("the database is away: %s", error)
                self._done.wait(AWAY_SECONDS)

    def _begin(self) -> None:
        try:
            schedules.ensure_declared()
        finally:
            connections.close_all()

    def _look(self) -> None:
        try:
            if not self._stopping.is_set():
                schedules.insert_due()
                for lane in lanes_due(list(Lane), self._known()):
                    self._wake(lane)
        finally:
            connections.close_all()

    def _keep(self) -> None:
        while not self._done.wait(settings().job_lease_seconds / 3):
            try:
                self._leases.renew()
            except AWAY as error:
                log.warning("leases could not be renewed: %s", error)
            finally:
                connections.close_all()
