"""A client that costs next to nothing, so that the server is what is measured: raw HTTP/1.1 on kept connections."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Target:
    """One address to ask again and again."""

    url: str
    token: str = ""

    def request(self) -> bytes:
        """The bytes of one GET."""
        parts = urlsplit(self.url)
        lines = [
            f"GET {parts.path}?{parts.query} HTTP/1.1",
            f"Host: {parts.netloc}",
            "Accept: application/json",
        ]
        if self.token:
            lines.append(f"Authorization: Bearer {self.token}")
        return "\r\n".join([*lines, "", ""]).encode()


def requests_per_second(target: Target, *, connections: int, seconds: float) -> float:
    """How many answers came per second over so many connections. Raises RuntimeError for any answer but 200."""
    return asyncio.run(_all(target, connections, seconds))


async def _all(target: Target, connections: int, seconds: float) -> float:
    begun = time.perf_counter()
    counts = await asyncio.gather(*(_one(target, begun + seconds) for _ in range(connections)))
    return sum(counts) / (time.perf_counter() - begun)


async def _one(target: Target, until: float) -> int:
    parts = urlsplit(target.url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    request, count = target.request(), 0
    try:
        while time.perf_counter() < until:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 200 "):
                raise RuntimeError(f"{target.url} answered {head.splitlines()[0].decode()}")
            length = head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0]
            await reader.readexactly(int(length))
            count += 1
    finally:
        writer.close()
    return count
