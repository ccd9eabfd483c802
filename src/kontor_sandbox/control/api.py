"""``/_sandbox/api``: eBay's buyers, orders, applications and notifications, beside what all channels share."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from kontor_sandbox.control.listing import listing_page
from kontor_sandbox.control.page import page
from kontor_sandbox.control.shared import Action, Body, Wrong, route, shared_routes, text
from kontor_sandbox.ebay import consent, events, oauth, purchases
from kontor_sandbox.ebay.sellers import all_sellers
from kontor_sandbox.ebay.topics import TOPICS
from kontor_sandbox.store import find, rows
from kontor_sandbox.world import World


def routes(world: World) -> list[Route]:
    """Everything below ``/_sandbox``."""
    listed: list[tuple[str, str, Action]] = [
        ("/", "GET", page),
        ("/itm/{listing_id}", "GET", listing_page),
        ("/api/purchases", "POST", _buy),
        ("/api/orders/{order_id}/{step}", "POST", _order_step),
        ("/api/apps", "GET", _applications),
        ("/api/apps", "POST", _register),
        ("/api/consents", "POST", _consent),
        ("/api/consents", "DELETE", _revoke),
        ("/api/deliveries", "GET", _deliveries),
        ("/api/events", "POST", _event),
    ]
    return [*shared_routes(world), *(route(world, path, method, action) for path, method, action in listed)]


def _buy(world: World, request: Request, body: Body) -> Any:
    lines = [
        purchases.Wanted(text(line, "listing_id"), text(line, "sku"), int(line.get("quantity", 1)))
        for line in body.get("lines") or []
    ]
    with world.store.transaction() as db:
        try:
            order_id = purchases.buy(
                db,
                world.now(),
                lines,
                buyer_name=text(body, "buyer"),
                paid=bool(body.get("paid", True)),
                marketplace_id=text(body, "marketplace"),
            )
        except purchases.SoldOut as error:
            raise Wrong(409, str(error)) from None
    return JSONResponse({"order_id": order_id}, 201)


def _order_step(world: World, request: Request, body: Body) -> Any:
    steps = {"pay": purchases.pay, "cancel": purchases.cancel, "request_cancel": purchases.request_cancel}
    step = steps.get(request.path_params["step"])
    if step is None:
        raise Wrong(404, "An order can be paid (pay), cancelled (cancel) or asked to be (request_cancel).")
    order_id = request.path_params["order_id"]
    with world.store.transaction() as db:
        try:
            step(db, world.now(), order_id)
        except purchases.WrongMoment as error:
            raise Wrong(409, str(error)) from None
        row = find(db, "SELECT payment, fulfillment, cancel FROM ebay_order WHERE order_id = ?", order_id)
    assert row is not None
    return {"order_id": order_id} | dict(row)


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
        account = text(body, "account") or all_sellers(db)[0]["username"]
        location = consent.decide(world, db, asked, account, agrees=body.get("decision", "agree") == "agree")
    return {"redirect_url": location}


def _revoke(world: World, request: Request, body: Body) -> Any:
    """The seller takes consent back, from one application or all."""
    with world.store.transaction() as db:
        sellers = [row for row in all_sellers(db) if text(body, "account") in (None, row["username"])]
        applications = rows(db, "SELECT client_id FROM ebay_application")
        for entry in sellers:
            for application in applications:
                if text(body, "client_id") in (None, application["client_id"]):
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
            (row for row in all_sellers(db) if text(body, "account") in (None, row["username"])), None
        )
        if entry is None:
            raise Wrong(404, f"There is no played account {body.get('account')!r}.")
        data = {"username": entry["username"], "userId": entry["userId"], "eiasToken": ""} | (
            body.get("data") or {}
        )
        sent = events.publish(db, topic, data, world.now(), seller_id=entry["seller_id"])
    return {"deliveries": sent}
