"""The worker as a process: it hears of work at once, renews while it works, and dies without losing anything."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import OperationalError, connection
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from kontor.core.tenancy import tenant
from kontor.jobs import registry, service
from kontor.jobs.models import Job, Lane, Outcome, Status
from kontor.jobs.run import JobRun
from kontor.jobs.worker import OUTSIDE_THREADS, Worker, lanes_of

Register = Callable[..., Callable[[registry.Handle], registry.Handle]]
SOURCE = Path(__file__).parents[2] / "src"


def until(is_true: Callable[[], bool], seconds: float = 30) -> float:
    start = time.monotonic()
    while not is_true():
        assert time.monotonic() - start < seconds
        time.sleep(0.02)
    return time.monotonic() - start


def add(tenant_id: UUID, **options: object) -> Job:
    with tenant(tenant_id):
        return service.add("test.step", options.pop("payload", {}), **options)  # type: ignore[arg-type]


@pytest.fixture
def diary(superuser: str) -> Iterator[Callable[[str], list[tuple[int, int]]]]:
    """What the worker processes wrote: (n, how often) by what they said."""
    with psycopg.connect(superuser, autocommit=True) as db:
        db.execute("create table test_diary (n int, what text, pid int)")
        db.execute("grant insert on test_diary to kontor_app")
        yield lambda what: [
            (int(row[0]), int(row[1]))
            for row in db.execute(
                "select n, count(*) from test_diary where what = %s group by n", [what]
            ).fetchall()
        ]
        db.execute("drop table test_diary")


def start_worker(work_seconds: float, lease_seconds: float) -> subprocess.Popen[str]:
    environment = os.environ | {"PYTHONPATH": str(SOURCE), "KONTOR_JOB_LEASE_SECONDS": str(lease_seconds)}
    command = [sys.executable, str(Path(__file__).with_name("killed_worker.py")), str(work_seconds)]
    return subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def test_ten_killed_workers_lose_nothing(
    tenant_a: UUID, diary: Callable[[str], list[tuple[int, int]]]
) -> None:
    jobs = 40
    for n in range(jobs):
        add(tenant_a, payload={"n": n})
    for _ in range(10):
        begun = sum(times for _, times in diary("begin"))
        worker = start_worker(work_seconds=0.1, lease_seconds=1)
        until(
            lambda so_far=begun: (
                sum(times for _, times in diary("begin")) >= so_far + 2 or len(diary("end")) == jobs
            )
        )  # type: ignore[misc]
        worker.kill()
        worker.communicate()
    worker = start_worker(work_seconds=0.01, lease_seconds=1)
    until(lambda: {n for n, _ in diary("end")} == set(range(jobs)))
    with tenant(tenant_a):
        until(lambda: Job.objects.exclude(status=Status.DONE).count() == 0)
        assert set(Job.objects.values_list("outcome", flat=True)) == {Outcome.SUCCEEDED}
    worker.communicate("")
    assert worker.returncode == 0


def test_work_starts_long_before_the_next_look(
    tenant_a: UUID, handler: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kontor.jobs.worker.LOOK_SECONDS", 60)
    started = threading.Event()
    handler("test.step")(lambda run: started.set())
    with Worker(2, kinds=["test.step"]):
        for _ in range(5):
            started.clear()
            add(tenant_a, lane=Lane.NOW)
            until(started.is_set, 20)


def test_a_lease_is_renewed_while_the_handler_works(tenant_a: UUID, handler: Register) -> None:
    """Works three leases long without saying a word, and is neither doubled nor lost."""
    runs: list[UUID] = []

    @handler("test.step")
    def long(run: JobRun) -> None:
        runs.append(run.id)
        threading.Event().wait(6)
        run.check()

    job = add(tenant_a)
    with Worker(4, kinds=["test.step"]), Worker(4, kinds=["test.step"]), tenant(tenant_a):
        until(lambda: Job.objects.get(id=job.id).status == Status.DONE)
        assert Job.objects.get(id=job.id).outcome == Outcome.SUCCEEDED
    assert runs == [job.id]


def test_a_stopped_worker_finishes_what_it_began(tenant_a: UUID, handler: Register) -> None:
    begun, go_on = threading.Event(), threading.Event()

    @handler("test.step")
    def step(run: JobRun) -> None:
        begun.set()
        go_on.wait(20)

    job = add(tenant_a)
    worker = Worker(2, kinds=["test.step"])
    with worker:
        until(begun.is_set)
        later = add(tenant_a)
        stopping = threading.Thread(target=worker.stop)
        stopping.start()
        go_on.set()
        stopping.join()
    with tenant(tenant_a):
        assert Job.objects.get(id=job.id).outcome == Outcome.SUCCEEDED
        assert Job.objects.get(id=later.id).status in (Status.WAITING, Status.DONE)


def cut_all_connections(superuser: str) -> None:
    """As when the server dies: every connection of the application goes at once."""
    with psycopg.connect(superuser, autocommit=True) as db:
        db.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where usename = 'kontor_app' and datname = current_database()"
        )


@pytest.fixture
def dead_connections_forgotten() -> Iterator[None]:
    """Later tests shall not meet the connections that this one killed."""
    yield
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]


@pytest.mark.usefixtures("dead_connections_forgotten")
def test_a_killed_database_is_survived(tenant_a: UUID, handler: Register, superuser: str) -> None:
    done: list[int] = []
    handler("test.step")(lambda run: done.append(run.payload["n"]))
    with Worker(3, kinds=["test.step"]):
        for n in range(1, 6):
            until(lambda n=n: came_through(tenant_a, n))  # type: ignore[misc]
            until(lambda n=n: n in done)  # type: ignore[misc]
            cut_all_connections(superuser)


def came_through(tenant_id: UUID, n: int) -> bool:
    try:
        add(tenant_id, payload={"n": n}, key=str(n))
    except OperationalError:
        connection.close()
        return False
    return True


@pytest.mark.usefixtures("dead_connections_forgotten")
def test_a_restart_under_a_handler_does_not_make_it_run_twice(
    tenant_a: UUID, handler: Register, superuser: str
) -> None:
    begun, go_on, runs = threading.Event(), threading.Event(), []

    @handler("test.step")
    def step(run: JobRun) -> None:
        runs.append(run.id)
        begun.set()
        go_on.wait(20)

    job = add(tenant_a)
    with Worker(3, kinds=["test.step"]):
        until(begun.is_set)
        cut_all_connections(superuser)
        go_on.set()

        def is_done() -> bool:
            try:
                with tenant(tenant_a):
                    return Job.objects.get(id=job.id).outcome == Outcome.SUCCEEDED
            except OperationalError:
                connection.close()
                return False

        until(is_done)
    assert runs == [job.id]


@pytest.mark.parametrize("threads", range(1, 12))
def test_every_lane_has_a_thread_and_the_urgent_one_its_own(threads: int) -> None:
    plan = lanes_of(threads)
    assert len(plan) == threads + OUTSIDE_THREADS
    assert all(lanes == (Lane.OUTSIDE,) for lanes in plan if Lane.OUTSIDE in lanes)
    assert {lane for lanes in plan for lane in lanes} == set(Lane)
    if threads > 1:
        assert (Lane.NOW,) in plan
    if threads > 2:
        assert any(Lane.NORMAL in lanes and Lane.BULK not in lanes for lanes in plan)


class LongWork:
    """Jobs that hold their seats until the test lets them go."""

    def __init__(self, handler: Register) -> None:
        self.go_on = threading.Event()
        self.begun: Counter[UUID] = Counter()
        handler("test.step")(self._hold)

    def _hold(self, run: JobRun) -> None:
        self.begun[run.tenant_id] += 1
        self.go_on.wait(60)


@contextmanager
def workers(count: int, threads: int, work: LongWork) -> Iterator[None]:
    with ExitStack() as stack:
        for _ in range(count):
            stack.enter_context(Worker(threads, kinds=["test.step"]))
        try:
            yield
        finally:
            work.go_on.set()


def seats_for(lanes: set[Lane], threads: int) -> int:
    return sum(1 for served in lanes_of(threads) if lanes & set(served))


@hypothesis_settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    threads=st.integers(1, 6),
    count=st.integers(1, 2),
    crowded=st.sets(st.sampled_from(list(Lane)), min_size=1),
    wanted=st.sampled_from(list(Lane)),
)
def test_a_job_begins_while_another_business_has_long_ones_on_every_seat(
    emptied: Callable[[], None],
    handler: Register,
    threads: int,
    count: int,
    crowded: set[Lane],
    wanted: Lane,
) -> None:
    """However many threads and workers, and whichever lanes the long jobs are in."""
    emptied()
    registry.HANDLERS.pop("test.step", None)
    crowd, newcomer = uuid4(), uuid4()
    work = LongWork(handler)
    for number in range(50):
        add(crowd, lane=sorted(crowded)[number % len(crowded)])
    with workers(count, threads, work):
        # Alone, it has every seat that it would have without the spare ones.
        until(lambda: work.begun[crowd] == count * seats_for(crowded, threads))
        add(newcomer, lane=wanted)
        until(lambda: work.begun[newcomer] == 1, 20)
        assert not work.go_on.is_set()


def test_a_third_business_begins_at_once_where_one_is_on_all_seats_of_two_workers(
    handler: Register, tenant_a: UUID, tenant_b: UUID
) -> None:
    """The second has its spare seat, in whichever worker, and leaves the other worker's to the third."""
    work, third = LongWork(handler), uuid4()
    for _ in range(50):
        add(tenant_a, lane=Lane.BULK)
    with workers(2, 4, work):
        until(lambda: work.begun[tenant_a] == 2 * seats_for({Lane.BULK}, 4))
        for _ in range(3):
            add(tenant_b, lane=Lane.BULK)
        until(lambda: work.begun[tenant_b] == 1)
        add(third, lane=Lane.BULK)
        until(lambda: work.begun[third] == 1)
        assert work.begun[tenant_b] == 1
