"""Connecting an account: from the button to the channel's consent page and back.

The `state` is random, kept as a hash, used once within ten minutes, and only by the browser that began: a cookie that
scripts can't read must come back with it. Whoever lures somebody to our callback with a consent of his own gets
nothing connected.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django.db import transaction

from kontor.channels.connections import played, service
from kontor.channels.connections.credentials import UnsavedSlot
from kontor.channels.connections.errors import ConsentFailed, Declined, NotConfigured, StateUnknown
from kontor.channels.connections.models import Connection, OAuthState
from kontor.channels.contract.capabilities import ChecksAccount
from kontor.channels.contract.channel import Channel
from kontor.channels.contract.errors import ChannelError
from kontor.channels.contract.manifest import Manifest
from kontor.channels.contract.values import AccountReport
from kontor.channels.registry import channel
from kontor.channels.transport import client, hosts, oauth
from kontor.channels.transport.client import Account, HttpTransport
from kontor.channels.transport.tokens import Secret
from kontor.core.actor import Actor
from kontor.core.cause import causing
from kontor.core.clock import now
from kontor.core.errors import Invalid, KontorError, NotFound
from kontor.core.identifiers import uuid7
from kontor.core.tenancy import tenant
from kontor.core.vault import vault

LIFE = timedelta(minutes=10)
HOME = "/channels"


@dataclass(frozen=True, slots=True)
class Begun:
    """Where to send the browser, and the value of the cookie that ties the consent to it."""

    authorize_url: str
    browser: str


def begin(
    actor: Actor,
    channel_id: str,
    marketplace: str,
    *,
    connection_id: UUID | None = None,
    return_to: str = HOME,
    browser: str = "",
) -> Begun:
    """Prepares a consent; opens its own transactions. `browser` is the cookie of an earlier one, kept where it is there.

    Raises NotFound (channel, marketplace), ConnectionNotFound, NotConfigured, Invalid (`return_to` leaves the web UI).
    """
    manifest = _configured(channel_id, marketplace)
    if connection_id:
        with tenant(actor.tenant_id):
            row = service.get(connection_id)
            if (row.channel, row.marketplace) != (channel_id, marketplace):
                raise Invalid("This connection is at another marketplace", marketplace=row.marketplace)
    played.register_callback(manifest)
    state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48) if manifest.oauth2.pkce else ""
    browser = browser or secrets.token_urlsafe(32)
    OAuthState.objects.filter(expires_at__lt=now()).delete()
    OAuthState.objects.create(
        state_hash=_hash(state),
        browser_hash=_hash(browser),
        tenant_id=actor.tenant_id,
        person_id=actor.person_id,
        cause=actor.cause(),
        channel=channel_id,
        marketplace=marketplace,
        connection_id=connection_id,
        verifier=vault().seal(verifier.encode(), owner=_hash(state)) if verifier else None,
        return_to=_path_of_ours(return_to),
        expires_at=now() + LIFE,
    )
    locale = manifest.marketplace(marketplace).locale
    return Begun(oauth.consent_address(manifest, state=state, verifier=verifier, locale=locale), browser)


def finish(*, state: str, code: str, error: str, browser: str) -> str:
    """What the callback does: exchanges the code, exercises the account's rights, keeps the connection.

    Always returns the path of the web UI to go to; its query says `connected=<id>` or `problem=<code>` with the
    problem's parameters. Runs outside any transaction and opens its own.
    """
    try:
        begun = _taken(state, browser)
    except StateUnknown as unknown:
        refused: KontorError = Declined() if error == "access_denied" and not state else unknown
        return _path(HOME, {"problem": refused.code})
    try:
        with causing(begun.cause):
            row = _connect(begun, code, error, state)
    except KontorError as problem:
        words = {
            name: str(value) for name, value in problem.params.items() if isinstance(value, str) and value
        }
        return _path(begun.return_to, {**words, "problem": problem.code, "channel": begun.channel})
    return _path(begun.return_to, {"connected": str(row.id)})


def _configured(channel_id: str, marketplace: str) -> Manifest:
    manifest = channel(channel_id).manifest
    if marketplace not in {row.id for row in manifest.marketplaces}:
        raise NotFound(f"{manifest.name} has no marketplace {marketplace}", marketplace=marketplace)
    if not hosts.is_configured(manifest):
        raise NotConfigured(
            f"The keys of {manifest.name} are not set in this installation", channel=channel_id
        )
    return manifest


def _taken(state: str, browser: str) -> OAuthState:
    """The consent of this state and browser, gone from the table. Raises StateUnknown."""
    with transaction.atomic(durable=True):
        row = OAuthState.objects.select_for_update().filter(state_hash=_hash(state)).first()
        if row is None or not browser or not hmac.compare_digest(row.browser_hash, _hash(browser)):
            raise StateUnknown
        OAuthState.objects.filter(state_hash=row.state_hash).delete()
    if row.expires_at < now():
        raise StateUnknown
    return row


def _connect(begun: OAuthState, code: str, error: str, state: str) -> Connection:
    if error == "access_denied":
        raise Declined
    if error or not code:
        raise ConsentFailed(channel_error=error[:100])
    chosen = channel(begun.channel)
    connection_id = begun.connection_id or uuid7()
    own_line = client.line(chosen.manifest, begun.tenant_id, connection_id)
    verifier = vault().open(bytes(begun.verifier), owner=_hash(state)).decode() if begun.verifier else ""
    secret = oauth.exchange(chosen.manifest, own_line, code=code, verifier=verifier)
    settings: Mapping[str, str] = {}
    if begun.connection_id:
        with tenant(begun.tenant_id):
            settings = service.get(begun.connection_id).settings
    account = Account(begun.tenant_id, connection_id, begun.marketplace, settings)
    secret, report = _exercised(chosen, account, secret)
    with tenant(begun.tenant_id):
        return service.connect(
            connection_id, begun.channel, begun.marketplace, secret, report, again=bool(begun.connection_id)
        )


def _exercised(chosen: Channel, account: Account, secret: Secret) -> tuple[Secret, AccountReport]:
    """A real authorised call says whose account this is and what it lacks, before anything is kept."""
    slot = UnsavedSlot(secret)
    keeper = service.seller_keeper(chosen.manifest, account, slot)
    connector = chosen.connector(HttpTransport(chosen, account, keeper, note=_unheard))
    if not isinstance(connector, ChecksAccount):
        raise ConsentFailed(f"{chosen.manifest.name} can't say whose account this is")
    report = connector.check_account()
    return slot.secret, report


def _unheard(_: ChannelError | None) -> None:
    """Nothing is connected yet that could change its state."""


def _path_of_ours(path: str) -> str:
    parts = urlsplit(path)
    if parts.scheme or parts.netloc or not path.startswith("/") or path.startswith("//") or "\\" in path:
        raise Invalid("`return_to` must be a path of the web UI", return_to=path[:100])
    return path


def _path(base: str, query: Mapping[str, str]) -> str:
    return f"{base}{'&' if '?' in base else '?'}{urlencode(query)}"


def _hash(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()
