"""A seeded plan is met as a whole by an ordinary run, and a patient client loses nothing by it."""

from __future__ import annotations

import time
from typing import Any

import httpx2
import pytest
from tests.sandbox.listener import Listener, subscribe
from tests.sandbox.shop import INVENTORY, Shop, error_ids

LISTINGS, ORDERS = 60, 20
ORDER = "/sell/fulfillment/v1/order"


class PatientShop(Shop):
    """Tries again what can be tried again: the simplest client that survives the plan."""

    def patient(self, method: str, path: str, body: Any = None, **more: Any) -> httpx2.Response:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            try:
                answer = self.call(method, path, body, **more)
            except httpx2.TransportError:
                continue
            if answer.status_code == 401:
                self._log_in_again()
            elif answer.status_code == 429:
                time.sleep(0.05)
            elif answer.status_code < 500 and self._is_readable(answer):
                return answer
        raise AssertionError(f"{method} {path} never came through")

    def _log_in_again(self) -> None:
        answer = self.token(grant_type="refresh_token", refresh_token=self.refresh_token)
        if answer.status_code == 200:
            self.access_token = answer.json()["access_token"]
        else:
            self.connect()

    @staticmethod
    def _is_readable(answer: httpx2.Response) -> bool:
        try:
            return not answer.content or isinstance(answer.json(), dict)
        except ValueError:
            return False

    def sell(self, sku: str) -> None:
        """Item, picture, offer, publish, whatever happens on the way."""
        self.http.get("/_web", params={"url": f"https://bilder.example/{sku}.jpg"})
        picture = {"imageUrl": "https://bilder.example/a.jpg"}
        self.patient("POST", "/commerce/media/v1_beta/image/create_image_from_url", picture)
        self.patient("PUT", f"{INVENTORY}/inventory_item/{sku}", self.item())
        created = self.patient("POST", f"{INVENTORY}/offer", self.offer(sku))
        if created.status_code == 201:
            offer_id = created.json()["offerId"]
        else:
            assert error_ids(created) == [25002]
            offer_id = created.json()["errors"][0]["parameters"][0]["value"]
        assert self.patient("POST", f"{INVENTORY}/offer/{offer_id}/publish", {}).status_code == 200
        self.patient("GET", f"{INVENTORY}/inventory_item/{sku}")
        self.patient("GET", f"{INVENTORY}/offer/{offer_id}")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_run_meets_every_fault_and_ends_whole(sandbox: Any, listener: Listener, seed: int) -> None:
    with PatientShop(sandbox.url) as shop:
        shop.control("POST", "/reset")
        shop.register()
        shop.connect()
        shop.set_up()
        assert subscribe(shop, listener).status_code == 201
        shop.offer("WARM")
        shop.control("POST", "/settings", {"slow_seconds": 0.05, "throttle_seconds": 0.1})
        offer = shop.offer("X")
        shop.offer = lambda sku, **changes: offer | {"sku": sku} | changes  # type: ignore[method-assign]
        shop.control("POST", "/faults/plan", {"seed": seed})
        for number in range(LISTINGS):
            shop.sell(f"REGAL{number}")
            shop.patient("GET", ORDER)
        rows = [{"sku": f"REGAL{n}", "shipToLocationAvailability": {"quantity": 7}} for n in range(25)]
        answer = shop.patient("POST", f"{INVENTORY}/bulk_update_price_quantity", {"requests": rows})
        assert answer.status_code in (200, 207)
        bought = [
            shop.control("POST", "/purchases", {"lines": [{"sku": f"REGAL{n}"}]})["order_id"]
            for n in range(ORDERS)
        ]
        listener.wait(ORDERS)
        found = [order["orderId"] for order in shop.patient("GET", ORDER, limit="200").json()["orders"]]
        faults = {row["name"]: row["met"] for row in shop.control("GET", "/faults")["faults"]}
        assert [name for name, met in faults.items() if met == 0] == []
        assert sorted(found) == sorted(bought)
        listings = shop.truth()["listings"]
        assert len(listings) == LISTINGS
        assert {row["status"] for row in listings} == {"ACTIVE"}
