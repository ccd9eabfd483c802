"""The refresh token's cookie: out of reach of scripts and of pages of other sites."""

from __future__ import annotations

from fastapi import Request, Response

from kontor.core.config import settings
from kontor.core.http import cookies, origins

NAME, PLAIN_PATH = "kontor_refresh", "/api/v1/auth"


def own_origin(request: Request) -> None:
    """Raises ForeignOrigin where a browser says that another site's page sent this; other clients say nothing."""
    origins.refuse_foreign(request.headers)


def present(request: Request) -> str | None:
    """The refresh token that the browser sent along."""
    return cookies.present(request, NAME)


def remember(response: Response, refresh_token: str) -> None:
    """Puts the refresh token where only the browser itself can reach it."""
    seconds = settings().refresh_token_expire_days * 86400
    cookies.remember(
        response, NAME, refresh_token, seconds=seconds, plain_path=PLAIN_PATH, same_site="strict"
    )


def forget(response: Response) -> None:
    """Takes it back."""
    cookies.forget(response, NAME, plain_path=PLAIN_PATH, same_site="strict")
