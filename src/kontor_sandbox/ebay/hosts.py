"""Which of eBay's hosts answers which path."""

from __future__ import annotations

API, APIZ, APIM, AUTH = "api.ebay.com", "apiz.ebay.com", "apim.ebay.com", "auth.ebay.com"
HOSTS = frozenset({API, APIZ, APIM, AUTH})

_OWNERS = (
    ("/oauth2/authorize", AUTH),
    ("/commerce/identity/", APIZ),
    ("/sell/finances/", APIZ),
    ("/developer/key_management/", APIZ),
    ("/sell/fulfillment/v1/payment_dispute", APIZ),
    ("/commerce/media/v1_beta/post_order", APIZ),
    ("/commerce/media/v1_beta/document", API),
    ("/commerce/media/", APIM),
    ("/identity/", API),
    ("/sell/", API),
    ("/commerce/", API),
    ("/developer/", API),
    ("/post-order/", API),
)


def owner(path: str) -> str | None:
    """The host that a path belongs to; None where no eBay host knows it."""
    return next((host for prefix, host in _OWNERS if path.startswith(prefix)), None)
