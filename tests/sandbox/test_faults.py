"""Everything that can be made to go wrong, seen from outside (T3, T10)."""

from __future__ import annotations

import json
import time
from typing import Any

import httpx2
import pytest
from tests.sandbox.shop import INVENTORY, Shop, error_ids

ITEM = f"{INVENTORY}/inventory_item"


def arm(shop: Shop, name: str, **more: Any) -> None:
    shop.control("POST", "/faults", {"name": name} | more)


def met(shop: Shop) -> dict[str, int]:
    return {row["name"]: row["met"] for row in shop.control("GET", "/faults")["faults"]}


def test_a_lost_answer_was_carried_out(ready_shop: Shop) -> None:
    ready_shop.put_item("REGAL1")
    arm(ready_shop, "answer_lost", operation=f"POST {INVENTORY}/offer")
    with pytest.raises(httpx2.TransportError):
        ready_shop.call("POST", f"{INVENTORY}/offer", ready_shop.offer("REGAL1"))
    again = ready_shop.call("POST", f"{INVENTORY}/offer", ready_shop.offer("REGAL1"))
    assert error_ids(again) == [25002]
    offers = ready_shop.truth()["offers"]
    assert again.json()["errors"][0]["parameters"] == [{"name": "offerId", "value": offers[0]["offer_id"]}]
    assert len(offers) == 1
    assert met(ready_shop)["answer_lost"] == 1


@pytest.mark.parametrize(
    ("name", "status", "error_id"), [("server_error_once", 500, 25001), ("concurrent_access", 500, 25025)]
)
def test_an_error_of_theirs_did_nothing(shop: Shop, name: str, status: int, error_id: int) -> None:
    arm(shop, name)
    refused = shop.put_item("REGAL1")
    assert (refused.status_code, error_ids(refused)) == (status, [error_id])
    assert refused.json()["errors"][0]["category"] == "APPLICATION"
    assert shop.truth()["items"] == []
    assert shop.put_item("REGAL1").status_code == 201


@pytest.mark.parametrize(("name", "header"), [("throttled", False), ("throttled_retry_after", True)])
def test_one_resource_is_throttled_and_others_go_on(shop: Shop, name: str, header: bool) -> None:
    shop.control("POST", "/settings", {"throttle_seconds": 0.6})
    arm(shop, name, operation="* /sell/inventory/*")
    refused = shop.call("GET", ITEM)
    assert (refused.status_code, error_ids(refused)) == (429, [2001])
    assert ("retry-after" in refused.headers) is header
    assert shop.put_item("REGAL1").status_code == 429
    assert shop.call("GET", "/sell/account/v1/privilege").status_code == 200
    deadline = time.monotonic() + 5
    while (status := shop.call("GET", ITEM).status_code) == 429 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert status == 200


def test_a_token_can_die_early_and_is_refreshed(shop: Shop) -> None:
    arm(shop, "token_expired")
    assert error_ids(shop.call("GET", ITEM)) == [1001]
    assert error_ids(shop.call("GET", ITEM)) == [1001]
    fresh = shop.token(grant_type="refresh_token", refresh_token=shop.refresh_token).json()["access_token"]
    assert shop.call("GET", ITEM, token=fresh).status_code == 200


def test_a_revoked_token_needs_a_person(shop: Shop) -> None:
    arm(shop, "token_revoked")
    assert error_ids(shop.call("GET", ITEM)) == [1001]
    refused = shop.token(grant_type="refresh_token", refresh_token=shop.refresh_token)
    assert refused.json()["error"] == "invalid_grant"
    shop.connect()
    assert shop.call("GET", ITEM).status_code == 200


def test_a_slow_answer_comes_late(shop: Shop) -> None:
    shop.control("POST", "/settings", {"slow_seconds": 0.4})
    arm(shop, "slow")
    begin = time.monotonic()
    assert shop.call("GET", ITEM).status_code == 200
    assert time.monotonic() - begin >= 0.4


