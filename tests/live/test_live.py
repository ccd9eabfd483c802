"""What a screen that follows events can rely on: all of them, once, in order, and only its own tenant's."""

from __future__ import annotations

import asyncio
import random
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

import orjson
import psycopg
import pytest
from asgiref.sync import sync_to_async
from asgiref.testing import ApplicationCommunicator
from django.db import connections

from kontor.accounts import sessions
from kontor.accounts.models import Membership, Person, Session, Tenant
from kontor.core.cause import causing
from kontor.core.clock import now
from kontor.core.identifiers import uuid7
from kontor.core.tenancy import tenant
from kontor.live import events, queries, tickets
from kontor.live.consumers import TICKET_REFUSED, LiveConsumer
from kontor.live.hub import QUEUE_LIMIT, Subscription, hub
from kontor.live.models import Event, Ticket

THING = uuid7()
Frame = dict[str, Any]


class Refused(Exception):
    """What makes a transaction of these tests roll back."""


def refuse() -> None:
    raise Refused


def record(tenant_id: UUID, kind: str = "stock.changed", **options: Any) -> None:
    with tenant(tenant_id):
        events.record(kind, "listing", THING, **options)


def ticket_of(tenant_id: UUID) -> str:
    return tickets.issue(tenant_id)


class Client:
    """A browser's end of the socket."""

    def __init__(self, query: str) -> None:
        scope = {
            "type": "websocket",
            "path": "/ws",
            "query_string": query.encode(),
            "headers": [],
            "subprotocols": [],
        }
        self._application = ApplicationCommunicator(LiveConsumer.as_asgi(), scope)

    async def connect(self) -> None:
        await self._application.send_input({"type": "websocket.connect"})
        assert (await self.message())["type"] == "websocket.accept"

    async def message(self) -> Any:
        return await self._application.receive_output(timeout=10)

    async def frames(self, count: int) -> list[Frame]:
        return [orjson.loads((await self.message())["text"]) for _ in range(count)]

    async def hears_nothing(self) -> bool:
        return await self._application.receive_nothing(timeout=0.2)

    async def disconnect(self) -> None:
        await self._application.send_input({"type": "websocket.disconnect", "code": 1000})
        await self._application.wait(timeout=10)


@asynccontextmanager
async def socket(tenant_id: UUID, since: int | None = None, ticket: str = "") -> AsyncIterator[Client]:
    """A connected client of one tenant."""
    ticket = ticket or await sync_to_async(ticket_of)(tenant_id)
    client = Client(f"ticket={ticket}" + ("" if since is None else f"&since={since}"))
    await client.connect()
    try:
        yield client
    finally:
        await client.disconnect()


def in_loop(story: Callable[[], Awaitable[None]]) -> None:
    """Runs a test on an event loop of its own."""
    asyncio.run(asyncio.wait_for(story(), 60))  # type: ignore[arg-type]


