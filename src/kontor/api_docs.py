"""`/docs`: the OpenAPI document, readable and callable. Swagger UI comes from a wheel, so no other host is asked."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

OPENAPI_URL = "/api/v1/openapi.json"
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Kontor API</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/docs/assets/swagger-ui.css">
</head>
<body>
<div id="api"></div>
<script src="/docs/assets/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
"""
START = f"""SwaggerUIBundle({{
  url: "{OPENAPI_URL}",
  dom_id: "#api",
  deepLinking: true,
  persistAuthorization: true,
  displayRequestDuration: true,
  docExpansion: "none",
  filter: true,
  tryItOutEnabled: true,
}});
"""


def _page(_: Request) -> Response:
    return HTMLResponse(PAGE, headers={"Cache-Control": "no-cache"})


def _start(_: Request) -> Response:
    return Response(START, media_type="text/javascript", headers={"Cache-Control": "no-cache"})


def assets() -> Path | None:
    """The folder of Swagger UI inside its wheel; None where the wheel is not installed."""
    found = importlib.util.find_spec("drf_spectacular_sidecar")
    if found is None or found.origin is None:
        return None
    return Path(found.origin).parent / "static" / "drf_spectacular_sidecar" / "swagger-ui-dist"


def api_docs() -> Starlette:
    """Answers everything under `/docs`; without Swagger UI, with the bare document."""
    folder = assets()
    if folder is None:
        return Starlette(routes=[Route("/docs", lambda _: RedirectResponse(OPENAPI_URL))])
    return Starlette(
        routes=[
            Route("/docs", _page),
            Route("/docs/start.js", _start),
            Mount("/docs/assets", StaticFiles(directory=folder)),
        ]
    )
