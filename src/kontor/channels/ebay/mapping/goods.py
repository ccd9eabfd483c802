"""A product as items, group and offers. Structure is functions; a body is always whole, because eBay replaces."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from kontor.channels.contract.fields import FieldMap, to_wire
from kontor.channels.contract.values import Contact, GoodsOut, ProductSafety, VariantOut
from kontor.channels.ebay.manifest import locale_of
from kontor.channels.ebay.mapping.conditions import choose
from kontor.channels.ebay.mapping.identifiers import product_codes
from kontor.channels.ebay.mapping.texts import item_description
from kontor.channels.ebay.wire import inventory as wire
from kontor.channels.ebay.wire.base import SentAmount
from kontor.core.money import Money

PICTURES_PER_LISTING = 24
PICTURES_PER_VARIANT = 12
ASPECTS_PER_ITEM = 30

CONTACT_FIELDS: Final[tuple[FieldMap[Contact], ...]] = (
    FieldMap("company_name", "companyName", lambda contact: contact.company_name, max_length=100),
    FieldMap("address_line1", "addressLine1", lambda contact: contact.address_line1, max_length=180),
    FieldMap("address_line2", "addressLine2", lambda contact: contact.address_line2, max_length=180),
    FieldMap("postal_code", "postalCode", lambda contact: contact.postal_code, max_length=9),
    FieldMap("city", "city", lambda contact: contact.city, max_length=64),
    FieldMap(
        "state_or_province", "stateOrProvince", lambda contact: contact.state_or_province, max_length=64
    ),
    FieldMap("country", "country", lambda contact: contact.country),
    FieldMap("email", "email", lambda contact: contact.email, max_length=180),
    FieldMap("phone", "phone", lambda contact: contact.phone, max_length=64),
    FieldMap("contact_url", "contactUrl", lambda contact: contact.contact_url, max_length=250),
)
"""Manufacturer and responsible person: ours, theirs, and what eBay takes. Preflight reads the same rows."""

Pictures = Mapping[str, str]
"""sha256 of a picture -> its address at eBay's picture service."""


def item(listing: GoodsOut, variant: VariantOut, pictures: Pictures) -> wire.InventoryItem:
    """One row of bulkCreateOrReplaceInventoryItem."""
    allowed = listing.rules.conditions if listing.rules else None
    weight = variant.weight_g
    return wire.InventoryItem(
        sku=variant.sku,
        locale=locale_of(listing.marketplace).replace("-", "_"),
        condition=choose(listing.condition, allowed),
        product=wire.Product(
            title=listing.title,
            description=item_description(listing.description_html),
            aspects=aspects_of(listing, variant),
            imageUrls=variant_pictures(listing, variant, pictures),
            brand=listing.brand or None,
            **product_codes(variant.gtin, listing.marketplace),
        ),
        availability=wire.Availability(
            shipToLocationAvailability=wire.ShipToLocationAvailability(quantity=variant.quantity)
        ),
        packageWeightAndSize=wire.PackageWeightAndSize(weight=wire.Weight(value=weight)) if weight else None,
    )


def aspects_of(listing: GoodsOut, variant: VariantOut) -> dict[str, list[str]]:
    """Attributes of one item: the listing's, those in which the variant differs, and its own value of each option."""
    return _listed(listing, _sent_names(listing), {**listing.aspects, **variant.aspects}) | {
        name: [_as_listed(listing, name, value)] for name, value in variant.options.items() if value
    }


def shared_aspects(listing: GoodsOut) -> dict[str, list[str]]:
    """Attributes in which no variant differs; options of a group are not among them."""
    values = listing.aspects if listing.is_group else {**listing.aspects, **listing.variants[0].aspects}
    differing = varying_aspects(listing)
    return _listed(listing, [name for name in _sent_names(listing) if name not in differing], values)


def varying_aspects(listing: GoodsOut) -> list[str]:
    """Attributes in which a group's variants differ though nobody chooses by them, as far as there is room for them."""
    differing = {name for variant in listing.variants for name in variant.aspects}
    return [name for name in _sent_names(listing) if name in differing] if listing.is_group else []


def _sent_names(listing: GoodsOut) -> list[str]:
    """Names of attributes beside the options, what the category demands first, as many as eBay shows of an item."""
    axes = set(listing.option_names) if listing.is_group else set()
    demanded = {rule.name for rule in listing.rules.aspects if rule.required} if listing.rules else set()
    everywhere = (listing.aspects, *(variant.aspects for variant in listing.variants))
    given = dict.fromkeys(name for aspects in everywhere for name, values in aspects.items() if values)
    names = sorted((name for name in given if name not in axes), key=lambda name: name not in demanded)
    return names[: ASPECTS_PER_ITEM - len(axes)]


