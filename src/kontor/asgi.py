"""The one ASGI application: `/api/v1`, `/docs`, probes, the sockets and the web UI. `uvicorn kontor.asgi:application`."""

from __future__ import annotations

import importlib
import importlib.util
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import anyio.to_thread
import django
from channels.routing import URLRouter  # type: ignore[import-untyped]
from django.apps import apps
from django.db import DatabaseError, connection
from fastapi import FastAPI, Request, Response
from fastapi.routing import APIRoute
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.errors import ServerErrorMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kontor.settings")
django.setup()

from kontor import metrics  # noqa: E402
from kontor.administration.gate import PATH as ADMIN_PATH  # noqa: E402
from kontor.administration.gate import Gate  # noqa: E402
from kontor.api_docs import OPENAPI_URL, api_docs  # noqa: E402
from kontor.core import database  # noqa: E402
from kontor.core.config import settings  # noqa: E402
from kontor.core.http import problems  # noqa: E402
from kontor.core.http.hardening import PROBES, Door  # noqa: E402
from kontor.core.http.methods import Methods, allowed  # noqa: E402
from kontor.core.http.problems import DatabaseAway, ProblemDocument  # noqa: E402
from kontor.core.http.routing import Routes, router  # noqa: E402
from kontor.live.routing import websocket_urlpatterns  # noqa: E402
from kontor.mail.demo_page import PATH as MAILS_PATH  # noqa: E402
from kontor.mail.demo_page import demo_mails  # noqa: E402
from kontor.web_ui import WebUi  # noqa: E402

DESCRIPTION = """
Keep each thing you sell once; Kontor puts it on every channel, keeps it true there and brings back the orders.

Log in with `POST /api/v1/auth/login` and send the `access_token` as `Authorization: Bearer …`. Lists come in pages
(`cursor`, `limit`), changes want the `ETag` they were made on as `If-Match`, creates take an `Idempotency-Key`, and
every refusal is a problem document (RFC 9457) with a stable `code`.
"""
probes = router("", "Probes")


@probes.get("/healthz", scope="public", summary="This process answers")
def healthz() -> dict[str, str]:
    """Says only that the process runs and has a thread free; it asks nobody else."""
    return {"status": "ok"}


@probes.get("/readyz", scope="public", summary="The database answers and is migrated")
def readyz() -> dict[str, str]:
    """503 `database.unavailable` until a query comes back and no migration is missing."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select app, name from django_migrations")
            missing = database.shipped().difference(cursor.fetchall())
    except DatabaseError as error:
        raise DatabaseAway from error
    if missing:
        raise DatabaseAway(
            f"{len(missing)} migrations are missing: run `kontor migrate`.", missing=len(missing)
        )
    return {"status": "ready"}


@probes.get("/metrics", scope="public", response_class=Response, include_in_schema=False)
def read_metrics(request: Request) -> Response:
    """Figures for Prometheus; 404 for whom METRICS_TOKEN and METRICS_ALLOWED_IPS don't name."""
    return metrics.page(request)


def nouns() -> list[Routes]:
    """The routes of each noun's `api` module, those that it has from elsewhere among them; each once."""
    names = [f"{config.name}.api" for config in apps.get_app_configs() if config.name.startswith("kontor.")]
    modules = [importlib.import_module(name) for name in names if importlib.util.find_spec(name)]
    return list(
        dict.fromkeys(
            value for module in modules for value in vars(module).values() if isinstance(value, Routes)
        )
    )


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    """As many threads as connections: one more would only wait for a connection while holding a request."""
    anyio.to_thread.current_default_thread_limiter().total_tokens = settings().database_pool
    yield


def api() -> FastAPI:
    """FastAPI with every route, problem documents, and the documentation."""
    app = FastAPI(
        title="Kontor",
        version="1",
        description=DESCRIPTION,
        lifespan=lifespan,
        openapi_url=OPENAPI_URL,
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=operation_id,
        redirect_slashes=False,
    )
    problems.install(app)
    for noun in nouns():
        app.router.routes += noun.placed("/api/v1", generate_unique_id_function=operation_id)
    app.router.routes += probes.placed("", generate_unique_id_function=operation_id)
    document = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            complete(document())
        return app.openapi_schema or {}

    app.openapi = openapi  # type: ignore[method-assign]
    return app


def operation_id(route: APIRoute) -> str:
    """The endpoint's name: what a generated client calls it."""
    return route.name


def complete(schema: dict[str, Any]) -> None:
    """Adds to the OpenAPI document what FastAPI can't know: how to sign, and what a problem looks like."""
    components = schema.setdefault("components", {})
    components.setdefault("securitySchemes", {})["bearer"] = {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "`access_token` of `POST /api/v1/auth/login`.",
    }
    model = ProblemDocument.model_json_schema(ref_template="#/components/schemas/{model}")
    rows = model.pop("$defs")
    components.setdefault("schemas", {}).update({**rows, "ProblemDocument": model})


def cors(app: ASGIApp, origins: list[str]) -> ASGIApp:
    """Lets pages of `origins` call the API. With `*` without cookies: then it is as open as to any program."""
    if not origins:
        return app
    return CORSMiddleware(
        app,
        allow_origins=origins,
        allow_credentials="*" not in origins,
        allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
        allow_headers=["Authorization", "Content-Type", "Idempotency-Key", "If-Match", "X-Request-Id"],
        expose_headers=[
            "ETag", "Location", "Retry-After", "X-Request-Id", "Idempotent-Replayed", "Deprecation", "Sunset", "Link",
            "RateLimit", "RateLimit-Policy",
            "RateLimit", "RateLimit-Policy", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset",
        ],
        max_age=600,
    )  # fmt: skip


async def no_such_socket(scope: Scope, receive: Receive, send: Send) -> None:
    """Refuses the handshake of a socket that we don't have."""
    await send({"type": "websocket.close", "code": 4404, "reason": "not_found"})


class Application:
    """Sends a socket to the consumers, `/api` and probes to FastAPI, `pages` to what answers below their paths, all else
    to the web UI.
    """

    def __init__(self, http: ASGIApp, sockets: ASGIApp, pages: Mapping[str, ASGIApp], ui: ASGIApp) -> None:
        self.http, self._sockets, self._pages, self._ui = http, sockets, pages, ui

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        await self._app(scope)(scope, receive, send)

    def _app(self, scope: Scope) -> ASGIApp:
        if scope["type"] == "websocket":
            return self._sockets if scope["path"] == "/ws" else no_such_socket
        path = scope.get("path", "")
        if scope["type"] != "http" or path.startswith("/api/") or path in PROBES:
            return self.http
        found = (page for start, page in self._pages.items() if path == start or path.startswith(f"{start}/"))
        return next(found, self._ui)


def build() -> ASGIApp:
    """The whole application behind its door."""
    found, http = settings(), api()
    manners = cors(Methods(http, allowed(http)), found.cors_allowed_origins)
    pages: dict[str, ASGIApp] = {"/docs": api_docs(), MAILS_PATH: demo_mails(), ADMIN_PATH: Gate()}
    inner = Application(manners, URLRouter(websocket_urlpatterns), pages, WebUi())
    return Door(
        ServerErrorMiddleware(inner, handler=problems.bug),
        allowed_hosts=found.allowed_hosts,
        public_url=found.public_url,
        encrypted_only=found.environment == "production",
    )


application = build()
