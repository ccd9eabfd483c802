"""The words that a column can be mapped to, and the words that cells are read into."""

from __future__ import annotations

import re
from enum import StrEnum


class Field(StrEnum):
    """The canonical fields of goods, named as in the plain form's own heading."""

    SKU = "sku"
    PARENT_SKU = "parent_sku"
    TITLE = "title"
    DESCRIPTION_HTML = "description_html"
    BRAND = "brand"
    GTIN = "gtin"
    MPN = "mpn"
    PRICE = "price"
    CURRENCY = "currency"
    QUANTITY = "quantity"
    WEIGHT_G = "weight_g"
    CONDITION = "condition"
    CATEGORY_HINT = "category_hint"
    IMAGE_URLS = "image_urls"


class Structure(StrEnum):
    """Columns that say how a shop's export hangs together, and that no product shows."""

    HANDLE = "structure:handle"  # Shopify: rows with one handle are one product
    ROW_ID = "structure:row_id"  # WooCommerce: a parent may be named as id:741; Shopware: by its id alone
    ROW_TYPE = "structure:row_type"  # WooCommerce, Magento, eBay: simple, variable, variation, configurable, bundle …
    ATTRIBUTES = "structure:attributes"  # Magento: size=XS,color=Black; eBay: Farbe=Rot|Größe=S
    VARIATIONS = "structure:variations"  # Magento: sku=A,size=XS|sku=B,size=S
    VARIATION_LABELS = "structure:variation_labels"  # Magento: size=Size,color=Color
    STORE_VIEW = "structure:store_view"  # Magento: a row that only translates another
    VARIANT_IMAGE = "structure:variant_image"  # Shopify: the picture of one variant
    SURCHARGE = "structure:surcharge"  # Wix: what a variant costs above its product


class FileForm(StrEnum):
    """Whose way of writing products a file follows."""

    PLAIN = "plain"
    SHOPIFY = "shopify"
    WOOCOMMERCE = "woocommerce"
    MAGENTO = "magento"
    SHOPWARE = "shopware"
    EBAY = "ebay"
    COMMERCETOOLS = "commercetools"
    ETSY = "etsy"
    WIX = "wix"


class Condition(StrEnum):
    """In what state goods are."""

    NEW = "new"
    NEW_OTHER = "new_other"
    NEW_WITH_DEFECTS = "new_with_defects"
    LIKE_NEW = "like_new"
    REFURBISHED = "refurbished"
    USED = "used"
    USED_VERY_GOOD = "used_very_good"
    USED_GOOD = "used_good"
    USED_ACCEPTABLE = "used_acceptable"
    FOR_PARTS = "for_parts"


class WeightUnit(StrEnum):
    """Units that weights come in."""

    GRAM = "g"
    KILOGRAM = "kg"
    POUND = "lb"
    OUNCE = "oz"


IGNORED = ""
ASPECT_PREFIX = "aspect:"
OPTION = re.compile(r"option([1-9][0-9]?)_(name|value)")
"""`option1_name` … The plain form has three options, WooCommerce any number of attributes."""

REPEATABLE = frozenset({Field.IMAGE_URLS.value, Structure.VARIANT_IMAGE.value})

# The catalogue's own limits: a row beyond them is refused with its number, before anything is written.
LENGTHS = {
    "sku": 100,
    "title": 500,
    "description_html": 500_000,
    "brand": 120,
    "mpn": 100,
}
OPTION_LENGTH = 100
CATEGORY_LENGTH = 300
MOST_OPTIONS = 3
MOST_VARIANTS = 250
LARGEST_NUMBER = 2_000_000_000
HEAVIEST_G = 100_000_000


def is_target(target: str) -> bool:
    """Whether a column can be mapped to this."""
    return (
        target == IGNORED
        or target in _TARGETS
        or OPTION.fullmatch(target) is not None
        or (target.startswith(ASPECT_PREFIX) and len(target) > len(ASPECT_PREFIX))
    )


_TARGETS = frozenset(member.value for kind in (Field, Structure) for member in kind)
