"""The addresses at which channels call us, and the receipts of what came in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Query, Request, Response
from pydantic import BaseModel, Field

from kontor.channels.connections import service as connections
from kontor.channels.contract.capabilities import NotAuthentic, Notifies
from kontor.channels.registry import channel
from kontor.core.cause import causing
from kontor.core.config import settings
from kontor.core.http.credentials import Signed
from kontor.core.http.paging import Page, Paging, paginate
from kontor.core.http.routing import router
from kontor.core.tenancy import tenant
from kontor.inbound import service
from kontor.inbound.models import Receipt
from kontor.publishing.schemas import ProblemOut

routes = router("", "Inbound")


@dataclass(frozen=True, slots=True)
class RawPush:
    """The bytes as they came: signatures are checked over them, before anything is parsed."""

    headers: dict[str, str]
    body: bytes


async def _raw(request: Request) -> RawPush:
    return RawPush({name.lower(): value for name, value in request.headers.items()}, await request.body())


Push = Annotated[RawPush, Depends(_raw)]


class ChallengeOut(BaseModel):
    """The proof that this address is ours."""

    challengeResponse: str


class ReceiptOut(BaseModel):
    """One message of a channel."""

    id: UUID
    connection_id: UUID
    source: str = Field(examples=["webhook"])
    topic: str = Field(examples=["ORDER_CONFIRMATION"])
    external_id: str
    resource_ids: list[str]
    body: dict[str, Any]
    state: str
    problem: ProblemOut | None
    received_at: datetime


@routes.get("/hooks/{channel_id}/{token}", scope="public", unlimited=True)
def challenge(
    channel_id: str, token: str, challenge_code: Annotated[str, Query(max_length=500)]
) -> ChallengeOut:
    """Answers the channel's handshake, over the address as it was registered, not as it was called."""
    route = service.route_of(channel_id, token)
    answer = channel(route.channel).challenge
    if answer is None:
        return ChallengeOut(challengeResponse="")
    return ChallengeOut(
        challengeResponse=answer(challenge_code, settings().ebay_verification_token, route.endpoint)
    )


@routes.post("/hooks/{channel_id}/{token}", scope="public", unlimited=True, status_code=204)
def receive(channel_id: str, token: str, push: Push) -> Response:
    """Keeps a push whose signature fits, and answers at once; reading it is a job's work."""
    route = service.route_of(channel_id, token)
    _, connector = connections.connector_for(route.connection, tenant_id=route.tenant)
    if not isinstance(connector, Notifies):
        raise NotAuthentic("This channel does not push")
    notification = connector.verify(push.headers, push.body)
    label = channel(route.channel).manifest.name
    with causing({"kind": "channel", "id": str(route.connection), "label": label}), tenant(route.tenant):
        service.store_notification(route.connection, notification)
    return Response(status_code=204)


@routes.get("/receipts", scope="read")
def list_receipts(actor: Signed, page: Paging, connection_id: UUID | None = None) -> Page[ReceiptOut]:
    """What came in, newest first."""
    rows = Receipt.objects.all()
    if connection_id:
        rows = rows.filter(connection_id=connection_id)
    return paginate(rows, page, order=("-received_at", "-id")).page(_receipt_out)


@routes.post("/receipts/{receipt_id}/replay", scope="write", status_code=202)
def replay(actor: Signed, receipt_id: UUID) -> None:
    """Reads a kept message again; what it did already it does not do twice."""
    service.replay(receipt_id)


def _receipt_out(row: Receipt) -> ReceiptOut:
    return ReceiptOut.model_validate(row, from_attributes=True)
