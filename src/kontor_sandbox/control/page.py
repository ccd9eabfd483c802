"""The control page."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kontor_sandbox.world import World


def page(world: World, request: Request, body: dict[str, Any]) -> Response:
    """Listings to buy from, orders, faults, requests and accounts on one page."""
    return HTMLResponse("<!DOCTYPE html><title>Kontor sandbox</title><h1>Kontor sandbox</h1>")
