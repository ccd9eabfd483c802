"""The outermost layer of the application: who may be addressed, what a browser may do with an answer, a number for each
request."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kontor.core.errors import KontorError
from kontor.core.http.place import arrived
from kontor.core.http.problems import document

PROBES = ("/healthz", "/readyz")  # a balancer asks by address, not by name
GIVEN_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")

# Mantine writes style elements at run time; scripts come from our own files only.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "frame-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}


class UnknownHost(KontorError):
    """The request names a host that ALLOWED_HOSTS doesn't know: a stale DNS name, or an attack with one."""

    code, status, title = "host.unknown", 400, "This host name is not ours; add it to ALLOWED_HOSTS"


class Door:
    """Wraps the whole application: refuses unknown hosts, numbers requests, adds the security headers."""

    def __init__(self, app: ASGIApp, *, allowed_hosts: Iterable[str], public_url: str) -> None:
        self._app = app
        public = urlsplit(public_url).hostname or ""
        self._hosts = {_bare(host) for host in (*allowed_hosts, public) if host}
        headers = dict(HEADERS)
        if public_url.startswith("https://"):
            headers["Strict-Transport-Security"] = "max-age=31536000"
        self._headers = _raw(headers)
        self._headers_of_api = [*self._headers, *_raw({"Cache-Control": "no-store"})]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        number = _number(headers.get("x-request-id", ""))
        scope["kontor.request_id"] = number
        arrived(scope, number)
        ours = self._headers_of_api if scope["path"].startswith("/api/") else self._headers

        async def numbered(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = [row for row in message.get("headers", ()) if row[0] != b"x-request-id"]
                names = {name for name, _ in given}
                added = [row for row in ours if row[0] not in names]
                message["headers"] = [*given, (b"x-request-id", number.encode()), *added]
            await send(message)

        if scope["path"] in PROBES or self._is_ours(headers.get("host", "")):
            await self._app(scope, receive, numbered)
        elif scope["type"] == "http":
            await document(UnknownHost(), number)(scope, receive, numbered)
        else:
            await send({"type": "websocket.close", "code": 1008, "reason": UnknownHost.code})

    def _is_ours(self, host: str) -> bool:
        name = _bare(re.sub(r":\d+$", "", host))
        return (
            "*" in self._hosts
            or name in self._hosts
            or any(pattern.startswith(".") and f".{name}".endswith(pattern) for pattern in self._hosts)
        )


def _raw(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    """As ASGI wants them: made once, since every answer gets them."""
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]


def _bare(host: str) -> str:
    return host.strip().lower().strip("[]").rstrip(".").replace("*.", ".")


def _number(given: str) -> str:
    return given if GIVEN_ID.fullmatch(given) else uuid.uuid4().hex
