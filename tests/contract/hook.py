"""A webhook address of ours, as small as can be: answers the handshake and keeps what is pushed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import orjson

WAIT_SECONDS = 90.0  # a deadline for what never comes, not an expectation: two busy cores are slow
Push = tuple[Mapping[str, str], bytes]


@dataclass
class Hook:
    """`endpoint` as it is registered; `pushes` as they came, headers and raw bytes."""

    endpoint: str
    token: str
    pushes: list[Push] = field(default_factory=list)
    arrived: threading.Condition = field(default_factory=threading.Condition)

    def wait_for(self, count: int) -> list[Push]:
        """Waits for the fact that so many pushes came, with a deadline."""
        deadline = time.monotonic() + WAIT_SECONDS
        with self.arrived:
            while len(self.pushes) < count:
                left = deadline - time.monotonic()
                if left <= 0 or not self.arrived.wait(left):
                    raise AssertionError(f"{len(self.pushes)} of {count} pushes came")
            return list(self.pushes)


@contextmanager
def listening(answer: Callable[[str, str, str], str] | None) -> Iterator[Hook]:
    """Serves a hook on a free port. `answer` is the channel's handshake."""
    hook = Hook("", "kontor-verification-token-0123456789-abcdef")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            code = parse_qs(urlsplit(self.path).query).get("challenge_code", [""])[0]
            response = answer(code, hook.token, hook.endpoint) if answer else ""
            self._reply(200, orjson.dumps({"challengeResponse": response}))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            with hook.arrived:
                hook.pushes.append((dict(self.headers.items()), body))
                hook.arrived.notify_all()
            self._reply(204, b"")

        def _reply(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    hook.endpoint = f"http://127.0.0.1:{server.server_port}/hooks/1"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield hook
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
