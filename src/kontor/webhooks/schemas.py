"""What the routes about webhooks take and give."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from kontor.core.clock import now
from kontor.core.http.etags import etag
from kontor.core.wishes import Edit, Wish
from kontor.webhooks import signing
from kontor.webhooks.event_types import VERSION, EventType
from kontor.webhooks.models import Attempt, Delivery, Endpoint

Url = Annotated[str, Field(min_length=1, max_length=2000, examples=["https://erp.example/hooks/kontor"])]
Types = Annotated[
    list[str],
    Field(max_length=50, description="Names of `GET /webhooks/event-types`.", examples=[["order.received"]]),
]
Description = Annotated[str, Field(max_length=200, examples=["Orders into the ERP"])]
DeliveryStateName = Literal["waiting", "delivered", "failed"]


class EndpointIn(Wish):
    """A new endpoint."""

    url: Url
    types: Types
    description: Description = ""


class EndpointEdit(Edit):
    """Only the fields that are sent change."""

    url: Url | None = None
    types: Types | None = None
    description: Description | None = None
    is_enabled: bool | None = Field(None, examples=[True])


class EndpointOut(BaseModel):
    """An endpoint; its secret is not shown."""

    id: UUID
    url: str = Field(examples=["https://erp.example/hooks/kontor"])
    description: str
    types: list[str] = Field(examples=[["order.received"]])
    is_enabled: bool
    disabled_because: Literal["", "person", "failing", "gone"]
    disabled_at: datetime | None
    failing_since: datetime | None = Field(description="Since then no attempt was taken.")
    succeeded_at: datetime | None = Field(description="When it last took something.")
    previous_secret_until: datetime | None = Field(
        description="So long the secret before the last rotation signs too."
    )
    created_at: datetime
    etag: str = Field(description="Send it as `If-Match` to change the endpoint.", examples=['"3"'])

    @classmethod
    def of(cls, row: Endpoint) -> EndpointOut:
        """From the row."""
        return cls(**_endpoint(row))


class EndpointWithSecret(EndpointOut):
    """An endpoint whose secret was just made: it is shown this once."""

    secret: str = Field(examples=["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])

    @classmethod
    def made(cls, row: Endpoint, secret: str) -> EndpointWithSecret:
        """From the row and its new secret."""
        return cls(**_endpoint(row), secret=secret)


def _endpoint(row: Endpoint) -> dict[str, Any]:
    names = (
        "id", "url", "description", "types", "is_enabled", "disabled_because", "disabled_at", "failing_since",
        "succeeded_at", "created_at",
    )  # fmt: skip
    overlaps = row.previous_until is not None and row.previous_until > now()
    return {
        **{name: getattr(row, name) for name in names},
        "previous_secret_until": row.previous_until if overlaps else None,
        "etag": etag(row.revision),
    }


class EventTypeOut(BaseModel):
    """One event that endpoints can choose."""

    name: str = Field(examples=["order.received"])
    description: str
    version: int = Field(examples=[VERSION])
    example: dict[str, Any] = Field(description="A `data` object of it.")

    @classmethod
    def of(cls, each: EventType) -> EventTypeOut:
        """From the catalogue."""
        return cls(name=each.name, description=each.description, version=VERSION, example=dict(each.example))


class EventTypes(BaseModel):
    """All events."""

    items: list[EventTypeOut]


class DeliveryOut(BaseModel):
    """One event on its way to one endpoint."""

    id: UUID
    message_id: str = Field(
        description="The `webhook-id` of each attempt.", examples=["msg_01936f6e4f0a7c3e"]
    )
    endpoint_id: UUID
    type: str = Field(examples=["order.received"])
    state: DeliveryStateName
    attempts: int = Field(description="Calls so far.")
    next_at: datetime | None
    created_at: datetime
    settled_at: datetime | None

    @classmethod
    def of(cls, row: Delivery) -> DeliveryOut:
        """From the row."""
        return cls(**_delivery(row))


def _delivery(row: Delivery) -> dict[str, Any]:
    names = ("id", "endpoint_id", "type", "state", "attempts", "next_at", "created_at", "settled_at")
    return {**{name: getattr(row, name) for name in names}, "message_id": signing.message_id(row)}


class AttemptOut(BaseModel):
    """One call."""

    model_config = ConfigDict(from_attributes=True)

    number: int
    at: datetime
    duration_ms: int | None = Field(
        description="Empty where a worker died during the call, or it still lasts."
    )
    status: int | None = Field(description="HTTP status; empty where no answer came.", examples=[200])
    problem: str = Field(description="A stable code; empty where it was taken.", examples=["fetch.too_slow"])
    answer: str = Field(description="How the answer began, secrets and personal data hidden.")


class DeliveryDetail(DeliveryOut):
    """With what is sent, and each attempt, the newest first."""

    body: str
    tries: list[AttemptOut]

    @classmethod
    def whole(cls, row: Delivery, tries: list[Attempt]) -> DeliveryDetail:
        """From the row and its attempts."""
        shown = [AttemptOut.model_validate(each) for each in tries]
        return cls(**_delivery(row), body=row.body, tries=shown)


class ReplayIn(Wish):
    """Since when."""

    since: datetime = Field(
        description="What failed of the events since then is sent again.", examples=["2026-11-21T00:00:00Z"]
    )


class ReplayedOut(BaseModel):
    """How many deliveries were queued again."""

    replayed: int = Field(examples=[12])
