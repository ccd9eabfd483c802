"""The API clients of `tests.plugins.api`, and one of everything."""

from uuid import UUID

import pytest
from tests.api.world import World
from tests.plugins.api import anonymous, api, enter, other_api, serve, token

__all__ = ["anonymous", "api", "enter", "other_api", "serve", "token"]


@pytest.fixture
def alpha(tenant_a: UUID) -> World:
    """One of everything in `tenant_a`."""
    return World(tenant_a, mark="Geheimnis von Alpha")