def test_numbers_have_no_gap_and_no_reader_ever_misses_one(tenant_a: UUID) -> None:
    """Eight writers, some of which fail; a reader who only ever asks for what is newer than what it has."""
    seen: list[int] = []
    writing = threading.Event()

    def write(seed: int) -> None:
        dice = random.Random(seed)
        for _ in range(25):
            with suppress(Refused), tenant(tenant_a):
                for _ in range(dice.randint(1, 3)):
                    events.record("stock.changed", "listing", THING)
                if dice.random() < 0.3:
                    refuse()
        connections.close_all()

    def read() -> None:
        def newer() -> list[int]:
            with tenant(tenant_a):
                return list(
                    Event.objects.filter(seq__gt=seen[-1] if seen else 0)
                    .order_by("seq")
                    .values_list("seq", flat=True)
                )

        while not writing.is_set():
            seen.extend(newer())
        seen.extend(newer())
        connections.close_all()

    writers = [threading.Thread(target=write, args=[seed]) for seed in range(8)]
    reader = threading.Thread(target=read)
    for thread in (reader, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    writing.set()
    reader.join()
    with tenant(tenant_a):
        count = Event.objects.count()
        assert queries.last_seq() == count
    assert count > 200
    assert seen == list(range(1, count + 1))


def test_an_event_says_what_who_and_when(tenant_a: UUID) -> None:
    with causing({"kind": "person", "id": "7", "label": "M. Thomsen"}):
        record(tenant_a, "listing.changed", revision=3, payload={"title": "Lamp"})
    with tenant(tenant_a):
        event = Event.objects.get()
    assert (event.seq, event.kind, event.entity_id, event.revision) == (1, "listing.changed", THING, 3)
    assert (event.cause["label"], event.payload) == ("M. Thomsen", {"title": "Lamp"})
    assert event.at <= now()


def test_a_rolled_back_change_tells_nobody(tenant_a: UUID) -> None:
    with suppress(Refused), tenant(tenant_a):
        events.record("stock.changed", "listing", THING)
        refuse()
    with tenant(tenant_a):
        assert Event.objects.count() == 0


@pytest.mark.parametrize(
    ("since", "resume", "count"),
    [(10, "nothing", 0), (7, "replayed", 3), (0, "replayed", 10), (11, "snapshot_required", 0)],
)
def test_who_comes_back_gets_what_was_missed(tenant_a: UUID, since: int, resume: str, count: int) -> None:
    for _ in range(10):
        record(tenant_a)
    with tenant(tenant_a):
        missed, last, said = queries.since(since)
    assert (len(missed), last, said) == (count, 10, resume)

    async def story() -> None:
        async with socket(tenant_a, since) as client:
            got = await client.frames(2 + count)
            assert [frame["seq"] for frame in got if frame["type"] == "event"] == list(range(11 - count, 11))
            assert {"type": "hello", "seq": 10, "resume": resume} in got
            assert resume in [frame["type"] for frame in got]

    in_loop(story)


def test_what_was_pruned_asks_for_a_snapshot(tenant_a: UUID) -> None:
    for _ in range(10):
        record(tenant_a)
    with tenant(tenant_a):
        Event.objects.filter(seq__lte=5).delete()
        assert queries.since(3)[2] == "snapshot_required"
        assert queries.since(5)[2] == "replayed"


def test_a_commit_reaches_every_screen_of_the_tenant_and_no_other(tenant_a: UUID, tenant_b: UUID) -> None:
    async def story() -> None:
        async with socket(tenant_a) as one, socket(tenant_a) as two, socket(tenant_b) as stranger:
            for client in (one, two, stranger):
                assert [frame["type"] for frame in await client.frames(2)] == ["hello", "nothing"]
            await sync_to_async(record)(tenant_a, "order.changed", payload={"n": 1})
            for client in (one, two):
                (event,) = await client.frames(1)
                assert (event["seq"], event["kind"], event["payload"]) == (1, "order.changed", {"n": 1})
            await sync_to_async(record)(tenant_b, "notice")
            (event,) = await stranger.frames(1)
            assert (event["seq"], event["kind"]) == (1, "notice")
            assert await one.hears_nothing()

    in_loop(story)


def test_nothing_is_lost_while_the_ear_is_away(tenant_a: UUID, superuser: str) -> None:
    """All connections are cut; what is committed before the hub listens again still arrives, in order and once."""

    def cut() -> None:
        with psycopg.connect(superuser, autocommit=True) as db:
            db.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
                " and pid <> pg_backend_pid() and query like 'listen%%'"
            )

    async def story() -> None:
        async with socket(tenant_a) as client:
            await client.frames(2)
            for _ in range(5):
                await sync_to_async(cut)()
                for _ in range(4):
                    await sync_to_async(record)(tenant_a)
            assert [frame["seq"] for frame in await client.frames(20)] == list(range(1, 21))

    in_loop(story)


