"""A business that is erased takes its listings off the channels first; what it can't take off, the receipt says."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from tests.plugins.api import Caller
from tests.plugins.mails import Post
from tests.plugins.played import Connect, Played, connect, played, running_sandbox
from tests.privacy.test_erasures import due
from tests.publishing.test_to_ebay import publish, shirts

from kontor.accounts.models import Person, Tenant
from kontor.channels.connections.models import Connection, State
from kontor.core.tenancy import tenant
from kontor.privacy import erasing, erasures, leaving
from kontor.privacy.models import Erasure

__all__ = ["connect", "played", "running_sandbox", "shirts"]

Drain = Callable[..., int]
ERASE = "privacy.erase"
WORK = ["publishing.push", ERASE]


@pytest.fixture
def on_ebay(tenant_a: UUID, shirts: list[UUID], connect: Connect, played: Played, drain: Drain) -> UUID:
    """Three live listings on a connection."""
    connection_id = connect(tenant_a)
    publish(tenant_a, shirts, connection_id, drain)
    assert len(played.open_listings()) == 3
    return connection_id


@pytest.fixture
def asked(api: Caller, on_ebay: UUID) -> Erasure:
    """Whose owner wants it gone; the grace is over."""
    answer = api.post("/privacy/erasures", json={"subject": "business", "name": "Alpha Handel"})
    assert answer.status_code == 202, answer.text
    row = Erasure.objects.get()
    due(row)
    erasures.nudge()
    return row


def change(tenant_id: UUID, **fields: object) -> None:
    with tenant(tenant_id):
        Connection.objects.update(**fields)


def test_its_listings_are_ended_before_anything_goes(
    api: Caller, tenant_a: UUID, asked: Erasure, played: Played, drain: Drain, post: Post
) -> None:
    owner = Person.objects.get(id=api.person_id)
    drain([ERASE])
    assert Erasure.objects.get().state == "running"
    with tenant(tenant_a):
        assert Connection.objects.get().secret is not None, "the pushes need it"
    drain(WORK, ahead_seconds=20)
    row = Erasure.objects.get()
    assert row.state == "done"
    assert played.open_listings() == []
    assert (row.counts[erasing.ENDED], row.counts["connections.secrets"]) == (3, 1)
    assert [kept["what"] for kept in row.kept] == ["orders.Order"]
    assert not Tenant.objects.filter(id=tenant_a).exists()
    drain(["mail.send"])
    assert "sind 3 beendet; 0 " in " ".join(post.to(owner.email)[-1].body.split())


@pytest.mark.usefixtures("asked")
def test_a_paused_account_is_left_too(tenant_a: UUID, played: Played, drain: Drain) -> None:
    change(tenant_a, state=State.PAUSED)
    drain(WORK, ahead_seconds=20)
    assert Erasure.objects.get().state == "done"
    assert played.open_listings() == []


@pytest.mark.usefixtures("asked")
def test_what_an_account_without_a_log_in_shows_stays_and_is_counted(
    tenant_a: UUID, played: Played, drain: Drain
) -> None:
    change(tenant_a, state=State.REFUSED)
    drain([ERASE])
    row = Erasure.objects.get()
    assert row.state == "done", "there is nothing to wait for"
    assert row.counts[erasing.ENDED] == 0
    assert [(kept["what"], kept["count"], kept["by"]) for kept in row.kept[1:]] == [
        (erasing.LISTINGS, 3, erasing.CHANNELS)
    ]
    assert len(played.open_listings()) == 3


def test_a_channel_that_stays_away_is_waited_for_a_day(
    asked: Erasure, played: Played, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    played.fault("server_error_once", times=1000)
    for _ in range(3):
        assert not erasing.carry_out(asked.id, lambda: None)
        drain(["publishing.push"])
    begun = Erasure.objects.get()
    assert begun.begun_at
    over = begun.begun_at + leaving.PATIENCE
    monkeypatch.setattr(leaving, "now", lambda: over)
    assert erasing.carry_out(asked.id, lambda: None)
    row = Erasure.objects.get()
    assert (row.state, row.kept[-1]["count"]) == ("done", 3)


def test_a_kill_while_it_leaves_counts_nothing_twice(asked: Erasure, played: Played, drain: Drain) -> None:
    erasing.carry_out(asked.id, lambda: None)
    drain(["publishing.push"], ahead_seconds=20)
    for steps in range(1, 60, 3):
        left = steps

        def check() -> None:
            nonlocal left
            left -= 1
            if left < 0:
                raise KeyboardInterrupt

        try:
            if erasing.carry_out(asked.id, check):
                break
        except KeyboardInterrupt:
            continue
    erasing.carry_out(asked.id, lambda: None)
    row = Erasure.objects.get()
    assert (row.state, row.counts[erasing.ENDED], row.counts["connections.secrets"]) == ("done", 3, 1)
    assert played.open_listings() == []
