"""One HTTP client per process and kind of call: connections are kept open between calls and threads."""

from __future__ import annotations

import os
import threading

import httpx2

CONNECT_SECONDS = 5.0
READ_SECONDS = 30.0
TOTAL_SECONDS = 60.0
ANSWER_BYTES = 32 * 1024 * 1024

_lock = threading.Lock()
_clients: dict[tuple[int, bool], httpx2.Client] = {}


def client(*, uses_proxies: bool) -> httpx2.Client:
    """The shared client of this process; thread-safe. Proxies of the environment are for the open web only."""
    key = (os.getpid(), uses_proxies)  # a forked child must not share its parent's sockets
    found = _clients.get(key)
    if found is None:
        with _lock:
            found = _clients.get(key) or _clients.setdefault(key, _made(uses_proxies))
    return found


def _made(uses_proxies: bool) -> httpx2.Client:
    return httpx2.Client(
        timeout=httpx2.Timeout(READ_SECONDS, connect=CONNECT_SECONDS, pool=CONNECT_SECONDS),
        limits=httpx2.Limits(max_connections=100, max_keepalive_connections=40, keepalive_expiry=30),
        follow_redirects=False,
        trust_env=uses_proxies,
        headers={"User-Agent": "Kontor/1", "Accept": "application/json"},
    )
