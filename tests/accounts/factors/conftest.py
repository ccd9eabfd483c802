"""Browsers, and people with a second factor."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pyotp
import pytest
from tests.accounts.browser import Browser
from tests.accounts.conftest import anonymous, entries, martina, visit

__all__ = ["anonymous", "entries", "martina", "visit"]


class App:
    """The authenticator app on a phone. Each code is of a later half minute, as if time had gone by."""

    def __init__(self, secret: str) -> None:
        self.totp, self._last = pyotp.TOTP(secret), 0

    def code(self, steps: int = 0) -> str:
        """What the app shows, `steps` half minutes from now."""
        from kontor.core.clock import now

        return self.totp.at(now() + timedelta(seconds=30 * steps))


@pytest.fixture
def app(martina: Browser) -> App:
    """Martina's app; its first code is spent on setting it up."""
    app = App(martina.post("/me/factors/totp")["secret"])
    added = martina.post("/me/factors/totp/confirm", {"code": app.code(-1)})
    assert len(added["recovery_codes"]) == 10
    app.recovery_codes = added["recovery_codes"]  # type: ignore[attr-defined]
    return app


@pytest.fixture
def elsewhere(visit: Callable[..., Browser]) -> Browser:
    """Another device in another place."""
    return visit("Safari", "198.51.100.4")
