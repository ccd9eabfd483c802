"""An estate agent with consent, in an empty played portal."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.sandbox.is24.agent import Agent

import kontor_sandbox


@pytest.fixture
def stranger(sandbox: kontor_sandbox.RunningSandbox) -> Iterator[Agent]:
    """Somebody without a token."""
    with Agent(sandbox.url) as opened:
        opened.control("POST", "/reset")
        yield opened


@pytest.fixture
def agent(stranger: Agent) -> Agent:
    """Hafenblick Immobilien, connected."""
    stranger.connect()
    return stranger
