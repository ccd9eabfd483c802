"""Listings with variations."""

from __future__ import annotations

from typing import Any

import pytest
from tests.sandbox.shop import INVENTORY, Shop, error_ids

SIZES = ("S", "M", "L")
ASPECTS = {"Marke": ["Werkhof"], "Abteilung": ["Herren"], "Farbe": ["Blau"]}


def group_body(skus: list[str], axis: str = "Größe", values: tuple[str, ...] = SIZES) -> dict[str, Any]:
    return {
        "title": "T-Shirt aus Baumwolle",
        "description": "Ein Hemd.",
        "aspects": ASPECTS,
        "imageUrls": ["https://bilder.example/hemd.jpg"],
        "variantSKUs": skus,
        "variesBy": {"aspectsImageVariesBy": [], "specifications": [{"name": axis, "values": list(values)}]},
    }


def put_members(shop: Shop, **changes: dict[str, Any]) -> list[str]:
    """Items and offers of a T-shirt in three sizes; ``changes`` by size."""
    category = shop.category("Herren T-Shirt")
    skus = []
    for size in SIZES:
        sku = f"HEMD{size}"
        more = changes.get(size, {})
        product = {"aspects": ASPECTS | {"Größe": [size]}, "title": f"T-Shirt {size}"} | more.get(
            "product", {}
        )
        assert shop.put_item(sku, product=product, quantity=more.get("quantity", 4)).status_code == 201
        offer = shop.offer(sku, categoryId=category, regulatory=None) | more.get("offer", {})
        shop.good(
            "POST", f"{INVENTORY}/offer", {name: value for name, value in offer.items() if value is not None}
        )
        skus.append(sku)
    return skus


def publish(shop: Shop, key: str = "HEMD") -> Any:
    body = {"inventoryItemGroupKey": key, "marketplaceId": "EBAY_DE"}
    return shop.call("POST", f"{INVENTORY}/offer/publish_by_inventory_item_group", body)


def test_a_group_becomes_one_listing_with_all_its_variations(ready_shop: Shop) -> None:
    skus = put_members(ready_shop)
    created = ready_shop.call("PUT", f"{INVENTORY}/inventory_item_group/HEMD", group_body(skus))
    assert created.status_code == 201
    listing = ready_shop.listing(publish(ready_shop).json()["listingId"])
    assert listing["skus"] == skus
    assert listing["title"] == "T-Shirt aus Baumwolle"
    assert [row["aspects"]["Größe"] for row in listing["variations"]] == [["S"], ["M"], ["L"]]
    again = publish(ready_shop).json()
    assert again["listingId"] == listing["listing_id"]
    assert again["warnings"][0]["errorId"] == 25402


def test_a_member_without_data_is_left_out_without_a_word(ready_shop: Shop) -> None:
    skus = put_members(ready_shop, M={"product": {"aspects": ASPECTS}})
    ready_shop.good("PUT", f"{INVENTORY}/inventory_item_group/HEMD", group_body(skus))
    answer = publish(ready_shop)
    assert (answer.status_code, answer.json()["warnings"]) == (200, [])
    assert ready_shop.listing(answer.json()["listingId"])["skus"] == ["HEMDS", "HEMDL"]


def test_members_that_disagree_fail_the_call(ready_shop: Shop) -> None:
    skus = put_members(ready_shop, M={"offer": {"categoryId": ready_shop.category("Herren Jeans")}})
    ready_shop.good("PUT", f"{INVENTORY}/inventory_item_group/HEMD", group_body(skus))
    refused = publish(ready_shop)
    assert (refused.status_code, error_ids(refused)) == (400, [25002])
    assert refused.json()["errors"][0]["parameters"] == [{"name": "0", "value": "categoryId"}]


def test_a_member_is_not_published_alone(ready_shop: Shop) -> None:
    skus = put_members(ready_shop)
    ready_shop.good("PUT", f"{INVENTORY}/inventory_item_group/HEMD", group_body(skus))
    offer_id = ready_shop.good("GET", f"{INVENTORY}/offer", sku=skus[0])["offers"][0]["offerId"]
    refused = ready_shop.call("POST", f"{INVENTORY}/offer/{offer_id}/publish", {})
    assert (refused.status_code, error_ids(refused)) == (400, [25732])


def test_a_sku_is_in_one_place_only(ready_shop: Shop) -> None:
    skus = put_members(ready_shop)
    ready_shop.good("PUT", f"{INVENTORY}/inventory_item_group/HEMD", group_body(skus))
    other = ready_shop.call("PUT", f"{INVENTORY}/inventory_item_group/ANDERE", group_body(skus[:1]))
    assert error_ids(other) == [25703]
    _, listing_id = ready_shop.list_item("REGAL1")
    single = ready_shop.call("PUT", f"{INVENTORY}/inventory_item_group/DRITTE", group_body(["REGAL1"]))
    assert error_ids(single) == [25704]
    assert {"name": "listingId", "value": listing_id} in single.json()["errors"][0]["parameters"]


@pytest.mark.parametrize(("axis", "is_refused"), [("Größe", False), ("Marke", True), ("Aufdruck", False)])
def test_an_axis_must_be_allowed_for_variations(ready_shop: Shop, axis: str, is_refused: bool) -> None:
    members = {size: {"product": {"aspects": ASPECTS | {"Größe": [size], axis: [size]}}} for size in SIZES}
    skus = put_members(ready_shop, **members)
    ready_shop.good("PUT", f"{INVENTORY}/inventory_item_group/HEMD", group_body(skus, axis))
    answer = publish(ready_shop)
    assert (answer.status_code, error_ids(answer) if is_refused else []) == (
        (400, [25013]) if is_refused else (200, [])
    )


def test_an_unknown_group_is_25705(ready_shop: Shop) -> None:
    refused = publish(ready_shop, "NIRGENDS")
    assert (refused.status_code, error_ids(refused)) == (400, [25705])
    assert ready_shop.call("GET", f"{INVENTORY}/inventory_item_group/NIRGENDS").status_code == 404


def test_a_withdrawn_group_gets_a_new_listing(ready_shop: Shop) -> None:
    skus = put_members(ready_shop)
    ready_shop.good("PUT", f"{INVENTORY}/inventory_item_group/HEMD", group_body(skus))
    first = publish(ready_shop).json()["listingId"]
    body = {"inventoryItemGroupKey": "HEMD", "marketplaceId": "EBAY_DE"}
    path = f"{INVENTORY}/offer/withdraw_by_inventory_item_group"
    assert ready_shop.call("POST", path, body).status_code == 204
    assert error_ids(ready_shop.call("POST", path, body)) == [25725]
    assert ready_shop.listing(first)["status"] == "ENDED"
    assert publish(ready_shop).json()["listingId"] != first


def test_a_member_taken_out_of_the_group_leaves_the_listing(ready_shop: Shop) -> None:
    skus = put_members(ready_shop)
    ready_shop.good("PUT", f"{INVENTORY}/inventory_item_group/HEMD", group_body(skus))
    listing_id = publish(ready_shop).json()["listingId"]
    ready_shop.good("PUT", f"{INVENTORY}/inventory_item_group/HEMD", group_body(skus[:2]))
    assert ready_shop.listing(listing_id)["skus"] == skus[:2]
