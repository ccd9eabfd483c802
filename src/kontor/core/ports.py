"""Ports of this machine's own address: taken, found free, and asked."""

from __future__ import annotations

import socket
import urllib.error
import urllib.request

HERE = "127.0.0.1"
WAITING = 2048  # callers that the kernel keeps waiting while nobody accepts


class PortTaken(OSError):
    """Another program listens there."""


def listen(port: int) -> socket.socket:
    """A listening socket; 0 takes a free port. Raises PortTaken."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HERE, port))
    except OSError as error:
        listener.close()
        raise PortTaken(f"Port {port} is taken by another program: choose another.") from error
    listener.listen(WAITING)
    return listener


def listen_if_free(preferred: int) -> socket.socket:
    """Like `listen`, with another port where the preferred one is taken."""
    try:
        return listen(preferred)
    except PortTaken:
        return listen(0)


def free(preferred: int) -> int:
    """A port that nobody has now: the preferred one, or another. Somebody may still come first."""
    with listen_if_free(preferred) as found:
        return int(found.getsockname()[1])


def answers(url: str) -> bool:
    """Whether an address of ours answers without an error."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310  # our own address
            return bool(answer.status < 400)
    except (urllib.error.URLError, OSError):
        return False
