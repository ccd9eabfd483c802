"""A business with ten thousand jobs slows only itself: in each lane the businesses take turns."""

from __future__ import annotations

import statistics
import time
from collections import Counter
from collections.abc import Callable
from uuid import UUID, uuid4

from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from kontor.core.tenancy import tenant
from kontor.jobs.claims import Claimed, claim
from kontor.jobs.models import Job, Lane, Status

KIND = "tests.fair"


def queue(tenant_id: UUID, count: int, lane: Lane = Lane.BULK) -> None:
    with tenant(tenant_id):
        Job.objects.bulk_create([Job(kind=KIND, lane=lane) for _ in range(count)], batch_size=2000)


def claimed(lane: Lane = Lane.BULK) -> Claimed | None:
    return claim(lane, [KIND])


def finish(job: Claimed) -> None:
    with tenant(job.tenant_id):
        Job.objects.filter(id=job.id).update(status=Status.DONE)


def test_the_first_job_of_one_is_next_however_many_another_has(tenant_a: UUID, tenant_b: UUID) -> None:
    for lane in Lane:
        queue(tenant_a, 10_000 if lane == Lane.BULK else 100, lane)
        for _ in range(3):
            taken = claimed(lane)
            assert taken
            finish(taken)
        queue(tenant_b, 1, lane)
        taken = claimed(lane)
        assert taken
        assert taken.tenant_id == tenant_b


def test_looking_through_ten_thousand_jobs_costs_no_more_than_through_ten(
    tenant_a: UUID, tenant_b: UUID
) -> None:
    def median_seconds() -> float:
        found = []
        for _ in range(15):
            began = time.perf_counter()
            taken = claimed()
            found.append(time.perf_counter() - began)
            assert taken
            finish(taken)
        return statistics.median(found)

    queue(tenant_b, 20)
    few = median_seconds()
    queue(tenant_a, 10_000)
    many = median_seconds()
    print(f"a claim: {few * 1000:.1f} ms with 20 jobs, {many * 1000:.1f} ms with 10,000")
    assert many < 10 * few + 0.02


@hypothesis_settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    counts=st.lists(st.integers(1, 6), min_size=2, max_size=4),
    seats=st.integers(1, 3),
)
def test_whoever_waits_is_served_before_another_is_served_twice_more(
    emptied: Callable[[], None], counts: list[int], seats: int
) -> None:
    """Threads that take and finish jobs in turns, whatever each business has queued."""
    emptied()
    left = Counter({uuid4(): count for count in counts})
    for tenant_id, count in left.items():
        queue(tenant_id, count)
    running: list[Claimed] = []
    since: dict[UUID, Counter[UUID]] = {tenant_id: Counter() for tenant_id in left}
    while left.total():
        if len(running) == seats:
            finish(running.pop(0))
        taken = claimed()
        assert taken, "there is work, and a seat"
        mine = sum(1 for job in running if job.tenant_id == taken.tenant_id)
        for other, count in left.items():
            if count and other != taken.tenant_id:
                theirs = sum(1 for job in running if job.tenant_id == other)
                assert mine <= theirs, "one who has less running comes first"
                since[other][taken.tenant_id] += 1
                assert since[other][taken.tenant_id] <= 2
        since[taken.tenant_id].clear()
        left[taken.tenant_id] -= 1
        running.append(taken)
