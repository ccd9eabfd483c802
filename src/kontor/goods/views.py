"""Reading products whole: five queries, however many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from kontor.catalog import gallery
from kontor.catalog.gallery import PictureView
from kontor.catalog.models import Listing
from kontor.goods import brands
from kontor.goods.models import Brand, Product, Variant, VariantState
from kontor.goods.values import BrandView, ProductView, VariantView

KIND = "goods"


def many(listing_ids: Sequence[UUID]) -> list[ProductView]:
    """The products of these ids that exist, in the order asked; unknown ids are left out."""
    listings = {row.id: row for row in Listing.objects.filter(id__in=listing_ids, kind=KIND)}
    known = list(listings)
    products = {row.id: row for row in Product.objects.filter(id__in=known)}
    variants: dict[UUID, list[VariantView]] = defaultdict(list)
    rows = Variant.objects.filter(product_id__in=known).exclude(state=VariantState.REMOVED)
    for row in rows.order_by("product_id", "position"):
        variants[row.product_id].append(variant(row, products[row.product_id].option_names))
    brand_ids = {row.brand_id for row in products.values() if row.brand_id}
    made = Brand.objects.filter(id__in=brand_ids) if brand_ids else ()
    makers: dict[UUID | None, BrandView] = {row.id: brands.view(row) for row in made}
    pictures = gallery.views(known)
    return [
        _view(
            listings[key],
            products[key],
            tuple(variants[key]),
            makers.get(products[key].brand_id),
            pictures[key],
        )
        for key in dict.fromkeys(listing_ids)
        if key in listings
    ]


def variant(row: Variant, option_names: Sequence[str]) -> VariantView:
    """The value of a row; its options in the product's order, which JSON in the database does not keep."""
    options = {name: row.options[name] for name in option_names if name in row.options}
    return VariantView(
        row.id,
        row.sku,
        row.gtin,
        row.price_minor,
        row.currency,
        row.weight_g,
        options,
        row.quantity,
        row.mpn,
        {name: tuple(values) for name, values in row.aspects.items()},
    )


def _view(
    listing: Listing,
    product: Product,
    variants: tuple[VariantView, ...],
    brand: BrandView | None,
    pictures: tuple[PictureView, ...],
) -> ProductView:
    return ProductView(
        listing_id=listing.id,
        revision=listing.revision,
        reference=listing.reference,
        status=listing.status,
        title=listing.title,
        description=listing.description,
        language=listing.language,
        brand_name=product.brand_name,
        brand=brand,
        mpn=product.mpn,
        condition=product.condition,
        category_hint=product.category_hint,
        category=product.category,
        aspects={name: tuple(values) for name, values in product.aspects.items()},
        option_names=tuple(product.option_names),
        variants=variants,
        pictures=pictures,
        created_at=listing.created_at,
        updated_at=listing.updated_at,
        updated_by=listing.updated_by,
    )
