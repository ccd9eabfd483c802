"""What happens to a person's account concerns each business that they are in: the log of every one of them hears of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from kontor.accounts.models import Membership
from kontor.audit import service as audit
from kontor.core.tenancy import tenant
from kontor.jobs import service as jobs

KIND = "accounts.tell_tenants"


def record(person_id: UUID | None, action: str, **entry: Any) -> None:
    """As `audit.service.record`, in the open tenant at once and soon in the person's others, with the time of now.

    Does the same work for nobody and for whoever is in one tenant alone, so that a refused log-in tells neither.
    """
    made = audit.record(action, **entry)
    jobs.add(KIND, {"person": str(person_id or ""), "entry": audit.kept(made)})


def repeat(run_tenant_id: UUID, person_id: UUID, entry: dict[str, Any]) -> None:
    """The entry in each other tenant where the person is active, once however often this is called."""
    rows = Membership.objects.filter(person_id=person_id, is_active=True).exclude(tenant_id=run_tenant_id)
    for tenant_id in rows.order_by("id").values_list("tenant_id", flat=True):
        with tenant(tenant_id):
            audit.record_again(entry)
