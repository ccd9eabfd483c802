"""Inventory API: items, groups, offers."""

from __future__ import annotations

from typing import Literal

from kontor.channels.ebay.wire.base import Amount, ErrorRow, Received, Sent, SentAmount

BULK_LIMIT = 25
"""Rows of one bulk call (bulkCreateOrReplaceInventoryItem and its siblings)."""


# ------------------------------------------------------------------------------------------------ items, sent


class ShipToLocationAvailability(Sent):
    quantity: int


class Availability(Sent):
    shipToLocationAvailability: ShipToLocationAvailability


class Weight(Sent):
    unit: Literal["GRAM"] = "GRAM"
    value: int


class PackageWeightAndSize(Sent):
    weight: Weight


class Product(Sent):
    title: str
    description: str
    aspects: dict[str, list[str]]
    imageUrls: list[str]
    brand: str | None = None
    mpn: str | None = None
    ean: list[str] | None = None
    upc: list[str] | None = None
    isbn: list[str] | None = None


class InventoryItem(Sent):
    """One row of bulkCreateOrReplaceInventoryItem: a full replace, in one locale."""

    sku: str
    locale: str
    condition: str
    product: Product
    availability: Availability
    packageWeightAndSize: PackageWeightAndSize | None = None


class BulkInventoryItem(Sent):
    requests: list[InventoryItem]


class Specification(Sent):
    name: str
    values: list[str]


class VariesBy(Sent):
    aspectsImageVariesBy: list[str]
    specifications: list[Specification]


class InventoryItemGroup(Sent):
    title: str
    description: str
    imageUrls: list[str]
    aspects: dict[str, list[str]]
    variantSKUs: list[str]
    variesBy: VariesBy


# ------------------------------------------------------------------------------------------------ offers, sent


class Party(Sent):
    """Manufacturer or responsible person (GPSR)."""

    companyName: str | None = None
    addressLine1: str | None = None
    addressLine2: str | None = None
    city: str | None = None
    stateOrProvince: str | None = None
    postalCode: str | None = None
    country: str | None = None
    email: str | None = None
    phone: str | None = None
    contactUrl: str | None = None


class ResponsiblePerson(Party):
    types: list[Literal["EU_RESPONSIBLE_PERSON"]] = ["EU_RESPONSIBLE_PERSON"]


class Regulatory(Sent):
    manufacturer: Party | None = None
    responsiblePersons: list[ResponsiblePerson] | None = None


class ListingPolicies(Sent):
    fulfillmentPolicyId: str
    paymentPolicyId: str
    returnPolicyId: str


class PricingSummary(Sent):
    price: SentAmount


class OfferContent(Sent):
    """What updateOffer replaces: everything but the offer's keys."""

    categoryId: str
    listingDescription: str
    listingPolicies: ListingPolicies
    merchantLocationKey: str
    pricingSummary: PricingSummary
    listingDuration: Literal["GTC"] = "GTC"
    # Left at its default of true, eBay may put catalogue data in the place of the merchant's.
    includeCatalogProductDetails: Literal[False] = False
    regulatory: Regulatory | None = None


class Offer(OfferContent):
    """What createOffer takes: its keys can't be changed afterwards."""

    sku: str
    marketplaceId: str
    format: Literal["FIXED_PRICE"] = "FIXED_PRICE"


class BulkOffers(Sent):
    requests: list[Offer]


class OfferKey(Sent):
    offerId: str


class BulkPublish(Sent):
    requests: list[OfferKey]


class GroupKey(Sent):
    """publishOfferByInventoryItemGroup and its opposite."""

    inventoryItemGroupKey: str
    marketplaceId: str


class OfferPrice(Sent):
    offerId: str
    price: SentAmount


class PriceQuantity(Sent):
    sku: str
    shipToLocationAvailability: ShipToLocationAvailability
    offers: list[OfferPrice]


class BulkPriceQuantity(Sent):
    requests: list[PriceQuantity]


class SkuKey(Sent):
    sku: str


class BulkGetItems(Sent):
    requests: list[SkuKey]


# ------------------------------------------------------------------------------------------------ read


class BulkRow(Received):
    """One row of any bulk answer."""

    statusCode: int = 0
    sku: str = ""
    offerId: str = ""
    listingId: str = ""
    errors: tuple[ErrorRow, ...] = ()
    warnings: tuple[ErrorRow, ...] = ()

    @property
    def is_taken(self) -> bool:
        """A row of bulkCreateOffer succeeds with 200, one of an item with 200, 201 or 204."""
        return 200 <= self.statusCode < 300


class BulkAnswer(Received):
    responses: tuple[BulkRow, ...] = ()


class PublishAnswer(Received):
    listingId: str = ""
    warnings: tuple[ErrorRow, ...] = ()


class ShipToLocationRead(Received):
    quantity: int = 0


class AvailabilityRead(Received):
    shipToLocationAvailability: ShipToLocationRead = ShipToLocationRead()


class ProductRead(Received):
    title: str = ""
    description: str = ""
    aspects: dict[str, tuple[str, ...]] = {}
    imageUrls: tuple[str, ...] = ()
    brand: str = ""
    ean: tuple[str, ...] = ()
    upc: tuple[str, ...] = ()
    isbn: tuple[str, ...] = ()


class ItemRead(Received):
    sku: str = ""
    condition: str = ""
    product: ProductRead = ProductRead()
    availability: AvailabilityRead = AvailabilityRead()


class ItemRow(Received):
    statusCode: int = 0
    sku: str = ""
    inventoryItem: ItemRead | None = None
    errors: tuple[ErrorRow, ...] = ()


class ItemRows(Received):
    responses: tuple[ItemRow, ...] = ()


class SpecificationRead(Received):
    name: str = ""
    values: tuple[str, ...] = ()


class VariesByRead(Received):
    specifications: tuple[SpecificationRead, ...] = ()


class GroupRead(Received):
    title: str = ""
    description: str = ""
    imageUrls: tuple[str, ...] = ()
    aspects: dict[str, tuple[str, ...]] = {}
    variantSKUs: tuple[str, ...] = ()
    variesBy: VariesByRead = VariesByRead()


class ListingRead(Received):
    listingId: str = ""
    listingStatus: str = ""
    listingOnHold: bool = False


class PricingRead(Received):
    price: Amount = Amount()


class OfferRead(Received):
    offerId: str = ""
    sku: str = ""
    marketplaceId: str = ""
    format: str = ""
    status: str = ""
    categoryId: str = ""
    listingDescription: str = ""
    pricingSummary: PricingRead = PricingRead()
    listing: ListingRead = ListingRead()

    @property
    def is_published(self) -> bool:
        """Whether a listing shows it."""
        return self.status == "PUBLISHED"


class OffersRead(Received):
    offers: tuple[OfferRead, ...] = ()
