"""The product catalogue that overwrites a seller's own title where ``includeCatalogProductDetails`` is not switched off.

Every product with a valid EAN, UPC or ISBN, and every brand with a part number, is taken to be in the catalogue.
"""

from __future__ import annotations

from typing import Any


def valid_gtin(text: str) -> bool:
    """Whether the check digit of an 8, 12, 13 or 14 digit number fits."""
    if not text.isascii() or not text.isdigit() or len(text) not in (8, 12, 13, 14):
        return False
    digits = [int(digit) for digit in text]
    weighted = sum(digit * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits[:-1])))
    return (10 - weighted % 10) % 10 == digits[-1]


def catalogue_title(product: dict[str, Any]) -> str | None:
    """The catalogue's title for a product it knows."""
    codes = [*(product.get("ean") or []), *(product.get("upc") or []), *(product.get("isbn") or [])]
    code = next((code for code in codes if valid_gtin(code)), None)
    brand, part = product.get("brand"), product.get("mpn")
    if code is not None:
        return f"{brand or 'Catalogue product'} {code} (catalogue data)"
    return f"{brand} {part} (catalogue data)" if brand and part else None
