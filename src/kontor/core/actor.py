"""Who acts: a person in one of their sessions, or a program with an API key; in one tenant, with what it may do there."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from kontor.core.cause import Cause


@dataclass(frozen=True, slots=True)
class Actor:
    """One person or key in one tenant. `scopes` holds `read`, `write`, `admin`: each is granted by name, none implies another.

    `name` is the person's or the key's. No scopes at all: the tenant demands a second factor that is still missing.
    """

    tenant_id: UUID
    person_id: UUID | None
    name: str
    scopes: frozenset[str]
    session_id: UUID | None = None
    key_id: UUID | None = None

    @property
    def credential_id(self) -> UUID | None:
        """What it came in by, and what ends with it: the session or the API key."""
        return self.session_id or self.key_id

    def cause(self) -> Cause:
        """What revisions, events and jobs write down about who did it."""
        if self.key_id:
            return {"kind": "api_key", "id": str(self.key_id), "label": self.name}
        return {"kind": "person", "id": str(self.person_id or ""), "label": self.name}
