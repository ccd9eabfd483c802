"""A small shop's goods as the connector gets them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from kontor.channels.contract.values import (
    AspectRule,
    CategoryRules,
    Contact,
    GoodsOut,
    Picture,
    ProductSafety,
    VariantOut,
)
from kontor.core.identifiers import uuid7
from kontor.core.money import Money

SETTINGS: Mapping[str, str] = {
    "fulfillment_policy_id": "6001",
    "payment_policy_id": "6002",
    "return_policy_id": "6003",
    "merchant_location_key": "kontor",
}

MAKER = Contact(
    company_name="Töpferei Nord GmbH",
    address_line1="Hafenstraße 1",
    postal_code="24103",
    city="Kiel",
    country="DE",
    email="hallo@toepferei.example",
)


def picture(name: str = "front", *, side: int = 800) -> Picture:
    """A stored picture; its bytes are its name."""
    content = name.encode()
    return Picture(hashlib.sha256(content).hexdigest(), "image/jpeg", side, side, lambda: content)


def variant(sku: str, **changes: Any) -> VariantOut:
    """12.50 € , five pieces, no options."""
    base = VariantOut(
        sku=sku, merchant_sku=f"m-{sku}", price=Money(1250, "EUR"), quantity=5, options={}, weight_g=400
    )
    return replace(base, **changes)


def single(sku: str = "MUG1", **changes: Any) -> GoodsOut:
    """A mug."""
    base = GoodsOut(
        publication_id=uuid7(),
        generation=1,
        reference=sku,
        merchant_sku=f"m-{sku}",
        title="Becher aus Steinzeug",
        description_html="<p>Von Hand gedreht.</p>",
        locale="de-DE",
        marketplace="EBAY_DE",
        condition="new",
        category_id="20696",
        brand="Töpferei Nord",
        aspects={"Marke": ("Töpferei Nord",), "Material": ("Steinzeug",)},
        option_names=(),
        variants=(variant(sku),),
        pictures=(picture(),),
        safety=ProductSafety(manufacturer=MAKER),
        settings=SETTINGS,
    )
    return replace(base, **changes)


def group(reference: str = "SHIRT", *, sizes: tuple[str, ...] = ("S", "M"), **changes: Any) -> GoodsOut:
    """A shirt in some sizes."""
    variants = tuple(variant(f"{reference}{size}", options={"Größe": size}) for size in sizes)
    listing = single(
        reference,
        title="Hemd aus Leinen",
        aspects={"Marke": ("Töpferei Nord",), "Produktart": ("Hemd",)},
        option_names=("Größe",),
        variants=variants,
    )
    return replace(listing, **changes)


def rules(*aspects: AspectRule, **changes: Any) -> CategoryRules:
    """A leaf that takes new and used goods, with variants."""
    base = CategoryRules(
        category_id="20696",
        name="Becher",
        path=("Haushalt", "Becher"),
        is_leaf=True,
        aspects=aspects,
        conditions=("new", "used_excellent"),
        variations_allowed=True,
        safety_required=False,
    )
    return replace(base, **changes)


def aspect(name: str, **changes: Any) -> AspectRule:
    """A free attribute that nobody demands."""
    base = AspectRule(
        name=name, required=False, only_listed=False, multiple=False, for_variants=True, values=()
    )
    return replace(base, **changes)


def addresses(listing: GoodsOut) -> dict[str, str]:
    """Where eBay would keep each of a listing's pictures."""
    found = {each.sha256: each for row in listing.variants for each in row.pictures}
    found |= {each.sha256: each for each in listing.pictures}
    return {sha256: f"https://i.ebayimg.example/{sha256[:8]}.jpg" for sha256 in found}


NOBODY = UUID(int=0)
