"""One ASGI process's ear: a single LISTEN connection, and for each watched tenant one reader that serves all its sockets.

A notification is only a hint that something may be there. Events are read from the table, by sequence; so a hint that
was lost while the connection was away costs time, never an event.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID

import psycopg
from django.db import DatabaseError
from prometheus_client import Gauge
from psycopg.rows import dict_row

from kontor.core.database import parameters
from kontor.live.events import CHANNEL
from kontor.live.queries import REPLAY_LIMIT
from kontor.live.standing import standing
from kontor.live.tickets import REDEEM, Admission, redeeming

LOOK_SECONDS = 15.0  # how late an event may be whose hint was lost
STANDING_SECONDS = 3.0  # how long a socket outlives the session or key that opened it
RETRY_SECONDS = 0.5
QUEUE_LIMIT = 1000  # events that a slow client may be behind
COLUMNS = "seq, kind, entity, entity_id, revision, cause, payload, at"
Row = dict[str, Any]
log = logging.getLogger(__name__)
SOCKETS = Gauge("kontor_live_sockets", "Open sockets of this process.")


@dataclass(eq=False, slots=True)
class Subscription:
    """One socket's view of its tenant: events come out of `queue` in order; None is the end, for `reason`."""

    tenant_id: UUID
    credential_id: UUID | None = None
    queue: asyncio.Queue[Row | None] = field(default_factory=lambda: asyncio.Queue(QUEUE_LIMIT))
    is_over: bool = False

    @property
    def reason(self) -> str:
        """Why the events end: the credential did, or the client fell too far behind."""
        return "over" if self.is_over else "slow"

    def offer(self, event: Row) -> bool:
        """False where nothing more is wanted: too slow, then the queue holds what may still be read; or over."""
        if self.is_over:
            return False
        if self.queue.qsize() >= QUEUE_LIMIT - 1:
            self.queue.put_nowait(None)
            return False
        self.queue.put_nowait(event)
        return True

    def end(self) -> None:
        """No event more, of those that wait neither: whoever listens may not read any longer."""
        self.is_over = True
        while not self.queue.empty():
            self.queue.get_nowait()
        self.queue.put_nowait(None)


@dataclass(eq=False, slots=True)
class Feed:
    """The events of one tenant from `last` on, read once for all its sockets."""

    last: int
    subscriptions: set[Subscription] = field(default_factory=set)
    reading: asyncio.Lock = field(default_factory=asyncio.Lock)


@dataclass(frozen=True, slots=True)
class Missed:
    """What a client that comes back is told first."""

    last: int
    events: list[Row]
    resume: Literal["replayed", "nothing", "snapshot_required"]


