"""Every reason for which a row, or a picture of it, is refused: code, English sentence, parameters in braces."""

from __future__ import annotations

from typing import Any

from kontor.core.errors import Problem

_SHOWN = 80

MESSAGES = {
    "sku.missing": "This row has no SKU. Give every article a number of its own.",
    "text.too_long": "This text has {length} characters; {limit} are the most.",
    "sku.scientific": "“{value}” is a number that a spreadsheet has rounded. Format the column as text and export it again.",
    "sku.duplicate_in_file": "The SKU “{sku}” stands in row {first_row} already; that row counts.",
    "title.missing": "This row has no title.",
    "price.unreadable": "“{value}” is not a price. Write it like 12.50 or 12,50.",
    "price.ambiguous": "“{value}” may be read in two ways. Say in the defaults which sign parts the decimals.",
    "price.scientific": "“{value}” is a number that a spreadsheet has rounded. Format the column as text and export it again.",
    "price.negative": "The price “{value}” is negative.",
    "price.too_precise": "The price “{value}” has more decimals than {currency} has ({decimals}).",
    "price.too_large": "The price “{value}” is too large.",
    "currency.unknown": "“{value}” is not a currency in use. Write the three letters of ISO 4217, such as EUR.",
    "currency.missing": "This price has no currency. Choose one in the defaults.",
    "currency.conflict": "The price is in {in_cell}, the column of currencies says {in_column}.",
    "quantity.unreadable": "“{value}” is not a number of pieces.",
    "quantity.ambiguous": "“{value}” may be read in two ways. Say in the defaults which sign parts the decimals.",
    "quantity.scientific": "“{value}” is a number that a spreadsheet has rounded. Format the column as text.",
    "quantity.negative": "The stock “{value}” is negative. Write 0 where nothing is left.",
    "quantity.not_whole": "The stock “{value}” is not a whole number.",
    "quantity.too_large": "The stock “{value}” is too large.",
    "weight.unreadable": "“{value}” is not a weight.",
    "weight.ambiguous": "“{value}” may be read in two ways. Say in the defaults which sign parts the decimals.",
    "weight.scientific": "“{value}” is a number that a spreadsheet has rounded. Format the column as text.",
    "weight.negative": "The weight “{value}” is negative.",
    "weight.unit_unknown": "The unit of the weight “{value}” is not known. Use g, kg, lb or oz.",
    "weight.too_large": "The weight “{value}” is too large.",
    "gtin.scientific": (
        "“{value}” is a barcode that a spreadsheet has rounded. Format the column as text and export it again."
    ),
    "gtin.unreadable": "“{value}” is not a GTIN (EAN, UPC or ISBN). It has 8, 12, 13 or 14 digits; leading zeros count.",
    "gtin.check_digit": "The check digit of the GTIN “{value}” is wrong. Compare it with the barcode on the article.",
    "condition.unknown": "The condition “{value}” is not known. Use new, like new, refurbished, used or for parts.",
    "option.name_missing": "The option “{value}” has no name, such as Size or Colour.",
    "option.too_long": "The option “{value}” has {length} characters; {limit} are the most.",
    "type.unsupported": "Products of the type “{type}” can't be sold as an article of their own.",
    "row.translation": "This row only translates “{sku}” for the shop view “{view}”; translations are not imported.",
    "group.handle_missing": "This row has no handle, so it belongs to no product.",
    "group.parent_refused": "The parent in row {parent_row} was refused, so its variants wait for it.",
    "group.no_variants": "None of this product's variants could be taken.",
    "group.options_missing": "No option (such as size or colour) tells this variant from the others of “{parent}”.",
    "group.same_options": "This variant has the same options ({options}) as the one in row {first_row}.",
    "group.condition_differs": "This variant's condition ({condition}) differs from its product's ({expected}).",
    "group.too_many_options": "A product has at most {limit} options; this one would have {count} ({options}).",
    "group.too_many_variants": "A product has at most {limit} variants; this row is beyond them.",
    "group.nested": "“{sku}” is a variant of “{parent}” and has variants itself; only one level is possible.",
    "sku.exists": "The SKU “{sku}” is in the catalogue already, and existing articles were not to be updated.",
    "sku.in_product_of_this_file": "“{sku}” belongs to a product that an earlier row of this file has changed already.",
    "group.sibling_refused": "This product was refused because of row {row}.",
    "image.too_many": "The file names {count} pictures; the first {limit} are taken.",
    "image.no_address": "“{value}” is no web address of a picture. Give addresses that begin with https://.",
}


class BadCell(Exception):
    """A cell can't be read; becomes the refusal of its row."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def problem(code: str, field: str, **params: Any) -> Problem:
    """The problem in words; long values are cut."""
    shown = {name: cut(value) if isinstance(value, str) else value for name, value in params.items()}
    return Problem(code, MESSAGES[code].format(**shown), field=str(field), params=shown)


def cut(value: str) -> str:
    """At most 80 characters of it."""
    return value if len(value) <= _SHOWN else value[: _SHOWN - 1] + "…"
