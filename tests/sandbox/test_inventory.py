"""Items and offers: full replace, headers, forms, and what eBay changes (T1, T2)."""

from __future__ import annotations

import threading
from typing import Any

import httpx2
import pytest
from tests.sandbox.shop import INVENTORY, MAKER, Shop, error_ids

ITEM = f"{INVENTORY}/inventory_item"


def test_a_put_creates_then_replaces(shop: Shop) -> None:
    assert shop.put_item("REGAL1").status_code == 201
    assert shop.put_item("REGAL1").status_code == 204


def test_what_a_put_leaves_out_is_gone_while_the_listing_stays(ready_shop: Shop) -> None:
    offer_id, listing_id = ready_shop.list_item("REGAL1")
    half = {"condition": "NEW", "product": {"title": "Nur der Titel"}, "availability": {}}
    assert ready_shop.call("PUT", f"{ITEM}/REGAL1", half).status_code == 204
    listing = ready_shop.listing(listing_id)
    assert (listing["status"], listing["description"], listing["aspects"]) == ("OUT_OF_STOCK", "", {})
    assert "description" not in ready_shop.good("GET", f"{ITEM}/REGAL1")["product"]
    ready_shop.put_item("REGAL1")
    whole = ready_shop.changed_offer("REGAL1")
    whole.pop("merchantLocationKey")
    refused = ready_shop.call("PUT", f"{INVENTORY}/offer/{offer_id}", whole)
    assert error_ids(refused) == [25012]


def test_writing_one_language_overwrites_the_other(shop: Shop) -> None:
    shop.put_item("REGAL1")
    english = shop.item(product={"title": "Oak bookcase"})
    shop.good("PUT", f"{ITEM}/REGAL1", english, language="en-GB")
    body = shop.good("GET", f"{ITEM}/REGAL1")
    assert (body["locale"], body["product"]["title"]) == ("en_GB", "Oak bookcase")


def test_the_items_language_must_be_the_marketplaces(ready_shop: Shop) -> None:
    ready_shop.good("PUT", f"{ITEM}/REGAL1", ready_shop.item(), language="en-US")
    offer_id = ready_shop.good("POST", f"{INVENTORY}/offer", ready_shop.offer("REGAL1"))["offerId"]
    assert error_ids(ready_shop.call("POST", f"{INVENTORY}/offer/{offer_id}/publish", {})) == [25604]
    wrong = ready_shop.call(
        "PUT", f"{INVENTORY}/offer/{offer_id}", ready_shop.changed_offer("REGAL1"), language="en-US"
    )
    assert error_ids(wrong) == [25604]


@pytest.mark.parametrize("sku", ["MIT-STRICH", "MIT%20LEER", "Ä1", "A" * 51])
def test_a_sku_is_letters_and_digits(shop: Shop, sku: str) -> None:
    refused = shop.put_item(sku)
    assert (refused.status_code, error_ids(refused)) == (400, [25707])


@pytest.mark.parametrize("accepted", ["*", "en-US,en;q=0.9", "de", "xx-XX"])
def test_inventory_refuses_an_unclean_accept_language(shop: Shop, accepted: str) -> None:
    refused = shop.call("GET", ITEM, headers={"accept-language": accepted})
    assert (refused.status_code, error_ids(refused)) == (400, [25709])
    assert shop.call("GET", ITEM, headers={"accept-language": "de-DE"}).status_code == 200


def test_the_content_language_is_needed(shop: Shop) -> None:
    refused = shop.call("PUT", f"{ITEM}/REGAL1", shop.item(), language=None)
    assert (refused.status_code, error_ids(refused)) == (400, [25709])


def test_a_post_without_any_length_stops_at_the_edge(ready_shop: Shop) -> None:
    offer_id, _ = ready_shop.list_item("REGAL1")
    path = f"{INVENTORY}/offer/{offer_id}/withdraw"
    assert b" 411 " in ready_shop.raw("POST", path)
    assert ready_shop.good("GET", f"{INVENTORY}/offer/{offer_id}")["status"] == "PUBLISHED"
    assert ready_shop.call("POST", path).status_code == 200


