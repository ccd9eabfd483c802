"""What every played channel's control API has: health, truth, requests, faults, settings, the clock, reset."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kontor_sandbox import recording, web
from kontor_sandbox.faults import UnknownFault
from kontor_sandbox.world import UnknownSetting, World

Body = dict[str, Any]
Action = Callable[[World, Request, Body], Any]


class Wrong(Exception):
    """The control API was asked something that makes no sense now."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


def route(world: World, path: str, method: str, action: Action) -> Route:
    """A route of a control API: JSON in and out, and a sentence where it makes no sense."""

    async def endpoint(request: Request) -> Response:
        raw = await request.body()
        try:
            found = await to_thread.run_sync(action, world, request, _object(raw))
        except Wrong as wrong:
            return JSONResponse({"error": str(wrong)}, wrong.status)
        except ValueError as error:
            return JSONResponse({"error": str(error)}, 400)
        except LookupError as error:
            return JSONResponse({"error": str(error)}, 404)
        return found if isinstance(found, Response) else JSONResponse(found)

    return Route(path, endpoint, methods=[method])


def shared_routes(world: World) -> list[Route]:
    """The part of the control API that is the same for every channel."""
    listed: list[tuple[str, str, Action]] = [
        ("/api/health", "GET", _health),
        ("/api/truth", "GET", _truth),
        ("/api/requests", "GET", _requests),
        ("/api/faults", "GET", _faults),
        ("/api/faults", "POST", _arm),
        ("/api/faults", "DELETE", _disarm),
        ("/api/faults/plan", "POST", _plan),
        ("/api/settings", "GET", lambda world, request, body: world.all_settings()),
        ("/api/settings", "POST", _settings),
        ("/api/clock", "POST", _clock),
        ("/api/reset", "POST", _reset),
    ]
    return [route(world, path, method, action) for path, method, action in listed]


def text(body: Body, name: str) -> str | None:
    """A member of a body as text; None where it is missing or empty."""
    value = body.get(name)
    return None if value is None or value == "" else str(value)


def _object(raw: bytes) -> Body:
    body = json.loads(raw) if raw else {}
    if not isinstance(body, dict):
        raise Wrong(400, "The body must be a JSON object.")
    return body


def _health(world: World, request: Request, body: Body) -> Any:
    world.ready()
    return {"ready": True, "url": world.public_url, "specs": world.specs is not None}


def _truth(world: World, request: Request, body: Body) -> Any:
    with world.store.transaction() as db:
        return {channel.name: channel.truth(world, db) for channel in world.channels}


def _requests(world: World, request: Request, body: Body) -> Any:
    asked = request.query_params
    with world.store.transaction() as db:
        found = recording.recorded(
            db,
            method=asked.get("method", ""),
            path=asked.get("path", ""),
            status=int(asked.get("status", 0)),
            after=int(asked.get("after", 0)),
            limit=int(asked.get("limit", 200)),
        )
    return {"requests": found}


def _faults(world: World, request: Request, body: Body) -> Any:
    return {"faults": world.faults.overview()}


def _arm(world: World, request: Request, body: Body) -> Any:
    try:
        world.faults.arm(
            str(body.get("name")),
            times=int(body.get("times", 1)),
            operation=str(body.get("operation") or "* *"),
            after=int(body.get("after", 0)),
        )
    except UnknownFault as error:
        raise Wrong(404, str(error)) from None
    return _faults(world, request, body)


def _disarm(world: World, request: Request, body: Body) -> Any:
    world.faults.disarm()
    web.bring_back_all(world)
    return _faults(world, request, body)


def _plan(world: World, request: Request, body: Body) -> Any:
    world.faults.arm_plan(int(body.get("seed", 0)))
    return _faults(world, request, body)


def _settings(world: World, request: Request, body: Body) -> Any:
    try:
        world.change_settings(body)
    except UnknownSetting as error:
        raise Wrong(400, str(error)) from None
    return world.all_settings()


def _clock(world: World, request: Request, body: Body) -> Any:
    offset = float(world.setting("clock_offset_seconds")) + float(body.get("advance_seconds", 0))
    world.change_settings({"clock_offset_seconds": offset})
    return {"now": world.now().isoformat(), "clock_offset_seconds": offset}


def _reset(world: World, request: Request, body: Body) -> Any:
    world.reset()
    return {"reset": True}
