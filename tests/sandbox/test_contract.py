"""What the sandbox answers fits the marketplace's own descriptions: types, fields and enumerations."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.sandbox.shop import INVENTORY, Shop, error_ids
from tests.sandbox.test_groups import group_body, publish, put_members

from kontor_sandbox.ebay.specs import Specifications, violations

FILES = (
    "sell_inventory_v1",
    "sell_fulfillment_v1",
    "sell_account_v1",
    "commerce_taxonomy_v1",
    "sell_metadata_v1",
    "commerce_media_v1_beta",
    "commerce_notification_v1",
    "commerce_identity_v1",
    "developer_analytics_v1_beta",
)
METADATA = "/sell/metadata/v1"


def described(
    specifications: Specifications,
) -> Iterator[tuple[re.Pattern[str], str, str, dict[str, Any], str]]:
    """Every described operation: a pattern for its path, method, file, description, template."""
    for name in FILES:
        document = specifications.document(name)
        base = document["servers"][0]["variables"]["basePath"]["default"]
        for template, operations in document["paths"].items():
            pattern = re.compile(
                re.escape(base) + re.sub(r"\\\{.*?\\\}", "[^/]+", re.escape(template)) + "/?"
            )
            for method, operation in operations.items():
                yield pattern, method.upper(), name, operation, template


def play_everything(shop: Shop) -> None:
    """Touch as many operations as a shop does."""
    offer_id, listing_id = shop.list_item("REGAL1", quantity=9)
    skus = put_members(shop)
    shop.good("PUT", f"{INVENTORY}/inventory_item_group/HEMD", group_body(skus))
    assert publish(shop).status_code == 200
    shop.good("GET", f"{INVENTORY}/inventory_item_group/HEMD")
    shop.good("GET", f"{INVENTORY}/inventory_item/HEMDS")
    shop.good(
        "POST", f"{INVENTORY}/bulk_get_inventory_item", {"requests": [{"sku": "REGAL1"}, {"sku": "HEMDS"}]}
    )
    price = {"offerId": offer_id, "price": {"value": "99.00", "currency": "EUR"}}
    shop.good(
        "POST",
        f"{INVENTORY}/bulk_update_price_quantity",
        {"requests": [{"sku": "REGAL1", "offers": [price]}]},
    )
    shop.good("POST", f"{INVENTORY}/bulk_publish_offer", {"requests": [{"offerId": offer_id}]})
    shop.good("POST", f"{INVENTORY}/offer/get_listing_fees", {"offers": [{"offerId": offer_id}]})
    for path in ("inventory_item", "location", f"location/{shop.location}", f"offer/{offer_id}"):
        shop.good("GET", f"{INVENTORY}/{path}")
    shop.good("GET", f"{INVENTORY}/offer", sku="REGAL1")
    for kind in ("fulfillment", "payment", "return"):
        shop.good("GET", f"/sell/account/v1/{kind}_policy", marketplace_id="EBAY_DE")
        policy_id = shop.policies[f"{kind}PolicyId"]
        shop.good("GET", f"/sell/account/v1/{kind}_policy/{policy_id}")
    for path in ("privilege", "program/get_opted_in_programs", "subscription"):
        shop.good("GET", f"/sell/account/v1/{path}")
    lines = [{"listing_id": listing_id}, {"sku": "HEMDM", "quantity": 2}]
    order_id = shop.control("POST", "/purchases", {"lines": lines})["order_id"]
    shop.control("POST", "/purchases", {"lines": lines[:1], "paid": False})
    parcel = {"lineItems": [], "shippingCarrierCode": "DHL", "trackingNumber": "JVGL1"}
    shop.good("POST", f"/sell/fulfillment/v1/order/{order_id}/shipping_fulfillment", parcel)
    shop.good("GET", f"/sell/fulfillment/v1/order/{order_id}/shipping_fulfillment")
    other = shop.control("POST", "/purchases", {"lines": lines[1:]})["order_id"]
    shop.control("POST", f"/orders/{other}/request_cancel")
    shop.control("POST", f"/orders/{other}/cancel")
    for path in ("order", f"order/{order_id}", f"order/{other}"):
        shop.good("GET", f"/sell/fulfillment/v1/{path}")
    read_reference_data(shop)


def read_reference_data(shop: Shop) -> None:
    category = shop.category("Sofa")
    tree = "/commerce/taxonomy/v1/category_tree/77"
    shop.good("GET", "/commerce/taxonomy/v1/get_default_category_tree_id", marketplace_id="EBAY_DE")
    for path in ("get_category_subtree", "get_item_aspects_for_category"):
        shop.good("GET", f"{tree}/{path}", category_id=category)
    shop.good("GET", f"{tree}/get_expired_categories")
    for path in (
        "get_item_condition_policies",
        "get_regulatory_policies",
        "get_listing_structure_policies",
        "get_category_policies",
    ):
        shop.good("GET", f"{METADATA}/marketplace/EBAY_DE/{path}", filter=f"categoryIds:{{{category}}}")
    for path in ("get_currencies", "get_product_safety_labels"):
        shop.good("GET", f"{METADATA}/marketplace/EBAY_DE/{path}")
    for path in ("get_shipping_services", "get_shipping_carriers"):
        shop.good("GET", f"{METADATA}/shipping/marketplace/EBAY_DE/{path}")
    shop.good("GET", "/commerce/identity/v1/user/")
    shop.good("GET", "/developer/analytics/v1_beta/rate_limit/")
    shop.good("PUT", "/commerce/notification/v1/config", {"alertEmail": "a@b.example"})
    for path in ("config", "topic", "destination", "subscription", "topic/ORDER_CONFIRMATION"):
        shop.good("GET", f"/commerce/notification/v1/{path}")
    made = shop.good(
        "POST", "/commerce/media/v1_beta/image/create_image_from_url", {"imageUrl": "https://x.example/a.jpg"}
    )
    assert made["imageUrl"]


def test_every_answer_fits_its_description(ready_shop: Shop, specs: Path) -> None:
    play_everything(ready_shop)
    specifications = Specifications(specs)
    operations = list(described(specifications))
    checked: set[str] = set()
    wrong: list[str] = []
    for record in ready_shop.control("GET", "/requests?limit=2000")["requests"]:
        fitting = [
            row
            for row in operations
            if row[1] == record["method"] and row[0].fullmatch(record["path"]) and record["status"] < 300
        ]
        if not fitting:
            continue
        _, method, name, operation, template = min(fitting, key=lambda row: row[4].count("{"))
        answer = operation["responses"].get(str(record["status"]))
        if answer is None:
            wrong.append(f"{method} {template}: {record['status']} is not described")
            continue
        checked.add(operation["operationId"])
        schema = answer.get("content", {}).get("application/json", {}).get("schema")
        if schema and record["answer"]:
            found = violations(
                specifications.document(name), schema, json.loads(record["answer"]), enums=True
            )
            wrong += [f"{method} {template}: {problem}" for problem in found]
    assert wrong == []
    assert len(checked) > 45


@pytest.mark.parametrize(
    ("body", "at"),
    [
        ({"product": {"titel": "x"}}, "product.titel"),
        ({"product": {"title": 5}}, "product.title"),
        ({"product": {"aspects": {"Marke": "Werkhof"}}}, "product.aspects"),
        ({"availability": {"shipToLocationAvailability": {"quantity": "5"}}}, "quantity"),
    ],
)
def test_what_a_description_does_not_know_is_refused(shop: Shop, specs: Path, body: Any, at: str) -> None:
    refused = shop.call("PUT", f"{INVENTORY}/inventory_item/REGAL1", body)
    assert (refused.status_code, error_ids(refused)) == (400, [2004])
    assert at in refused.json()["errors"][0]["message"]