def test_ebay_changes_what_it_keeps_and_says_so(shop: Shop) -> None:
    aspects = {f"Merkmal {number}": ["x"] for number in range(29)}
    aspects |= {"Marke": ["Werkhof"], "Zu viel": ["y"], "Lang": ["z" * 66]}
    product = {
        "title": "  Regal   aus \n Eiche ",
        "aspects": aspects,
        "imageUrls": [f"https://bilder.example/{number}.jpg" for number in range(30)],
    }
    answer = shop.call("PUT", f"{ITEM}/REGAL1", shop.item(product=product))
    assert answer.status_code == 201
    assert {row["errorId"] for row in answer.json()["warnings"]} == {25028}
    kept = shop.good("GET", f"{ITEM}/REGAL1")["product"]
    assert kept["title"] == "Regal aus Eiche"
    assert kept["brand"] == "Werkhof"
    assert (len(kept["aspects"]), len(kept["imageUrls"])) == (30, 24)
    assert "Lang" not in kept["aspects"]


def test_the_catalogue_overwrites_the_title_unless_told_not_to(ready_shop: Shop) -> None:
    item = {"product": {"ean": ["4006381333931"]}}
    _, careful = ready_shop.list_item("REGAL1", **item)
    offer = {"includeCatalogProductDetails": True}
    _, careless = ready_shop.list_item("REGAL2", offer=offer, **item)
    assert ready_shop.listing(careful)["title"] == "Bücherregal aus Eiche"
    assert "4006381333931" in ready_shop.listing(careless)["title"]


def test_the_smaller_number_is_listed(ready_shop: Shop) -> None:
    _, listing_id = ready_shop.list_item("REGAL1", offer={"availableQuantity": 2}, quantity=5)
    assert ready_shop.listing(listing_id)["variations"][0]["quantity"] == 2


def test_deleting_an_item_ends_everything(ready_shop: Shop) -> None:
    offer_id, listing_id = ready_shop.list_item("REGAL1")
    assert ready_shop.call("DELETE", f"{ITEM}/REGAL1").status_code == 204
    assert ready_shop.listing(listing_id)["status"] == "ENDED"
    gone = ready_shop.call("GET", f"{INVENTORY}/offer/{offer_id}")
    assert (gone.status_code, error_ids(gone)) == (404, [25713])
    assert error_ids(ready_shop.call("GET", f"{ITEM}/REGAL1")) == [25702]


def test_offers_are_asked_for_by_sku(ready_shop: Shop) -> None:
    assert error_ids(ready_shop.call("GET", f"{INVENTORY}/offer")) == [25707]
    none = ready_shop.call("GET", f"{INVENTORY}/offer", sku="REGAL1")
    assert (none.status_code, error_ids(none)) == (404, [25713])


REFUSALS: list[tuple[str, dict[str, Any], dict[str, Any], int]] = [
    ("too long a title", {"product": {"title": "x" * 81}}, {}, 25002),
    ("no picture", {"product": {"imageUrls": []}}, {}, 25002),
    ("a picture that is gone", {"product": {"imageUrls": ["https://x.example/missing/a.jpg"]}}, {}, 25014),
    ("a page for a picture", {"product": {"imageUrls": ["https://x.example/a.html"]}}, {}, 25014),
    ("a picture without https", {"product": {"imageUrls": ["http://x.example/a.jpg"]}}, {}, 25015),
    ("no condition", {"condition": None}, {}, 25021),
    ("a condition the category has not", {"condition": "LIKE_NEW"}, {}, 25021),
    ("no stock", {"quantity": 0}, {}, 25004),
    ("a missing aspect", {"product": {"aspects": {"Marke": ["Werkhof"]}}}, {}, 25029),
    ("a wrong EAN", {"product": {"ean": ["4006381333930"]}}, {}, 25002),
    ("dollars in Germany", {}, {"pricingSummary": {"price": {"value": "1.00", "currency": "USD"}}}, 25003),
    ("an unknown category", {}, {"categoryId": "1"}, 25005),
    ("a strange policy", {}, {"listingPolicies": {"paymentPolicyId": "1"}}, 25008),
    ("a maker without a name", {}, {"regulatory": {"manufacturer": MAKER | {"companyName": ""}}}, 25111),
    ("a maker without a street", {}, {"regulatory": {"manufacturer": MAKER | {"addressLine1": ""}}}, 25110),
    ("a maker nobody can reach", {}, {"regulatory": {"manufacturer": {"companyName": "Werkhof"}}}, 25118),
    ("a maker outside the EU", {}, {"regulatory": {"manufacturer": MAKER | {"country": "US"}}}, 25115),
    ("no maker at all", {}, {"regulatory": None}, 25111),
]


