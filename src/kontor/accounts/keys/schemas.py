"""What the routes of API keys take and give."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from kontor.accounts.keys.models import ApiKey
from kontor.accounts.keys.service import Status
from kontor.core.clock import now

ScopeName = Literal["read", "write", "admin"]


class KeyIn(BaseModel):
    """A key to make."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(max_length=100, description="For people: what it is for.", examples=["Warenwirtschaft"])
    scopes: Annotated[list[ScopeName], Field(min_length=1, max_length=3)] = Field(
        description="What it may do; each is granted by name, none implies another.",
        examples=[["read", "write"]],
    )
    expires_at: AwareDatetime | None = Field(
        None, description="Refused from then on; null: never.", examples=["2099-01-01T00:00:00Z"]
    )


class MakerOut(BaseModel):
    """Who made it; `is_active` is whether they are still here. Their keys go on either way."""

    id: UUID | None
    name: str = Field(examples=["Martina Thomsen"])
    is_active: bool


class KeyOut(BaseModel):
    """One key, without its secret."""

    id: UUID
    name: str = Field(examples=["Warenwirtschaft"])
    prefix: str = Field(description="The third part of the key's text.", examples=["k7Qm2xPa"])
    scopes: list[ScopeName]
    status: Status
    maker: MakerOut
    made_at: datetime
    expires_at: datetime | None
    used_at: datetime | None = Field(description="To the minute.")
    used_from: str = Field(description="IP address of that use.", examples=["192.0.2.7"])
    revoked_at: datetime | None
    revoked_by: str

    @classmethod
    def of(cls, key: ApiKey, members: frozenset[UUID]) -> KeyOut:
        """One row; `members` are the people who are active in the business."""
        maker = MakerOut(id=key.maker_id, name=key.maker_name, is_active=key.maker_id in members)
        return cls.model_validate(
            {
                **{name: getattr(key, name) for name in cls.model_fields if name not in ("status", "maker")},
                "status": key.status_at(now()),
                "maker": maker,
            }
        )


class MadeOut(BaseModel):
    """The new key; `secret` is its whole text, shown this once."""

    key: KeyOut
    secret: str = Field(examples=["kontor_AZ_T0rK8cT2vT0nM3sQ2Yg_k7Qm2xPa_…"])
