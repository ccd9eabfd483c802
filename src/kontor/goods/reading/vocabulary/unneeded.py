"""Columns that are known, and that no listing needs."""

from __future__ import annotations

_WORDS = (
    "steuer|steuersatz|steuerklasse|mwst|mehrwertsteuer|ust|tax|vat|tva|tax class|tax status|"
    "tax class name|taxe|einkaufspreis|ek|ek preis|cost|cost per item|prix d achat|uvp|rrp|msrp|"
    "msrp price|map price|variant compare at price|compare at price|original price|old price|"
    "streichpreis|special price|lieferzeit|delivery time|lagerort|lagerplatz|url|link|url key|created at|"
    "updated at|crawled at|index|tags|seo title|seo description|meta title|meta keywords|"
    "meta description|visibility|position|image position|image alt text|small image|thumbnail image|"
    "bemerkung|notiz|mw st|tax rate|tax id|steuer id|"
    "list price|bullet point|parent child|relationship type|variation theme|external product id type|"
    "listenpreis uvp|einkaufspreis netto|prix barre|prix conseille|ecotaxe|lieferant|lieferantennummer|"
    "delai de livraison|emplacement|date creation|slug|attribute set|"
    "duration|location|action|listing type"
)
UNNEEDED_WORDS = frozenset(_WORDS.split("|"))
