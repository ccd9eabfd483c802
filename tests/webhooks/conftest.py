"""A business's own system: a small server that remembers what it was told and answers as the test wants."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from tests.plugins.api import anonymous, api, enter, other_api
from tests.plugins.mails import post

from kontor.core.config import settings

__all__ = ["anonymous", "api", "enter", "other_api", "post"]


@dataclass
class Heard:
    """One message as it came."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """`answer` is what the next messages get: status, headers, body."""

    url: str = ""
    heard: list[Heard] = field(default_factory=list)
    answer: tuple[int, dict[str, str], bytes] = (204, {}, b"")
    seconds: float = 0.0
    released: threading.Event = field(default_factory=threading.Event)

    def wait_for(self, count: int, seconds: float = 10.0) -> None:
        """Until so many messages came."""
        deadline = time.monotonic() + seconds
        while len(self.heard) < count:
            assert time.monotonic() < deadline, f"{len(self.heard)} of {count} messages came"
            self.released.wait(0.01)


@pytest.fixture
def receivers(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Receiver]]:
    """A function that starts a receiver on this machine, which this installation allows webhooks to reach."""
    monkeypatch.setenv("WEBHOOK_NETWORKS", "127.0.0.0/8")
    settings.cache_clear()
    running: list[tuple[ThreadingHTTPServer, Receiver]] = []

    def start() -> Receiver:
        receiver = Receiver()

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                receiver.heard.append(Heard(self.path, headers, body))
                receiver.released.wait(receiver.seconds)
                status, more, content = receiver.answer
                self.send_response(status)
                for name, value in {"Content-Length": str(len(content)), **more}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: Any) -> None:
                """Silent."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        receiver.url = f"http://127.0.0.1:{server.server_port}/hook"
        running.append((server, receiver))
        return receiver

    yield start
    for server, receiver in running:
        receiver.released.set()
        server.shutdown()
        server.server_close()
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
def receiver(receivers: Callable[[], Receiver]) -> Receiver:
    """One of them."""
    return receivers()
