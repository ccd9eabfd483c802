"""Plays the people who buy: a variant, several lines, two for the last piece, one who cancels, one who does not pay."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from kontor.demo.once.http import SoldOut, StoryFailed, Street, wait_until

FEWEST = 20


@dataclass
class Shopping:
    """What was bought. `placed` are order numbers; `sold_out` counts buyers who came too late."""

    placed: list[str] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)
    unpaid: list[str] = field(default_factory=list)
    sold_out: int = 0


class Buyers:
    """Buys from what eBay really shows."""

    def __init__(self, street: Street, seed: int, restock: Callable[[], None]) -> None:
        self._street, self._restock = street, restock
        self._chance = random.Random(seed)  # noqa: S311  (chance, not secrecy)
        self.shopping = Shopping()

    def go_shopping(self, fewest: int = FEWEST) -> Shopping:
        """Places at least `fewest` orders, the special ones among them. Raises StoryFailed where nothing is for sale."""
        offers = self._offers()
        if not offers:
            raise StoryFailed("nothing is for sale on eBay")
        self._special(offers)
        for _ in range(20 * fewest):
            if len(self.shopping.placed) >= fewest:
                return self.shopping
            self.buy_one()
        raise StoryFailed(f"only {len(self.shopping.placed)} orders could be placed")

    def buy_one(self) -> str:
        """One piece of anything; the order's number, empty where somebody else was faster."""
        return self.buy([self._chance.choice(self._in_stock())])

    def buy(self, offers: Sequence[dict[str, Any]], quantity: int = 1, *, paid: bool = True) -> str:
        """One order; its number, empty where it was sold out."""
        lines = [
            {"listing_id": offer["listing_id"], "sku": offer["sku"], "quantity": quantity} for offer in offers
        ]
        try:
            number = str(self._street.call("POST", "/purchases", lines=lines, paid=paid)["order_id"])
        except SoldOut:
            self.shopping.sold_out += 1
            return ""
        self.shopping.placed.append(number)
        return number

    def _special(self, offers: list[dict[str, Any]]) -> None:
        variants = [offer for offer in offers if offer["is_variant"]]
        if variants:
            self.buy(variants[:1])
        self.buy(offers[:1] if len(offers) < 2 else [offers[0], offers[-1]])
        last = min(offers, key=lambda offer: int(offer["quantity"]))
        self.buy([last], int(last["quantity"]))
        self.buy([last])
        if number := self.buy([self._chance.choice(self._in_stock())]):
            self._street.call("POST", f"/orders/{number}/cancel")
            self.shopping.cancelled.append(number)
        if number := self.buy([self._chance.choice(self._in_stock())], paid=False):
            self.shopping.unpaid.append(number)

    def _in_stock(self) -> list[dict[str, Any]]:
        """What can be bought now; where all is gone, the merchant fills the shelves."""
        if not self._offers():
            self._restock()
        return list(wait_until("something to be in stock", self._offers, seconds=90))

    def _offers(self) -> list[dict[str, Any]]:
        return [
            {
                "listing_id": listing["listing_id"],
                "sku": variation["sku"],
                "quantity": variation["quantity"],
                "is_variant": len(listing["variations"]) > 1,
            }
            for listing in self._street.seller()["listings"]
            if listing["status"] == "ACTIVE"
            for variation in listing["variations"]
            if variation["quantity"] > 0
        ]
