"""Applications, codes and tokens: the authorization-code flow with a RuName, refresh, and application tokens."""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
import sqlite3
from datetime import datetime, timedelta
from urllib.parse import parse_qs, unquote

from kontor_sandbox.ebay import events
from kontor_sandbox.ebay.operations import BASE_SCOPE, Token
from kontor_sandbox.exchange import Answer, Request
from kontor_sandbox.faults import Fired
from kontor_sandbox.store import Row, find
from kontor_sandbox.world import World, moment, stamp

DEFAULT_CLIENT_ID = "Kontor-Sandbox-SBX"
DEFAULT_SECRET = "SBX-kontor-sandbox-secret"  # noqa: S105 (a key to a play)
DEFAULT_RU_NAME = "Kontor-KontorHub-SBX-demo"

SETTINGS: dict[str, object] = {
    "code_seconds": 299.0,
    "access_token_seconds": 7200.0,
    "refresh_token_seconds": 47_304_000.0,
}

SCOPES = frozenset(
    [BASE_SCOPE]
    + [
        f"{BASE_SCOPE}/{name}"
        for name in (
            "sell.inventory",
            "sell.inventory.readonly",
            "sell.account",
            "sell.account.readonly",
            "sell.fulfillment",
            "sell.fulfillment.readonly",
            "sell.marketing",
            "sell.marketing.readonly",
            "sell.analytics.readonly",
            "sell.finances",
            "sell.payment.dispute",
            "sell.stores",
            "sell.stores.readonly",
            "sell.reputation",
            "sell.reputation.readonly",
            "commerce.identity.readonly",
            "commerce.notification.subscription",
            "commerce.notification.subscription.readonly",
        )
    ]
)


class OAuthRefusal(Exception):
    """The token endpoint's own kind of error, which is not the ``errors`` envelope."""

    def __init__(self, status: int, error: str, description: str) -> None:
        super().__init__(error)
        self.answer = Answer(status, {"error": error, "error_description": description})


def seed_application(db: sqlite3.Connection) -> None:
    """The application that is registered from the start; its accepted URL is set by the control API."""
    db.execute(
        "INSERT OR IGNORE INTO ebay_application VALUES (?, ?, ?, '', '', 'Kontor')",
        (DEFAULT_CLIENT_ID, DEFAULT_SECRET, DEFAULT_RU_NAME),
    )


def application_of(db: sqlite3.Connection, client_id: str, ru_name: str) -> Row | None:
    """The application whose RuName this is."""
    return find(db, "SELECT * FROM ebay_application WHERE client_id = ? AND ru_name = ?", client_id, ru_name)


def new_code(world: World, db: sqlite3.Connection, application: Row, seller_id: str, scopes: str) -> str:
    """A single-use code, with the characters that tell whether a client decodes it exactly once."""
    code = f"v^1.1#i^1#p^3#I^3#r^1#f^0#t^{secrets.token_urlsafe(48)}%2B=="
    expires = stamp(world.now() + timedelta(seconds=world.setting("code_seconds")))
    db.execute(
        "INSERT INTO ebay_code VALUES (?, ?, ?, ?, ?, ?, 0)",
        (code, application["client_id"], application["ru_name"], seller_id, scopes, expires),
    )
    return code


def answer(world: World, request: Request, fired: Fired | None) -> Answer:
    """POST /identity/v1/oauth2/token."""
    if request.method != "POST":
        return Answer(405, headers={"allow": "POST"})
    if fired is not None and fired.name in ("throttled", "throttled_retry_after"):
        headers = {"Retry-After": "2"} if fired.name == "throttled_retry_after" else {}
        return Answer(
            429, {"error": "temporarily_unavailable", "error_description": "too many requests"}, headers
        )
    if fired is not None and fired.name == "server_error_once":
        return Answer(500, {"error": "server_error", "error_description": "an error on our side"})
    form = {name: values[-1] for name, values in parse_qs(request.body.decode("utf-8", "replace")).items()}
    grants = {
        "authorization_code": _exchange_code,
        "refresh_token": _refresh,
        "client_credentials": _application_token,
    }
    try:
        with world.store.transaction() as db:
            client_id = _authenticated(db, request)
            grant = grants.get(form.get("grant_type", ""), _unknown_grant)
            return grant(world, db, client_id, form)
    except OAuthRefusal as refusal:
        return refusal.answer


def _unknown_grant(world: World, db: sqlite3.Connection, client_id: str, form: dict[str, str]) -> Answer:
    raise OAuthRefusal(400, "unsupported_grant_type", "the grant type is missing or not supported")


def _authenticated(db: sqlite3.Connection, request: Request) -> str:
    header = request.headers.get("authorization", "")
    try:
        client_id, _, secret = (
            base64.b64decode(header.removeprefix("Basic "), validate=True).decode().partition(":")
        )
    except (binascii.Error, UnicodeDecodeError):
        client_id, secret = "", ""
    known = find(db, "SELECT secret FROM ebay_application WHERE client_id = ?", client_id)
    if not header.startswith("Basic ") or known is None or not hmac.compare_digest(known["secret"], secret):
        raise OAuthRefusal(401, "invalid_client", "client authentication failed")
    if request.headers.get("content-type", "").split(";")[0] != "application/x-www-form-urlencoded":
        raise OAuthRefusal(400, "invalid_request", "the body must be a form")
    return client_id