@pytest.mark.parametrize(
    ("item", "offer", "error_id"), [row[1:] for row in REFUSALS], ids=[row[0] for row in REFUSALS]
)
def test_publishing_refuses(
    ready_shop: Shop, item: dict[str, Any], offer: dict[str, Any], error_id: int
) -> None:
    assert ready_shop.put_item("REGAL1", **item).status_code == 201
    body = {name: value for name, value in ready_shop.offer("REGAL1", **offer).items() if value is not None}
    offer_id = ready_shop.good("POST", f"{INVENTORY}/offer", body)["offerId"]
    refused = ready_shop.call("POST", f"{INVENTORY}/offer/{offer_id}/publish", {})
    assert refused.status_code == 400
    assert error_id in error_ids(refused)
    assert ready_shop.truth()["listings"] == []


def test_a_value_outside_the_selection_is_refused(ready_shop: Shop) -> None:
    aspects = {"Marke": ["Werkhof"], "Größe": ["M"], "Farbe": ["Blau"], "Abteilung": ["Alle"]}
    ready_shop.put_item("HEMD", product={"aspects": aspects})
    offer = ready_shop.offer("HEMD", categoryId=ready_shop.category("Herren T-Shirt"))
    offer_id = ready_shop.good("POST", f"{INVENTORY}/offer", offer)["offerId"]
    refused = ready_shop.call("POST", f"{INVENTORY}/offer/{offer_id}/publish", {})
    assert error_ids(refused) == [25002]
    assert {"name": "0", "value": "Abteilung"} in refused.json()["errors"][0]["parameters"]


@pytest.mark.parametrize(
    ("ean", "is_live"), [([], False), (["Nicht zutreffend"], True), (["4006381333931"], True)]
)
def test_some_categories_want_an_ean_and_say_so_only_when_publishing(
    ready_shop: Shop, ean: list[str], is_live: bool
) -> None:
    ready_shop.put_item(
        "KOPF1", product={"aspects": {"Marke": ["Sony"], "Produktart": ["Over-Ear"]}, "ean": ean}
    )
    offer = ready_shop.offer("KOPF1", categoryId=ready_shop.category("Kopfhörer"))
    offer_id = ready_shop.good("POST", f"{INVENTORY}/offer", offer)["offerId"]
    answer = ready_shop.call("POST", f"{INVENTORY}/offer/{offer_id}/publish", {})
    assert (answer.status_code == 200) is is_live, answer.text


def test_only_one_writes_a_sku_at_a_time(ready_shop: Shop) -> None:
    ready_shop.put_item("REGAL1")
    ready_shop.control("POST", "/settings", {"latency_ms": 300})
    answers: list[httpx2.Response] = []
    threads = [
        threading.Thread(target=lambda: answers.append(ready_shop.put_item("REGAL1"))),
        threading.Thread(target=lambda: answers.append(ready_shop.put_item("REGAL1"))),
        threading.Thread(target=lambda: answers.append(ready_shop.put_item("REGAL2"))),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.status_code for answer in answers) == [201, 204, 500]
    assert error_ids(next(answer for answer in answers if answer.status_code == 500)) == [25025]


def test_a_listing_is_revised_so_often_a_day_and_no_more(ready_shop: Shop) -> None:
    ready_shop.control("POST", "/settings", {"revisions_per_listing_and_day": 2})
    ready_shop.list_item("REGAL1")
    answers = [ready_shop.put_item("REGAL1", quantity=number) for number in (3, 2, 1)]
    assert [answer.status_code for answer in answers] == [204, 204, 400]
    assert error_ids(answers[2]) == [25019]
    assert ready_shop.truth()["listings"][0]["variations"][0]["quantity"] == 2


def test_the_selling_limit_stops_publishing(ready_shop: Shop) -> None:
    ready_shop.control("POST", "/settings", {"selling_limit_quantity": 7})
    ready_shop.list_item("REGAL1", quantity=5)
    ready_shop.put_item("REGAL2", quantity=3)
    offer_id = ready_shop.good("POST", f"{INVENTORY}/offer", ready_shop.offer("REGAL2"))["offerId"]
    assert error_ids(ready_shop.call("POST", f"{INVENTORY}/offer/{offer_id}/publish", {})) == [25026]
