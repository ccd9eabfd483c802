"""Variants that share a picture each keep it."""

from __future__ import annotations

from uuid import UUID

from kontor.core.money import Money
from kontor.core.tenancy import tenant
from kontor.goods import service as goods
from kontor.goods.values import PictureInput, ProductInput, VariantInput

BLUE = "https://pictures.example/blue.jpg"


def test_one_address_for_several_variants(tenant_a: UUID) -> None:
    variants = tuple(
        VariantInput(f"TS-{size}", price=Money(1990, "EUR"), quantity=1, options={"Größe": size})
        for size in "SML"
    )
    pictures = tuple(PictureInput(BLUE, variant_sku=f"TS-{size}") for size in "SML")
    with tenant(tenant_a):
        product = goods.save(
            None,
            ProductInput(
                reference="TS",
                title={"de": "T-Shirt"},
                option_names=("Größe",),
                variants=variants,
                pictures=(PictureInput(BLUE), *pictures),
            ),
        )
        shown = [(picture.url, picture.variant_sku) for picture in goods.get(product.listing_id).pictures]
    assert shown == [(BLUE, ""), (BLUE, "TS-S"), (BLUE, "TS-M"), (BLUE, "TS-L")]
