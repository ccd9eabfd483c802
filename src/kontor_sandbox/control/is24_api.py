"""``/_sandbox/is24/api``: the played portal's consents, objects and applications, beside what all channels share."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kontor_sandbox.control.is24_page import expose, page
from kontor_sandbox.control.shared import Action, Body, Wrong, route, shared_routes, text
from kontor_sandbox.is24 import accounts, consent, enquiries, keeping, oauth, truth
from kontor_sandbox.is24.enquiries import Seeker
from kontor_sandbox.store import find, rows
from kontor_sandbox.world import World


def routes(world: World) -> list[Route]:
    """Everything below ``/_sandbox/is24``."""
    listed: list[tuple[str, str, Action]] = [
        ("/", "GET", page),
        ("/expose/{realestate_id}", "GET", expose),
        ("/api/live", "GET", _live),
        ("/api/enquiries", "GET", _enquiries),
        ("/api/enquiries", "POST", _ask),
        ("/api/enquiries/{number}/mail", "GET", _mail),
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


def _ask(world: World, request: Request, body: Body) -> Any:
    """A seeker asks about a live object, named by its id or by account and external id."""
    said = {name: str(body[name]) for name in Seeker.__dataclass_fields__ if body.get(name) not in (None, "")}
    with world.store.transaction() as db:
        wanted = str(body.get("object") or f"ext-{body.get('external_id', '')}")
        if wanted.startswith("ext-"):
            account = accounts.account_named(db, text(body, "account") or "")
            row = keeping.find_realestate(db, account["account_id"], wanted)
            wanted = str(row["realestate_id"]) if row is not None else wanted
        if not wanted.isdigit():
            raise Wrong(404, f"There is no object {wanted}.")
        try:
            made = enquiries.ask(world, db, int(wanted), Seeker(**said))
        except enquiries.NotLive as error:
            raise Wrong(409, str(error)) from None
    copies = 1
    fired = world.faults.draw(f"ENQUIRY /{wanted}")
    if fired is not None and fired.name == "duplicate_enquiry":
        copies = 2
        with world.store.transaction() as db:
            db.execute("UPDATE is24_enquiry SET copies = 2 WHERE enquiry_id = ?", (made["id"],))
    return JSONResponse(made | {"copies": copies}, 201)


def _enquiries(world: World, request: Request, body: Body) -> Any:
    """Every mail that was sent, oldest first, after a number; one that was sent twice is there twice."""
    after = int(request.query_params.get("after", 0))
    with world.store.transaction() as db:
        found = rows(db, "SELECT * FROM is24_enquiry WHERE enquiry_id > ? ORDER BY enquiry_id", after)
    return {
        "enquiries": [
            {
                "id": row["enquiry_id"],
                "object": row["realestate_id"],
                "at": row["at"],
                "recipient": row["recipient"],
                "message_id": row["message_id"],
                "mail": f"/_sandbox/is24/api/enquiries/{row['enquiry_id']}/mail",
            }
            for row in found
            for _ in range(row["copies"])
        ]
    }


def _mail(world: World, request: Request, body: Body) -> Any:
    number = int(request.path_params["number"])
    with world.store.transaction() as db:
        if find(db, "SELECT 1 FROM is24_enquiry WHERE enquiry_id = ?", number) is None:
            raise Wrong(404, "There is no mail of this number.")
    return Response(enquiries.mail_path(world, number).read_bytes(), media_type="message/rfc822")
