"""Tickets for the socket, and events for those who can't keep one open."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from kontor.core.errors import Forbidden
from kontor.core.http.credentials import Signed
from kontor.core.http.routing import router
from kontor.live import queries, tickets
from kontor.live.schemas import EventOut, EventsOut, TicketOut

routes = router("", "Live")


@routes.post("/live/tickets", scope="read", status_code=201)
def issue_ticket(actor: Signed) -> TicketOut:
    """A single-use ticket for `/ws?ticket=…&since=…`. For people: programs are told by webhooks, or ask `/events`."""
    if actor.key_id:
        raise Forbidden("Sockets are for people who are logged in, not for API keys.", needs="person")
    ticket = tickets.issue(actor.tenant_id, actor.credential_id)
    return TicketOut(ticket=ticket, expires_in=int(tickets.LIFE.total_seconds()))


@routes.get("/events", scope="read")
def list_events(
    actor: Signed, since: Annotated[int, Query(ge=0, description="The last `seq` you have seen.")] = 0
) -> EventsOut:
    """Events after `since`, oldest first: what the socket sends, for polling."""
    events, last, resume = queries.since(since)
    return EventsOut(items=[EventOut.model_validate(event) for event in events], last=last, resume=resume)
