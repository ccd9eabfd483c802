"""A listing as its buyers see it: what Kontor's "view on eBay" leads to where eBay is played."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kontor_sandbox.control.page import TEMPLATES, shown_picture, variation_name
from kontor_sandbox.control.texts import conditions, language_of, texts
from kontor_sandbox.ebay.listings import OPEN, listing_of
from kontor_sandbox.ebay.sellers import seller
from kontor_sandbox.store import load
from kontor_sandbox.world import World


def listing_page(world: World, request: Request, body: dict[str, Any]) -> Response:
    """One listing; an ended one shows what it last did, without a way to buy. 404 for an unknown id."""
    language = language_of(request.headers.get("accept-language", ""))
    with world.store.transaction() as db:
        row = listing_of(db, request.path_params["listing_id"])
        listing = _shown(dict(row), language) if row is not None else None
        sold_by = seller(db, row["seller_id"])["title"] if row is not None else ""
    shown = {"language": language, "t": texts(language), "listing": listing, "seller": sold_by}
    html = TEMPLATES.get_template("listing.html").render(shown)
    return HTMLResponse(html, 200 if listing else 404)


def _shown(row: dict[str, Any], language: str) -> dict[str, Any]:
    snapshot = load(row["snapshot"])
    variations = snapshot["variations"]
    pictures = [*snapshot["pictures"], *(url for entry in variations for url in entry["pictures"])]
    return {
        "id": row["listing_id"],
        "marketplace": row["marketplace_id"],
        "locale": snapshot["locale"],
        "is_open": row["status"] in OPEN,
        "sold": row["sold"],
        "left": sum(entry["quantity"] for entry in variations),
        "title": snapshot["title"],
        "subtitle": snapshot["subtitle"],
        "description": snapshot["description"],
        "condition": conditions(language).get(snapshot["condition"], snapshot["condition"]),
        "aspects": {name: ", ".join(values) for name, values in snapshot["aspects"].items()},
        "pictures": [shown_picture(url) for url in dict.fromkeys(pictures)],
        "variations": [
            {
                "sku": entry["sku"],
                "name": variation_name(snapshot, entry),
                "price": f"{float(entry['price'] or 0):.2f} {entry['currency']}",
                "quantity": entry["quantity"],
                "picture": shown_picture(entry["pictures"][0]) if entry["pictures"] else "",
            }
            for entry in variations
        ],
    }
