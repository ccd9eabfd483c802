"""OAuth 2.0 with a channel: consent address, code, refresh, the application's own token. Authlib does the protocol."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx2
from authlib.integrations.base_client.errors import OAuthError  # type: ignore[import-untyped]
from authlib.integrations.httpx_client import OAuth2Client  # type: ignore[import-untyped]
from authlib.oauth2.client import OAuth2Client as Protocol  # type: ignore[import-untyped]

from kontor.channels.contract.errors import (
    ChannelError,
    LoginNeeded,
    SetupNeeded,
    Throttled,
    Unavailable,
    Unreadable,
)
from kontor.channels.contract.manifest import Manifest
from kontor.channels.contract.transport import Answer
from kontor.channels.transport import gate, hosts, sending
from kontor.channels.transport.repeats import repeated
from kontor.channels.transport.sending import Line, Parcel
from kontor.channels.transport.tokens import Secret
from kontor.core.clock import now

TOKEN_SECONDS = 30.0  # below tokens.LEASE_SECONDS
TOKEN_RESOURCE = "oauth"  # noqa: S105 (the name of a limit)
_DEFAULT_LIFE = 3600


class ApplicationRefused(ChannelError):
    """The channel does not know this installation's keys: no merchant can mend that, whoever runs Kontor can."""

    code, status, title = (
        "connection.application_refused",
        502,
        "The channel does not accept this installation's keys",
    )


def consent_address(manifest: Manifest, *, state: str, verifier: str = "", locale: str = "") -> str:
    """Where the person gives consent. `verifier` where the manifest says PKCE."""
    auth, application = manifest.oauth2, hosts.application(manifest)
    extra = {"locale": locale} if locale else {}
    protocol = Protocol(None, application.client_id, code_challenge_method="S256" if auth.pkce else None)
    address, _ = protocol.create_authorization_url(
        hosts.address(manifest, auth.authorize_host) + auth.authorize_path,
        state=state,
        code_verifier=verifier or None,
        redirect_uri=application.redirect,
        scope=" ".join(auth.scopes),
        **extra,
    )
    return str(address)


def exchange(manifest: Manifest, line: Line, *, code: str, verifier: str = "") -> Secret:
    """The tokens for a consent's code. Raises LoginNeeded (code too old or used), ApplicationRefused, Unavailable."""
    extra = {"code_verifier": verifier} if verifier else {}
    redirect = hosts.application(manifest).redirect
    answer = _asked(
        lambda: _client(manifest, line).fetch_token(
            _token_address(manifest),
            grant_type="authorization_code",
            code=code,
            redirect_uri=redirect,
            **extra,
        )
    )
    return _secret(answer, old=None, scopes=manifest.oauth2.scopes)


def refresh(manifest: Manifest, line: Line, old: Secret | None) -> Secret:
    """Fresh tokens. Raises LoginNeeded where the consent is gone, never to be asked again with the same."""
    if old is None or not old.refresh_token:
        raise LoginNeeded("There is no consent to renew the access with", channel_code="no_refresh_token")
    answer = _asked(
        lambda: _client(manifest, line).refresh_token(
            _token_address(manifest), refresh_token=old.refresh_token
        )
    )
    return _secret(answer, old=old, scopes=old.scopes)


def application_token(manifest: Manifest, line: Line) -> Secret:
    """A token of the application itself, without any seller."""
    scopes = manifest.oauth2.application_scopes

    def ask() -> Any:
        return _client(manifest, line).fetch_token(
            _token_address(manifest), grant_type="client_credentials", scope=" ".join(scopes)
        )

    answer = repeated(lambda: _asked(ask))
    return _secret(answer, old=None, scopes=scopes)


def hold_key(manifest: Manifest, resource: str) -> str:
    """Under which "too fast" of a resource is kept for all tenants."""
    return f"hold:{manifest.id}:{hosts.environment(manifest.id)}:{resource}"


