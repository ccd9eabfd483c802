"""The control page: listings to buy from, orders, faults, accounts, notifications and requests."""

from __future__ import annotations

import sqlite3
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kontor_sandbox.control.texts import language_of, texts
from kontor_sandbox.ebay.sellers import all_sellers
from kontor_sandbox.store import Row, find, load, rows
from kontor_sandbox.world import World

TEMPLATES = Environment(
    loader=PackageLoader("kontor_sandbox.control"),
    autoescape=select_autoescape(default=True),
    trim_blocks=True,
)
MOST_LISTINGS = 60
MOST_ROWS = 60


def page(world: World, request: Request, body: dict[str, Any]) -> Response:
    """The whole page; ``?q=`` searches the listings by title or SKU."""
    language = language_of(request.headers.get("accept-language", ""))
    wanted = request.query_params.get("q", "").strip()
    with world.store.transaction() as db:
        listings, count = _listings(db, wanted)
        shown = {
            "language": language,
            "t": texts(language),
            "wanted": wanted,
            "specs": world.specs is not None,
            "settings": world.all_settings(),
            "listings": listings,
            "hidden": max(0, count - len(listings)),
            "orders": _orders(db),
            "faults": world.faults.overview(),
            "sellers": [_seller(db, entry) for entry in all_sellers(db)],
            "applications": rows(db, "SELECT * FROM ebay_application"),
            "deliveries": rows(db, "SELECT * FROM ebay_delivery ORDER BY number DESC LIMIT ?", MOST_ROWS),
            "requests": rows(db, "SELECT * FROM recorded_request ORDER BY number DESC LIMIT ?", MOST_ROWS),
        }
    return HTMLResponse(TEMPLATES.get_template("control.html").render(shown))


def _listings(db: sqlite3.Connection, wanted: str) -> tuple[list[dict[str, Any]], int]:
    like = f"%{wanted}%"
    where = "status IN ('ACTIVE', 'OUT_OF_STOCK') AND snapshot LIKE ?"
    counted = find(db, f"SELECT COUNT(*) AS n FROM ebay_listing WHERE {where}", like)  # noqa: S608 (our own text)
    found = rows(
        db,
        f"SELECT * FROM ebay_listing WHERE {where} ORDER BY rowid DESC LIMIT ?",  # noqa: S608
        *(like, MOST_LISTINGS),
    )
    return [_listing(row) for row in found], int(counted["n"]) if counted else 0


def _listing(row: Row) -> dict[str, Any]:
    snapshot = load(row["snapshot"])
    variations = snapshot["variations"]
    pictures = snapshot["pictures"] or [url for entry in variations for url in entry["pictures"]]
    prices = sorted({float(entry["price"] or 0) for entry in variations})
    return {
        "id": row["listing_id"],
        "marketplace": row["marketplace_id"],
        "status": row["status"],
        "sold": row["sold"],
        "title": snapshot["title"],
        "picture": shown_picture(pictures[0]) if pictures else None,
        "price": " – ".join(
            f"{price:.2f}" for price in (prices if len(prices) < 2 else (prices[0], prices[-1]))
        ),
        "currency": variations[0]["currency"],
        "left": sum(entry["quantity"] for entry in variations),
        "variations": [
            {
                "sku": entry["sku"],
                "quantity": entry["quantity"],
                "name": variation_name(snapshot, entry),
            }
            for entry in variations
        ],
    }


def variation_name(snapshot: dict[str, Any], entry: dict[str, Any]) -> str:
    """What a buyer chooses: `M · Blau`; the SKU where nothing varies."""
    axes = [axis["name"] for axis in (snapshot.get("varies_by") or {}).get("specifications") or []]
    return " · ".join(", ".join(entry["aspects"].get(axis, [])) for axis in axes) or str(entry["sku"])


def shown_picture(url: str) -> str:
    """Our own pictures by their path, others through the played open web: the page needs no network."""
    if "/_pictures/" in url:
        return url[url.index("/_pictures/") :]
    return f"/_web?url={quote(url, safe='')}"


def _orders(db: sqlite3.Connection) -> list[dict[str, Any]]:
    found = rows(db, "SELECT * FROM ebay_order ORDER BY rowid DESC LIMIT ?", MOST_ROWS)
    return [
        {
            "id": row["order_id"],
            "buyer": load(row["body"])["buyer"]["username"],
            "payment": row["payment"],
            "fulfillment": row["fulfillment"],
            "cancel": row["cancel"],
            "lines": [
                f"{line['quantity']} × {line['sku']}"
                for line in rows(
                    db, "SELECT * FROM ebay_order_line WHERE order_id = ? ORDER BY position", row["order_id"]
                )
            ],
        }
        for row in found
    ]


def _seller(db: sqlite3.Connection, entry: dict[str, Any]) -> dict[str, Any]:
    counts = {}
    for name in ("policy", "location", "item"):
        counted = find(db, f"SELECT COUNT(*) AS n FROM ebay_{name} WHERE seller_id = ?", entry["seller_id"])  # noqa: S608
        counts[name] = counted["n"] if counted else 0
    return entry | {"counts": counts}
