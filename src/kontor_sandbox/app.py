"""The ASGI application: routes to the channels, the control pages, the pictures and the played open web."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from typing import Any

from anyio import to_thread
from starlette.applications import Starlette
from starlette.requests import Request as WebRequest
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.types import Receive, Scope, Send

from kontor_sandbox import recording
from kontor_sandbox.control.api import routes as control_routes
from kontor_sandbox.control.is24_api import routes as is24_control_routes
from kontor_sandbox.ebay.media import file_of
from kontor_sandbox.exchange import Answer, Request
from kontor_sandbox.faults import Fired
from kontor_sandbox.is24.attachments import file_of as attachment_file
from kontor_sandbox.web import routes as web_routes
from kontor_sandbox.world import Channel, World, Worlds, stamp

THREADS = 48
_HTML_ERROR = (
    "<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head>"
    "<body><center><h1>502 Bad Gateway</h1></center><hr><center>edge</center></body></html>"
)


def build(worlds: Worlds) -> Starlette:
    """The whole sandbox as one ASGI application."""
    world = worlds.ebay

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        to_thread.current_default_thread_limiter().total_tokens = THREADS
        background = [
            asyncio.create_task(channel.background(world)) for world in worlds for channel in world.channels
        ]
        yield
        for task in background:
            task.cancel()
        await asyncio.gather(*background, return_exceptions=True)

    app = Starlette(
        routes=[
            Mount("/_sandbox/is24", routes=is24_control_routes(worlds.is24)),
            Mount("/_sandbox", routes=control_routes(world)),
            *web_routes(world),
            Route("/_is24/attachments/{attachment_id}/{name}", _attachment, methods=["GET", "HEAD"]),
            Route("/_pictures/{image_id}/{name}", _picture, methods=["GET", "HEAD"]),
            Route("/_hosts/{site}/itm/{listing_id}", _listing, methods=["GET"]),
            Route("/_hosts/www.immobilienscout24.de/expose/{realestate_id}", _expose, methods=["GET"]),
            Route("/", _front, methods=["GET"]),
            Mount("/", app=ChannelDoor(worlds)),
        ],
        lifespan=lifespan,
    )
    app.state.worlds = worlds
    return app


async def _front(request: WebRequest) -> Response:
    return Response(status_code=307, headers={"location": "/_sandbox/"})


async def _listing(request: WebRequest) -> Response:
    """The address that buyers know a listing by, at any of the marketplace's sites."""
    return Response(
        status_code=307, headers={"location": f"/_sandbox/itm/{request.path_params['listing_id']}"}
    )


async def _expose(request: WebRequest) -> Response:
    """The address that seekers know an object by."""
    return Response(
        status_code=307,
        headers={"location": f"/_sandbox/is24/expose/{request.path_params['realestate_id']}"},
    )


async def _picture(request: WebRequest) -> Response:
    found = await to_thread.run_sync(file_of, request.app.state.worlds.ebay, request.path_params["image_id"])
    if found is None:
        return PlainTextResponse("No such picture.\n", 404)
    return Response(found[0], 200, {"cache-control": "max-age=86400"}, found[1])


async def _attachment(request: WebRequest) -> Response:
    found = await to_thread.run_sync(
        attachment_file, request.app.state.worlds.is24, request.path_params["attachment_id"]
    )
    if found is None:
        return PlainTextResponse("No such file.\n", 404)
    return Response(found[0], 200, {"cache-control": "max-age=86400"}, found[1])


class ChannelDoor:
    """Hands what is addressed to a channel to that channel, with faults and records around it."""

    def __init__(self, worlds: Worlds) -> None:
        self._worlds = worlds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        web_request = WebRequest(scope, receive)
        request = await _read(web_request)
        found = self._find(request)
        if found is None:
            await PlainTextResponse("Nothing is played at this address.\n", 404)(scope, receive, send)
            return
        answer, fired = await to_thread.run_sync(self._answer, *found, request)
        if fired is not None and fired.name == "answer_lost":
            await _drop_connection(scope, receive)
            return
        body = answer.encoded()
        headers = {"content-type": answer.media_type} if body else {}
        await Response(body, answer.status, headers | answer.headers)(scope, receive, send)

    def _find(self, request: Request) -> tuple[World, Channel] | None:
        for world in self._worlds:
            for channel in world.channels:
                if request.host in channel.hosts or (request.host is None and channel.claims(request.path)):
                    return world, channel
        return None

    def _answer(self, world: World, channel: Channel, request: Request) -> tuple[Answer, Fired | None]:
        fired = world.faults.draw(f"{request.method} {request.raw_path}")
        if fired is not None and fired.name == "slow":
            time.sleep(float(world.setting("slow_seconds")))
        if fired is not None and fired.name == "html_error":
            answer = Answer(502, _HTML_ERROR, media_type="text/html")
        else:
            answer = channel.answer(world, request, fired)
        with world.store.transaction() as db:
            recording.record(
                db, stamp(world.now()), request, answer, answer.encoded(), fired.name if fired else None
            )
        return answer, fired


async def _read(web_request: WebRequest) -> Request:
    scope = web_request.scope
    raw_path = scope["raw_path"].decode("ascii").split("?")[0]
    base_url = f"{scope['scheme']}://{web_request.headers.get('host', 'localhost')}"
    host = None
    if raw_path.startswith("/_hosts/"):
        _, _, host, rest = (
            raw_path.split("/", 3) if raw_path.count("/") > 2 else (*raw_path.split("/", 2), "")
        )
        base_url, raw_path = f"{base_url}/_hosts/{host}", f"/{rest}"
    return Request(
        method=web_request.method,
        raw_path=raw_path,
        query_string=scope["query_string"].decode("latin-1"),
        headers={name.lower(): value for name, value in web_request.headers.items()},
        body=await web_request.body(),
        base_url=base_url,
        host=host,
    )


async def _drop_connection(scope: dict[str, Any] | Scope, receive: Receive) -> None:
    """Close the socket without a byte of an answer, as a dying proxy does."""
    scope["state"]["drop_connection"]()
    while (await receive())["type"] != "http.disconnect":
        pass
