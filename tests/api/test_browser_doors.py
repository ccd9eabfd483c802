"""What a browser may do with each kind of answer, and which pages may make it send anything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from fastapi import Response
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocketDisconnect
from tests.api.world import World
from tests.plugins.api import BASE_URL, Caller

from kontor.core.config import settings
from kontor.core.http.hardening import Door

FOREIGN = "https://evil.example"
ORIGIN = "https://shop.example"
SOCKET = "ws://127.0.0.1:8000/ws"


def policy(answer: Any) -> dict[str, set[str]]:
    """The answer's Content-Security-Policy by directive."""
    rows = (row.split() for row in answer.headers["content-security-policy"].split(";"))
    return {name: set(values) for name, *values in rows}


def test_every_kind_of_answer_carries_the_headers(api: Caller, alpha: World) -> None:
    listing, picture = alpha["listing_id"], alpha["media_id"]
    assert picture
    shown = api.get(f"/listings/{listing}")
    kinds = {
        "page of the web UI": (api.get("http://127.0.0.1:8000/listings"), None),
        "missing file": (api.get("http://127.0.0.1:8000/nothing.png"), 404),
        "documentation": (api.get("/docs"), 200),
        "script of the documentation": (api.get("/docs/start.js"), 200),
        "probe": (api.get("/healthz"), 200),
        "API": (shown, 200),
        "no such address": (api.get("/api/v1/nothing"), 404),
        "no such method": (api.delete("/api/v1/auth/me"), 405),
        "refused body": (api.post("/listings", json={}), 422),
        "no content": (api.post("/auth/logout", json={}), 204),
        "HEAD": (api.head("/auth/me"), 200),
        "unknown host": (api.get("/auth/me", headers={"Host": "evil.example"}), 400),
    }
    for kind, (answer, status) in kinds.items():
        assert status in (None, answer.status_code), kind
        rules = policy(answer)
        assert rules["frame-ancestors"] == {"'none'"}, kind
        scripts = rules.get("script-src", rules["default-src"])
        assert scripts in ({"'self'"}, {"'none'"}), kind
        assert answer.headers["x-content-type-options"] == "nosniff", kind
        assert answer.headers["x-frame-options"] == "DENY", kind
        assert answer.headers["referrer-policy"] == "same-origin", kind
        assert "camera=()" in answer.headers["permissions-policy"], kind
        assert answer.headers["cross-origin-opener-policy"] == "same-origin", kind
        assert answer.headers["cross-origin-resource-policy"] == "same-origin", kind
        assert len(answer.headers["x-request-id"]) >= 8, kind
        assert "strict-transport-security" not in answer.headers, f"{kind}: HSTS in a demo on localhost"
        assert "server" not in answer.headers, kind
    for kind in ("API", "no such address", "refused body"):
        assert kinds[kind][0].headers["cache-control"] == "no-store", kind


def test_what_people_uploaded_can_run_nothing(api: Caller, alpha: World) -> None:
    from kontor.catalog import media

    picture = api.get(media.signed_path(alpha.tenant_id, UUID(alpha["media_id"]), "thumb_96"))
    table = api.get(f"/imports/{alpha['import_id']}/refused.csv")
    for answer in (picture, table):
        assert answer.status_code == 200
        rules = policy(answer)
        assert "sandbox" in rules
        assert rules["default-src"] == {"'none'"}
        assert not answer.headers["content-type"].startswith(("text/html", "image/svg", "application/xml"))
        assert answer.headers["x-content-type-options"] == "nosniff"


async def broken(scope: Scope, receive: Receive, send: Send) -> None:
    """An application in which everything is a fault."""
    if scope["path"] == "/api/v1/answer":
        await Response("{}", media_type="application/json")(scope, receive, send)
        return
    raise ZeroDivisionError


def behind(**options: Any) -> TestClient:
    """`broken` as production would serve it."""
    from starlette.middleware.errors import ServerErrorMiddleware

    from kontor.core.http import problems

    app = ServerErrorMiddleware(broken, handler=problems.bug)
    door = Door(
        app,
        allowed_hosts=["kontor.example"],
        public_url="https://kontor.example",
        encrypted_only=True,
    )
    return TestClient(door, raise_server_exceptions=False, **options)


def test_a_fault_is_a_problem_document_with_the_headers_and_without_a_trace() -> None:
    answer = behind(base_url="https://kontor.example").get("/api/v1/fault")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert "ZeroDivision" not in answer.text
    assert "sandbox" in policy(answer)
    assert answer.headers["x-request-id"] == answer.json()["params"]["incident"]


def test_production_is_reached_over_tls_alone_and_tells_browsers_so() -> None:
    answer = behind(base_url="https://kontor.example").get("/api/v1/answer")
    assert answer.headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"
    plain = behind(base_url="http://kontor.example").get("/api/v1/answer")
    assert (plain.status_code, plain.json()["code"]) == (400, "connection.not_encrypted")
    assert "FORWARDED_ALLOW_IPS" in plain.json()["title"]


