"""Whatever JSON comes, also without OpenAPI files, the answer is an answer and never a crash."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.sandbox.shop import INVENTORY, Shop

import kontor_sandbox
from kontor_sandbox import server

FIELDS = [
    "sku",
    "product",
    "title",
    "aspects",
    "imageUrls",
    "availability",
    "shipToLocationAvailability",
    "quantity",
    "requests",
    "offers",
    "offerId",
    "price",
    "value",
    "currency",
    "marketplaceId",
    "format",
    "pricingSummary",
    "listingPolicies",
    "regulatory",
    "manufacturer",
    "responsiblePersons",
    "variantSKUs",
    "variesBy",
    "specifications",
    "name",
    "values",
    "locale",
    "lineItems",
    "lineItemId",
    "condition",
    "categoryId",
    "tax",
    "vatPercentage",
    "ean",
    "inventoryItemGroupKey",
    "availableQuantity",
]
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-5, 10**9)
    | st.sampled_from(["", "REGAL1", "EBAY_DE", "de_DE", "NEW"])
)
BODIES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=5),
    max_leaves=12,
)
CALLS = st.sampled_from(
    [
        ("PUT", "/inventory_item/REGAL1"),
        ("PUT", "/inventory_item_group/GRUPPE"),
        ("POST", "/offer"),
        ("POST", "/bulk_create_or_replace_inventory_item"),
        ("POST", "/bulk_create_offer"),
        ("POST", "/bulk_publish_offer"),
        ("POST", "/bulk_update_price_quantity"),
        ("POST", "/offer/publish_by_inventory_item_group"),
        ("POST", "/location/lager-2"),
    ]
)


@pytest.fixture(scope="module")
def bare_shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """A shop in a sandbox that found no OpenAPI files."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(server, "find_specs", lambda: None)
        running = kontor_sandbox.start(tmp_path_factory.mktemp("bare"))
    with Shop(running.url) as shop:
        shop.register()
        shop.connect()
        shop.set_up()
        yield shop
    running.stop()


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(call=CALLS, body=BODIES)
def test_any_body_gets_an_answer(bare_shop: Shop, call: tuple[str, str], body: Any) -> None:
    answer = bare_shop.call(call[0], f"{INVENTORY}{call[1]}", body)
    assert answer.status_code < 500, answer.text


def test_the_page_says_that_no_files_are_there(bare_shop: Shop) -> None:
    assert bare_shop.control("GET", "/health")["specs"] is False
    page = bare_shop.http.get("/_sandbox/", headers={"accept-language": "en"}).text
    assert "not checked against them" in page


def test_selling_works_without_the_files_too(bare_shop: Shop) -> None:
    _, listing_id = bare_shop.list_item("REGAL9")
    assert bare_shop.listing(listing_id)["status"] == "ACTIVE"
