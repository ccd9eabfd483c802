"""What we send: whole bodies of the right form, because eBay erases what a full replace leaves out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError
from tests.channels.ebay import examples
from tests.channels.ebay.specification import conform

from kontor.channels.contract.values import Contact, ProductSafety
from kontor.channels.ebay.connector.policies import PAYMENT, RETURN, policy_body
from kontor.channels.ebay.mapping import goods
from kontor.channels.ebay.wire import account, fulfillment, inventory, location, notification
from kontor.channels.ebay.wire.base import SentAmount
from kontor.core.money import Money


def item_body(listing: Any) -> dict[str, Any]:
    return goods.item(listing, listing.variants[0], examples.addresses(listing)).body()


def offer_body(listing: Any) -> dict[str, Any]:
    return goods.offer(listing, listing.variants[0]).body()


def test_an_item_is_sent_whole_and_in_the_marketplaces_one_locale() -> None:
    body = item_body(examples.single())
    assert body["locale"] == "de_DE"
    assert body["condition"] == "NEW"
    assert body["availability"]["shipToLocationAvailability"]["quantity"] == 5
    assert set(body["product"]) >= {"title", "description", "aspects", "imageUrls", "brand", "ean"}


def test_an_offer_never_lets_catalogue_data_replace_the_merchants() -> None:
    assert offer_body(examples.single())["includeCatalogProductDetails"] is False


def test_a_price_is_a_string_in_the_marketplaces_currency() -> None:
    price = offer_body(examples.single())["pricingSummary"]["price"]
    assert price == {"value": "12.50", "currency": "EUR"}


@pytest.mark.parametrize(
    ("marketplace", "field", "text"),
    [
        ("EBAY_DE", "ean", "Nicht zutreffend"),
        ("EBAY_FR", "ean", "Non applicable"),
        ("EBAY_GB", "ean", "Does not apply"),
        ("EBAY_US", "upc", "Does not apply"),
    ],
)
def test_a_product_without_a_code_says_so_in_the_marketplaces_language(
    marketplace: str, field: str, text: str
) -> None:
    product = item_body(examples.single(marketplace=marketplace))["product"]
    assert product[field] == [text]


@pytest.mark.parametrize(
    ("gtin", "codes"),
    [
        ("4006381333931", {"ean": ["4006381333931"]}),
        ("036000291452", {"upc": ["036000291452"], "ean": ["0036000291452"]}),
        ("9783161484100", {"ean": ["9783161484100"], "isbn": ["9783161484100"]}),
        ("04006381333931", {"ean": ["4006381333931"]}),
    ],
)
def test_a_real_code_goes_to_the_field_that_it_belongs_to(gtin: str, codes: dict[str, list[str]]) -> None:
    listing = examples.single(variants=(examples.variant("MUG1", gtin=gtin),))
    product = item_body(listing)["product"]
    assert {name: product[name] for name in ("ean", "upc", "isbn") if name in product} == codes


def test_a_groups_members_carry_their_option_and_the_group_does_not() -> None:
    listing = examples.group()
    group = goods.group(listing, examples.addresses(listing)).body()
    assert item_body(listing)["product"]["aspects"]["Größe"] == ["S"]
    assert "Größe" not in group["aspects"]
    assert group["variantSKUs"] == ["SHIRTS", "SHIRTM"]
    assert group["variesBy"]["specifications"] == [{"name": "Größe", "values": ["S", "M"]}]


def test_an_attribute_in_which_members_differ_is_theirs_and_not_the_groups() -> None:
    striped, plain = (
        replace(each, aspects=own)
        for each, own in zip(
            examples.group().variants, ({"Muster": ("Streifen",), "Produktart": ("Bluse",)}, {}), strict=True
        )
    )
    listing = examples.group(variants=(striped, plain))
    striped_item, plain_item = (
        goods.item(listing, each, examples.addresses(listing)).body() for each in listing.variants
    )
    assert striped_item["product"]["aspects"]["Muster"] == ["Streifen"]
    assert striped_item["product"]["aspects"]["Produktart"] == ["Bluse"]
    assert plain_item["product"]["aspects"]["Produktart"] == ["Hemd"]
    assert "Muster" not in plain_item["product"]["aspects"]
    assert set(goods.group(listing, examples.addresses(listing)).body()["aspects"]) == {"Marke"}


def test_the_option_that_decides_the_pictures_is_found() -> None:
    red, blue = examples.picture("red"), examples.picture("blue")
    variants = tuple(
        examples.variant(f"S{size}{colour}", options={"Größe": size, "Farbe": colour}, pictures=(shown,))
        for size in ("1", "2")
        for colour, shown in (("rot", red), ("blau", blue))
    )
    listing = examples.group(option_names=("Größe", "Farbe"), variants=variants, pictures=())
    body = goods.group(listing, examples.addresses(listing)).body()
    assert body["variesBy"]["aspectsImageVariesBy"] == ["Farbe"]
    assert len(body["imageUrls"]) == 2


def test_a_listed_value_is_spelt_as_ebay_spells_it() -> None:
    closed = examples.aspect("Material", only_listed=True, values=("Steinzeug", "Holz"))
    listing = examples.single(aspects={"Material": ("steinzeug",)}, rules=examples.rules(closed))
    assert item_body(listing)["product"]["aspects"]["Material"] == ["Steinzeug"]


def test_a_long_description_stays_whole_on_the_offer() -> None:
    text = f"<p>{'Ton ' * 3000}</p>"
    listing = examples.single(description_html=text)
    assert offer_body(listing)["listingDescription"] == text
    assert len(item_body(listing)["product"]["description"]) <= 4000


def test_safety_data_are_sent_and_never_invented() -> None:
    assert "regulatory" not in offer_body(examples.single(safety=ProductSafety()))
    both = ProductSafety(examples.MAKER, replace(examples.MAKER, company_name="Vertreter SARL", country="FR"))
    regulatory = offer_body(examples.single(safety=both))["regulatory"]
    assert regulatory["manufacturer"]["companyName"] == "Töpferei Nord GmbH"
    assert regulatory["responsiblePersons"][0]["types"] == ["EU_RESPONSIBLE_PERSON"]


def test_a_contact_without_a_name_is_not_half_sent() -> None:
    assert goods.regulatory(ProductSafety(manufacturer=Contact(email="x@example.org"))) is None


def test_a_misspelt_field_of_ours_is_refused_before_it_leaves() -> None:
    with pytest.raises(ValidationError):
        inventory.OfferKey(offerID="1")  # type: ignore[call-arg]


BODIES = [
    (
        "sell_inventory_v1",
        "BulkInventoryItem",
        lambda: inventory.BulkInventoryItem(
            requests=[
                goods.item(each, each.variants[0], examples.addresses(each))
                for each in (examples.single(), examples.group())
            ]
        ),
    ),
    (
        "sell_inventory_v1",
        "InventoryItemGroup",
        lambda: goods.group(examples.group(), examples.addresses(examples.group())),
    ),
    (
        "sell_inventory_v1",
        "BulkEbayOfferDetailsWithKeys",
        lambda: inventory.BulkOffers(
            requests=[
                goods.offer(
                    examples.single(safety=ProductSafety(examples.MAKER, examples.MAKER)),
                    examples.variant("A"),
                )
            ]
        ),
    ),
    (
        "sell_inventory_v1",
        "EbayOfferDetailsWithId",
        lambda: goods.offer_content(examples.single(), examples.variant("A")),
    ),
    (
        "sell_inventory_v1",
        "BulkOffer",
        lambda: inventory.BulkPublish(requests=[inventory.OfferKey(offerId="1")]),
    ),
    (
        "sell_inventory_v1",
        "PublishByInventoryItemGroupRequest",
        lambda: inventory.GroupKey(inventoryItemGroupKey="G", marketplaceId="EBAY_DE"),
    ),
    (
        "sell_inventory_v1",
        "WithdrawByInventoryItemGroupRequest",
        lambda: inventory.GroupKey(inventoryItemGroupKey="G", marketplaceId="EBAY_DE"),
    ),
    (
        "sell_inventory_v1",
        "BulkPriceQuantity",
        lambda: inventory.BulkPriceQuantity(
            requests=[
                inventory.PriceQuantity(
                    sku="A",
                    shipToLocationAvailability=inventory.ShipToLocationAvailability(quantity=1),
                    offers=[inventory.OfferPrice(offerId="1", price=goods.amount(Money(100, "EUR")))],
                )
            ]
        ),
    ),
    (
        "sell_inventory_v1",
        "BulkGetInventoryItem",
        lambda: inventory.BulkGetItems(requests=[inventory.SkuKey(sku="A")]),
    ),
    (
        "sell_inventory_v1",
        "InventoryLocationFull",
        lambda: location.Location(
            location=location.LocationDetails(
                address=location.LocationAddress(country="DE", postalCode="24103")
            ),
            name="Lager",
        ),
    ),
    ("sell_account_v1", "Program", lambda: account.Program()),
    ("sell_account_v1", "PaymentPolicyRequest", lambda: policy_body(PAYMENT, Somewhere())),
    ("sell_account_v1", "ReturnPolicyRequest", lambda: policy_body(RETURN, Somewhere())),
    (
        "sell_account_v1",
        "FulfillmentPolicyRequest",
        lambda: account.FulfillmentPolicy(
            name="Kontor",
            marketplaceId="EBAY_DE",
            handlingTime=account.Days(value=2),
            shippingOptions=[
                account.ShippingOption(
                    shippingServices=[
                        account.ShippingService(
                            shippingCarrierCode="DHL",
                            shippingServiceCode="DE_DHLPaket",
                            shippingCost=SentAmount(value="4.99", currency="EUR"),
                            freeShipping=False,
                        )
                    ]
                )
            ],
        ),
    ),
    (
        "sell_fulfillment_v1",
        "ShippingFulfillmentDetails",
        lambda: fulfillment.ShippingFulfillment(
            lineItems=[fulfillment.LineReference(lineItemId="1", quantity=1)],
            shippedDate=datetime(2026, 11, 21, tzinfo=UTC).isoformat(),
            shippingCarrierCode="DHL",
            trackingNumber="123",
        ),
    ),
    ("commerce_notification_v1", "Config", lambda: notification.Config(alertEmail="a@example.org")),
    (
        "commerce_notification_v1",
        "DestinationRequest",
        lambda: notification.Destination(
            name="Kontor",
            deliveryConfig=notification.DeliveryConfig(
                endpoint="https://a.example", verificationToken="t" * 40
            ),
        ),
    ),
    (
        "commerce_notification_v1",
        "CreateSubscriptionRequest",
        lambda: notification.Subscription(
            topicId="T", destinationId="1", payload=notification.Payload(schemaVersion="1.0")
        ),
    ),
]


class Somewhere:
    """The part of a transport that making a policy reads."""

    marketplace = "EBAY_DE"
    settings: dict[str, str] = {}

    def request(self, *_: Any, **__: Any) -> Any:
        raise AssertionError("this policy needs no call")


@pytest.mark.parametrize(("api", "schema", "make"), BODIES, ids=[each[1] for each in BODIES])
def test_every_body_conforms_to_the_marketplaces_own_specification(api: str, schema: str, make: Any) -> None:
    conform(api, schema, make().body())
