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
from kontor.core.http.origins import ForeignOrigin, refuse_foreign
from kontor.core.http.place import arrived, here
from kontor.core.http.problems import document

PROBES = ("/healthz", "/readyz", "/metrics")  # a balancer asks by address, not by name
GIVEN_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")

# Mantine writes style elements at run time; scripts come from our own files only.
POLICY_OF_PAGES = "; ".join(
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
# The API has no pages: opened as one, whatever people uploaded may load nothing, run nothing, and has no origin.
POLICY_OF_API = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox"
HEADERS = {
    "Content-Security-Policy": POLICY_OF_PAGES,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
HEADERS_OF_API = {"Content-Security-Policy": POLICY_OF_API, "Cache-Control": "no-store"}
ENCRYPTED_ONLY = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}


class UnknownHost(KontorError):
    """The request names a host that ALLOWED_HOSTS doesn't know: a stale DNS name, or an attack with one."""

    code, status, title = "host.unknown", 400, "This host name is not ours; add it to ALLOWED_HOSTS"


class NotEncrypted(KontorError):
    """In production everything comes through a proxy that speaks TLS and says so."""

    code, status, title = (
        "connection.not_encrypted",
        400,
        "This came without TLS, or the proxy doesn't say so: it must send X-Forwarded-Proto from an address "
        "in FORWARDED_ALLOW_IPS",
    )


class Door:
    """Wraps the whole application: refuses unknown hosts and foreign sockets, numbers requests, adds security headers.

    `encrypted_only`: refuses what did not come over TLS, and tells browsers to come no other way for a year.
    """

    def __init__(
        self, app: ASGIApp, *, allowed_hosts: Iterable[str], public_url: str, encrypted_only: bool = False
    ) -> None:
        self._app = app
        public = urlsplit(public_url).hostname or ""
        self._hosts = {_bare(host) for host in (*allowed_hosts, public) if host}
        self._encrypted_only = encrypted_only
        headers = {**HEADERS, **(ENCRYPTED_ONLY if encrypted_only else {})}
        self._headers = _raw(headers)
        self._headers_of_api = _raw({**headers, **HEADERS_OF_API})

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

        refusal = None if scope["path"] in PROBES else self._refusal(scope, headers)
        if refusal is None:
            await self._app(scope, receive, numbered)
        elif scope["type"] == "http":
            await document(refusal, number)(scope, receive, numbered)
        else:
            await send({"type": "websocket.close", "code": 1008, "reason": refusal.code})

    def _refusal(self, scope: Scope, headers: Headers) -> KontorError | None:
        if not self._is_ours(headers.get("host", "")):
            return UnknownHost()
        if self._encrypted_only and scope["scheme"] not in ("https", "wss"):
            return NotEncrypted(address=here().address)
        if scope["type"] == "websocket":  # no CORS here: a browser lets any page open a socket to anywhere
            try:
                refuse_foreign(headers)
            except ForeignOrigin as error:
                return error
        return None

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
