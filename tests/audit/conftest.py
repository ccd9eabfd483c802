"""The API clients of `tests.plugins.api`, and a log with entries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from tests.plugins.api import anonymous, api, enter, other_api

__all__ = ["anonymous", "api", "enter", "other_api"]
Write = Callable[..., None]


@pytest.fixture
def write(db: None) -> Write:
    """A function that records one entry in a tenant, as somebody."""

    def written(tenant_id: UUID, action: str, *, by: str = "Martina Thomsen", **values: Any) -> None:
        from kontor.audit import service
        from kontor.core.cause import causing
        from kontor.core.tenancy import tenant

        with (
            causing({"kind": "person", "id": f"id of {by}", "label": by}),
            tenant(tenant_id),
        ):
            service.record(action, **values)

    return written