def _exchange_code(world: World, db: sqlite3.Connection, client_id: str, form: dict[str, str]) -> Answer:
    row = find(db, "SELECT * FROM ebay_code WHERE code = ?", form.get("code", ""))
    fits = (
        row is not None
        and row["client_id"] == client_id
        and not row["used"]
        and moment(row["expires_at"]) > world.now()
    )
    if row is None or not fits:
        raise OAuthRefusal(
            400, "invalid_grant", "the provided authorization grant code is invalid or was used before"
        )
    if form.get("redirect_uri") != row["ru_name"]:
        raise OAuthRefusal(400, "invalid_request", "the redirect_uri is not the RuName of this grant")
    db.execute("UPDATE ebay_code SET used = 1 WHERE code = ?", (row["code"],))
    lifetime = float(world.setting("refresh_token_seconds"))
    refresh_token = f"v^1.1#i^1#r^1#{secrets.token_urlsafe(60)}=="
    db.execute(
        "INSERT INTO ebay_refresh_token VALUES (?, ?, ?, ?, ?, 0)",
        (
            refresh_token,
            client_id,
            row["seller_id"],
            row["scopes"],
            stamp(world.now() + timedelta(seconds=lifetime)),
        ),
    )
    body = _access_token(world, db, "user", client_id, row["seller_id"], row["scopes"], refresh_token)
    body |= {"refresh_token": refresh_token, "refresh_token_expires_in": round(lifetime)}
    return Answer(200, body)


def _refresh(world: World, db: sqlite3.Connection, client_id: str, form: dict[str, str]) -> Answer:
    row = find(db, "SELECT * FROM ebay_refresh_token WHERE token = ?", form.get("refresh_token", ""))
    fits = (
        row is not None
        and row["client_id"] == client_id
        and not row["revoked"]
        and moment(row["expires_at"]) > world.now()
    )
    if row is None or not fits:
        raise OAuthRefusal(
            400,
            "invalid_grant",
            "the provided authorization refresh token is invalid or was issued to another client",
        )
    scopes = form.get("scope", row["scopes"])
    if not set(scopes.split()) <= set(row["scopes"].split()):
        raise OAuthRefusal(400, "invalid_scope", "the requested scope exceeds what was granted")
    return Answer(200, _access_token(world, db, "user", client_id, row["seller_id"], scopes, row["token"]))


def _application_token(world: World, db: sqlite3.Connection, client_id: str, form: dict[str, str]) -> Answer:
    scopes = form.get("scope", "")
    if not scopes or not set(scopes.split()) <= SCOPES:
        raise OAuthRefusal(400, "invalid_scope", "the requested scope is invalid, unknown or malformed")
    return Answer(200, _access_token(world, db, "application", client_id, None, scopes, None))


def _access_token(
    world: World,
    db: sqlite3.Connection,
    kind: str,
    client_id: str,
    seller_id: str | None,
    scopes: str,
    refresh_token: str | None,
) -> dict[str, object]:
    lifetime = float(world.setting("access_token_seconds"))
    token = f"v^1.1#i^1#p^3#{secrets.token_urlsafe(72)}=="
    db.execute(
        "INSERT INTO ebay_access_token VALUES (?, ?, ?, ?, ?, ?, 0, ?)",
        (
            token,
            kind,
            client_id,
            seller_id,
            scopes,
            stamp(world.now() + timedelta(seconds=lifetime)),
            refresh_token,
        ),
    )
    title = "User Access Token" if kind == "user" else "Application Access Token"
    return {"access_token": token, "expires_in": round(lifetime), "token_type": title}


def access_token(db: sqlite3.Connection, text: str, now: datetime) -> Token | None:
    """Who an access token stands for; None when it is unknown, too old or dead."""
    row = find(db, "SELECT * FROM ebay_access_token WHERE token = ?", text)
    if row is None or row["dead"] or moment(row["expires_at"]) <= now:
        return None
    return Token(row["kind"], row["client_id"], row["seller_id"], frozenset(row["scopes"].split()))


def declare_dead(db: sqlite3.Connection, text: str) -> None:
    """Let an access token die before its time; its refresh token stays good."""
    db.execute("UPDATE ebay_access_token SET dead = 1 WHERE token = ?", (text,))


def revoke_consent_of(db: sqlite3.Connection, text: str, now: datetime) -> None:
    """The seller takes the consent back that this access token came from."""
    row = find(db, "SELECT * FROM ebay_access_token WHERE token = ? AND kind = 'user'", text)
    if row is not None:
        revoke(db, row["client_id"], row["seller_id"], now)


def revoke(db: sqlite3.Connection, client_id: str, seller_id: str, now: datetime) -> None:
    """Every token of this seller for this application dies; the application is told, where it subscribed."""
    ours = (client_id, seller_id)
    db.execute("UPDATE ebay_refresh_token SET revoked = 1 WHERE client_id = ? AND seller_id = ?", ours)
    db.execute("UPDATE ebay_access_token SET dead = 1 WHERE client_id = ? AND seller_id = ?", ours)
    events.authorization_revoked(db, client_id, seller_id, now)


def granted_scopes(text: str) -> str | None:
    """The scopes of a consent address; None when one is unknown."""
    scopes = unquote(text).split()
    return " ".join(scopes) if scopes and set(scopes) <= SCOPES else None