def _listed(
    listing: GoodsOut, names: Iterable[str], values: Mapping[str, tuple[str, ...]]
) -> dict[str, list[str]]:
    """The values of these attributes, spelt as eBay's lists spell them."""
    return {
        name: [_as_listed(listing, name, value) for value in values[name]]
        for name in names
        if values.get(name)
    }


def _as_listed(listing: GoodsOut, name: str, value: str) -> str:
    """A closed list's own spelling of a value that differs from it in letter case alone."""
    for rule in listing.rules.aspects if listing.rules else ():
        if rule.name == name and rule.only_listed:
            return next((each for each in rule.values if each.casefold() == value.casefold()), value)
    return value


def variant_pictures(listing: GoodsOut, variant: VariantOut, pictures: Pictures) -> list[str]:
    """Addresses of an item's pictures: its own, else the listing's."""
    own = variant.pictures or listing.pictures
    limit = PICTURES_PER_VARIANT if listing.is_group else PICTURES_PER_LISTING
    return [pictures[picture.sha256] for picture in own[:limit]]


def listing_pictures(listing: GoodsOut) -> list[str]:
    """Hashes of what the listing itself shows, in order; a group without own pictures shows its variants'."""
    shown = listing.pictures or tuple(picture for each in listing.variants for picture in each.pictures)
    return list(dict.fromkeys(picture.sha256 for picture in shown))[:PICTURES_PER_LISTING]


def group(listing: GoodsOut, pictures: Pictures) -> wire.InventoryItemGroup:
    """The body that replaces the whole group."""
    return wire.InventoryItemGroup(
        title=listing.title,
        description=listing.description_html,
        imageUrls=[pictures[sha256] for sha256 in listing_pictures(listing)],
        aspects=shared_aspects(listing),
        variantSKUs=[variant.sku for variant in listing.variants],
        variesBy=wire.VariesBy(
            aspectsImageVariesBy=[_picture_axis(listing)],
            specifications=[
                wire.Specification(name=name, values=_values(listing, name)) for name in listing.option_names
            ],
        ),
    )


def offer(listing: GoodsOut, variant: VariantOut) -> wire.Offer:
    """What creates an offer; a variant without a price is refused by preflight long before."""
    return wire.Offer(
        sku=variant.sku, marketplaceId=listing.marketplace, **dict(offer_content(listing, variant))
    )


def offer_content(listing: GoodsOut, variant: VariantOut) -> wire.OfferContent:
    """What updates an offer: all of its content, because what is left out would be erased."""
    if variant.price is None:
        raise ValueError(f"{variant.sku} has no price")
    settings = listing.settings
    return wire.OfferContent(
        categoryId=listing.category_id,
        listingDescription=listing.description_html,
        listingPolicies=wire.ListingPolicies(
            fulfillmentPolicyId=settings.get("fulfillment_policy_id", ""),
            paymentPolicyId=settings.get("payment_policy_id", ""),
            returnPolicyId=settings.get("return_policy_id", ""),
        ),
        merchantLocationKey=settings.get("merchant_location_key", ""),
        pricingSummary=wire.PricingSummary(price=amount(variant.price)),
        regulatory=regulatory(listing.safety),
    )


def amount(money: Money) -> SentAmount:
    """Money as eBay takes it: the value is a string."""
    return SentAmount(value=str(money.amount), currency=money.currency)


def regulatory(safety: ProductSafety) -> wire.Regulatory | None:
    """GPSR: who made it, and who answers for it inside the EU. Never invented, so often None."""
    manufacturer = _party(safety.manufacturer)
    responsible = _party(safety.responsible)
    if manufacturer is None and responsible is None:
        return None
    persons = [wire.ResponsiblePerson(**dict(responsible))] if responsible else None
    return wire.Regulatory(manufacturer=manufacturer, responsiblePersons=persons)


def _party(contact: Contact | None) -> wire.Party | None:
    if contact is None or not contact.company_name:
        return None
    return wire.Party(**to_wire(CONTACT_FIELDS, contact))


def _values(listing: GoodsOut, name: str) -> list[str]:
    """Every value of an option once, in the variants' order."""
    given = (variant.options.get(name, "") for variant in listing.variants)
    return list(dict.fromkeys(_as_listed(listing, name, value) for value in given if value))


def _picture_axis(listing: GoodsOut) -> str:
    """The option that decides which pictures a variant shows; the first where pictures tell nothing."""
    for name in listing.option_names:
        shown: dict[str, set[tuple[str, ...]]] = {}
        for variant in listing.variants:
            hashes = tuple(picture.sha256 for picture in variant.pictures)
            shown.setdefault(variant.options.get(name, ""), set()).add(hashes)
        if len(shown) > 1 and all(len(each) == 1 for each in shown.values()):
            distinct = {hashes for each in shown.values() for hashes in each}
            if len(distinct) > 1:
                return name
    return listing.option_names[0]
