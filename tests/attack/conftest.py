"""Alpha, who has one of everything, and Beta, an owner elsewhere who attacks."""

from uuid import UUID

import pytest
from tests.api.world import World
from tests.plugins.api import Caller, anonymous, api, enter, other_api

__all__ = ["anonymous", "api", "enter", "other_api"]


@pytest.fixture
def alpha(tenant_a: UUID) -> World:
    """One of everything in `tenant_a`; its mark stands in each thing."""
    return World(tenant_a, mark="Geheimnis von Alpha")


@pytest.fixture
def own(tenant_b: UUID) -> World:
    """And in `tenant_b`: what a request names beside the one foreign id."""
    return World(tenant_b, mark="Eigenes von Beta")


@pytest.fixture
def beta(other_api: Caller) -> Caller:
    """The attacker, who may do everything in their own tenant."""
    other_api.headers["If-Match"] = "*"
    return other_api
