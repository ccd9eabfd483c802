"""Setting up a seller: privileges, programmes, policies, locations, identity."""

from __future__ import annotations

import pytest
from tests.sandbox.shop import INVENTORY, Shop, error_ids

ACCOUNT = "/sell/account/v1"
PAYMENT = {
    "name": "Zahlung",
    "marketplaceId": "EBAY_DE",
    "categoryTypes": [{"name": "ALL_EXCLUDING_MOTORS_VEHICLES"}],
}


def test_a_fresh_seller_has_nothing_but_may_sell(shop: Shop) -> None:
    assert shop.good("GET", f"{ACCOUNT}/privilege")["sellerRegistrationCompleted"] is True
    assert shop.good("GET", f"{ACCOUNT}/program/get_opted_in_programs") == {"programs": []}
    for kind, plural in (("fulfillment", "fulfillmentPolicies"), ("payment", "paymentPolicies")):
        found = shop.good("GET", f"{ACCOUNT}/{kind}_policy", marketplace_id="EBAY_DE")
        assert (found["total"], found[plural]) == (0, [])
    assert shop.good("GET", f"{INVENTORY}/location")["total"] == 0


def test_policies_need_the_programme(shop: Shop) -> None:
    assert error_ids(shop.call("POST", f"{ACCOUNT}/payment_policy", PAYMENT)) == [20400]
    shop.good("POST", f"{ACCOUNT}/program/opt_in", {"programType": "SELLING_POLICY_MANAGEMENT"})
    made = shop.call("POST", f"{ACCOUNT}/payment_policy", PAYMENT)
    assert made.status_code == 201
    policy_id = made.json()["paymentPolicyId"]
    assert made.headers["location"].endswith(f"/payment_policy/{policy_id}")
    found = shop.good(
        "GET", f"{ACCOUNT}/payment_policy/get_by_policy_name", marketplace_id="EBAY_DE", name="Zahlung"
    )
    assert found["paymentPolicyId"] == policy_id
    assert error_ids(shop.call("POST", f"{ACCOUNT}/payment_policy", PAYMENT)) == [20400]


def test_a_policy_in_use_stays(ready_shop: Shop) -> None:
    ready_shop.list_item("REGAL1")
    refused = ready_shop.call("DELETE", f"{ACCOUNT}/return_policy/{ready_shop.policies['returnPolicyId']}")
    assert (refused.status_code, error_ids(refused)) == (409, [20409])


def test_a_location_is_made_once(shop: Shop) -> None:
    body = {"location": {"address": {"postalCode": "10999", "country": "DE"}}}
    path = f"{INVENTORY}/location/lager-1"
    assert shop.call("POST", path, body).status_code == 204
    again = shop.call("POST", path, body)
    assert (again.status_code, error_ids(again)) == (409, [25803])
    assert shop.good("GET", path)["merchantLocationStatus"] == "ENABLED"


@pytest.mark.parametrize("address", [{}, {"country": "DE"}, {"city": "Berlin", "country": "DE"}])
def test_half_an_address_is_refused(shop: Shop, address: dict[str, str]) -> None:
    refused = shop.call("POST", f"{INVENTORY}/location/lager-1", {"location": {"address": address}})
    assert error_ids(refused) == [25709]


def test_the_user_answers_at_the_identity_host_alone(shop: Shop) -> None:
    path = "/commerce/identity/v1/user/"
    assert shop.good("GET", f"/_hosts/apiz.ebay.com{path}")["username"] == "werkhof-berlin"
    assert shop.call("GET", f"/_hosts/api.ebay.com{path}").status_code == 404


@pytest.mark.parametrize(
    ("host", "path", "status"),
    [
        ("api.ebay.com", "/sell/account/v1/privilege", 200),
        ("apiz.ebay.com", "/sell/account/v1/privilege", 404),
        ("apim.ebay.com", "/sell/account/v1/privilege", 404),
        ("auth.ebay.com", "/sell/account/v1/privilege", 404),
        ("nowhere.example", "/sell/account/v1/privilege", 404),
        ("api.ebay.com", "/commerce/media/v1_beta/image/x", 404),
    ],
)
def test_each_host_answers_its_own_paths(shop: Shop, host: str, path: str, status: int) -> None:
    assert shop.call("GET", f"/_hosts/{host}{path}").status_code == status


def test_links_stay_at_the_base_that_was_called(ready_shop: Shop) -> None:
    body = ready_shop.good("GET", f"/_hosts/api.ebay.com{INVENTORY}/inventory_item")
    assert body["href"].startswith(f"{ready_shop.url}/_hosts/api.ebay.com{INVENTORY}/inventory_item")
