"""Which address a channel's host has in this installation, and with which application keys it is called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast
from urllib.parse import urlsplit

from kontor.channels.contract.manifest import Manifest, OAuth2
from kontor.core.config import settings

Environment = Literal["production", "sandbox", "played"]

# The application that Kontor's own sandbox knows from its start (docs/sandbox.md); keys to a play.
_PLAYED = ("Kontor-Sandbox-SBX", "SBX-kontor-sandbox-secret", "Kontor-KontorHub-SBX-demo")


@dataclass(frozen=True, slots=True)
class Application:
    """Our application at a channel. `redirect` is an address, or the name that stands for one (eBay's RuName)."""

    client_id: str
    client_secret: str
    redirect: str

    @property
    def is_complete(self) -> bool:
        """Whether anything can be asked with it."""
        return bool(self.client_id and self.client_secret and self.redirect)


def environment(channel_id: str) -> Environment:
    """Which of the channel's worlds is called: the setting `<CHANNEL>_ENVIRONMENT`."""
    return cast(Environment, getattr(settings(), f"{channel_id}_environment", "production"))


def address(manifest: Manifest, host: str) -> str:
    """The base address of one of the manifest's hosts, without a slash at its end."""
    world = environment(manifest.id)
    found = manifest.hosts[host][world].rstrip("/")
    if world == "played":
        return f"{settings().sandbox_url.rstrip('/')}/_hosts/{urlsplit(found).netloc}"
    return found


def application(manifest: Manifest) -> Application:
    """The keys in `<CHANNEL>_CLIENT_ID`, `_CLIENT_SECRET` and, where the channel names redirects, `_RU_NAME`."""
    configured = settings()
    client_id = getattr(configured, f"{manifest.id}_client_id", "")
    if not client_id and environment(manifest.id) == "played":
        return Application(*_PLAYED)
    secret = getattr(configured, f"{manifest.id}_client_secret", None)
    redirect = (
        getattr(configured, f"{manifest.id}_ru_name", "")
        if isinstance(manifest.auth, OAuth2) and manifest.auth.redirect_is_name
        else callback_address()
    )
    return Application(client_id, secret.get_secret_value() if secret else "", redirect)


def is_configured(manifest: Manifest) -> bool:
    """Whether this installation can speak to the channel: it has keys, and in the demo a sandbox that plays it."""
    if environment(manifest.id) == "played" and not settings().sandbox_url:
        return False
    return application(manifest).is_complete


def callback_address() -> str:
    """Where channels send people back to after their consent."""
    return f"{settings().public_url.rstrip('/')}/api/v1/connections/callback"
