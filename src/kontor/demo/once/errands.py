"""What goes on in the office besides the file: prices change, new goods arrive and sell, pictures and all.

A small file asks so little of eBay that a planned fault may never find its call. Days of ordinary work bring the calls.
"""

from __future__ import annotations

from typing import Any, Final

from kontor.demo.once import truth
from kontor.demo.once.buyer import Buyers
from kontor.demo.once.http import Street, wait_until
from kontor.demo.once.merchant import Merchant

PICTURES: Final = 12
SALES: Final = 3


class Errands:
    """The merchant's days after the file is live. What is bought is counted with the other orders."""

    def __init__(self, merchant: Merchant, street: Street, buyers: Buyers) -> None:
        self._merchant, self._street, self._buyers = merchant, street, buyers

    def day(self, number: int) -> None:
        """A new product goes live, gets another price, sells. Raises StoryFailed where it does not."""
        listing_id = self._merchant.add_product(f"NEXT-{number}", PICTURES)
        found = self._merchant.preflight([listing_id])
        self._merchant.answer_missing_aspects(found)
        asked = self._merchant.publish([listing_id])
        self._merchant.wait_for_jobs(asked["job_ids"], 120)
        self.change_price(listing_id, f"{8 + number}.50")
        for _ in range(SALES):
            self._buyers.buy_one()

    def change_price(self, listing_id: str, amount: str) -> None:
        """Another price for the first variant; returns when eBay shows it."""
        changed = self._merchant.set_price(listing_id, amount)

        def shown() -> bool:
            self._merchant.reconnect_if_refused()
            row = self._merchant.publications()[listing_id]
            sku = self._merchant.skus(row["id"])[changed]
            listing: dict[str, Any] = truth.open_listings(self._street.seller()).get(sku, {"variations": []})
            return any(each["sku"] == sku and each["price"] == amount for each in listing["variations"])

        wait_until(f"eBay to show {amount} for {changed}", shown, seconds=120, every=0.3)
