"""SKUs that eBay can take, and product codes in the field that they belong to."""

from __future__ import annotations

import hashlib
import re
from typing import Final, TypedDict

from kontor.channels.ebay.manifest import NO_IDENTIFIER, UPC_MARKETPLACES, no_identifier

SKU_LENGTH: Final = 50
_NOT_ALPHANUMERIC: Final = re.compile(r"[^A-Za-z0-9]")
_FIT: Final = re.compile(rf"[A-Za-z0-9]{{1,{SKU_LENGTH}}}")
_ABSENT: Final = frozenset(text.casefold() for text in NO_IDENTIFIER.values())


def is_fit(sku: str) -> bool:
    """Whether eBay takes this SKU as it is (25707: letters and digits, at most 50)."""
    return _FIT.fullmatch(sku) is not None


def fit_sku(sku: str, taken: frozenset[str]) -> str:
    """A SKU that eBay takes, recognisable, the same every time for the same `sku` and `taken`.

    A changed one carries a digest of the original, so that "A-1" and "A1" stay two; a further clash with `taken` is
    resolved by a digest of more digits.
    """
    if is_fit(sku) and sku not in taken:
        return sku
    digest = hashlib.sha256(sku.encode()).hexdigest().upper()
    readable = _NOT_ALPHANUMERIC.sub("", sku)
    for length in range(6, SKU_LENGTH + 1, 4):
        candidate = readable[: SKU_LENGTH - length] + digest[:length]
        if candidate not in taken:
            return candidate
    raise ValueError(f"no free SKU for {sku!r}")


class ProductCodes(TypedDict, total=False):
    """Identifier fields of a product record."""

    ean: list[str]
    upc: list[str]
    isbn: list[str]


def product_codes(gtin: str, marketplace: str) -> ProductCodes:
    """The identifier fields of a product: its real code, else the text that says there is none."""
    digits = re.sub(r"[\s-]", "", gtin)
    if len(digits) == 14 and digits.startswith("0"):
        digits = digits[1:]
    if len(digits) == 12:
        return ProductCodes(upc=[digits], ean=[f"0{digits}"])
    if len(digits) in {8, 13}:
        codes = ProductCodes(ean=[digits])
        if digits.startswith(("978", "979")):
            codes["isbn"] = [digits]
        return codes
    absent = [no_identifier(marketplace)]
    return ProductCodes(upc=absent) if marketplace in UPC_MARKETPLACES else ProductCodes(ean=absent)


def gtin_of(ean: tuple[str, ...], upc: tuple[str, ...]) -> str:
    """The product code that eBay shows, as 8, 12 or 13 digits; empty where it shows that there is none."""
    for code in (*upc, *ean):
        if code.casefold() not in _ABSENT:
            return code
    return ""


def same_gtin(gtin: str) -> str:
    """A merchant's code in the form that `gtin_of` returns."""
    codes = product_codes(gtin, "EBAY_DE")
    return gtin_of(tuple(codes.get("ean", ())), tuple(codes.get("upc", ())))
