"""What the API says about jobs."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from kontor.jobs.models import Lane, Outcome, Status


class JobProblem(BaseModel):
    """Why it failed, or why it is tried again."""

    code: str = Field(examples=["channel.unavailable"])
    message: str
    field: str = ""
    params: dict[str, Any] = Field(default_factory=dict)
    fix: str = ""
    severity: str = "error"


class JobOut(BaseModel):
    """Work that was asked for: where it is, and what came of it."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    kind: str = Field(examples=["publishing.push"])
    label: str = Field(
        description="What people call it; empty for plumbing.", examples=["50 Angebote auf eBay.de"]
    )
    lane: Lane
    status: Status = Field(
        validation_alias="shown_status",
        description="Where it is; a job whose parts are worked on counts as running (`leased`).",
    )
    outcome: Outcome = Field(description="What came of it; empty until it is done.")
    wish: str = Field(description="`cancel` or `pause` where that was asked of a running job.")
    run_at: datetime = Field(description="When a waiting job is due.")
    attempts: int
    done: int
    total: int = Field(description="0 where nobody knows yet.")
    note: str
    tallies: dict[str, int] = Field(description="Counts by state.", examples=[{"live": 41, "refused": 3}])
    problem: JobProblem | None
    cause: dict[str, Any] = Field(examples=[{"kind": "person", "id": "0190…", "label": "M. Thomsen"}])
    parent_id: UUID | None
    created_at: datetime
    leased_at: datetime | None = Field(description="When it was last begun.")
    finished_at: datetime | None
    repeatable: bool = Field(
        validation_alias="is_repeatable",
        description="Whether it came to nothing and may be asked for again: `POST /jobs/{id}/repeat`.",
    )


class JobItemOut(BaseModel):
    """What came of one thing that the job worked on."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    ref_kind: str = Field(examples=["publication"])
    ref_id: str
    label: str
    state: str = Field(examples=["live"])
    problem: JobProblem | None
    at: datetime


class JobCounts(BaseModel):
    """How many jobs that people see are in each state."""

    running: int
    waiting: int
    paused: int
    failed_today: int
    finished_today: int


class PlannedOut(BaseModel):
    """Work that comes again."""

    model_config = ConfigDict(from_attributes=True)

    name: str
    kind: str = Field(examples=["inbound.poll_orders"])
    every_seconds: float
    next_at: datetime