def test_the_edge_can_answer_a_page(shop: Shop) -> None:
    arm(shop, "html_error")
    refused = shop.put_item("REGAL1")
    assert refused.status_code == 502
    assert refused.headers["content-type"].startswith("text/html")
    assert shop.truth()["items"] == []


def test_a_list_can_end_in_the_middle(shop: Shop) -> None:
    shop.put_item("REGAL1")
    arm(shop, "truncated_page")
    cut = shop.call("GET", ITEM)
    assert cut.status_code == 200
    with pytest.raises(json.JSONDecodeError):
        cut.json()
    assert shop.good("GET", ITEM)["total"] == 1


def test_answers_can_drift_but_maps_stay_maps(shop: Shop) -> None:
    shop.put_item("REGAL1")
    before = shop.good("GET", f"{ITEM}/REGAL1")
    arm(shop, "schema_drift")
    after = shop.good("GET", f"{ITEM}/REGAL1")
    assert "sustainabilityInsight" in after
    assert "sustainabilityInsight" in after["product"]
    assert after["product"]["aspects"] == before["product"]["aspects"]


def test_one_row_of_a_bulk_call_can_fail_for_the_moment(ready_shop: Shop) -> None:
    rows = [{"sku": f"R{number}", "locale": "de_DE"} | ready_shop.item() for number in range(5)]
    arm(ready_shop, "partial_bulk")
    answer = ready_shop.call("POST", f"{INVENTORY}/bulk_create_or_replace_inventory_item", {"requests": rows})
    assert answer.status_code == 207
    assert sorted(row["statusCode"] for row in answer.json()["responses"]) == [201, 201, 201, 201, 500]
    assert len(ready_shop.truth()["items"]) == 4


def test_a_fault_waits_for_its_operation_and_its_turn(shop: Shop) -> None:
    arm(shop, "server_error_once", operation=f"PUT {ITEM}/*", after=2)
    assert shop.call("GET", ITEM).status_code == 200
    assert [shop.put_item(f"R{number}").status_code for number in range(4)] == [201, 201, 500, 201]


def test_unknown_faults_are_told_so(shop: Shop) -> None:
    refused = shop.http.post("/_sandbox/api/faults", json={"name": "gremlins"})
    assert refused.status_code == 404
    assert "gremlins" in refused.json()["error"]


def test_the_plan_arms_every_fault_and_the_same_seed_the_same_way(shop: Shop) -> None:
    faults = shop.control("POST", "/faults/plan", {"seed": 7})["faults"]
    assert all(row["armed"] >= 1 for row in faults)
    assert all(row["what"] for row in faults)
    shop.control("DELETE", "/faults")
    assert all(row["armed"] == 0 for row in shop.control("GET", "/faults")["faults"])


def test_a_day_has_so_many_calls(shop: Shop) -> None:
    used = shop.good("GET", "/developer/analytics/v1_beta/user_rate_limit/", api_name="inventory")
    rate = used["rateLimits"][0]["resources"][0]["rates"][0]
    limits = shop.control("GET", "/settings")["daily_limits"] | {"sell.inventory": rate["count"] + 1}
    shop.control("POST", "/settings", {"daily_limits": limits})
    assert shop.call("GET", ITEM).status_code == 200
    assert error_ids(shop.call("GET", ITEM)) == [2001]
    left = shop.good("GET", "/developer/analytics/v1_beta/user_rate_limit/", api_name="inventory")
    assert left["rateLimits"][0]["resources"][0]["rates"][0]["remaining"] == 0
    shop.control("POST", "/clock", {"advance_seconds": 90_000})
    shop.connect()
    assert shop.call("GET", ITEM).status_code == 200


def test_requests_are_recorded_without_secrets(shop: Shop) -> None:
    shop.put_item("REGAL1")
    found = shop.control("GET", f"/requests?method=PUT&path={ITEM}/*")["requests"]
    assert [row["status"] for row in found] == [201]
    assert found[0]["headers"]["content-language"] == "de-DE"
    everything = str(shop.control("GET", "/requests?limit=1000"))
    assert shop.access_token not in everything
    assert shop.refresh_token not in everything
