"""The facts about a channel that are declared rather than programmed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Trade(StrEnum):
    """What kind of thing a channel takes."""

    GOODS = "goods"
    PROPERTY = "property"
    STAY = "stay"


class Scope(StrEnum):
    """Whom a limit is counted for."""

    API_KEY = "api_key"  # all tenants of this installation share it
    CONNECTION = "connection"
    RESOURCE = "resource"  # one group of endpoints, shared by all tenants


@dataclass(frozen=True, slots=True)
class Budget:
    """At most `calls` in `seconds`, counted per `per`; `resource` limits it to calls that name it."""

    calls: int
    seconds: float
    per: Scope
    resource: str = ""


@dataclass(frozen=True, slots=True)
class Poll:
    """How often the channel is asked where it does not push, and after how long proof looks old (3 x)."""

    seconds: float


@dataclass(frozen=True, slots=True)
class OAuth2:
    """Authorization code flow of a channel. Paths are below the named hosts of the manifest.

    `redirect_is_name`: redirect_uri carries a registered name (eBay's RuName) and not an address.
    `keeps_refresh_token`: a refresh answers without a refresh token, and the old one stays valid.
    """

    authorize_host: str
    authorize_path: str
    token_host: str
    token_path: str
    scopes: tuple[str, ...]
    application_scopes: tuple[str, ...] = ()
    pkce: bool = False
    redirect_is_name: bool = False
    keeps_refresh_token: bool = False


@dataclass(frozen=True, slots=True)
class OAuth1:
    """Three legs of OAuth 1.0a (RFC 5849) with HMAC-SHA1: each call is signed with the application's and the person's secret.

    A token has no end; it dies when the person takes it back, which a refused call tells. Paths are below the named host.
    """

    host: str
    request_path: str
    confirm_path: str
    access_path: str


@dataclass(frozen=True, slots=True)
class Marketplace:
    """One country's market of a channel: its language as a locale, and the only currency it takes."""

    id: str
    locale: str
    currency: str
    country: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """A channel's identity card. `hosts` maps a short name to the environments' base addresses."""

    id: str
    name: str
    trades: tuple[Trade, ...]
    auth: OAuth2 | OAuth1
    hosts: dict[
        str, dict[str, str]
    ]  # {"api": {"production": "https://api.ebay.com", "sandbox": ..., "played": ...}}
    marketplaces: tuple[Marketplace, ...]
    budgets: tuple[Budget, ...]
    freshness: Poll
    refresh_ahead_seconds: int = 120
    routes: tuple[str, ...] = ()  # paths below the hosts, `{}` for a value: what calls are counted under

    @property
    def oauth2(self) -> OAuth2:
        """The declaration of OAuth 2.0. Raises TypeError for a channel whose calls are signed."""
        if not isinstance(self.auth, OAuth2):
            raise TypeError(f"{self.id} signs its calls")
        return self.auth

    @property
    def oauth1(self) -> OAuth1:
        """The declaration of OAuth 1.0a. Raises TypeError for a channel with bearer tokens."""
        if not isinstance(self.auth, OAuth1):
            raise TypeError(f"{self.id} takes bearer tokens")
        return self.auth

    def marketplace(self, marketplace_id: str) -> Marketplace:
        """The marketplace of that id. Raises KeyError for an id that the channel does not have."""
        for marketplace in self.marketplaces:
            if marketplace.id == marketplace_id:
                return marketplace
        raise KeyError(marketplace_id)