def _asked(ask: Callable[[], Any]) -> dict[str, Any]:
    try:
        return dict(ask())
    except OAuthError as error:
        raise _meaning(str(error.error)) from error
    except ValueError as error:  # Authlib's word for an answer that is no JSON object
        raise Unreadable("The channel's answer to the sign-in can't be read", maybe_applied=True) from error


def _meaning(error: str) -> ChannelError:
    """RFC 6749, 5.2."""
    if error in ("invalid_grant", "access_denied"):
        return LoginNeeded("The channel no longer accepts the consent", channel_code=error)
    if error in ("invalid_client", "unauthorized_client", "unsupported_grant_type"):
        return ApplicationRefused(channel_code=error)
    if error == "invalid_scope":
        return SetupNeeded("The consent does not cover what Kontor needs", what="consent", channel_code=error)
    return Unreadable(f"The channel refuses the sign-in: {error}", channel_code=error)


def _secret(answer: dict[str, Any], *, old: Secret | None, scopes: tuple[str, ...]) -> Secret:
    token = answer.get("access_token")
    if not isinstance(token, str) or not token:
        raise Unreadable("The channel's answer to the sign-in holds no token", maybe_applied=True)
    granted = answer.get("scope")
    refresh_until = _after(answer.get("refresh_token_expires_in"))
    return Secret(
        token,
        _after(answer.get("expires_in")) or now() + timedelta(seconds=_DEFAULT_LIFE),
        # A channel that keeps its refresh token answers without one.
        str(answer.get("refresh_token") or (old.refresh_token if old else "")),
        refresh_until or (old.refresh_until if old else None),
        tuple(granted.split()) if isinstance(granted, str) and granted else scopes,
    )


def _after(seconds: Any) -> datetime | None:
    try:
        return now() + timedelta(seconds=float(seconds))
    except (TypeError, ValueError, OverflowError):
        return None


def _token_address(manifest: Manifest) -> str:
    return hosts.address(manifest, manifest.oauth2.token_host) + manifest.oauth2.token_path


def _client(manifest: Manifest, line: Line) -> OAuth2Client:
    application = hosts.application(manifest)
    return OAuth2Client(application.client_id, application.client_secret, transport=_Door(manifest, line))


class _Door(httpx2.BaseTransport):
    """Takes Authlib's requests through our own sending, so that they are paced, broken and logged like all others."""

    def __init__(self, manifest: Manifest, line: Line) -> None:
        self._manifest, self._line = manifest, line

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        auth = self._manifest.oauth2
        base = hosts.address(self._manifest, auth.token_host)
        held = hold_key(self._manifest, TOKEN_RESOURCE)
        gate.enter((), held, str(self._line.tenant_id), TOKEN_RESOURCE)
        parcel = Parcel(
            request.method,
            auth.token_host,
            base,
            request.url.raw_path.decode().removeprefix(urlsplit(base).path),
            headers={
                name: request.headers[name]
                for name in ("authorization", "content-type")
                if name in request.headers
            },
            content=request.read(),
            keeps_bodies_secret=True,
        )
        answer = sending.send(self._line, parcel, total_seconds=TOKEN_SECONDS)
        self._refuse_outage(answer, held)
        kept = {name: answer.headers[name] for name in ("content-type",) if name in answer.headers}
        return httpx2.Response(answer.status, headers=kept, content=answer.body, request=request)

    def _refuse_outage(self, answer: Answer, held: str) -> None:
        """What is no answer of OAuth: throttling and outages come in any form, also as JSON."""
        if answer.status == 429:
            until = gate.hold(held, now() + timedelta(seconds=_retry_after(answer)))
            raise Throttled("The channel asks us to wait with sign-ins", until=until, resource=TOKEN_RESOURCE)
        if answer.status >= 500:
            raise Unavailable(
                "The channel can't give access at the moment",
                maybe_applied=True,
                channel_code=str(answer.status),
            )


def _retry_after(answer: Answer) -> float:
    value = answer.headers.get("retry-after", "").strip()
    return float(value) if value.isdigit() else 0.0
