"""The API clients and the mailbox; people who can log in with a password."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient
from tests.plugins.api import anonymous, api, enter, other_api
from tests.plugins.mails import post

from kontor.accounts.models import Membership, Person

__all__ = ["anonymous", "api", "enter", "joined", "other_api", "post"]

PASSWORD = "drei Segel im Wind"
Joined = Callable[..., TestClient]


@pytest.fixture
def joined(tenant_a: UUID, anonymous: TestClient) -> Joined:
    """A function that makes a person with PASSWORD in `tenant_a`, who has confirmed their address."""

    def made(email: str, role: str = "member", **fields: Any) -> Person:
        from kontor.core.clock import now

        options = {"first_name": "Ole", "last_name": "Boje", "email_verified_at": now(), "language": "en"}
        person = Person.objects.create_user(email, PASSWORD, **{**options, **fields})
        Membership.objects.create(person=person, tenant_id=tenant_a, role=role)
        return person

    return made