def test_a_ticket_opens_one_socket_once(tenant_a: UUID) -> None:
    async def refused(ticket: str) -> None:
        async with socket(tenant_a, ticket=ticket) as client:
            message = await client.message()
            assert (message["type"], message["code"]) == ("websocket.close", TICKET_REFUSED)

    async def story() -> None:
        ticket = await sync_to_async(ticket_of)(tenant_a)
        async with socket(tenant_a, ticket=ticket) as client:
            await client.frames(2)
            await refused(ticket)
        await refused("made-up")
        late = await sync_to_async(ticket_of)(tenant_a)
        await sync_to_async(Ticket.objects.update)(expires_at=now() - timedelta(seconds=1))
        await refused(late)

    in_loop(story)


def test_only_the_hash_of_a_ticket_is_kept(tenant_a: UUID) -> None:
    ticket = tickets.issue(tenant_a)
    assert ticket not in str(list(Ticket.objects.values_list()))


def test_a_hub_nobody_listens_to_holds_no_connection(tenant_a: UUID) -> None:
    async def story() -> None:
        async with socket(tenant_a) as client:
            await client.frames(2)
            assert hub()._reader is not None
        assert hub()._reader is None
        assert hub()._listener is None

    in_loop(story)


def test_a_slow_client_is_let_go_and_told(tenant_a: UUID) -> None:
    async def story() -> None:
        subscription = Subscription(tenant_a)
        taken = [subscription.offer({"seq": n}) for n in range(QUEUE_LIMIT)]
        assert taken == [True] * (QUEUE_LIMIT - 1) + [False]
        queued = [subscription.queue.get_nowait() for _ in range(QUEUE_LIMIT)]
        assert queued[-1] is None

    in_loop(story)


def begun(tenant_id: UUID, email: str) -> UUID:
    """A session of a new person."""
    person = Person.objects.create(email=email, password="!")
    membership = Membership.objects.create(person=person, tenant_id=tenant_id)
    return sessions.begin(membership).session.id


ENDS: dict[str, Callable[[UUID], object]] = {
    "logged out": lambda id: sessions.finish(id, because="logout"),
    "deactivated": lambda id: Membership.objects.filter(sessions=id).update(is_active=False),
    "ran out": lambda id: Session.objects.filter(id=id).update(expires_at=now()),
}


@pytest.mark.parametrize("how", list(ENDS))
def test_a_socket_dies_with_its_session_and_no_other_does(
    tenant_a: UUID, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr("kontor.live.hub.STANDING_SECONDS", 0.1)
    mine, other = begun(tenant_a, "m@thomsen.example"), begun(tenant_a, "o@thomsen.example")

    def ticket(session_id: UUID) -> str:
        return tickets.issue(tenant_a, session_id)

    async def story() -> None:
        async with (
            socket(tenant_a, ticket=await sync_to_async(ticket)(mine)) as client,
            socket(tenant_a, ticket=await sync_to_async(ticket)(other)) as bystander,
        ):
            await client.frames(2)
            await bystander.frames(2)
            await sync_to_async(ENDS[how])(mine)
            message = await client.message()
            assert message == {"type": "websocket.close", "code": TICKET_REFUSED, "reason": "over"}
            await sync_to_async(record)(tenant_a)
            assert [frame["type"] for frame in await bystander.frames(1)] == ["event"]

    in_loop(story)


def test_a_second_factor_that_is_demanded_closes_sockets_without(
    tenant_a: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kontor.live.hub.STANDING_SECONDS", 0.1)
    session_id = begun(tenant_a, "m@thomsen.example")

    async def story() -> None:
        ticket = await sync_to_async(tickets.issue)(tenant_a, session_id)
        async with socket(tenant_a, ticket=ticket) as client:
            await client.frames(2)
            await sync_to_async(Tenant.objects.update)(requires_second_factor=True)
            assert (await client.message())["reason"] == "over"

    in_loop(story)


def test_a_socket_that_is_over_hears_nothing_of_what_waited(tenant_a: UUID) -> None:
    async def story() -> None:
        subscription = Subscription(tenant_a)
        assert subscription.offer({"seq": 1})
        subscription.end()
        assert not subscription.offer({"seq": 2})
        assert [subscription.queue.get_nowait()] == [None]
        assert subscription.queue.empty()

    in_loop(story)
