"""``/_sandbox/api``: buy, pay, cancel, switch faults, read the truth and the requests, turn the clock."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kontor_sandbox import recording, web
from kontor_sandbox.control.listing import listing_page
from kontor_sandbox.control.page import page
from kontor_sandbox.ebay import consent, events, oauth, purchases
from kontor_sandbox.ebay.sellers import all_sellers
from kontor_sandbox.ebay.topics import TOPICS
from kontor_sandbox.faults import UnknownFault
from kontor_sandbox.store import find, rows
from kontor_sandbox.world import UnknownSetting, World

Body = dict[str, Any]
Action = Callable[[World, Request, Body], Any]


class Wrong(Exception):
    """The control API was asked something that makes no sense."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


def routes(world: World) -> list[Route]:
    """Everything below ``/_sandbox``."""

    def route(path: str, method: str, action: Action) -> Route:
        async def endpoint(request: Request) -> Response:
            raw = await request.body()
            try:
                found = await to_thread.run_sync(action, world, request, _object(raw))
            except Wrong as wrong:
                return JSONResponse({"error": str(wrong)}, wrong.status)
            except ValueError as error:
                return JSONResponse({"error": str(error)}, 400)
            except (purchases.NotForSale, LookupError) as error:
                return JSONResponse({"error": str(error)}, 404)
            except (purchases.SoldOut, purchases.WrongMoment) as error:
                return JSONResponse({"error": str(error)}, 409)
            return found if isinstance(found, Response) else JSONResponse(found)

        return Route(path, endpoint, methods=[method])

    return [
        route("/", "GET", page),
        route("/itm/{listing_id}", "GET", listing_page),
        route("/api/health", "GET", _health),
        route("/api/truth", "GET", _truth),
        route("/api/requests", "GET", _requests),
        route("/api/purchases", "POST", _buy),
        route("/api/orders/{order_id}/{step}", "POST", _order_step),
        route("/api/faults", "GET", _faults),
        route("/api/faults", "POST", _arm),
        route("/api/faults", "DELETE", _disarm),
        route("/api/faults/plan", "POST", _plan),
        route("/api/settings", "GET", lambda world, request, body: world.all_settings()),
        route("/api/settings", "POST", _settings),
        route("/api/clock", "POST", _clock),
        route("/api/apps", "GET", _applications),
        route("/api/apps", "POST", _register),
        route("/api/consents", "POST", _consent),
        route("/api/consents", "DELETE", _revoke),
        route("/api/deliveries", "GET", _deliveries),
        route("/api/events", "POST", _event),
        route("/api/reset", "POST", _reset),
    ]


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


def _buy(world: World, request: Request, body: Body) -> Any:
    lines = [
        purchases.Wanted(_text(line, "listing_id"), _text(line, "sku"), int(line.get("quantity", 1)))
        for line in body.get("lines") or []
    ]
    with world.store.transaction() as db:
        order_id = purchases.buy(
            db,
            world.now(),
            lines,
            buyer_name=_text(body, "buyer"),
            paid=bool(body.get("paid", True)),
            marketplace_id=_text(body, "marketplace"),
        )
    return JSONResponse({"order_id": order_id}, 201)


def _text(body: Body, name: str) -> str | None:
    value = body.get(name)
    return None if value is None or value == "" else str(value)


def _order_step(world: World, request: Request, body: Body) -> Any:
    steps = {"pay": purchases.pay, "cancel": purchases.cancel, "request_cancel": purchases.request_cancel}
    step = steps.get(request.path_params["step"])
    if step is None:
        raise Wrong(404, "An order can be paid (pay), cancelled (cancel) or asked to be (request_cancel).")
    order_id = request.path_params["order_id"]
    with world.store.transaction() as db:
        step(db, world.now(), order_id)
        row = find(db, "SELECT payment, fulfillment, cancel FROM ebay_order WHERE order_id = ?", order_id)
    assert row is not None
    return {"order_id": order_id} | dict(row)


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


def _applications(world: World, request: Request, body: Body) -> Any:
    with world.store.transaction() as db:
        found = rows(db, "SELECT client_id, ru_name, accepted_url, declined_url, title FROM ebay_application")
    return {"apps": [dict(row) for row in found]}


def _register(world: World, request: Request, body: Body) -> Any:
    """Register an application, or change one; what is left out is the default application's."""
    values = (
        str(body.get("client_id") or oauth.DEFAULT_CLIENT_ID),
        str(body.get("client_secret") or oauth.DEFAULT_SECRET),
        str(body.get("ru_name") or oauth.DEFAULT_RU_NAME),
        str(body.get("accepted_url") or ""),
        str(body.get("declined_url") or ""),
        str(body.get("title") or "Kontor"),
    )
    with world.store.transaction() as db:
        other = find(
            db, "SELECT 1 FROM ebay_application WHERE ru_name = ? AND client_id <> ?", values[2], values[0]
        )
        if other is not None:
            raise Wrong(409, f"The RuName {values[2]} belongs to another application.")
        db.execute("INSERT OR REPLACE INTO ebay_application VALUES (?, ?, ?, ?, ?, ?)", values)
    return JSONResponse({"client_id": values[0], "client_secret": values[1], "ru_name": values[2]}, 201)


def _consent(world: World, request: Request, body: Body) -> Any:
    """Play the person: the address that the browser would be sent back to after the click."""
    asked = {
        name: values[-1] for name, values in parse_qs(urlsplit(str(body.get("authorize_url"))).query).items()
    }
    with world.store.transaction() as db:
        account = _text(body, "account") or all_sellers(db)[0]["username"]
        location = consent.decide(world, db, asked, account, agrees=body.get("decision", "agree") == "agree")
    return {"redirect_url": location}


def _revoke(world: World, request: Request, body: Body) -> Any:
    """The seller takes consent back, from one application or all."""
    with world.store.transaction() as db:
        sellers = [row for row in all_sellers(db) if _text(body, "account") in (None, row["username"])]
        applications = rows(db, "SELECT client_id FROM ebay_application")
        for entry in sellers:
            for application in applications:
                if _text(body, "client_id") in (None, application["client_id"]):
                    oauth.revoke(db, application["client_id"], entry["seller_id"], world.now())
    return {"revoked": True}


def _deliveries(world: World, request: Request, body: Body) -> Any:
    with world.store.transaction() as db:
        found = rows(
            db,
            "SELECT number, notification_id, topic, state, attempts, last_answer, event_at FROM ebay_delivery"
            " ORDER BY number DESC LIMIT 500",
        )
    return {"deliveries": [dict(row) for row in found]}


def _event(world: World, request: Request, body: Body) -> Any:
    """Let something be told that nothing here causes, such as the deletion of a user's account."""
    topic = str(body.get("topic"))
    if topic not in TOPICS:
        raise Wrong(404, f"There is no topic called {topic!r}.")
    with world.store.transaction() as db:
        entry = next(
            (row for row in all_sellers(db) if _text(body, "account") in (None, row["username"])), None
        )
        if entry is None:
            raise Wrong(404, f"There is no played account {body.get('account')!r}.")
        data = {"username": entry["username"], "userId": entry["userId"], "eiasToken": ""} | (
            body.get("data") or {}
        )
        sent = events.publish(db, topic, data, world.now(), seller_id=entry["seller_id"])
    return {"deliveries": sent}


def _reset(world: World, request: Request, body: Body) -> Any:
    world.reset()
    return {"reset": True}
