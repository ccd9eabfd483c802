"""Access tokens: signed JWTs that say who, where, by which session and what for.

A token's own words are read without a query; that its session still lives is asked beside it (`core.http.credentials`).
"""

from __future__ import annotations

import dataclasses
import functools
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import jwt

from kontor.accounts import sessions
from kontor.accounts.models import Session
from kontor.accounts.signing import keys
from kontor.core.actor import Actor
from kontor.core.clock import now
from kontor.core.config import settings
from kontor.core.errors import Unauthenticated

ISSUER, AUDIENCE = "kontor", "kontor-api"
CLOCK_SKEW_SECONDS = 5


@dataclass(frozen=True, slots=True)
class AccessToken:
    """What a client sends as bearer, and for how long it may."""

    text: str
    expires_in_seconds: int


def issue(session: Session) -> AccessToken:
    """A token for one session. Reads its membership with person and tenant."""
    life = timedelta(minutes=settings().access_token_expire_minutes)
    at, membership, key = now(), session.membership, keys().present
    claims = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": str(membership.person_id),
        "sid": str(session.id),
        "tenant": str(membership.tenant_id),
        "name": membership.person.name,
        "scopes": sorted(sessions.rights(session)),
        "iat": at,
        "exp": at + life,
    }
    text = jwt.encode(claims, key.signing or "", algorithm=key.algorithm, headers={"kid": key.id})
    return AccessToken(text, int(life.total_seconds()))


def verify(token: str) -> Actor:
    """The actor that a token names. Raises Unauthenticated with `reason` expired or invalid. Touches no database."""
    actor, expires_at = _read(token, frozenset(keys().believed))
    if expires_at <= now().timestamp():
        raise Unauthenticated("This token has run out; refresh it.", reason="expired")
    return actor


@functools.lru_cache(maxsize=2048)
def _read(token: str, believed: frozenset[str]) -> tuple[Actor, float]:
    """The actor, and when the token runs out (POSIX time). Read once per token and set of keys: clients send it again."""
    try:
        key_id = jwt.get_unverified_header(token).get("kid")
        if key_id not in believed:
            raise jwt.InvalidTokenError("unknown key id")
        key = keys().believed[key_id]
        claims = jwt.decode(
            token,
            key.verifying,
            algorithms=[key.algorithm],  # the key's own, whatever the header says
            issuer=ISSUER,
            audience=AUDIENCE,
            leeway=CLOCK_SKEW_SECONDS,
            options={"require": ["iss", "aud", "sub", "sid", "tenant", "scopes", "iat", "exp"]},
        )
        actor = Actor(
            tenant_id=UUID(claims["tenant"]),
            person_id=UUID(claims["sub"]),
            name=str(claims.get("name", "")),
            scopes=frozenset(claims["scopes"]),
            session_id=UUID(claims["sid"]),
        )
        return actor, float(claims["exp"])
    except jwt.ExpiredSignatureError as error:
        raise Unauthenticated("This token has run out; refresh it.", reason="expired") from error
    except (jwt.PyJWTError, ValueError, TypeError, AttributeError) as error:
        raise Unauthenticated("This token is not one of ours.", reason="invalid") from error


class AccessTokens:
    """`core.http.credentials.Verifier` for the tokens of people's sessions."""

    def recognises(self, token: str) -> bool:
        """A JWT has three parts."""
        return token.count(".") == 2

    def verify(self, token: str) -> Actor:
        """What token and role both allow. Raises Unauthenticated; `reason` ended: the session is over or the person out."""
        actor = verify(token)
        may = sessions.alive(actor.session_id) if actor.session_id else None
        if may is None:
            raise Unauthenticated("This session has ended; log in again.", reason="ended")
        return dataclasses.replace(actor, scopes=actor.scopes & may)
