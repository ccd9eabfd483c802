"""What differs from one eBay marketplace to the next: language, currency, category tree, and whether EU rules hold."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Marketplace:
    """One site."""

    id: str
    country: str
    currency: str
    locales: tuple[str, ...]
    """As in Content-Language, the first one is the site's own."""
    tree_id: str
    domain: str
    in_eu: bool = False

    @property
    def language(self) -> str:
        """The site's own language: de, en or fr (English stands in for those the sandbox does not speak)."""
        language = self.locales[0][:2]
        return language if language in ("de", "fr") else "en"


MARKETPLACES = {
    site.id: site
    for site in (
        Marketplace("EBAY_US", "US", "USD", ("en-US",), "0", "ebay.com"),
        Marketplace("EBAY_CA", "CA", "CAD", ("en-CA", "fr-CA"), "2", "ebay.ca"),
        Marketplace("EBAY_GB", "GB", "GBP", ("en-GB",), "3", "ebay.co.uk"),
        Marketplace("EBAY_AU", "AU", "AUD", ("en-AU",), "15", "ebay.com.au"),
        Marketplace("EBAY_AT", "AT", "EUR", ("de-AT", "de-DE"), "16", "ebay.at", in_eu=True),
        Marketplace("EBAY_FR", "FR", "EUR", ("fr-FR",), "71", "ebay.fr", in_eu=True),
        Marketplace("EBAY_DE", "DE", "EUR", ("de-DE",), "77", "ebay.de", in_eu=True),
        Marketplace("EBAY_IT", "IT", "EUR", ("it-IT",), "101", "ebay.it", in_eu=True),
        Marketplace("EBAY_NL", "NL", "EUR", ("nl-NL",), "146", "ebay.nl", in_eu=True),
        Marketplace("EBAY_ES", "ES", "EUR", ("es-ES",), "186", "ebay.es", in_eu=True),
        Marketplace("EBAY_CH", "CH", "CHF", ("de-CH", "de-DE"), "193", "ebay.ch"),
        Marketplace("EBAY_IE", "IE", "EUR", ("en-IE", "en-GB"), "205", "ebay.ie", in_eu=True),
        Marketplace("EBAY_PL", "PL", "PLN", ("pl-PL",), "212", "ebay.pl", in_eu=True),
    )
}
BY_TREE = {site.tree_id: site for site in MARKETPLACES.values()}

LOCALES = frozenset(
    [
        "en-US",
        "en-CA",
        "fr-CA",
        "en-GB",
        "en-AU",
        "en-IN",
        "de-AT",
        "fr-BE",
        "fr-FR",
        "de-DE",
        "it-IT",
        "nl-BE",
        "nl-NL",
        "es-ES",
        "de-CH",
        "fi-FI",
        "zh-HK",
        "hu-HU",
        "en-PH",
        "pl-PL",
        "pt-PT",
        "ru-RU",
        "en-SG",
        "en-IE",
        "en-MY",
    ]
)
EU_COUNTRIES = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
    ]
)
