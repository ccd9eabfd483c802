"""What eBay's error ids mean to us: the kind of no, the merchant's field, our words, and what mends it.

Ids and their meaning come from the APIs' published response codes; the words are ours. Ids that only say "something is
wrong, read the text" carry no field: eBay's own sentence is shown beside ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType
from typing import Final


class Kind(IntEnum):
    """Ordered: where several errors come together, the first kind that occurs decides for all."""

    LOGIN = 1
    THROTTLED = 2
    UNAVAILABLE = 3
    BUSY = 4  # certainly not applied, e.g. two writers met
    REJECTED = 5
    SETUP = 6
    THERE = 7
    GONE = 8


@dataclass(frozen=True, slots=True)
class Meaning:
    """One id. `code` is ours, behind `ebay.`; `what` names the SetupItem of a SETUP."""

    kind: Kind
    code: str
    message: str
    field: str = ""
    fix: str = ""
    what: str = ""


def _rejected(code: str, message: str, field: str = "", fix: str = "") -> Meaning:
    return Meaning(Kind.REJECTED, code, message, field, fix)


def _setup(what: str, code: str, message: str) -> Meaning:
    return Meaning(Kind.SETUP, code, message, fix="connection:setup", what=what)


def _gone(code: str, message: str) -> Meaning:
    return Meaning(Kind.GONE, code, message)


_BUSY = Meaning(Kind.BUSY, "busy", "eBay is working on the same article at this moment")
_SYSTEM = Meaning(Kind.UNAVAILABLE, "system", "eBay has a problem of its own")
_PICTURE = _rejected("picture.refused", "eBay can't use one of the pictures", "image_urls", "media")
_MANUFACTURER = ("safety.manufacturer", "brand", "brand:safety")
_RESPONSIBLE = ("safety.responsible", "brand", "brand:safety")


def _safety(part: tuple[str, str, str], what: str, message: str) -> Meaning:
    code, field, fix = part
    return _rejected(f"{code}.{what}", message, field, fix)


INVENTORY: Final = {
    25001: _SYSTEM,
    25002: _rejected("refused", "eBay does not accept this article"),
    25003: _rejected("price.refused", "eBay does not accept this price", "price"),
    25004: _rejected("quantity.refused", "eBay does not accept this quantity", "quantity"),
    25005: _rejected("category.refused", "eBay does not accept this category", "category_hint", "category"),
    25006: _rejected("options.refused", "eBay does not accept these listing options"),
    25007: _setup("policies.fulfillment", "policies.fulfillment", "The shipping policy can't be used"),
    25008: _setup("policies.payment", "policies.payment", "The payment policy can't be used"),
    25009: _setup("policies.return", "policies.return", "The return policy can't be used"),
    25011: _rejected("tax.refused", "eBay does not accept the tax information"),
    25012: _setup("location", "location", "The place that you ship from can't be used"),
    25013: _rejected("group.refused", "The variants do not fit together"),
    25014: _PICTURE,
    25015: _PICTURE,
    25016: _rejected("value.refused", "eBay does not accept a value"),
    25017: _rejected("value.missing", "eBay misses a value"),
    25018: _setup("registration", "registration", "Your seller account at eBay is not complete"),
    25019: _rejected("revision.refused", "eBay does not allow to change this listing now"),
    25020: _rejected("weight.refused", "eBay does not accept weight or size of the parcel", "weight_g"),
    25021: _rejected("condition.refused", "eBay does not accept this condition here", "condition"),
    25022: _rejected("aspect.refused", "eBay does not accept an attribute"),
    25025: _BUSY,
    25026: _rejected("account.selling_limit", "Your monthly selling limit at eBay is used up"),
    25029: _rejected("aspect.missing", "This category requires an attribute"),
    25031: _rejected("aspect.refused", "eBay does not accept the value of an attribute"),
    25032: _rejected("aspect.refused", "eBay does not accept the value of an attribute"),
    25035: _setup("policies", "policies", "A business policy does not belong to this marketplace"),
    25036: _setup("policies", "policies", "A business policy is of another kind"),
    25047: _rejected("condition.not_eligible", "Your account may not sell refurbished articles", "condition"),
    25048: _rejected(
        "condition.not_eligible", "Your account may not sell refurbished articles here", "condition"
    ),
    25049: _rejected(
        "condition.not_eligible", "Your account may not sell this brand refurbished", "condition"
    ),
    25050: _rejected("title.refused", "A word of the title is not allowed in this condition", "title"),
    25052: _rejected("picture.too_few", "eBay wants more pictures in this condition", "image_urls", "media"),
    25076: _rejected("safety.label_unknown", "A safety label is unknown to eBay", "brand", "brand:safety"),
    25080: _rejected("safety.too_long", "A field of the safety data is too long", "brand", "brand:safety"),
    25081: _rejected("safety.hazmat", "eBay wants hazard statements", "brand", "brand:safety"),
    25086: _PICTURE,
    25088: _rejected(
        "safety.email", "An e-mail address of the safety data is not valid", "brand", "brand:safety"
    ),
    25096: _rejected("listing.on_hold", "eBay has put this listing on hold: see the mail that eBay sent you"),
    25097: _rejected("listing.on_hold", "eBay has put this listing on hold: see the mail that eBay sent you"),
    25098: _rejected("listing.on_hold", "eBay has put this listing on hold: see the mail that eBay sent you"),
    25104: _rejected("safety.document", "A safety document is unknown to eBay", "brand", "brand:safety"),
    25106: _rejected("safety.document", "Too many safety documents", "brand", "brand:safety"),
    25107: _rejected("safety.document", "A safety document is not ready at eBay", "brand", "brand:safety"),
    25108: _rejected("safety.structure", "The safety data have too many entries", "brand", "brand:safety"),
    25109: _rejected(
        "safety.statements", "Pictograms or safety statements are missing", "brand", "brand:safety"
    ),
    25110: _safety(_MANUFACTURER, "address", "The manufacturer's address is not complete"),
    25111: _safety(_MANUFACTURER, "company_name", "The manufacturer's company name is missing"),
    25112: _safety(_RESPONSIBLE, "too_many", "Too many responsible persons"),
    25113: _safety(_RESPONSIBLE, "address", "The responsible person's address is not complete"),
    25114: _safety(_RESPONSIBLE, "company_name", "The responsible person's company name is missing"),
    25115: _safety(
        _RESPONSIBLE, "outside_eu", "The manufacturer or a responsible person must be inside the EU"
    ),
    25116: _safety(_RESPONSIBLE, "type", "The responsible person's role is missing"),
    25118: _safety(
        _MANUFACTURER, "contact", "The manufacturer needs an address, e-mail, phone or web address"
    ),
    25119: _safety(
        _RESPONSIBLE, "contact", "The responsible person needs an address, e-mail, phone or web address"
    ),
    25120: _rejected("catalogue.required", "In this category the data come from eBay's catalogue"),
    25121: _rejected("catalogue.required", "In this category the data come from eBay's catalogue"),
    25122: _rejected("safety.url", "A web address of the safety data is not valid", "brand", "brand:safety"),
    25123: _setup("policies.return", "policies.return", "This category demands a longer return period"),
    25128: _rejected("aspect.not_listed", "An attribute allows only the values of eBay's list"),
    25501: _PICTURE,
    25502: _rejected("aspect.refused", "eBay does not accept an attribute"),
    25503: _rejected("gtin.refused", "eBay does not accept the product's identifiers", "gtin"),
    25601: _rejected("aspect.refused", "eBay does not accept an attribute"),
    25604: _rejected("input.refused", "eBay does not accept the input, often because of its language"),
    25701: _gone("sku.unknown", "eBay does not know this SKU"),
    25702: _gone("sku.unknown", "eBay does not know this SKU"),
    25703: _rejected("sku.in_other_group", "This SKU is a variant of another eBay listing", "sku"),
    25704: _rejected("sku.listed_alone", "This SKU has an eBay listing of its own already", "sku"),
    25705: _gone("group.unknown", "eBay does not know this group of variants"),
    25707: _rejected("sku.form", "eBay takes only letters and digits in a SKU, at most 50", "sku"),
    25708: _rejected("sku.form", "eBay takes only letters and digits in a SKU, at most 50", "sku"),
    25709: _rejected("value.refused", "eBay does not accept a value of our request"),
    25710: _gone("entity.unknown", "eBay does not have this any more"),
    25713: _gone("offer.unavailable", "eBay has no such offer any more"),
    25725: _gone("offer.unavailable", "eBay has no offer for this"),
    25726: _gone("group.not_published", "This group of variants is not published"),
    25732: _rejected("sku.in_group", "A variant can only be published together with its group", "sku"),
    25733: _rejected("sku.form", "SKU or language of an article is missing", "sku"),
    25800: _rejected("location.refused", "eBay does not accept the place that you ship from"),
    25801: _rejected("location.missing_field", "The address of the place that you ship from is not complete"),
    25803: Meaning(Kind.THERE, "there", "eBay has this already"),
    25805: _setup("location", "location", "eBay does not know the place that you ship from"),
    25901: _setup("location", "location", "The place that you ship from is missing"),
}

ACCOUNT: Final = {
    20400: _rejected("account.request", "eBay does not accept this setting"),
    20401: _rejected("account.missing_field", "eBay misses a value in this setting"),
    20402: _rejected("account.request", "eBay does not accept this setting"),
    20403: _setup(
        "program.policies", "program.policies", "Business policies are not switched on for your account"
    ),
    20404: _gone("policy.unknown", "eBay does not have this policy"),
    20500: _SYSTEM,
    20501: Meaning(Kind.BUSY, "account.later", "eBay asks to try this again within the next 24 hours"),
    20418: Meaning(Kind.THERE, "there", "eBay has a policy of this name already"),
    21400: _rejected("marketplace.refused", "Your account can't use this marketplace"),
    25804: Meaning(Kind.THERE, "there", "eBay has this already"),
    35001: _SYSTEM,
    35002: _SYSTEM,
}

FULFILLMENT: Final = {
    30500: _SYSTEM,
    33000: _SYSTEM,
    31000: _rejected("orders.offset", "eBay does not accept our paging"),
    31100: _rejected("orders.limit", "eBay does not accept our page size"),
    32100: _gone("order.unknown", "eBay does not know this order"),
    32200: _rejected("order.line_unknown", "This line does not belong to the order", "lines"),
    32210: _rejected("order.line_twice", "A line of the order is named twice", "lines"),
    32300: _rejected("shipment.tracking", "eBay does not accept carrier or tracking number", "tracking"),
    32400: _rejected("account.suspended", "The eBay account is suspended"),
    32500: _rejected("shipment.date", "eBay does not accept the date of shipping", "shipped_at"),
    32600: _rejected("shipment.refused", "eBay does not accept the shipment"),
    34100: _rejected("shipment.too_many", "The order has too many tracking numbers already", "tracking"),
    215120: _rejected("signature.missing", "eBay demands signed requests for this: finish it on eBay"),
    215122: _rejected("signature.missing", "eBay demands signed requests for this: finish it on eBay"),
}

OTHERS: Final = {
    1001: Meaning(Kind.LOGIN, "token", "eBay no longer accepts the sign-in"),
    1002: Meaning(Kind.LOGIN, "token", "eBay misses the sign-in"),
    1100: Meaning(Kind.LOGIN, "permission", "The sign-in lacks a permission that Kontor needs"),
    2001: Meaning(Kind.THROTTLED, "throttled", "eBay's request limit is reached"),
    2003: _SYSTEM,
    2004: _rejected("request.invalid", "eBay does not understand our request"),
    62000: _SYSTEM,
    62004: _gone("category.tree", "eBay no longer has this category tree"),
    62005: _gone("category.unknown", "eBay no longer has this category"),
    62008: _gone("category.root", "This is no category to sell in"),
    62009: _gone("category.not_leaf", "eBay takes articles only in the lowest categories"),
    46003: _gone("category.unknown", "eBay no longer has this category"),
    140000: _SYSTEM,
    190201: _rejected("picture.too_big", "A picture's file is too big for eBay", "image_urls", "media"),
    190202: _rejected(
        "picture.dimensions", "A picture's width or height is not what eBay takes", "image_urls", "media"
    ),
    190203: _rejected("picture.format", "eBay does not take a picture of this format", "image_urls", "media"),
    190204: _PICTURE,
    190200: _gone("picture.unknown", "eBay does not have this picture"),
    195000: _SYSTEM,
    195001: _gone("notification.key", "eBay does not know this signing key"),
    195003: _setup("notifications.email", "notifications.email", "eBay wants an e-mail address for alerts"),
    195011: _rejected("notification.topic", "This topic is not open to your application"),
    195012: Meaning(Kind.THERE, "there", "eBay sends these messages already"),
    195020: _rejected("notification.challenge", "eBay could not reach our address for messages"),
    195021: Meaning(Kind.THERE, "there", "eBay knows this address already"),
    195026: _gone("notification.config", "eBay has no alert address yet"),
}

MEANINGS: Final = MappingProxyType(INVENTORY | ACCOUNT | FULFILLMENT | OTHERS)

#: Ids whose parameter names an attribute of the category.
ASPECT_IDS: Final = frozenset({25022, 25029, 25031, 25032, 25128, 25502, 25601})