@pytest.mark.parametrize("origin", [FOREIGN, "null", "http://127.0.0.1.evil.example", ""])
def test_a_socket_opens_for_our_own_pages_alone(anonymous: TestClient, origin: str) -> None:
    with (
        pytest.raises(WebSocketDisconnect) as refused,
        anonymous.websocket_connect(SOCKET, headers={"Origin": origin}),
    ):
        pass
    assert (refused.value.code, refused.value.reason) == (1008, "origin.foreign")
    for own in ({"Origin": BASE_URL}, {}):  # a program sends none
        with anonymous.websocket_connect(SOCKET, headers=own) as socket:
            assert socket.receive()["code"] == 4401  # let in, and asked for a ticket


COOKIE_ROUTES = (
    "/auth/login",
    "/auth/refresh",
    "/auth/logout",
    "/auth/register",
    "/auth/login/second-factor",
)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": FOREIGN},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_no_other_sites_page_can_use_the_cookie(anonymous: TestClient, headers: dict[str, str]) -> None:
    bodies = {
        "/auth/login": {"email": "a@example.com", "password": "irrelevant"},
        "/auth/register": {
            "email": "a@example.com", "password": "a long enough one", "first_name": "A", "last_name": "B",
            "company": "C",
        },
        "/auth/login/second-factor": {"challenge": "x" * 20, "method": "totp", "code": "123456"},
    }  # fmt: skip
    for path in COOKIE_ROUTES:
        answer = anonymous.post(f"/api/v1{path}", json=bodies.get(path, {}), headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "origin.foreign"), path
    assert anonymous.post(
        "/api/v1/auth/logout", json={}, headers={"Sec-Fetch-Site": "same-origin"}
    ).is_success


@pytest.fixture
def with_origins(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A function that makes the application with CORS_ALLOWED_ORIGINS."""

    def made(origins: str) -> TestClient:
        from kontor.asgi import build

        monkeypatch.setenv("CORS_ALLOWED_ORIGINS", origins)
        settings.cache_clear()
        return TestClient(build(), base_url=BASE_URL)

    yield made
    monkeypatch.undo()
    settings.cache_clear()


PREFLIGHT = {
    "Access-Control-Request-Method": "PATCH",
    "Access-Control-Request-Headers": "authorization,if-match,idempotency-key",
}


def test_without_a_setting_no_other_page_reads_anything(anonymous: TestClient) -> None:
    asked = anonymous.options("/api/v1/auth/me", headers={"Origin": FOREIGN, **PREFLIGHT})
    read = anonymous.get("/api/v1/auth/me", headers={"Origin": FOREIGN})
    for answer in (asked, read):
        assert not [name for name in answer.headers if name.startswith("access-control-")]


def test_pages_of_the_origins_named_may_call_and_keep_the_cookie(db: None, with_origins: Any) -> None:
    client = with_origins(f"{ORIGIN},https://other.example")
    asked = client.options("/api/v1/listings", headers={"Origin": ORIGIN, **PREFLIGHT})
    assert asked.status_code == 200
    assert asked.headers["access-control-allow-origin"] == ORIGIN
    assert asked.headers["access-control-allow-credentials"] == "true"
    assert {"authorization", "if-match", "idempotency-key"} <= set(
        asked.headers["access-control-allow-headers"].lower().replace(" ", "").split(",")
    )
    assert client.post("/api/v1/auth/logout", json={}, headers={"Origin": ORIGIN}).is_success
    read = client.get("/api/v1/auth/me", headers={"Origin": ORIGIN})
    assert "ETag" in read.headers["access-control-expose-headers"]
    assert "Origin" in read.headers["vary"]
    refused = client.options("/api/v1/listings", headers={"Origin": FOREIGN, **PREFLIGHT})
    assert refused.status_code == 400
    assert "access-control-allow-origin" not in refused.headers


def test_every_origin_means_without_cookies(db: None, with_origins: Any) -> None:
    client = with_origins("*")
    read = client.get("/api/v1/auth/me", headers={"Origin": FOREIGN})
    assert read.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in read.headers
    refused = client.post("/api/v1/auth/refresh", json={}, headers={"Origin": FOREIGN})
    assert refused.json()["code"] == "origin.foreign"


@pytest.mark.parametrize(
    "origins", ["shop.example", "https://shop.example/", "https://shop.example/path", "null"]
)
def test_what_is_no_origin_is_refused_at_the_start(origins: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from pydantic import ValidationError

    from kontor.core.config import Settings

    monkeypatch.setenv("CORS_ALLOWED_ORIGINS", origins)
    with pytest.raises(ValidationError, match="is no origin"):
        Settings()


def test_head_is_get_without_a_body_and_options_names_the_methods(api: Caller) -> None:
    whole, head = api.get("/auth/me"), api.head("/auth/me")
    assert (head.status_code, head.content) == (whole.status_code, b"")
    assert head.headers["content-length"] == whole.headers["content-length"]
    assert api.head("/listings/019b0000-0000-7000-8000-000000000000").status_code == 404
    asked = api.options("/listings")
    assert (asked.status_code, asked.content) == (204, b"")
    assert asked.headers["allow"] == "GET, HEAD, OPTIONS, POST"
    assert api.put("/listings").headers["allow"] == asked.headers["allow"]
    assert api.options("/no/such/thing").status_code == 404
