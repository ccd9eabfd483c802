"""Pushes: subscribed once, believed only with a fitting signature over the bytes that came."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.contract.hook import Hook, listening
from tests.contract.http import Cut
from tests.contract.twin import Office, Twin

from kontor.channels.contract.capabilities import NotAuthentic, Notifies

PUSHES = 5


@pytest.fixture
def hook(office: Office) -> Iterator[Hook]:
    """An address that the channel can reach."""
    if not isinstance(office.connector, Notifies):
        pytest.skip("this channel does not push")
    with listening(office.transport.channel.challenge) as opened:
        yield opened


@pytest.fixture
def pushed(twin: Twin, office: Office, hook: Hook) -> Hook:
    """A hook that has heard of some orders."""
    office.connector.subscribe(hook.endpoint, hook.token)
    office.put_up(twin.single(office, "ONE"))
    for _ in range(PUSHES):
        twin.buy({"ONE": 1})
    hook.wait_for(PUSHES)
    return hook


def test_subscribing_names_the_topics_and_again_is_harmless(office: Office, hook: Hook) -> None:
    first = office.connector.subscribe(hook.endpoint, hook.token)
    assert first
    office.transport.exchanges.clear()
    assert office.connector.subscribe(hook.endpoint, hook.token) == first
    assert office.transport.writes() == []


def test_a_lost_answer_while_subscribing_ends_with_the_same_topics(office: Office, hook: Hook) -> None:
    for nth in range(1, 12):
        office.transport.cut = Cut(nth)
        try:
            topics = office.connector.subscribe(hook.endpoint, hook.token)
        except Exception:
            office.transport.cut = None
            topics = office.connector.subscribe(hook.endpoint, hook.token)
        assert topics
        if office.transport.cut is not None and not office.transport.cut.happened:
            break
    office.transport.cut = None
    assert office.connector.subscribe(hook.endpoint, hook.token) == topics


def test_a_push_is_believed_and_names_what_it_is_about(twin: Twin, office: Office, pushed: Hook) -> None:
    read = [office.connector.verify(headers, body) for headers, body in pushed.pushes]
    assert len({push.external_id for push in read}) == len(pushed.pushes)
    assert all(push.topic for push in read)
    known = {order for push in read for order in push.resource_ids}
    assert all(office.connector.order(order) for order in known)
    assert known


def test_one_key_is_asked_for_once(office: Office, pushed: Hook) -> None:
    office.transport.exchanges.clear()
    for headers, body in pushed.pushes * 20:
        office.connector.verify(headers, body)
    assert len(office.transport.exchanges) <= 1


@pytest.mark.parametrize("how", ["changed", "spaced", "unsigned", "swapped"])
def test_a_push_that_does_not_fit_its_signature_is_not_believed(
    office: Office, pushed: Hook, how: str
) -> None:
    (headers, body), (_, other) = pushed.pushes[:2]
    forged = {
        "changed": (headers, body.replace(b'"', b"'", 1)),
        "spaced": (headers, body + b" "),
        "unsigned": ({}, body),
        "swapped": (headers, other),
    }[how]
    with pytest.raises(NotAuthentic):
        office.connector.verify(*forged)


@pytest.mark.parametrize("fault", ["duplicate_event", "reordered_events"])
def test_a_push_that_comes_twice_or_late_is_the_same_push(
    twin: Twin, office: Office, hook: Hook, fault: str
) -> None:
    office.connector.subscribe(hook.endpoint, hook.token)
    office.put_up(twin.single(office, "ONE"))
    twin.fault(fault)
    bought = {twin.buy({"ONE": 1}), twin.buy({"ONE": 1})}
    pushes = hook.wait_for(3 if fault == "duplicate_event" else 2)
    read = {push.external_id: push for push in (office.connector.verify(*each) for each in pushes)}
    assert len(read) == 2
    assert {order for push in read.values() for order in push.resource_ids} == bought
