"""Work that comes again: rows, of which any worker makes jobs when they are due."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from kontor.core.cause import SYSTEM, causing
from kontor.core.clock import now
from kontor.core.tenancy import tenant
from kontor.jobs import service
from kontor.jobs.models import Lane, Schedule

HOUSE = UUID(int=0)  # the tenant of jobs that belong to nobody: their handlers see no tenant's rows


_declared: dict[str, tuple[str, float]] = {}


def declare(name: str, kind: str, every_seconds: float) -> None:
    """For a noun's `jobs.py`: work of the house that every installation does; workers make the schedule at their start."""
    _declared[name] = (kind, every_seconds)


def ensure_declared() -> None:
    """Makes the schedules of all that was declared."""
    for name, (kind, every_seconds) in _declared.items():
        ensure(name, kind, every_seconds)


def ensure(
    name: str,
    kind: str,
    every_seconds: float,
    payload: Mapping[str, Any] | None = None,
    tenant_id: UUID | None = None,
    *,
    lane: Lane = Lane.NORMAL,
) -> None:
    """Makes or changes the schedule `name`; a new one is due at once. Without a tenant it is the house's.

    Its jobs carry the key `schedule:<name>`, so a slow one does not pile up.
    """
    wanted = {
        "kind": kind,
        "every_seconds": every_seconds,
        "payload": dict(payload or {}),
        "tenant_id": tenant_id,
        "lane": lane,
    }
    schedule, created = Schedule.objects.get_or_create(name=name, defaults=wanted)
    if not created:
        soonest = min(schedule.next_at, now() + timedelta(seconds=every_seconds))
        Schedule.objects.filter(name=name).update(**wanted, next_at=soonest)


def remove(name: str) -> None:
    """Ends a schedule; a job of it that waits already still runs."""
    Schedule.objects.filter(name=name).delete()


def insert_due() -> int:
    """Makes the jobs of all schedules that are due, once however many workers look; answers how many."""
    due = Schedule.objects.filter(next_at__lte=now()).order_by("next_at")
    return sum(_insert(schedule.id, schedule.tenant_id or HOUSE) for schedule in due)


def _insert(schedule_id: int, tenant_id: UUID) -> int:
    with tenant(tenant_id), causing(SYSTEM):
        due = Schedule.objects.select_for_update(skip_locked=True).filter(id=schedule_id, next_at__lte=now())
        schedule = due.first()
        if schedule is None:
            return 0
        service.add(
            schedule.kind, schedule.payload, key=f"schedule:{schedule.name}", lane=Lane(schedule.lane)
        )
        # Turns that were missed while nobody ran are not made up for.
        next_at = max(schedule.next_at + timedelta(seconds=schedule.every_seconds), now())
        Schedule.objects.filter(id=schedule.id).update(next_at=next_at)
        return 1
