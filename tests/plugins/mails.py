"""Mails as they reach a mailbox: `post` collects what the jobs of the test send."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest


class Post:
    """The mails that went out, oldest first."""

    def __init__(self, drain: Callable[..., int]) -> None:
        self._drain = drain

    def all(self) -> list[Any]:
        """Everything, after the jobs that are due have run."""
        from django.core import mail

        self._drain()
        return list(mail.outbox)

    def to(self, address: str) -> list[Any]:
        """The mails to one address."""
        return [each for each in self.all() if each.to == [address]]

    def link(self, address: str) -> str:
        """The link in the newest mail to an address."""
        found = re.findall(r"^https?://\S+$", self.to(address)[-1].body, re.MULTILINE)
        assert len(found) == 1, self.to(address)[-1].body
        return str(found[0])

    def token(self, address: str) -> str:
        """The token at the end of that link."""
        return re.split(r"[=/]", self.link(address))[-1]


@pytest.fixture
def post(db: None, drain: Callable[..., int], monkeypatch: pytest.MonkeyPatch) -> Post:
    """Collects mails in this process instead of writing them to files."""
    from django.conf import settings
    from django.core import mail

    monkeypatch.setattr(settings, "EMAIL_BACKEND", "django.core.mail.backends.locmem.EmailBackend")
    monkeypatch.setattr(mail, "outbox", [], raising=False)
    return Post(drain)