class Hub:
    """Belongs to one event loop. Listens while somebody is subscribed."""

    def __init__(self) -> None:
        self._feeds: dict[UUID, Feed] = {}
        self._listener: asyncio.Task[None] | None = None
        self._guard: asyncio.Task[None] | None = None
        self._reader: psycopg.AsyncConnection[Row] | None = None
        self._using_reader = asyncio.Lock()

    async def redeem(self, ticket: str) -> Admission | None:
        """Whose events this ticket opens, once; None where it opens nothing."""
        rows = await self._query(None, REDEEM, redeeming(ticket))
        return Admission(**rows[0]) if rows else None

    @asynccontextmanager
    async def subscribed(
        self, admission: Admission, since: int | None
    ) -> AsyncIterator[tuple[Subscription, Missed]]:
        """Joins first and reads what was missed after: what falls between is in both, and sent once."""
        tenant_id = admission.tenant_id
        subscription = Subscription(tenant_id, admission.credential_id)
        if tenant_id not in self._feeds:
            last = await self._last(tenant_id)
            self._feeds.setdefault(tenant_id, Feed(last))
        feed = self._feeds[tenant_id]
        feed.subscriptions.add(subscription)
        SOCKETS.inc()
        try:
            if self._listener is None or self._listener.done():
                self._listener = asyncio.create_task(self._listen())
            if self._guard is None or self._guard.done():
                self._guard = asyncio.create_task(self._watch())
            await self._read(tenant_id)
            yield subscription, await self._missed(tenant_id, since)
        finally:
            SOCKETS.dec()
            feed.subscriptions.discard(subscription)
            await self._forget_idle()

    async def _missed(self, tenant_id: UUID, since: int | None) -> Missed:
        last = await self._last(tenant_id)
        if since is None or since == last:
            return Missed(last, [], "nothing")
        if not 0 <= since < last or last - since > REPLAY_LIMIT:
            return Missed(last, [], "snapshot_required")
        events = await self._after(tenant_id, since, last)
        return (
            Missed(last, events, "replayed")
            if len(events) == last - since
            else Missed(last, [], "snapshot_required")
        )

    async def _read(self, tenant_id: UUID) -> None:
        """Hands on what is new. One at a time per tenant: two readers would send twice or out of order."""
        feed = self._feeds.get(tenant_id)
        if feed is None:
            return
        async with feed.reading:
            for event in await self._after(tenant_id, feed.last):
                feed.last = event["seq"]
                for subscription in list(feed.subscriptions):
                    if not subscription.offer(event):
                        feed.subscriptions.discard(subscription)

    async def _last(self, tenant_id: UUID) -> int:
        rows = await self._query(tenant_id, "select last from live_sequence", [])
        return int(rows[0]["last"]) if rows else 0

    async def _after(self, tenant_id: UUID, seq: int, until: int | None = None) -> list[Row]:
        query = f"select {COLUMNS} from live_event where seq > %s and seq <= %s order by seq"  # noqa: S608
        return await self._query(tenant_id, query, [seq, until if until is not None else 2**62])

    async def _query(self, tenant_id: UUID | None, query: str, values: list[Any]) -> list[Row]:
        """One short transaction as one tenant, on this process's reading connection; once more if that had died."""
        async with self._using_reader:
            for last_try in (False, True):
                try:
                    if self._reader is None or self._reader.closed:
                        self._reader = await _connect()
                    async with self._reader.transaction():
                        await self._reader.execute(
                            "select set_config('app.tenant', %s, true)", [str(tenant_id or UUID(int=0))]
                        )
                        return await (await self._reader.execute(query, values)).fetchall()
                except psycopg.OperationalError:
                    await self._close_reader()
                    if last_try:
                        raise
        raise AssertionError("the second try returns or raises")

    async def _listen(self) -> None:
        while True:
            try:
                async with await _connect() as connection:
                    await connection.execute(f"listen {CHANNEL}")
                    for tenant_id in list(self._feeds):  # whatever was said while nobody listened
                        await self._read(tenant_id)
                    await self._hear(connection)
            except psycopg.OperationalError as error:
                log.warning("live: the database is away (%s); trying again", error)
                await asyncio.sleep(RETRY_SECONDS)

    async def _hear(self, connection: psycopg.AsyncConnection[Row]) -> None:
        while True:
            heard = connection.notifies(timeout=LOOK_SECONDS, stop_after=1)
            named = {UUID(notification.payload.partition(":")[0]) async for notification in heard}
            for tenant_id in named or list(self._feeds):
                await self._read(tenant_id)

    async def _watch(self) -> None:
        """Ends the sockets whose session or key ended: one question for all of them, in a thread, where the ORM works."""
        while True:
            await asyncio.sleep(STANDING_SECONDS)
            watched = [
                one for feed in self._feeds.values() for one in feed.subscriptions if one.credential_id
            ]
            asked = frozenset(one.credential_id for one in watched if one.credential_id)
            try:
                alive = await asyncio.to_thread(standing, asked) if asked else set[UUID]()
            except DatabaseError as error:
                log.warning("live: could not ask who may still read (%s); trying again", error)
                continue
            for one in watched:
                if one.credential_id not in alive:
                    one.end()

    async def _forget_idle(self) -> None:
        for tenant_id in [key for key, feed in self._feeds.items() if not feed.subscriptions]:
            del self._feeds[tenant_id]
        if not self._feeds:
            for task in (self._listener, self._guard):
                if task:
                    task.cancel()
            self._listener = self._guard = None
            await self._close_reader()

    async def _close_reader(self) -> None:
        reader, self._reader = self._reader, None
        if reader:
            await reader.close()


async def _connect() -> psycopg.AsyncConnection[Row]:
    return await psycopg.AsyncConnection.connect(**parameters(), autocommit=True, row_factory=dict_row)


_hubs: dict[asyncio.AbstractEventLoop, Hub] = {}


def hub() -> Hub:
    """The hub of the running event loop."""
    loop = asyncio.get_running_loop()
    for ended in [known for known in _hubs if known.is_closed()]:
        del _hubs[ended]
    return _hubs.setdefault(loop, Hub())
