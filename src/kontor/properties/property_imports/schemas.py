"""What the API shows and takes of imports of packages."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from kontor.catalog.schemas import CauseOut, ProblemOut
from kontor.jobs.models import Job
from kontor.properties.property_imports.models import PropertyImport, PropertyResult
from kontor.properties.property_imports.standing import State, state_of

ActionName = Literal["created", "updated", "unchanged", "removed", "refused"]
UndoneName = Literal["reverted", "archived", "restored", "left"]
_COUNTS = (
    "created", "updated", "unchanged", "removed", "refused", "reverted", "archived", "restored", "left",
)  # fmt: skip


class PropertyImportBody(BaseModel):
    """How a package is taken in."""

    removes_absent: bool = Field(
        False,
        description="Archive what earlier packages of the same offerer brought, where a document that calls itself whole "
        "leaves it out. What people made themselves stays.",
    )


class DocumentRefusal(BaseModel):
    """A document of the package that could not be read, or not to its end."""

    document: str = Field(examples=["export/objekte.xml"])
    code: str = Field(examples=["openimmo.not_well_formed"])
    message: str
    params: dict[str, Any]


class PropertyImportOut(BaseModel):
    """One uploaded package, and how far it is."""

    id: UUID
    file_name: str = Field(examples=["export-2026-11-21.zip"])
    file_bytes: int
    state: State = Field(
        description="`paused`, `failed` and `cancelled` come from its job; what was imported stays."
    )
    removes_absent: bool
    created: int
    updated: int
    unchanged: int = Field(
        description="Properties that were so already, or of which there was nothing to remove."
    )
    removed: int = Field(description="Properties that were archived because the package says so.")
    refused: int = Field(description="Objects that were not taken.")
    reverted: int = Field(description="After an undo: properties that are as they were before.")
    archived: int = Field(description="After an undo: properties that the import had made.")
    restored: int = Field(description="After an undo: properties that the import had removed.")
    left: int = Field(description="After an undo: properties that somebody changed since, left as they are.")
    refusals: list[DocumentRefusal] = Field(description="Documents that could not be read to their end.")
    job_id: UUID | None = Field(description="The job that imports or undoes, or did last.")
    created_at: datetime
    finished_at: datetime | None
    cause: CauseOut
    problem: ProblemOut | None = Field(description="Why it failed.")

    @classmethod
    def of(cls, row: PropertyImport, job: Job | None) -> PropertyImportOut:
        """As it stands."""
        state = state_of(row, job)
        return cls(
            **{name: getattr(row, name) for name in _COUNTS},
            id=row.id,
            file_name=row.file_name,
            file_bytes=row.file_bytes,
            state=state,
            removes_absent=row.removes_absent,
            refusals=[DocumentRefusal(**each) for each in row.refusals],
            job_id=row.job_id,
            created_at=row.created_at,
            finished_at=row.finished_at or (job.finished_at if job else None),
            cause=CauseOut(**row.cause),
            problem=ProblemOut(**job.problem) if job and job.problem and state is State.FAILED else None,
        )


class PropertyResultOut(BaseModel):
    """What came of one object of a package."""

    number: int = Field(
        description="Its place in the package, from 0; what was removed for being absent comes last."
    )
    document: str
    line: int = Field(description="Where it begins in its document; 0: it stands in none.")
    offerer: str = Field(description="The offerer's OpenImmo number, else its name.")
    openimmo_id: str
    reference: str
    listing_id: UUID | None
    action: ActionName
    revision_before: int
    revision_after: int
    problems: list[ProblemOut] = Field(
        description="Why it was refused; of one that was taken, what is missing."
    )
    undone: UndoneName | None
    left_because: str | None = Field(
        description="`changed` since, or its number is used by another (`reference_taken`)."
    )

    @classmethod
    def of(cls, row: PropertyResult) -> PropertyResultOut:
        """As it is kept."""
        return cls.model_validate({
            **{name: getattr(row, name) for name in cls.model_fields},
            "problems": [ProblemOut(**each) for each in row.problems],
            "undone": row.undone or None,
            "left_because": row.left_because or None,
        })  # fmt: skip
