"""Whether there is an `/admin` at all, and for whom: a flag, and a list of addresses. To all others it is not there."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import ip_address, ip_network
from pathlib import Path

from django.contrib import admin
from django.core.handlers.asgi import ASGIHandler
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from kontor.core.config import settings
from kontor.core.http.place import here
from kontor.core.http.problems import NoPath, document

PATH = "/admin"
STATIC = f"{PATH}/static"
FILES = Path(str(admin.__file__)).parent / "static"


class Gate:
    """Answers everything under PATH."""

    def __init__(self) -> None:
        self._django: ASGIApp = ASGIHandler()  # type: ignore[assignment]  # Django types ASGI in its own words
        self._files = StaticFiles(directory=FILES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        found = settings()
        if not (found.admin and is_named(here().address, found.admin_allowed_ips)):
            await document(NoPath(), str(scope.get("kontor.request_id", "")))(scope, receive, send)
        elif scope["path"].startswith(f"{STATIC}/"):
            inner = {**scope, "root_path": f"{scope.get('root_path', '')}{STATIC}"}
            await self._files(inner, receive, send)
        else:
            await self._django(scope, receive, send)


def is_named(address: str, named: Sequence[str]) -> bool:
    """Whether an address is one of, or in a network of, those that ADMIN_ALLOWED_IPS names."""
    try:
        caller = ip_address(address)
    except ValueError:
        return False
    return any(caller in ip_network(each, strict=False) for each in named)
