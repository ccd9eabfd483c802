"""What the API says about events."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class TicketOut(BaseModel):
    """Opens `/ws?ticket=…` once."""

    ticket: str
    expires_in: int = Field(description="Seconds until it is worth nothing.", examples=[30])


class EventOut(BaseModel):
    """A fact that a screen may be watching."""

    model_config = ConfigDict(from_attributes=True)

    seq: int = Field(description="Grows by one within a tenant, in order of commit.", examples=[4711])
    kind: str = Field(examples=["publication.changed"])
    entity: str = Field(examples=["publication"])
    entity_id: UUID
    revision: int | None = None
    cause: dict[str, Any] = Field(
        default_factory=dict, examples=[{"kind": "person", "id": "0190…", "label": "M. Thomsen"}]
    )
    payload: dict[str, Any] = Field(default_factory=dict)
    at: datetime


class EventsOut(BaseModel):
    """What happened since."""

    items: list[EventOut]
    last: int = Field(description="The newest `seq` there is; send it as `since` next time.")
    resume: Literal["replayed", "nothing", "snapshot_required"] = Field(
        description="`snapshot_required`: too much was missed, so read everything shown again, and go on from `last`."
    )
