"""The socket `/ws`: a hello, what was missed, then each event as it is committed.

Frames are JSON objects with a `type`: `snapshot_required` · `hello` (seq, resume) · `event` · `replayed` or `nothing`
(the end of what was missed) · `alive`. Close codes: 4401 ticket refused (`ticket`), grown old (`expired`) or its session
or key ended (`over`), 4408 too slow; a client that may comes back with a new ticket and `since`.
"""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from typing import Any
from urllib.parse import parse_qs

import orjson
from channels.generic.websocket import AsyncWebsocketConsumer  # type: ignore[import-untyped]

from kontor.core.clock import now
from kontor.live.hub import Missed, Row, Subscription, hub
from kontor.live.tickets import Admission

ALIVE_SECONDS = 15.0
TICKET_REFUSED, TOO_SLOW = 4401, 4408


class LiveConsumer(AsyncWebsocketConsumer):  # type: ignore[misc]
    """One browser tab. Sends only; whatever a client says is ignored."""

    async def connect(self) -> None:
        """Accepts first, so that a refusal reaches the browser as a code and not as a failed handshake."""
        self._stack = AsyncExitStack()
        self._sender: asyncio.Task[None] | None = None
        words = parse_qs(self.scope["query_string"].decode("latin-1"))
        await self.accept()
        admission = await hub().redeem(words.get("ticket", [""])[0])
        if admission is None:
            await self.close(TICKET_REFUSED, "ticket")
            return
        since = words.get("since", [""])[0]
        subscription, missed = await self._stack.enter_async_context(
            hub().subscribed(admission, int(since) if since.isdecimal() and len(since) < 19 else None)
        )
        self._sender = asyncio.create_task(self._follow(admission, subscription, missed))

    async def disconnect(self, code: int) -> None:
        """Leaves the hub, however the socket ended."""
        if self._sender:
            self._sender.cancel()
        await self._stack.aclose()

    async def _follow(self, admission: Admission, subscription: Subscription, missed: Missed) -> None:
        if missed.resume == "snapshot_required":
            await self._say({"type": "snapshot_required"})
        await self._say({"type": "hello", "seq": missed.last, "resume": missed.resume})
        for known in missed.events:
            await self._say({"type": "event", **known})
        if missed.resume != "snapshot_required":
            await self._say({"type": missed.resume})
        sent = missed.last
        while now() < admission.until:
            try:
                async with asyncio.timeout(ALIVE_SECONDS):
                    event = await subscription.queue.get()
            except TimeoutError:
                await self._say({"type": "alive", "seq": sent})
                continue
            if event is None:
                await self.close(TICKET_REFUSED if subscription.is_over else TOO_SLOW, subscription.reason)
                return
            if event["seq"] > sent:  # what fell between joining and catching up is known already
                sent = event["seq"]
                await self._say({"type": "event", **event})
        await self.close(TICKET_REFUSED, "expired")

    async def _say(self, frame: Row | dict[str, Any]) -> None:
        await self.send(text_data=orjson.dumps(frame).decode())
