"""A channel's limit is kept in every span of time, and no merchant can use it up alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kontor.channels.transport.limits import HOLD_LONGEST, HOLD_SECONDS, Limit, Usage, hold, queue, take, wait

FIVE = Limit("five", calls=5, seconds=10)
START = 1_700_000_000.0


def ask(usage: Usage, limit: Limit, tenant: str, now: float) -> float:
    """What the gate does: 0.0 and taken, or the time to wait, and queued."""
    usage = roundtrip(usage)
    usage.advance(limit, now)
    seconds = wait(usage, limit, tenant, now)
    if seconds:
        queue(usage, limit, tenant, now, seconds)
    else:
        take(usage, limit, tenant, now)
    return seconds


def roundtrip(usage: Usage) -> Usage:
    read = Usage.from_json(usage.as_json())
    assert read == usage
    return usage


@given(
    st.integers(1, 40),
    st.sampled_from([0.5, 5, 60, 86_400]),
    st.lists(st.floats(0, 0.5), min_size=1, max_size=120),
)
def test_no_span_of_time_ever_sees_more_calls_than_allowed(
    calls: int, seconds: float, pauses: list[float]
) -> None:
    limit, usage, now, gone = Limit("x", calls, seconds), Usage(), START, []
    for pause in pauses:
        now += pause * seconds / 5
        if not ask(usage, limit, "a", now):
            gone.append(now)
    for moment in gone:
        assert sum(moment - seconds < other <= moment for other in gone) <= calls


@given(st.integers(1, 20), st.sampled_from([1.0, 5.0]))
def test_who_comes_back_when_told_gets_through_and_the_limit_is_used(calls: int, seconds: float) -> None:
    limit, usage, now, gone = Limit("x", calls, seconds), Usage(), START, 0
    while now < START + 10 * seconds:
        waiting = ask(usage, limit, "a", now)
        gone += not waiting
        now += waiting
    assert gone >= calls * 8  # a slot of twenty is lost to strictness, and the last window is cut


def test_a_greedy_tenant_leaves_half_when_another_waits() -> None:
    usage, now, gone = Usage(), START, {"greedy": 0, "small": 0}
    limit = Limit("x", 20, 10)
    while ask(usage, limit, "greedy", now) == 0:
        gone["greedy"] += 1
    assert gone["greedy"] == 20  # nobody else wanted anything
    for _ in range(400):
        now += 0.25
        for tenant in ("greedy", "greedy", "greedy", "small"):
            gone[tenant] += ask(usage, limit, tenant, now) == 0
    later = {tenant: count - (20 if tenant == "greedy" else 0) for tenant, count in gone.items()}
    assert sum(later.values()) > 150
    assert 0.8 < later["small"] / later["greedy"] < 1.25


def test_a_contented_tenant_does_not_shrink_the_others_shares() -> None:
    usage, now = Usage(), START
    limit = Limit("x", 21, 10)
    assert ask(usage, limit, "contented", now) == 0
    queue(usage, limit, "a", now, 5)
    queue(usage, limit, "b", now, 5)
    got = {tenant: sum(ask(usage, limit, tenant, now) == 0 for _ in range(21)) for tenant in ("a", "b")}
    assert got == {"a": 10, "b": 10}


def test_a_tenant_that_no_longer_waits_frees_its_share() -> None:
    usage = Usage()
    limit = Limit("x", 4, 1000)
    queue(usage, limit, "gone", START, 1)
    assert [ask(usage, limit, "a", START) == 0 for _ in range(3)] == [True, True, False]
    assert ask(usage, limit, "a", START + 62) == 0


def test_a_hold_stops_all_and_doubles_when_it_comes_again_soon() -> None:
    usage = Usage()
    assert hold(usage, START, until=0) == START + HOLD_SECONDS
    assert hold(usage, START + 1, until=0) == START + HOLD_SECONDS  # the same burst
    assert ask(usage, FIVE, "a", START + 1) == HOLD_SECONDS - 1
    assert ask(usage, FIVE, "b", START + 2) == HOLD_SECONDS - 2
    again = START + HOLD_SECONDS + 5
    assert hold(usage, again, until=0) == again + 2 * HOLD_SECONDS
    for _ in range(20):
        again = usage.held_until + 1
        hold(usage, again, until=0)
    assert usage.held_until == again + HOLD_LONGEST
    much_later = usage.held_until + 3600
    assert hold(usage, much_later, until=0) == much_later + HOLD_SECONDS


def test_a_hold_lasts_as_long_as_the_channel_says() -> None:
    assert hold(Usage(), START, until=START + 7200) == START + 7200
