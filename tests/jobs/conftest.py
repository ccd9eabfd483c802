"""Kinds of work that only these tests ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID

import pytest

from kontor.core.clock import now
from kontor.core.tenancy import tenant
from kontor.jobs import registry
from kontor.jobs.models import Job

Register = Callable[..., Callable[[registry.Handle], registry.Handle]]


@pytest.fixture
def handler() -> Iterator[Register]:
    """As `registry.handler`, forgotten when the test ends."""
    before = dict(registry.HANDLERS)
    yield registry.handler
    registry.HANDLERS.clear()
    registry.HANDLERS.update(before)


@pytest.fixture
def read(tenant_a: UUID) -> Callable[[UUID], Job]:
    """The row of a job of the first tenant, as it is now."""

    def reading(job_id: UUID) -> Job:
        with tenant(tenant_a):
            return Job.objects.get(id=job_id)

    return reading


@pytest.fixture
def expire(tenant_a: UUID) -> Callable[[UUID], None]:
    """Makes the lease of a job run out, as if its worker had died long ago."""

    def expiring(job_id: UUID) -> None:
        with tenant(tenant_a):
            Job.objects.filter(id=job_id).update(leased_until=now() - timedelta(seconds=1))

    return expiring
