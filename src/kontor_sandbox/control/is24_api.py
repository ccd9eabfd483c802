"""``/_sandbox/is24/api``: the played portal's consents, objects and applications, beside what all channels share."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from kontor_sandbox.control.shared import Action, Body, route, shared_routes, text
from kontor_sandbox.is24 import accounts, consent, oauth, truth
from kontor_sandbox.store import rows
from kontor_sandbox.world import World


def routes(world: World) -> list[Route]:
    """Everything below ``/_sandbox/is24``."""
    listed: list[tuple[str, str, Action]] = [
        ("/api/live", "GET", _live),
        ("/api/apps", "GET", _applications),
        ("/api/apps", "POST", _register),
        ("/api/consents", "POST", _consent),
        ("/api/consents", "DELETE", _revoke),
    ]
    return [*shared_routes(world), *(route(world, path, method, action) for path, method, action in listed)]


def _live(world: World, request: Request, body: Body) -> Any:
    """The objects that seekers find now."""
    with world.store.transaction() as db:
        found = rows(
            db,
            "SELECT is24_realestate.*, username FROM is24_realestate JOIN is24_account USING (account_id)"
            " JOIN is24_publication USING (realestate_id) WHERE channel_id = '10000' ORDER BY realestate_id",
        )
        return {"objects": [{"account": row["username"]} | truth.realestate(db, row) for row in found]}


def _applications(world: World, request: Request, body: Body) -> Any:
    with world.store.transaction() as db:
        found = rows(db, "SELECT consumer_key, title FROM is24_application")
    return {"apps": [dict(row) for row in found]}


def _register(world: World, request: Request, body: Body) -> Any:
    """Register an application, or change one; what is left out is the default application's."""
    key = text(body, "consumer_key") or accounts.CONSUMER_KEY
    secret = text(body, "consumer_secret") or accounts.CONSUMER_SECRET
    with world.store.transaction() as db:
        db.execute(
            "INSERT INTO is24_application (consumer_key, secret, title) VALUES (?, ?, ?)"
            " ON CONFLICT (consumer_key) DO UPDATE SET secret = excluded.secret, title = excluded.title",
            (key, secret, text(body, "title") or "Kontor"),
        )
    return JSONResponse({"consumer_key": key, "consumer_secret": secret}, 201)


def _consent(world: World, request: Request, body: Body) -> Any:
    """Play the person: the address that the browser would be sent back to after the click."""
    asked = parse_qs(urlsplit(str(body.get("authorize_url"))).query)
    agrees = body.get("decision", "agree") == "agree"
    with world.store.transaction() as db:
        token = asked.get("oauth_token", [""])[-1]
        location = consent.decide(world, db, token, text(body, "account") or "", agrees=agrees)
    return {"redirect_url": location}


def _revoke(world: World, request: Request, body: Body) -> Any:
    """An estate agent takes consent back, from one application or all; without an account, every agent does."""
    with world.store.transaction() as db:
        chosen = [
            row for row in accounts.all_accounts(db) if text(body, "account") in (None, row["username"])
        ]
        revoked = sum(oauth.revoke(db, row["account_id"], text(body, "consumer_key") or "") for row in chosen)
    return {"revoked": revoked}
