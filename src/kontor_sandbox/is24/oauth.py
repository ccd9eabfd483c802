"""OAuth 1.0a in three legs: real HMAC-SHA1 signatures, nonces, temporary tokens, access tokens that never expire."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
import sqlite3
import time
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from kontor_sandbox.exchange import Answer, Request
from kontor_sandbox.is24.errors import Refusal, unauthorised
from kontor_sandbox.store import Row, find
from kontor_sandbox.world import World, seconds_later, stamp

BASE = "/restapi/security/oauth/"
REQUEST_TOKEN_SECONDS = 1800
CLOCK_SECONDS = 300
"""How far a timestamp may be from our machine's clock."""
_ENCODED = re.compile(r"(?:[A-Za-z0-9\-._~]|%[0-9A-Fa-f]{2})*")
_PAIR = re.compile(r'\s*([A-Za-z0-9_%\-.~]+)="([^"]*)"\s*')


@dataclass(frozen=True, slots=True)
class Signed:
    """A request whose signature is right."""

    application: Row
    parameters: dict[str, str]
    token: Row | None


def authorise(db: sqlite3.Connection, request: Request, table: str = "is24_access_token") -> Signed:
    """Check signature, timestamp, nonce and token; raises Refusal. Two-legged requests have no token."""
    parameters = _header(request)
    application = find(
        db,
        "SELECT * FROM is24_application WHERE consumer_key = ?",
        parameters.get("oauth_consumer_key", ""),
    )
    if application is None:
        raise unauthorised(f"Consumer not found: {parameters.get('oauth_consumer_key', '')}")
    if parameters.get("oauth_signature_method") != "HMAC-SHA1":
        raise unauthorised(f"Unsupported signature method: {parameters.get('oauth_signature_method')}")
    token = None
    if (named := parameters.get("oauth_token", "")) != "":
        token = find(db, f"SELECT * FROM {table} WHERE token = ?", named)  # noqa: S608 (our own names)
        if token is None or token["consumer_key"] != application["consumer_key"]:
            raise unauthorised(f"Invalid access token: {named}")
    _check_signature(request, parameters, application["secret"], token["secret"] if token else "")
    _check_nonce(db, parameters)
    if token is not None and "revoked" in token.keys() and token["revoked"]:  # noqa: SIM118 (a Row)
        raise unauthorised(f"Invalid access token: {named}")
    return Signed(application, parameters, token)


def _header(request: Request) -> dict[str, str]:
    header = request.headers.get("authorization", "")
    if not header.startswith("OAuth "):
        raise unauthorised("OAuth parameters are missing")
    found: dict[str, str] = {}
    for part in header[6:].split(","):
        pair = _PAIR.fullmatch(part)
        if pair is None or not _ENCODED.fullmatch(pair[2]):
            # A value that is not percent-encoded is what makes tokens with + and / fail.
            if pair is not None and pair[1] == "realm":
                continue
            raise unauthorised(f"Invalid OAuth parameter: {part.strip().partition('=')[0]}")
        found[unquote(pair[1])] = unquote(pair[2])
    return found


def _check_signature(request: Request, parameters: dict[str, str], secret: str, token_secret: str) -> None:
    key = f"{encode(secret)}&{encode(token_secret)}".encode()
    digest = hmac.new(key, base_string(request, parameters).encode(), hashlib.sha1).digest()
    expected = base64.b64encode(digest).decode()
    if not hmac.compare_digest(expected, parameters.get("oauth_signature", "")):
        raise unauthorised("Invalid signature for signature method HMAC-SHA1")


def base_string(request: Request, parameters: dict[str, str]) -> str:
    """What is signed: method, address, and the parameters of header, query and form, never another body."""
    pairs = [(name, value) for name, value in parameters.items() if name not in ("oauth_signature", "realm")]
    pairs += parse_qsl(request.query_string, keep_blank_values=True)
    if request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        pairs += parse_qsl(request.body.decode("latin-1"), keep_blank_values=True)
    sorted_pairs = sorted((encode(name), encode(value)) for name, value in pairs)
    joined = "&".join(f"{name}={value}" for name, value in sorted_pairs)
    return f"{request.method}&{encode(_address(request))}&{encode(joined)}"


