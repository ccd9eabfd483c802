"""Who acts: a person (or a token of theirs) in one tenant, with what they may do there."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from kontor.core.cause import Cause


@dataclass(frozen=True, slots=True)
class Actor:
    """One person in one tenant. `scopes` holds `read`, `write`, `admin`: each is granted by name, none implies another."""

    tenant_id: UUID
    person_id: UUID | None
    name: str
    scopes: frozenset[str]

    def cause(self) -> Cause:
        """What revisions, events and jobs write down about who did it."""
        return {"kind": "person", "id": str(self.person_id or ""), "label": self.name}
