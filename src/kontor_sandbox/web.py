"""The open web, played: any picture address is answered with a drawn picture.

``GET /_web?url=<encoded address>`` stands for the address. An address with ``/missing/`` in it is 404, one that ends
in ``.html`` is a page, one that a fault made vanish stays gone until faults are cleared.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from urllib.parse import urlsplit

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kontor_sandbox.drawing import picture
from kontor_sandbox.faults import Fault
from kontor_sandbox.store import find
from kontor_sandbox.world import World

FAULT = Fault(
    "picture_gone",
    "A picture on the open web vanishes: 404 from now on.",
    operations=("GET /_web",),
    plan=(("GET /_web", 30),),
)
_PAGE = b"<!DOCTYPE html><title>A page</title><p>This is a page, not a picture.</p>"


@dataclass(frozen=True, slots=True)
class Found:
    """What an address of the open web answers."""

    status: int
    media_type: str
    content: bytes


def fetch(world: World, address: str) -> Found:
    """What is at an address; the same each time."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return Found(400, "text/plain", b"This is no web address.\n")
    with world.store.transaction() as db:
        gone = find(db, "SELECT 1 FROM gone_picture WHERE address = ?", address) is not None
    if gone or "/missing/" in parts.path:
        return Found(404, "text/html", b"<!DOCTYPE html><title>404</title><h1>Not found</h1>")
    if parts.path.endswith((".html", ".htm")):
        return Found(200, "text/html", _PAGE)
    as_png = parts.path.lower().endswith(".png")
    return Found(200, "image/png" if as_png else "image/jpeg", picture(address, as_png=as_png))


def let_vanish(world: World, address: str) -> None:
    """This address answers 404 from now on."""
    with world.store.transaction() as db:
        db.execute("INSERT OR IGNORE INTO gone_picture VALUES (?)", (address,))


def bring_back_all(world: World) -> None:
    """Nothing is gone any more."""
    with world.store.transaction() as db:
        db.execute("DELETE FROM gone_picture")


def routes(world: World) -> list[Route]:
    """The route of the open web."""

    def answer(address: str) -> Found:
        fired = world.faults.draw("GET /_web")
        if fired is not None and fired.name == FAULT.name:
            let_vanish(world, address)
        return fetch(world, address)

    async def web(request: Request) -> Response:
        found = await to_thread.run_sync(answer, request.query_params.get("url", ""))
        etag = f'"{hashlib.sha256(found.content).hexdigest()[:32]}"'
        headers = {"etag": etag, "cache-control": "max-age=86400"} if found.status == 200 else {}
        return Response(found.content, found.status, headers, found.media_type)

    return [Route("/_web", web, methods=["GET", "HEAD"])]
