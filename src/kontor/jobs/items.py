"""What came of each thing of a long job, written many at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kontor.core.clock import now
from kontor.jobs.models import JobItem


@dataclass(frozen=True, slots=True)
class ItemNote:
    """One thing of a job; `problem` as JSON."""

    ref_kind: str
    ref_id: str
    label: str
    state: str
    problem: dict[str, Any] | None = None


def put(job_id: UUID, notes: Iterable[ItemNote]) -> None:
    """Replaces what was said of these things before; one statement. Inside `tenant()`."""
    moment = now()
    JobItem.objects.bulk_create(
        [
            JobItem(
                job_id=job_id,
                ref_kind=note.ref_kind,
                ref_id=note.ref_id,
                label=note.label[:200],
                state=note.state,
                problem=note.problem,
                at=moment,
            )
            for note in notes
        ],
        update_conflicts=True,
        unique_fields=["tenant_id", "job", "ref_kind", "ref_id"],
        update_fields=["label", "state", "problem", "at"],
    )
