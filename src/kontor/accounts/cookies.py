"""The refresh token's cookie: out of reach of scripts and of pages of other sites."""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import Request, Response

from kontor.core.config import settings
from kontor.core.errors import Forbidden

LOOPBACK = ("localhost", "127.0.0.1", "::1")
PLAIN_NAME, PLAIN_PATH = "kontor_refresh", "/api/v1/auth"
# Browsers take `__Host-` only from this very host, encrypted, for all paths: no subdomain can plant one.
SECURE_NAME, SECURE_PATH = f"__Host-{PLAIN_NAME}", "/"


class ForeignOrigin(Forbidden):
    """A page of another site made the browser send this."""

    code, title = "origin.foreign", "This request came from another site"


def own_origin(request: Request) -> None:
    """Raises ForeignOrigin where a browser says that another site's page sent this; other clients send no Origin."""
    origin = request.headers.get("origin")
    if origin is None:
        return
    found = urlsplit(origin)
    ours = {request.headers.get("host", "").lower(), urlsplit(settings().public_url).netloc.lower()}
    # The web UI's development server has a port of its own.
    is_development = settings().environment != "production" and (found.hostname or "") in LOOPBACK
    if found.netloc.lower() not in ours and not is_development:
        raise ForeignOrigin(origin=origin)


def present(request: Request) -> str | None:
    """The refresh token that the browser sent along."""
    return request.cookies.get(_name())


def remember(response: Response, refresh_token: str) -> None:
    """Puts the refresh token where only the browser itself can reach it."""
    response.set_cookie(
        _name(),
        refresh_token,
        max_age=settings().refresh_token_expire_days * 86400,
        path=_path(),
        secure=_is_https(),
        httponly=True,
        samesite="strict",
    )


def forget(response: Response) -> None:
    """Takes it back."""
    response.delete_cookie(_name(), path=_path(), secure=_is_https(), httponly=True, samesite="strict")


def _name() -> str:
    return SECURE_NAME if _is_https() else PLAIN_NAME


def _path() -> str:
    return SECURE_PATH if _is_https() else PLAIN_PATH


def _is_https() -> bool:
    return settings().public_url.startswith("https://")
