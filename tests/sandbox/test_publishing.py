"""Single offers: from an item to a live listing and back."""

from __future__ import annotations

import pytest
from tests.sandbox.shop import INVENTORY, MAKER, Shop, error_ids


def test_a_listing_shows_what_was_sent(ready_shop: Shop) -> None:
    _, listing_id = ready_shop.list_item("REGAL1")
    listing = ready_shop.listing(listing_id)
    assert listing["status"] == "ACTIVE"
    assert listing["title"] == "Bücherregal aus Eiche"
    assert listing["variations"][0]["price"] == "129.00"
    assert listing["variations"][0]["quantity"] == 5
    assert listing["aspects"]["Marke"] == ["Werkhof"]


def test_an_offer_needs_almost_nothing_until_it_is_published(ready_shop: Shop) -> None:
    ready_shop.good("PUT", f"{INVENTORY}/inventory_item/REGAL1", {})
    minimal = {"sku": "REGAL1", "marketplaceId": "EBAY_DE", "format": "FIXED_PRICE"}
    created = ready_shop.call("POST", f"{INVENTORY}/offer", minimal)
    assert created.status_code == 201
    refused = ready_shop.call("POST", f"{INVENTORY}/offer/{created.json()['offerId']}/publish", {})
    assert refused.status_code == 400
    assert {25007, 25008, 25009, 25012, 25002, 25005, 25003, 25004} <= set(error_ids(refused))


def test_publishing_twice_keeps_the_listing_and_warns(ready_shop: Shop) -> None:
    offer_id, listing_id = ready_shop.list_item("REGAL1")
    again = ready_shop.good("POST", f"{INVENTORY}/offer/{offer_id}/publish", {})
    assert again["listingId"] == listing_id
    assert [row["errorId"] for row in again["warnings"]] == [25402]


def test_withdrawing_and_publishing_makes_a_new_listing(ready_shop: Shop) -> None:
    offer_id, first = ready_shop.list_item("REGAL1")
    withdrawn = ready_shop.good("POST", f"{INVENTORY}/offer/{offer_id}/withdraw", {})
    assert withdrawn["listingId"] == first
    assert ready_shop.good("GET", f"{INVENTORY}/offer/{offer_id}")["status"] == "UNPUBLISHED"
    second = ready_shop.call("POST", f"{INVENTORY}/offer/{offer_id}/withdraw", {})
    assert (second.status_code, error_ids(second)) == (400, [25713])
    anew = ready_shop.good("POST", f"{INVENTORY}/offer/{offer_id}/publish", {})["listingId"]
    assert anew != first
    assert ready_shop.listing(first)["status"] == "ENDED"
    assert ready_shop.listing(anew)["status"] == "ACTIVE"


@pytest.mark.parametrize("language", ["de-DE"])
def test_a_second_offer_is_refused_with_the_first_ones_id_in_german(ready_shop: Shop, language: str) -> None:
    offer_id, _ = ready_shop.list_item("REGAL1")
    refused = ready_shop.call("POST", f"{INVENTORY}/offer", ready_shop.offer("REGAL1"), language=language)
    assert (refused.status_code, error_ids(refused)) == (400, [25002])
    row = refused.json()["errors"][0]
    assert row["parameters"] == [{"name": "offerId", "value": offer_id}]
    assert "Benutzerfehler" in row["message"]


def test_a_missing_brand_is_25002_too_but_names_no_offer(ready_shop: Shop) -> None:
    ready_shop.put_item("REGAL1", product={"aspects": {"Produktart": ["Regal"]}})
    offer_id = ready_shop.good("POST", f"{INVENTORY}/offer", ready_shop.offer("REGAL1"))["offerId"]
    refused = ready_shop.call("POST", f"{INVENTORY}/offer/{offer_id}/publish", {})
    row = refused.json()["errors"][0]
    assert row["errorId"] == 25002
    assert all(parameter["name"] != "offerId" for parameter in row["parameters"])


def test_a_safety_document_that_was_never_uploaded_is_refused(ready_shop: Shop) -> None:
    ready_shop.put_item("REGAL1")
    regulatory = {"manufacturer": dict(MAKER), "documents": [{"documentId": "d-1"}]}
    offer = ready_shop.offer("REGAL1", regulatory=regulatory)
    offer_id = ready_shop.good("POST", f"{INVENTORY}/offer", offer)["offerId"]
    refused = ready_shop.call("POST", f"{INVENTORY}/offer/{offer_id}/publish", {})
    assert (refused.status_code, error_ids(refused)) == (400, [25104])
