"""What is declared about ImmobilienScout24: hosts, sign-in, limits. Sources are named in README.md."""

from __future__ import annotations

from typing import Final

from kontor.channels.contract.manifest import Budget, Manifest, Marketplace, OAuth1, Poll, Scope, Trade
from kontor.channels.immoscout24.routes import ROUTES

MARKETPLACE: Final = "IS24_DE"

MANIFEST: Final = Manifest(
    id="immoscout24",
    name="ImmobilienScout24",
    trades=(Trade.PROPERTY,),
    auth=OAuth1(
        host="api",
        request_path="/restapi/security/oauth/request_token",
        confirm_path="/restapi/security/oauth/confirm_access",
        access_path="/restapi/security/oauth/access_token",
    ),
    hosts={
        "api": {
            "production": "https://rest.immobilienscout24.de",
            "sandbox": "https://rest.sandbox-immobilienscout24.de",
            "played": "https://rest.immobilienscout24.de",
        },
        "site": {
            "production": "https://www.immobilienscout24.de",
            "sandbox": "https://www.sandbox-immobilienscout24.de",
            "played": "https://www.immobilienscout24.de",
        },
    },
    marketplaces=(Marketplace(MARKETPLACE, "de-DE", "EUR", "DE"),),
    # One key for all tenants of an installation; refilled every few seconds there, so counted by the second here.
    budgets=(Budget(2_000, seconds=60, per=Scope.API_KEY),),
    freshness=Poll(seconds=900),
    routes=ROUTES,
)
