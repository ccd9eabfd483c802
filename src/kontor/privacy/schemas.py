"""What the routes about privacy take and give."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from kontor.core.wishes import Wish
from kontor.privacy.models import Erasure, Export

ExportSubject = Literal["person", "business"]
ErasureSubject = Literal["person", "business", "buyer"]
Text = Annotated[str, Field(max_length=200)]


class ExportIn(Wish):
    """Whose data: `person` is one's own, `business` everything (for owners)."""

    subject: ExportSubject = Field(examples=["person"])


class ExportOut(BaseModel):
    """An export; its job tells how far it is."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    subject: ExportSubject
    state: Literal["running", "ready", "failed"]
    job_id: UUID | None
    bytes: int
    rows: int
    files: int
    created_at: datetime
    finished_at: datetime | None
    expires_at: datetime | None = Field(description="Then it goes.")
    fetched_at: datetime | None

    @classmethod
    def of(cls, row: Export) -> ExportOut:
        """From the row."""
        return cls.model_validate(row)


class LinkOut(BaseModel):
    """Where an export can be fetched without any header, for some minutes."""

    url: str = Field(examples=["/api/v1/privacy/downloads/eyJ…"])
    expires_at: datetime


class PersonErasureIn(Wish):
    """One's own account goes."""

    subject: Literal["person"] = Field(examples=["person"])


class BusinessErasureIn(Wish):
    """Everything of the business goes, when the grace is over."""

    subject: Literal["business"] = Field(examples=["business"])
    name: Text = Field(description="The name of the business, typed to be sure.", examples=["Thomsen Handel"])


class BuyerErasureIn(Wish):
    """A buyer goes from the orders; where several are given, all must fit."""

    subject: Literal["buyer"] = Field(examples=["buyer"])
    email: Text = Field("", examples=["rike@boje.example"])
    name: Text = Field("", examples=["Rike Boje"])
    username: Text = Field("", examples=["rike_b"])


ErasureIn = Annotated[
    PersonErasureIn | BusinessErasureIn | BuyerErasureIn,
    Field(discriminator="subject"),
]


class KeptOut(BaseModel):
    """What law keeps."""

    what: str = Field(examples=["orders.Order"])
    count: int
    law: str = Field(examples=["§ 147 AO, § 257 HGB"])
    until: str | None = Field(description="A day.", examples=["2037-01-01"])
    by: str = Field("", description="Who keeps it, where it is not this installation.")
    handed_over_at: datetime | None = Field(None, description="When the export with it was last fetched.")


class ErasureOut(BaseModel):
    """An erasure; once it is done, its receipt."""

    id: UUID
    subject: ErasureSubject
    state: Literal["planned", "running", "done", "cancelled"]
    asked_at: datetime
    due_at: datetime = Field(description="Until then the erasure of a business can be taken back.")
    done_at: datetime | None
    counts: dict[str, int] = Field(description="What went or was changed: table → rows.")
    kept: list[KeptOut]

    @classmethod
    def of(cls, row: Erasure) -> ErasureOut:
        """From the row."""
        names = ("id", "subject", "state", "asked_at", "due_at", "done_at", "counts")
        values: dict[str, Any] = {name: getattr(row, name) for name in names}
        return cls(**values, kept=[KeptOut(**each) for each in row.kept])
