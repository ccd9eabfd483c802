"""The browser's part of a consent: a cookie that scripts can't read, and the way back into the web UI."""

from __future__ import annotations

from typing import Annotated

from fastapi import Cookie, Query, Response
from fastapi.responses import RedirectResponse

from kontor.channels.connections import consent
from kontor.channels.connections.consent import Begun
from kontor.channels.connections.schemas import AuthorizeOut
from kontor.core.http import cookies

NAME = "kontor_consent"
COOKIE = cookies.full_name(NAME)
Browser = Annotated[str, Cookie(alias=COOKIE, max_length=200, include_in_schema=False)]
State = Annotated[str, Query(max_length=500, description="What the consent was begun with.")]
Code = Annotated[str, Query(max_length=8000, description="Decoded once, by the framework.")]
ErrorCode = Annotated[str, Query(alias="error", max_length=200, description="Why there is no code.")]


def sent_away(begun: Begun, response: Response) -> AuthorizeOut:
    """Ties the consent to this browser and says where to send it."""
    cookies.remember(
        response,
        NAME,
        begun.browser,
        seconds=int(consent.LIFE.total_seconds()),
        plain_path="/api/v1",
        same_site="lax",  # the channel sends the browser back from another site
    )
    return AuthorizeOut(authorize_url=begun.authorize_url)


def come_back(state: str, code: str, error: str, browser: str) -> RedirectResponse:
    """Ends the consent and leads into the web UI: `?connected=<id>` or `?problem=<code>`."""
    path = consent.finish(state=state, code=code, error=error, browser=browser)
    headers = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    return RedirectResponse(path, status_code=303, headers=headers)
