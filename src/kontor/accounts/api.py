"""`/api/v1/auth` and one's own sessions: register, log in, stay logged in, log out, who am I.

What is one's own has the scope `person`: any role may do it, and who must add a second factor first, too.
"""

from __future__ import annotations

from uuid import UUID

from fastapi import Request, Response

from kontor.accounts import cookies, passwords, registering, service, sessions, signing
from kontor.accounts import login as steps
from kontor.accounts.factors.schemas import SecondFactorIn
from kontor.accounts.schemas import (
    ChangePasswordIn,
    JwksOut,
    LoginIn,
    MeOut,
    ProveIn,
    RefreshIn,
    RegisterIn,
    SessionOut,
    SessionsOut,
    SwitchIn,
    TokensOut,
)
from kontor.core.http.credentials import Signed
from kontor.core.http.routing import router

routes = router("/auth", "Accounts")
own = router("/me", "Accounts")
well_known = router("/.well-known", "Accounts")


@routes.post(
    "/register", scope="public", status_code=201, summary="Register a business and log in as its owner"
)
def register(request: Request, response: Response, wish: RegisterIn) -> TokensOut:
    """Makes the business, its owner and a session. 422 with a problem per field.

    Where the address has an account, its own password makes a further business of the same person, and any other is refused
    as at log-in: 401 `login.wrong`, `login.second_factor`; 429 `login.throttled`.
    """
    cookies.own_origin(request)
    logged_in = registering.register(
        wish.email, wish.password, wish.first_name, wish.last_name, wish.company, language=wish.language
    )
    return answer(response, logged_in)


@routes.post("/login", scope="public", summary="Log in")
def login(request: Request, response: Response, wish: LoginIn) -> TokensOut:
    """Gives an access token for API calls, and a refresh token both here and as the browser's HttpOnly cookie.

    401 `login.wrong`, whichever of the two is wrong; 429 `login.throttled` after several wrong attempts.
    401 `login.second_factor`: the password is right, and `params` say how to go on: `challenge`, `methods`, and
    `passkey_options` where there is a passkey.
    """
    cookies.own_origin(request)
    return answer(response, steps.login(wish.email, wish.password, tenant_name=wish.tenant))


@routes.post("/login/second-factor", scope="public", summary="Log in: the second factor")
def login_second_factor(request: Request, response: Response, wish: SecondFactorIn) -> TokensOut:
    """401 `second_factor.wrong` with `params.tries_left`; 401 `challenge.over`: begin again with the password."""
    cookies.own_origin(request)
    origin = request.headers.get("origin", "")
    return answer(response, steps.second_factor(wish.challenge, wish.answer(origin)))


@routes.post("/refresh", scope="public", summary="Exchange the refresh token for new tokens")
def refresh(request: Request, response: Response, wish: RefreshIn | None = None) -> TokensOut:
    """Every refresh token works once; using one again later ends the whole session (401 `session.over`).

    A token in the body is answered in the body; a cookie is answered by a cookie only, out of reach of scripts.
    """
    cookies.own_origin(request)
    given, kept = wish.refresh_token if wish else None, cookies.present(request)
    if not (given or kept):
        raise sessions.SessionOver
    logged_in = steps.refresh(given or kept or "")
    if given:
        return TokensOut.of(logged_in, refresh_token=logged_in.refresh_token)
    cookies.remember(response, logged_in.refresh_token)
    return TokensOut.of(logged_in, refresh_token=None)


@routes.post("/logout", scope="public", status_code=204, summary="Log out")
def logout(request: Request, response: Response, wish: RefreshIn | None = None) -> None:
    """Ends the session of the cookie or of the token in the body. Also right when there is none."""
    cookies.own_origin(request)
    for token in {wish.refresh_token if wish else None, cookies.present(request)} - {None}:
        sessions.end(token or "")
    cookies.forget(response)


@routes.post("/logout-all", scope="person", status_code=204, summary="Log out everywhere")
def logout_all(response: Response, actor: Signed) -> None:
    """Ends every session of the person, this one too, within seconds; their sockets close."""
    steps.log_out_everywhere(actor)
    cookies.forget(response)


@routes.post("/switch", scope="person", transaction=False, summary="Go to another of my businesses")
def switch(response: Response, actor: Signed, wish: SwitchIn) -> TokensOut:
    """Tokens for that business; the session in the present one ends. 404 where the person is no member."""
    return answer(response, steps.switch(actor, wish.tenant))


@routes.post(
    "/prove", scope="person", transaction=False, status_code=204, summary="Prove once more that it is me"
)
def prove(actor: Signed, wish: ProveIn) -> None:
    """For ten minutes what answered 403 `proof.needed` is open. 422 `password.wrong` at `password`.

    403 `proof.second_factor` with the `params` of `login.second_factor`, where there is one.
    """
    steps.prove(actor, wish.password)


@routes.post(
    "/prove/second-factor",
    scope="person",
    transaction=False,
    status_code=204,
    summary="Prove it: the second factor",
)
def prove_second_factor(request: Request, actor: Signed, wish: SecondFactorIn) -> None:
    """403 `proof.wrong` with `params.tries_left`; 403 `proof.over`: begin again with the password."""
    steps.prove_second_factor(actor, wish.challenge, wish.answer(request.headers.get("origin", "")))


@routes.get("/me", scope="person", transaction=False, summary="Who I am, where, and what I may do")
def get_me(actor: Signed) -> MeOut:
    """The present person and business, and the other businesses that the person may enter."""
    return MeOut.of(*service.me(actor))


@own.get("/sessions", scope="person", transaction=False, summary="Where I am logged in")
def list_sessions(actor: Signed) -> SessionsOut:
    """All living sessions in all businesses, this one first."""
    rows = sessions.all_of(sessions.of(actor).membership.person_id)
    items = [SessionOut.of(row, actor.session_id) for row in rows]
    return SessionsOut(items=sorted(items, key=lambda item: not item.current))


@own.delete(
    "/sessions/{session_id}",
    scope="person",
    transaction=False,
    status_code=204,
    summary="End one of my sessions",
)
def end_session(actor: Signed, session_id: UUID) -> None:
    """Its tokens and sockets die within seconds."""
    sessions.end_one(actor, session_id)


@own.post(
    "/change-password", scope="person", transaction=False, status_code=204, summary="Change my password"
)
def change_password(actor: Signed, wish: ChangePasswordIn) -> None:
    """All other sessions end. 422 `password.wrong` at `current_password`, or what is wrong with `new_password`."""
    passwords.change(actor, wish.current_password, wish.new_password)


@well_known.get("/jwks.json", scope="public", summary="Keys that access tokens are signed with")
def get_jwks() -> JwksOut:
    """Public keys by key id, those that are on their way out too. Empty with HS256, whose key is a secret."""
    return JwksOut.model_validate(signing.keys().jwks())


def answer(response: Response, logged_in: steps.LoggedIn) -> TokensOut:
    """Tokens in the body, and the refresh token as the browser's cookie too."""
    cookies.remember(response, logged_in.refresh_token)
    return TokensOut.of(logged_in, refresh_token=logged_in.refresh_token)
