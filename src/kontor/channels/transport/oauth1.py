"""OAuth 1.0a (RFC 5849) with a channel: the three legs, and the signature of each call. Authlib builds what is signed.

HMAC-SHA1 over method, address and parameters; a body is signed only where it is a form, and none of ours is.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Self
from urllib.parse import parse_qs, quote, urlencode

from authlib.oauth1.rfc5849 import signature  # type: ignore[import-untyped]

from kontor.channels.contract.errors import LoginNeeded, Throttled, Unavailable, Unreadable
from kontor.channels.contract.manifest import Manifest, OAuth1
from kontor.channels.contract.transport import Answer
from kontor.channels.transport import gate, hosts, sending
from kontor.channels.transport.oauth import TOKEN_RESOURCE, TOKEN_SECONDS, ApplicationRefused, hold_key
from kontor.channels.transport.sending import Line, Parcel
from kontor.core.clock import now

Pairs = Sequence[tuple[str, str]]
_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Token:
    """A token with the secret that signs for it; empty for the first leg, where there is none yet."""

    token: str = ""
    secret: str = field(default="", repr=False)

    def as_text(self) -> str:
        """One text to be kept sealed, as bearer tokens are; `from_text` reads it back."""
        return urlencode({"oauth_token": self.token, "oauth_token_secret": self.secret})

    @classmethod
    def from_text(cls, text: str) -> Self:
        """A kept token, or a channel's answer. Raises KeyError where it holds none."""
        found = parse_qs(text, strict_parsing=False)
        return cls(found["oauth_token"][0], found["oauth_token_secret"][0])


@dataclass(frozen=True, slots=True)
class Signer:
    """The application's keys with one person's token."""

    client_id: str
    client_secret: str = field(repr=False)
    token: Token = Token()

    def header(
        self,
        method: str,
        address: str,
        params: Pairs = (),
        *,
        extra: Pairs = (),
        nonce: str = "",
        timestamp: str = "",
    ) -> str:
        """The Authorization header of one call.

        `params` are those of the query (or of a form), not encoded; `extra` the protocol's own: callback, verifier.
        `nonce` and `timestamp` are made where they are not given.
        """
        protocol = [
            ("oauth_consumer_key", self.client_id),
            *([("oauth_token", self.token.token)] if self.token.token else []),
            ("oauth_signature_method", "HMAC-SHA1"),
            ("oauth_timestamp", timestamp or str(int(time.time()))),
            ("oauth_nonce", nonce or secrets.token_urlsafe(24)),
            *extra,
        ]
        base = base_string(method, address, (*params, *protocol))
        signed = signature.hmac_sha1_signature(base, self.client_secret, self.token.secret)
        shown = (*protocol, ("oauth_signature", str(signed)))
        # Each value is encoded once: twice, or not at all, is a wrong signature there.
        return "OAuth " + ", ".join(f'{name}="{quote(value, safe="-._~")}"' for name, value in shown)


def base_string(method: str, address: str, params: Pairs) -> str:
    """What is signed (RFC 5849, 3.4.1); `params` are all of them, the protocol's own among them, not encoded."""
    return str(signature.construct_base_string(method, address, list(params)))


def request_token(manifest: Manifest, line: Line, *, callback: str) -> Token:
    """First leg: a token to be confirmed. Raises ApplicationRefused for keys that the channel does not know."""
    return _asked(manifest, line, manifest.oauth1.request_path, Token(), (("oauth_callback", callback),))


def confirm_address(manifest: Manifest, token: Token) -> str:
    """Second leg: where the person confirms it, in the browser."""
    auth = manifest.oauth1
    return (
        f"{hosts.address(manifest, auth.host)}{auth.confirm_path}?{urlencode({'oauth_token': token.token})}"
    )


def access_token(manifest: Manifest, line: Line, *, confirmed: Token, verifier: str) -> Token:
    """Third leg: the token that calls are signed with, for as long as the person leaves it. Raises LoginNeeded for a
    confirmation that is too old, refused or used already."""
    return _asked(manifest, line, manifest.oauth1.access_path, confirmed, (("oauth_verifier", verifier),))


def authorization(manifest: Manifest, token: str, parcel: Parcel) -> str:
    """What one call says of who makes it: signed, or with a bearer token, as the channel wants it. `token` as it is kept."""
    if not isinstance(manifest.auth, OAuth1):
        return f"Bearer {token}"
    keys = hosts.application(manifest)
    signer = Signer(keys.client_id, keys.client_secret, Token.from_text(token))
    return signer.header(parcel.method, parcel.base + parcel.path, parcel.params)


def _asked(manifest: Manifest, line: Line, path: str, token: Token, extra: Pairs) -> Token:
    auth, keys = manifest.oauth1, hosts.application(manifest)
    base = hosts.address(manifest, auth.host)
    held = hold_key(manifest, TOKEN_RESOURCE)
    gate.enter((), held, str(line.tenant_id), TOKEN_RESOURCE)
    signed = Signer(keys.client_id, keys.client_secret, token).header("POST", base + path, extra=extra)
    parcel = Parcel(
        "POST", auth.host, base, path, headers={"Authorization": signed}, keeps_bodies_secret=True
    )
    answer = sending.send(line, parcel, total_seconds=TOKEN_SECONDS)
    _refuse(answer, held, is_first=not token.token)
    try:
        return Token.from_text(answer.body.decode("utf-8", "replace"))
    except KeyError as error:
        raise Unreadable("The channel's answer to the sign-in holds no token", maybe_applied=True) from error


def _refuse(answer: Answer, held: str, *, is_first: bool) -> None:
    """The first leg has nobody's consent yet: what is refused there are the installation's keys."""
    code = str(answer.status)
    if answer.status == 429:
        wait = answer.headers.get("retry-after", "").strip()
        until = gate.hold(held, now() + timedelta(seconds=float(wait) if wait.isdigit() else 0.0))
        raise Throttled("The channel asks us to wait with sign-ins", until=until, resource=TOKEN_RESOURCE)
    if answer.status >= 500:
        raise Unavailable(
            "The channel can't give access at the moment", maybe_applied=True, channel_code=code
        )
    if not 200 <= answer.status < 300:
        if is_first:
            raise ApplicationRefused(channel_code=code)
        raise LoginNeeded("The channel no longer accepts the consent", channel_code=code)