def _address(request: Request) -> str:
    parts = urlsplit(request.base_url)
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    if parts.port is not None and parts.port != usual:
        host = f"{host}:{parts.port}"
    return f"{parts.scheme.lower()}://{host}{parts.path}{request.raw_path}"


def encode(text: str) -> str:
    """Percent-encoding as OAuth has it."""
    return quote(text, safe="-._~")


def _check_nonce(db: sqlite3.Connection, parameters: dict[str, str]) -> None:
    sent_at, nonce = parameters.get("oauth_timestamp", ""), parameters.get("oauth_nonce", "")
    now = int(time.time())
    if not re.fullmatch("[0-9]{1,12}", sent_at) or not nonce:
        raise unauthorised("Timestamp and nonce are required")
    if abs(now - int(sent_at)) > CLOCK_SECONDS:
        raise Refusal(
            401, "ERROR_COMMON_AUTHENTICATION_OAUTH_NONCE_EXPIRED", "The OAuth timestamp is not acceptable."
        )
    db.execute("DELETE FROM is24_nonce WHERE sent_at < ?", (now - 2 * CLOCK_SECONDS,))
    made = db.execute(
        "INSERT OR IGNORE INTO is24_nonce VALUES (?, ?, ?, ?)",
        (parameters["oauth_consumer_key"], parameters.get("oauth_token", ""), int(sent_at), nonce),
    )
    if not made.rowcount:
        raise unauthorised(f"Nonce already used: {nonce}")


def _new_secret() -> str:
    """With characters that tell whether a client encodes exactly once."""
    return base64.b64encode(secrets.token_bytes(20)).decode()[:-1] + "+/="


def answer(world: World, request: Request) -> Answer:
    """`request_token` and `access_token`; raises Refusal."""
    with world.store.transaction() as db:
        if request.path == f"{BASE}request_token":
            signed = authorise(db, request, "is24_request_token")
            return _request_token(world, db, signed)
        signed = authorise(db, request, "is24_request_token")
        return _access_token(world, db, signed)


def _request_token(world: World, db: sqlite3.Connection, signed: Signed) -> Answer:
    callback = signed.parameters.get("oauth_callback", "")
    if not callback:
        raise unauthorised("oauth_callback is required")
    token, secret = _new_secret(), _new_secret()
    db.execute(
        "INSERT INTO is24_request_token (token, secret, consumer_key, callback, expires_at) VALUES (?, ?, ?, ?, ?)",
        (
            token,
            secret,
            signed.application["consumer_key"],
            callback,
            seconds_later(world.now(), REQUEST_TOKEN_SECONDS),
        ),
    )
    return _form(oauth_token=token, oauth_token_secret=secret, oauth_callback_confirmed="true")


def _access_token(world: World, db: sqlite3.Connection, signed: Signed) -> Answer:
    row = signed.token
    if row is None or row["used"] or row["account_id"] is None or row["expires_at"] < stamp(world.now()):
        raise unauthorised("Invalid request token")
    if not hmac.compare_digest(row["verifier"], signed.parameters.get("oauth_verifier", "")):
        raise unauthorised("Invalid verifier")
    token, secret = _new_secret(), _new_secret()
    db.execute("UPDATE is24_request_token SET used = 1 WHERE token = ?", (row["token"],))
    db.execute(
        "INSERT INTO is24_access_token (token, secret, consumer_key, account_id) VALUES (?, ?, ?, ?)",
        (token, secret, row["consumer_key"], row["account_id"]),
    )
    return _form(oauth_token=token, oauth_token_secret=secret)


def _form(**values: str) -> Answer:
    return Answer(200, urlencode(values), media_type="application/x-www-form-urlencoded")


def revoke(db: sqlite3.Connection, account_id: str, consumer_key: str = "") -> int:
    """Take consent back, from one application or all; how many tokens died."""
    return db.execute(
        "UPDATE is24_access_token SET revoked = 1 WHERE account_id = ? AND ? IN ('', consumer_key) AND revoked = 0",
        (account_id, consumer_key),
    ).rowcount
