"""The control page of the played portal, and an object as its seekers see it."""

from __future__ import annotations

import sqlite3
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kontor_sandbox.control.page import MOST_ROWS, TEMPLATES
from kontor_sandbox.control.texts import language_of, texts
from kontor_sandbox.is24 import truth
from kontor_sandbox.is24.accounts import all_accounts
from kontor_sandbox.store import Row, find, rows
from kontor_sandbox.world import World

MOST_OBJECTS = 60
_NOTES = ("descriptionNote", "furnishingNote", "locationNote", "otherNote")


def page(world: World, request: Request, body: dict[str, Any]) -> Response:
    """The whole page, newest objects first."""
    language = language_of(request.headers.get("accept-language", ""))
    with world.store.transaction() as db:
        found = rows(db, "SELECT * FROM is24_realestate ORDER BY realestate_id DESC")
        shown = {
            "language": language,
            "t": texts(language),
            "settings": world.all_settings(),
            "objects": [_shown(db, row) for row in found[:MOST_OBJECTS]],
            "hidden": max(0, len(found) - MOST_OBJECTS),
            "enquiries": rows(db, "SELECT * FROM is24_enquiry ORDER BY enquiry_id DESC LIMIT ?", MOST_ROWS),
            "faults": world.faults.overview(),
            "accounts": [dict(row) | {"tokens": _tokens(db, row)} for row in all_accounts(db)],
            "applications": rows(db, "SELECT * FROM is24_application"),
            "requests": rows(db, "SELECT * FROM recorded_request ORDER BY number DESC LIMIT ?", MOST_ROWS),
        }
    return HTMLResponse(TEMPLATES.get_template("is24.html").render(shown))


def expose(world: World, request: Request, body: dict[str, Any]) -> Response:
    """One object as seekers see it; 404 for an unknown id, and for one that is not live."""
    language = language_of(request.headers.get("accept-language", ""))
    with world.store.transaction() as db:
        row = find(
            db, "SELECT * FROM is24_realestate WHERE realestate_id = ?", request.path_params["realestate_id"]
        )
        shown = _shown(db, row) if row is not None else None
    html = TEMPLATES.get_template("expose.html").render(
        {"language": language, "t": texts(language), "object": shown}
    )
    return HTMLResponse(html, 200 if shown is not None and shown["is_live"] else 404)


def _tokens(db: sqlite3.Connection, account: Row) -> int:
    counted = find(
        db,
        "SELECT COUNT(*) AS n FROM is24_access_token WHERE account_id = ? AND revoked = 0",
        account["account_id"],
    )
    return int(counted["n"]) if counted else 0


def _shown(db: sqlite3.Connection, row: Row) -> dict[str, Any]:
    found = truth.realestate(db, row)
    content = found["content"]
    address = content.get("address") or {}
    price = (content.get("price") or {}).get("value") or content.get("baseRent")
    pictures = [
        {"address": f"/_is24/attachments/{entry['id']}/{entry['sha256'][:12]}", "title": entry["title"]}
        for entry in found["attachments"]
        if entry["kind"] == "Picture"
    ]
    street = f"{address.get('street', '')} {address.get('houseNumber', '')}".strip()
    place = f"{address.get('postcode', '')} {address.get('city', '')}".strip()
    if content.get("showAddress") == "true" and street:
        place = f"{street}, {place}"
    return found | {
        "price": f"{price:,.2f} EUR" if isinstance(price, (int, float)) else "–",
        "place": place,
        "pictures": pictures,
        "picture": pictures[0]["address"] if pictures else None,
        "notes": [content[name] for name in _NOTES if content.get(name)],
        "facts": [
            (name, value)
            for name, value in content.items()
            if not isinstance(value, (dict, list)) and name not in ("title", *_NOTES)
        ],
    }
