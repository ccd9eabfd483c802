"""`/api/v1/auth`: register, log in, stay logged in, log out, who am I."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Cookie, Request, Response

from kontor.accounts import service
from kontor.accounts.schemas import LoginIn, MeOut, RefreshIn, RegisterIn, TokensOut
from kontor.accounts.sessions import SessionOver
from kontor.core.config import settings
from kontor.core.errors import Forbidden
from kontor.core.http.credentials import Signed
from kontor.core.http.routing import router

COOKIE, COOKIE_PATH = "kontor_refresh", "/api/v1/auth"
LOOPBACK = ("localhost", "127.0.0.1", "::1")
RefreshCookie = Annotated[
    str | None,
    Cookie(alias=COOKIE, description="Set by log-in; no script can read it.", include_in_schema=False),
]

routes = router("/auth", "Accounts")


class ForeignOrigin(Forbidden):
    """A page of another site made the browser send this."""

    code, title = "origin.foreign", "This request came from another site"


@routes.post(
    "/register", scope="public", status_code=201, summary="Register a business and log in as its owner"
)
def register(request: Request, response: Response, wish: RegisterIn) -> TokensOut:
    """Makes the business, its owner and a session. 409 `register.email_taken`; 422 with a problem per field."""
    own_origin(request)
    service.register(
        wish.email, wish.password, wish.first_name, wish.last_name, wish.company, language=wish.language
    )
    logged_in = service.login(wish.email, wish.password, place=place_of(request))
    remember(response, logged_in.refresh_token)
    return TokensOut.of(logged_in, refresh_token=logged_in.refresh_token)


@routes.post("/login", scope="public", summary="Log in")
def login(request: Request, response: Response, wish: LoginIn) -> TokensOut:
    """Gives an access token for API calls, and a refresh token both here and as the browser's HttpOnly cookie.

    401 `login.wrong`, whichever of the two is wrong; 429 `login.throttled` after several wrong attempts.
    """
    own_origin(request)
    logged_in = service.login(wish.email, wish.password, tenant=wish.tenant, place=place_of(request))
    remember(response, logged_in.refresh_token)
    return TokensOut.of(logged_in, refresh_token=logged_in.refresh_token)


@routes.post("/refresh", scope="public", summary="Exchange the refresh token for new tokens")
def refresh(
    request: Request, response: Response, cookie: RefreshCookie = None, wish: RefreshIn | None = None
) -> TokensOut:
    """Every refresh token works once; using one again later ends the whole session (401 `session.over`).

    A token in the body is answered in the body; a cookie is answered by a cookie only, out of reach of scripts.
    """
    own_origin(request)
    given = wish.refresh_token if wish else None
    if not (given or cookie):
        raise SessionOver
    logged_in = service.refresh(given or cookie or "")
    if given:
        return TokensOut.of(logged_in, refresh_token=logged_in.refresh_token)
    remember(response, logged_in.refresh_token)
    return TokensOut.of(logged_in, refresh_token=None)


@routes.post("/logout", scope="public", status_code=204, summary="Log out")
def logout(
    request: Request, response: Response, cookie: RefreshCookie = None, wish: RefreshIn | None = None
) -> None:
    """Ends the session of the cookie or of the token in the body. Also right when there is none."""
    own_origin(request)
    for token in {wish.refresh_token if wish else None, cookie} - {None}:
        service.logout(token or "")
    response.delete_cookie(COOKIE, path=COOKIE_PATH, secure=is_https(), httponly=True, samesite="strict")


@routes.get("/me", scope="read", transaction=False, summary="Who I am, where, and what I may do")
def get_me(actor: Signed) -> MeOut:
    """The present person and business, and the other businesses that the person may enter."""
    return MeOut.of(service.me(actor))


def remember(response: Response, refresh_token: str) -> None:
    """Puts the refresh token where only the browser itself can reach it, and only for these endpoints."""
    response.set_cookie(
        COOKIE,
        refresh_token,
        max_age=settings().refresh_token_expire_days * 86400,
        path=COOKIE_PATH,
        secure=is_https(),
        httponly=True,
        samesite="strict",
    )


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


def place_of(request: Request) -> str:
    """Where a request comes from; behind a proxy the server's `--forwarded-allow-ips` decides."""
    return request.client.host if request.client else ""


def is_https() -> bool:
    """Whether people reach us encrypted: then cookies go no other way."""
    return settings().public_url.startswith("https://")
