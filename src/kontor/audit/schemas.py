"""What the routes of the audit log give."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from kontor.audit.models import Entry


class ActorOut(BaseModel):
    """Who did it; `label` is their name at that time."""

    kind: Literal["person", "api_key", "job", "channel", "system"]
    id: str = Field(description="Empty where there is none, as for the system.")
    label: str = Field(examples=["Martina Thomsen"])


class PlaceOut(BaseModel):
    """From where; all empty where no request was behind it."""

    address: str = Field(examples=["192.0.2.7"])
    device: str = Field(description="User-Agent.", examples=["Firefox"])
    request_id: str = Field(description="Also in the server's log.")


class EntityOut(BaseModel):
    """To which thing; `label` is its name at that time."""

    kind: str = Field(examples=["person"])
    id: str
    label: str = Field(examples=["Jens Petersen"])


class EntryOut(BaseModel):
    """One entry. `before` and `after` hold what changed alone; secrets are dots."""

    id: UUID
    at: datetime
    action: str = Field(
        description="In the past tense, or the name of the operation where that says it all.",
        examples=["role.changed"],
    )
    actor: ActorOut
    place: PlaceOut
    entity: EntityOut
    before: dict[str, Any] = Field(examples=[{"role": "member"}])
    after: dict[str, Any] = Field(examples=[{"role": "admin"}])

    @classmethod
    def of(cls, entry: Entry) -> EntryOut:
        """One row."""
        return cls.model_validate(
            {
                "id": entry.id,
                "at": entry.at,
                "action": entry.action,
                "actor": {"kind": entry.actor_kind, "id": entry.actor_id, "label": entry.actor_label},
                "place": {
                    "address": entry.address,
                    "device": entry.device,
                    "request_id": entry.request_id,
                },
                "entity": {"kind": entry.entity_kind, "id": entry.entity_id, "label": entry.entity_label},
                "before": entry.before,
                "after": entry.after,
            }
        )
