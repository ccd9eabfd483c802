"""What somebody who asks for work can rely on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.db.utils import ProgrammingError

from kontor.channels.contract.errors import Rejected, Throttled, Unavailable
from kontor.core.cause import cause_of
from kontor.core.clock import now
from kontor.core.errors import Problem
from kontor.core.tenancy import tenant
from kontor.jobs import queries, registry, schedules, service
from kontor.jobs.claims import claim, sweeping
from kontor.jobs.errors import JobFinished, JobNotFound, LeaseLost, Watching
from kontor.jobs.models import Job, JobItem, Lane, Outcome, Schedule, Status
from kontor.jobs.run import JobRun
from kontor.jobs.runner import CRASH_LIMIT, run_claimed, run_one
from kontor.live.models import Event

Register = Callable[..., Callable[[registry.Handle], registry.Handle]]
Read = Callable[[UUID], Job]
Drain = Callable[..., int]


def add(tenant_id: UUID, kind: str = "test.work", **options: object) -> Job:
    with tenant(tenant_id):
        return service.add(kind, {"n": 1}, **options)  # type: ignore[arg-type]


def test_work_is_done_and_says_so(tenant_a: UUID, handler: Register, drain: Drain, read: Read) -> None:
    seen: list[object] = []

    @handler("test.work")
    def work(run: JobRun) -> None:
        seen.append((run.payload, run.tenant_id, cause_of()))
        run.progress(done=1, total=3, note="halfway")
        run.tally(live=1)
        run.tally(live=1, refused=1)
        run.item("listing", "7", "Lamp", "refused", Problem("price.missing", "No price", "price"))

    job = add(tenant_a, label="3 things")
    assert drain() == 1
    cause = {"kind": "job", "id": str(job.id), "label": "3 things"}
    assert seen == [({"n": 1}, tenant_a, cause)]
    job = read(job.id)
    assert (job.status, job.outcome, job.attempts) == (Status.DONE, Outcome.SUCCEEDED, 1)
    assert (job.done, job.total, job.note, job.tallies) == (1, 3, "halfway", {"live": 2, "refused": 1})
    with tenant(tenant_a):
        item = JobItem.objects.get(job_id=job.id)
        assert (item.ref_id, item.state, item.problem["code"]) == ("7", "refused", "price.missing")
        assert Event.objects.filter(kind="job.changed", entity_id=job.id).count() >= 2


def test_a_rolled_back_fact_starts_nothing(tenant_a: UUID, handler: Register, drain: Drain) -> None:
    handler("test.work")(lambda run: None)

    def fact() -> None:
        with tenant(tenant_a):
            service.add("test.work", {})
            raise LookupError

    with pytest.raises(LookupError):
        fact()
    assert drain() == 0


def test_a_key_is_unique_while_it_waits_and_no_longer(
    tenant_a: UUID, handler: Register, drain: Drain, read: Read
) -> None:
    asked_again: list[UUID] = []

    @handler("test.work")
    def work(run: JobRun) -> None:
        if not asked_again:  # an edit while the job runs must not be swallowed
            asked_again.append(add(tenant_a, key="push:1").id)

    later = now() + timedelta(hours=1)
    first = add(tenant_a, key="push:1", run_at=later)
    sooner = add(tenant_a, key="push:1")
    assert sooner.id == first.id
    assert read(first.id).run_at < later
    assert add(tenant_a, key="push:1", run_at=later).run_at < later
    assert drain() == 2
    assert asked_again != [first.id]


def test_a_key_belongs_to_one_tenant(tenant_a: UUID, tenant_b: UUID) -> None:
    assert add(tenant_a, key="push:1").id != add(tenant_b, key="push:1").id


def test_one_job_of_a_lock_at_a_time(tenant_a: UUID, handler: Register) -> None:
    handler("test.work")(lambda run: None)
    first, second = add(tenant_a, lock="sku:1"), add(tenant_a, lock="sku:1")
    held = claim(Lane.NORMAL, ["test.work"])
    assert held
    assert held.id == first.id
    assert claim(Lane.NORMAL, ["test.work"]) is None
    run_claimed(held)
    then = claim(Lane.NORMAL, ["test.work"])
    assert then
    assert then.id == second.id


def test_a_tenant_with_much_work_does_not_hold_up_another(
    tenant_a: UUID, tenant_b: UUID, handler: Register
) -> None:
    order: list[UUID] = []
    handler("test.work")(lambda run: order.append(run.tenant_id))
    for _ in range(20):
        add(tenant_a)
    for _ in range(3):
        add(tenant_b)
    while run_one([Lane.NORMAL]):
        pass
    assert order.index(tenant_b) <= 1
    assert [who for who in order[:7] if who == tenant_b] == [tenant_b] * 3


def test_the_tenant_with_fewest_running_comes_first(tenant_a: UUID, tenant_b: UUID) -> None:
    for who in (tenant_a, tenant_a, tenant_a, tenant_b):
        add(who)
    claimed = [claim(Lane.NORMAL, ["test.work"]) for _ in range(3)]
    assert sorted(str(one.tenant_id) for one in claimed if one) == sorted(
        map(str, [tenant_a, tenant_a, tenant_b])
    )


def test_an_outage_is_tried_again_with_growing_pauses_and_given_up(
    tenant_a: UUID, handler: Register, drain: Drain, read: Read
) -> None:
    @handler("test.work", retries=3, backoff_seconds=10)
    def work(run: JobRun) -> None:
        raise Unavailable("no answer", maybe_applied=False)

    job = add(tenant_a)
    assert drain() == 1
    assert (read(job.id).status, read(job.id).problem["code"]) == (Status.WAITING, "channel.unavailable")
    assert drain(ahead_seconds=1000) == 3
    row = read(job.id)
    assert (row.status, row.outcome, row.attempts) == (Status.DONE, Outcome.FAILED, 4)


def test_pauses_double(tenant_a: UUID, handler: Register, read: Read) -> None:
    @handler("test.work", retries=9, backoff_seconds=10)
    def work(run: JobRun) -> None:
        raise Unavailable("no answer", maybe_applied=False, retry_after_seconds=25)

    job, pauses = add(tenant_a), []
    for _ in range(4):
        assert run_one(ahead_seconds=1000)
        pauses.append((read(job.id).run_at - now()).total_seconds())
    assert 24 < pauses[0] < 26  # what the channel asked for is longer than ours
    assert 30 < pauses[2] < 50
    assert 60 < pauses[3] < 100


def test_too_fast_waits_and_loses_no_attempt(
    tenant_a: UUID, handler: Register, drain: Drain, read: Read
) -> None:
    until = now() + timedelta(minutes=5)

    @handler("test.work", retries=0)
    def work(run: JobRun) -> None:
        raise Throttled("slow down", until=until, resource="inventory")

    job = add(tenant_a)
    drain()
    row = read(job.id)
    assert (row.status, row.attempts, row.run_at) == (Status.WAITING, 0, until)
    assert row.problem["code"] == "channel.throttled"


def test_again_waits_and_loses_no_attempt(
    tenant_a: UUID, handler: Register, drain: Drain, read: Read
) -> None:
    @handler("test.work")
    def work(run: JobRun) -> None:
        if not ran:
            ran.append(run.attempts)
            run.again(after_seconds=60)

    ran: list[int] = []
    job = add(tenant_a)
    assert drain() == 1
    assert read(job.id).attempts == 0
    assert drain(ahead_seconds=61) == 1
    assert read(job.id).outcome == Outcome.SUCCEEDED


def test_a_job_whose_work_goes_on_in_others_is_seen_to_run(
    tenant_a: UUID, handler: Register, drain: Drain, read: Read
) -> None:
    @handler("test.work")
    def work(run: JobRun) -> None:
        if not looks:
            looks.append(run.id)
            raise Watching(after_seconds=60)

    looks: list[UUID] = []
    job = add(tenant_a, label="publish")
    assert drain() == 1
    row = read(job.id)
    assert (row.status, row.shown_status, row.attempts) == (Status.WAITING, Status.LEASED, 0)
    with tenant(tenant_a):
        assert [each.id for each in queries.find(statuses=[Status.LEASED])] == [job.id]
        assert not queries.find(statuses=[Status.WAITING])
        counts = queries.counts()
        assert (counts["running"], counts["waiting"]) == (1, 0)
        service.pause(job.id)
    assert read(job.id).shown_status == Status.PAUSED
    with tenant(tenant_a):
        service.resume(job.id)
    assert drain(ahead_seconds=61) == 1
    assert read(job.id).shown_status == Status.DONE


def test_a_business_no_is_told_and_never_repeated(
    tenant_a: UUID, handler: Register, drain: Drain, read: Read
) -> None:
    @handler("test.work")
    def work(run: JobRun) -> None:
        raise Rejected("Title too long", problems=(Problem("title.too_long", "Title too long", "title"),))

    job = add(tenant_a)
    assert drain(ahead_seconds=10_000) == 1
    row = read(job.id)
    assert (row.status, row.outcome) == (Status.DONE, Outcome.FAILED)
    assert row.problem["params"]["problems"][0]["field"] == "title"


def test_a_bug_is_an_error_and_shows_no_traceback(
    tenant_a: UUID, handler: Register, drain: Drain, read: Read, caplog: pytest.LogCaptureFixture
) -> None:
    @handler("test.work")
    def work(run: JobRun) -> None:
        raise ZeroDivisionError("secret detail")

    job = add(tenant_a)
    drain()
    row = read(job.id)
    assert (row.outcome, row.problem["code"]) == (Outcome.ERROR, "job.error")
    assert "secret" not in str(row.problem)
    assert "secret detail" in caplog.text


def test_a_dead_workers_job_is_taken_over(
    tenant_a: UUID, handler: Register, drain: Drain, read: Read, expire: Callable[[UUID], None]
) -> None:
    handler("test.work")(lambda run: None)
    job = add(tenant_a)
    assert claim(Lane.NORMAL, ["test.work"])
    assert drain() == 0
    expire(job.id)
    assert drain() == 1
    assert (read(job.id).outcome, read(job.id).crashes, read(job.id).attempts) == (Outcome.SUCCEEDED, 1, 1)


def test_who_lost_the_lease_can_neither_report_nor_finish(
    tenant_a: UUID, handler: Register, read: Read, expire: Callable[[UUID], None]
) -> None:
    @handler("test.work")
    def slow(run: JobRun) -> None:
        expire(run.id)
        other = claim(Lane.NORMAL, ["test.work"])
        assert other
        for report in (run.check, lambda: run.progress(done=99), lambda: run.tally(live=9)):
            with pytest.raises(LeaseLost):
                report()

    job = add(tenant_a)
    run_one()
    row = read(job.id)
    assert (row.status, row.outcome, row.done, row.tallies) == (Status.LEASED, "", 0, {})


def test_a_job_that_kills_its_workers_is_ended(
    tenant_a: UUID, handler: Register, drain: Drain, read: Read
) -> None:
    handler("test.work")(lambda run: pytest.fail("must not run"))
    job = add(tenant_a)
    with tenant(tenant_a):
        Job.objects.filter(id=job.id).update(crashes=CRASH_LIMIT)
    drain()
    assert read(job.id).problem["code"] == "job.keeps_crashing"


def test_cancel_ends_what_waits_and_stops_what_runs(
    tenant_a: UUID, handler: Register, drain: Drain, read: Read
) -> None:
    done: list[int] = []

    @handler("test.work")
    def work(run: JobRun) -> None:
        for n in range(10):
            run.progress(done=n, total=10)
            done.append(n)
            if n == 3:
                with tenant(tenant_a):
                    service.cancel(run.id)

    waiting, running = add(tenant_a, run_at=now() + timedelta(days=1)), add(tenant_a)
    with tenant(tenant_a):
        assert service.cancel(waiting.id).outcome == Outcome.CANCELLED
    drain()
    assert done == [0, 1, 2, 3]
    assert (read(running.id).outcome, read(running.id).wish) == (Outcome.CANCELLED, "")
    with tenant(tenant_a), pytest.raises(JobFinished):
        service.cancel(running.id)


def test_pause_holds_and_resume_goes_on(tenant_a: UUID, handler: Register, drain: Drain, read: Read) -> None:
    runs: list[int] = []

    @handler("test.work")
    def work(run: JobRun) -> None:
        runs.append(1)
        if len(runs) == 1:
            with tenant(tenant_a):
                service.pause(run.id)
        run.check()

    running, waiting = add(tenant_a), add(tenant_a, run_at=now() + timedelta(days=1))
    with tenant(tenant_a):
        assert service.pause(waiting.id).status == Status.PAUSED
    drain(ahead_seconds=100_000)
    assert read(running.id).status == Status.PAUSED
    assert drain(ahead_seconds=100_000) == 0
    with tenant(tenant_a):
        service.resume(running.id)
        service.resume(waiting.id)
    assert drain() == 2
    assert read(running.id).outcome == read(waiting.id).outcome == Outcome.SUCCEEDED


def test_parts_follow_their_job(tenant_a: UUID, read: Read) -> None:
    whole = add(tenant_a)
    parts = [add(tenant_a, parent=whole.id) for _ in range(3)]
    with tenant(tenant_a):
        service.pause(whole.id)
        assert {read_part.status for read_part in Job.objects.filter(parent_id=whole.id)} == {Status.PAUSED}
        service.cancel(whole.id)
    assert all(read(part.id).outcome == Outcome.CANCELLED for part in parts)


def test_a_retry_gives_way_to_a_newer_wish(tenant_a: UUID, handler: Register, read: Read) -> None:
    newer: list[UUID] = []

    @handler("test.work")
    def work(run: JobRun) -> None:
        newer.append(add(tenant_a, key="push:1").id)
        raise Unavailable("no answer", maybe_applied=False)

    old = add(tenant_a, key="push:1")
    run_one()
    assert (read(old.id).outcome, read(old.id).problem["code"]) == (Outcome.CANCELLED, "job.superseded")
    assert read(newer[0]).status == Status.WAITING


def test_another_tenants_job_is_not_there(tenant_a: UUID, tenant_b: UUID) -> None:
    job = add(tenant_a)
    with tenant(tenant_b):
        for act in (service.get, service.cancel, service.pause, service.resume):
            with pytest.raises(JobNotFound):
                act(job.id)


def test_the_sweeping_role_sees_jobs_and_nothing_else(tenant_a: UUID) -> None:
    add(tenant_a)
    with sweeping() as cursor:
        cursor.execute("select count(*) from jobs_job")
        assert cursor.fetchone() == (1,)
    for statement in ("select * from jobs_jobitem", "delete from jobs_job", "update jobs_job set payload = '{}'",
                      "select * from live_event", "select * from accounts_person"):  # fmt: skip
        with pytest.raises(ProgrammingError, match="permission denied"), sweeping() as cursor:
            cursor.execute(statement)
    connection.close()


def test_a_schedule_makes_one_job_however_many_look(tenant_a: UUID, handler: Register, drain: Drain) -> None:
    seen: list[UUID] = []
    handler("test.work")(lambda run: seen.append(run.tenant_id))
    schedules.ensure("poll:1", "test.work", 60, {"connection": 1}, tenant_a)
    schedules.ensure("house", "test.work", 3600)
    assert schedules.insert_due() == 2
    assert schedules.insert_due() == 0
    assert drain() == 2
    assert set(seen) == {tenant_a, schedules.HOUSE}


def test_a_schedule_does_not_make_up_for_turns_nobody_ran(tenant_a: UUID) -> None:
    schedules.ensure("poll:1", "test.work", 60, tenant_id=tenant_a)
    Schedule.objects.update(next_at=now() - timedelta(days=3))
    assert schedules.insert_due() == 1
    schedules.insert_due()
    with tenant(tenant_a):
        assert Job.objects.count() == 1


def test_a_schedule_that_becomes_more_frequent_does_so_at_once() -> None:
    schedules.ensure("poll:2", "test.work", 86_400)
    Schedule.objects.filter(name="poll:2").update(next_at=now() + timedelta(days=1))
    schedules.ensure("poll:2", "test.work", 60)
    assert Schedule.objects.get(name="poll:2").next_at <= now() + timedelta(seconds=60)
    schedules.remove("poll:2")
    assert not Schedule.objects.filter(name="poll:2").exists()


def test_old_work_is_taken_away_and_what_people_may_still_read_stays(
    tenant_a: UUID, tenant_b: UUID, drain: Drain, handler: Register
) -> None:
    def done(tenant_id: UUID, days: int, label: str = "") -> UUID:
        job = add(tenant_id, "test.nobody", label=label)
        with tenant(tenant_id):
            old = now() - timedelta(days=days)
            Job.objects.filter(id=job.id).update(status=Status.DONE, finished_at=old)
            Event.objects.filter(entity_id=job.id).update(at=old)
        return job.id

    gone = [done(tenant_a, 4), done(tenant_b, 4), done(tenant_a, 200, "Import")]
    kept = [done(tenant_a, 1), done(tenant_b, 100, "Import"), add(tenant_a, "test.nobody").id]
    schedules.ensure_declared()
    assert drain(["jobs.prune"], scheduled=True) == 1
    left = set()
    for who in (tenant_a, tenant_b):
        with tenant(who):
            left |= set(Job.objects.values_list("id", flat=True))
            assert not Event.objects.filter(at__lt=now() - timedelta(days=90)).exists()
    assert left == set(kept)
    assert left.isdisjoint(gone)
