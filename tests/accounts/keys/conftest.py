"""A browser of an owner, and programs with keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient
from tests.accounts.browser import Browser
from tests.accounts.conftest import anonymous, entries, martina, visit

__all__ = ["anonymous", "entries", "martina", "visit"]
Json = dict[str, Any]
Make = Callable[..., Json]


class Program:
    """A client that sends a key."""

    def __init__(self, client: TestClient, key: str) -> None:
        self._client, self._headers = client, {"Authorization": f"Bearer {key}"}

    def send(self, method: str, path: str, **options: Any) -> Response:
        return self._client.request(method, f"/api/v1{path}", headers=self._headers, **options)

    def status(self, path: str = "/listings") -> int:
        return self.send("GET", path).status_code


@pytest.fixture
def make(martina: Browser) -> Make:
    """A function by which Martina makes a key."""

    def made(name: str = "Warenwirtschaft", scopes: tuple[str, ...] = ("read",), **more: Any) -> Json:
        return martina.post("/api-keys", {"name": name, "scopes": list(scopes), **more}, expect=201)

    return made


@pytest.fixture
def program(anonymous: TestClient) -> Callable[[Json], Program]:
    """A function that gives a key that was made to a program."""
    return lambda made: Program(anonymous, made["secret"])
