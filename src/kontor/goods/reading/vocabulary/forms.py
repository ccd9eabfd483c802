"""What a shop's form calls things, where that differs from what everybody means by it; "" is left out on purpose."""

from __future__ import annotations

from kontor.goods.reading.fields import Field, FileForm, Structure

_S = Structure
FORM_WORDS: dict[FileForm, dict[str, str]] = {
    FileForm.PLAIN: {},
    FileForm.SHOPIFY: {
        "handle": _S.HANDLE,
        "url handle": _S.HANDLE,
        "title": Field.TITLE,
        "body html": Field.DESCRIPTION_HTML,
        "vendor": Field.BRAND,
        "type": Field.CATEGORY_HINT,
        "variant image": _S.VARIANT_IMAGE,
        "variant image url": _S.VARIANT_IMAGE,
        "variant weight unit": "",  # only how Shopify shows it; the column of grams is in grams
        "weight unit for display": "",
    },
    FileForm.WOOCOMMERCE: {
        "id": _S.ROW_ID,
        "type": _S.ROW_TYPE,
        "typ": _S.ROW_TYPE,
        "sku": Field.SKU,
        "artikelnummer": Field.SKU,
        "ugs": Field.SKU,
        "name": Field.TITLE,
        "nom": Field.TITLE,
        "parent": Field.PARENT_SKU,
        "ubergeordnet": Field.PARENT_SKU,
        "regular price": Field.PRICE,
        "regularer preis": Field.PRICE,
        "tarif regulier": Field.PRICE,
        "sale price": "",
        "angebotspreis": "",
        "tarif promo": "",
    },
    FileForm.MAGENTO: {
        "sku": Field.SKU,
        "name": Field.TITLE,
        "product type": _S.ROW_TYPE,
        "store view code": _S.STORE_VIEW,
        "additional attributes": _S.ATTRIBUTES,
        "configurable variations": _S.VARIATIONS,
        "configurable variation labels": _S.VARIATION_LABELS,
        "categories": Field.CATEGORY_HINT,
        "qty": Field.QUANTITY,
        "swatch image": "",
    },
    FileForm.SHOPWARE: {
        "id": _S.ROW_ID,
        "parent id": Field.PARENT_SKU,
        "parent number": Field.PARENT_SKU,
        "product number": Field.SKU,
        "ordernumber": Field.SKU,
        "options": _S.ATTRIBUTES,
        "configurator options": _S.ATTRIBUTES,
    },
    FileForm.EBAY: {
        "relationship": _S.ROW_TYPE,
        "beziehung": _S.ROW_TYPE,
        "relationship details": _S.ATTRIBUTES,
        "beziehungsdetails": _S.ATTRIBUTES,
    },
    FileForm.ETSY: {
        "title": Field.TITLE,
        "sku": Field.SKU,
        "variation 1 name": "option1_name",
        "variation 1 values": "option1_value",
        "variation 2 name": "option2_name",
        "variation 2 values": "option2_value",
    },
    FileForm.WIX: {
        "handle id": _S.HANDLE,
        "field type": _S.ROW_TYPE,
        "name": Field.TITLE,
        "surcharge": _S.SURCHARGE,
        "collection": Field.CATEGORY_HINT,
        "inventory": Field.QUANTITY,
        **{f"product option name{n}": f"option{n}_name" for n in range(1, 7)},
        **{f"product option description{n}": f"option{n}_value" for n in range(1, 7)},
    },
    FileForm.COMMERCETOOLS: {
        "variant id": _S.ROW_ID,
        "product type": "",  # the shop's own name for a set of attributes
    },
}
