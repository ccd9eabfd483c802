"""Access tokens: JWTs (HS256) that say who, where and what for, so that a request is judged without a query."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import jwt

from kontor.accounts.models import Membership, Role
from kontor.core.actor import Actor
from kontor.core.clock import now
from kontor.core.config import settings
from kontor.core.errors import Unauthenticated

ISSUER, AUDIENCE, ALGORITHM = "kontor", "kontor-api", "HS256"
CLOCK_SKEW_SECONDS = 5
SCOPES: dict[str, frozenset[str]] = {
    Role.OWNER: frozenset({"read", "write", "admin"}),
    Role.ADMIN: frozenset({"read", "write", "admin"}),
    Role.MEMBER: frozenset({"read", "write"}),
    Role.READ_ONLY: frozenset({"read"}),
}


@dataclass(frozen=True, slots=True)
class AccessToken:
    """What a client sends as bearer, and for how long it may."""

    text: str
    expires_in_seconds: int


def issue(membership: Membership) -> AccessToken:
    """A token for one person in one tenant. Reads `membership.person`."""
    life = timedelta(minutes=settings().access_token_expire_minutes)
    at = now()
    claims = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": str(membership.person_id),
        "tenant": str(membership.tenant_id),
        "name": membership.person.name,
        "scopes": sorted(SCOPES[membership.role]),
        "iat": at,
        "exp": at + life,
    }
    text = jwt.encode(claims, _key(), algorithm=ALGORITHM, headers={"kid": _key_id()})
    return AccessToken(text, int(life.total_seconds()))


def verify(token: str) -> Actor:
    """The actor of a token. Raises Unauthenticated with `reason` expired or invalid. Touches no database."""
    actor, expires_at = _read(token, _key())
    if expires_at + CLOCK_SKEW_SECONDS <= now().timestamp():
        raise Unauthenticated("This token has run out; refresh it.", reason="expired")
    return actor


@functools.lru_cache(maxsize=2048)
def _read(token: str, key: str) -> tuple[Actor, float]:
    """The actor, and when the token runs out (POSIX time). Read once per token: a client sends the same one for minutes."""
    try:
        claims = jwt.decode(
            token,
            key,
            algorithms=[ALGORITHM],
            issuer=ISSUER,
            audience=AUDIENCE,
            leeway=CLOCK_SKEW_SECONDS,
            options={"require": ["iss", "aud", "sub", "tenant", "scopes", "iat", "exp"]},
        )
        actor = Actor(
            tenant_id=UUID(claims["tenant"]),
            person_id=UUID(claims["sub"]),
            name=str(claims.get("name", "")),
            scopes=frozenset(claims["scopes"]),
        )
        return actor, float(claims["exp"])
    except jwt.ExpiredSignatureError as error:
        raise Unauthenticated("This token has run out; refresh it.", reason="expired") from error
    except (jwt.InvalidTokenError, ValueError, TypeError, AttributeError) as error:
        raise Unauthenticated("This token is not one of ours.", reason="invalid") from error


def _key() -> str:
    return settings().jwt_secret_key.get_secret_value()


def _key_id() -> str:
    """Names the key without telling it: what a second key, during a change of keys, will be chosen by."""
    return hashlib.sha256(b"kontor.jwt" + _key().encode()).hexdigest()[:12]
