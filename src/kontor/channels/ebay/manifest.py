"""What is declared about eBay: hosts, marketplaces, rights and limits. Sources are named in README.md."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from kontor.channels.contract.manifest import Budget, Manifest, Marketplace, OAuth2, Poll, Scope, Trade
from kontor.channels.ebay.routes import ROUTES

_SCOPE = "https://api.ebay.com/oauth/api_scope"

SELLER_SCOPES: Final = (
    _SCOPE,
    f"{_SCOPE}/sell.inventory",
    f"{_SCOPE}/sell.account",
    f"{_SCOPE}/sell.fulfillment",
    f"{_SCOPE}/commerce.identity.readonly",
    f"{_SCOPE}/commerce.notification.subscription",
)

_HOSTS = {
    name: {
        "production": f"https://{name}.ebay.com",
        "sandbox": f"https://{name}.sandbox.ebay.com",
        "played": f"https://{name}.ebay.com",
    }
    for name in ("api", "apiz", "apim", "auth")
}

#: The site where a buyer sees a listing; each is a host of its own, named like its marketplace.
SITES: Final = MappingProxyType(
    {
        "EBAY_DE": "www.ebay.de",
        "EBAY_AT": "www.ebay.at",
        "EBAY_CH": "www.ebay.ch",
        "EBAY_FR": "www.ebay.fr",
        "EBAY_BE": "www.befr.ebay.be",
        "EBAY_NL": "www.ebay.nl",
        "EBAY_IT": "www.ebay.it",
        "EBAY_ES": "www.ebay.es",
        "EBAY_PL": "www.ebay.pl",
        "EBAY_IE": "www.ebay.ie",
        "EBAY_GB": "www.ebay.co.uk",
        "EBAY_US": "www.ebay.com",
        "EBAY_CA": "www.ebay.ca",
        "EBAY_AU": "www.ebay.com.au",
    }
)

_SITE_HOSTS = {
    marketplace: {
        "production": f"https://{site}",
        "sandbox": "https://www.sandbox.ebay.com",  # one site for all marketplaces
        "played": f"https://{site}",
    }
    for marketplace, site in SITES.items()
}

MANIFEST: Final = Manifest(
    id="ebay",
    name="eBay",
    trades=(Trade.GOODS,),
    auth=OAuth2(
        authorize_host="auth",
        authorize_path="/oauth2/authorize",
        token_host="api",  # noqa: S106
        token_path="/identity/v1/oauth2/token",  # noqa: S106
        scopes=SELLER_SCOPES,
        application_scopes=(_SCOPE,),
        redirect_is_name=True,
        keeps_refresh_token=True,
    ),
    hosts=_HOSTS | _SITE_HOSTS,
    marketplaces=(
        Marketplace("EBAY_DE", "de-DE", "EUR", "DE"),
        Marketplace("EBAY_AT", "de-AT", "EUR", "AT"),
        Marketplace("EBAY_CH", "de-CH", "CHF", "CH"),
        Marketplace("EBAY_FR", "fr-FR", "EUR", "FR"),
        Marketplace("EBAY_BE", "fr-BE", "EUR", "BE"),
        Marketplace("EBAY_NL", "nl-NL", "EUR", "NL"),
        Marketplace("EBAY_IT", "it-IT", "EUR", "IT"),
        Marketplace("EBAY_ES", "es-ES", "EUR", "ES"),
        Marketplace("EBAY_PL", "pl-PL", "PLN", "PL"),
        Marketplace("EBAY_IE", "en-IE", "EUR", "IE"),
        Marketplace("EBAY_GB", "en-GB", "GBP", "GB"),
        Marketplace("EBAY_US", "en-US", "USD", "US"),
        Marketplace("EBAY_CA", "en-CA", "CAD", "CA"),
        Marketplace("EBAY_AU", "en-AU", "AUD", "AU"),
    ),
    # Published daily limits of the whole application; Inventory, Fulfillment and Taxonomy have no published number.
    budgets=(
        Budget(25_000, seconds=86_400, per=Scope.RESOURCE, resource="account"),
        Budget(10_000, seconds=86_400, per=Scope.RESOURCE, resource="notification"),
        Budget(50, seconds=5, per=Scope.CONNECTION, resource="media"),
    ),
    freshness=Poll(seconds=300),
    routes=ROUTES,
)

#: What eBay wants in an identifier field when a product has no EAN or UPC, in the marketplace's language.
NO_IDENTIFIER: Final = MappingProxyType(
    {"de": "Nicht zutreffend", "fr": "Non applicable", "it": "Non applicabile", "es": "No aplicable"}
    | {"nl": "Niet van toepassing", "pl": "Nie dotyczy", "en": "Does not apply"}
)

#: Marketplaces that ask for a UPC where the others ask for an EAN.
UPC_MARKETPLACES: Final = frozenset({"EBAY_US", "EBAY_CA"})


def locale_of(marketplace: str) -> str:
    """The one locale that texts of this marketplace are written in, as `de-DE`."""
    return MANIFEST.marketplace(marketplace).locale


def no_identifier(marketplace: str) -> str:
    """The text that stands for "this product has no EAN"."""
    return NO_IDENTIFIER[locale_of(marketplace).partition("-")[0]]
