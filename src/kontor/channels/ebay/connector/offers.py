"""Offers: exactly one per SKU, marketplace and format, whatever was lost on the way."""

from __future__ import annotations

from collections.abc import Sequence

from kontor.channels.contract.errors import AlreadyThere, Gone
from kontor.channels.contract.journal import SAFE, Journal, Json, Settled
from kontor.channels.ebay.connector.calls import chunks, segment
from kontor.channels.ebay.connector.finding import Finding
from kontor.channels.ebay.connector.settling import (
    ONE_LISTING,
    Batch,
    Member,
    named_for,
    row_error,
    settle_rows,
)
from kontor.channels.ebay.mapping import goods
from kontor.channels.ebay.wire import inventory as wire
from kontor.channels.ebay.wire.base import read


class Offers(Finding):
    """Creates what is missing, adopts what is there, and replaces the content of both."""

    def _offer_all(self, work: Batch, run: Journal) -> None:
        missing: list[Member] = []
        for member in work.members():
            known = str(member.listing.bound.get("offers", {}).get(member.sku, ""))
            if not known or not self._replace_offer(work, run, member, known):
                missing.append(member)
        still_open = {listing.publication_id for listing in work.open()}
        missing = [member for member in missing if member.listing.publication_id in still_open]
        for members in chunks(missing, wire.BULK_LIMIT):
            self._create_offers(work, run, members)

    def _create_offers(self, work: Batch, run: Journal, members: Sequence[Member]) -> None:
        settled = settle_rows(
            run, "offer", members, self._bulk_create, key=lambda row: row.key, again=self._look_for_offer
        )
        results = work.settle(members, settled)
        for member in members:
            made = results.get(member.sku)
            if made is None:
                continue
            offer_id = str(made["offer_id"])
            work.offers[member.sku] = offer_id
            if made.get("adopted"):
                self._replace_offer(work, run, member, offer_id)

    def _bulk_create(self, rows: Sequence[Member]) -> dict[str, Settled]:
        body = wire.BulkOffers(requests=[goods.offer(row.listing, row.variant) for row in rows])
        answer = self._inventory("POST", "bulk_create_offer", body, headers=self._language())
        asked = {row.sku for row in rows}
        settled: dict[str, Settled] = {}
        for row in read(wire.BulkAnswer, answer).responses:
            if row.sku not in asked:
                continue
            if row.is_taken:
                settled[row.sku] = {"offer_id": row.offerId}
                continue
            error = row_error(row, "POST bulk_create_offer")
            # 25002 with an offer id is "exists already"; any other 25002 is a plain refusal.
            if isinstance(error, AlreadyThere) and error.external_id:
                settled[row.sku] = {"offer_id": error.external_id, "adopted": True}
            else:
                settled[row.sku] = error
        return settled

    def _look_for_offer(self, member: Member) -> Json | None:
        """After a lost answer: the offer that eBay has for this SKU here, if any."""
        for offer in self._find_offers(member.sku, member.listing.marketplace):
            return {"offer_id": offer.offerId, "adopted": True}
        return None

    def _replace_offer(self, work: Batch, run: Journal, member: Member, offer_id: str) -> bool:
        """Brings an existing offer up to date; False where eBay no longer has it."""
        work.offers[member.sku] = offer_id
        publication_id = member.listing.publication_id
        if publication_id in work.outcomes:
            return True
        try:
            run.step(
                publication_id,
                f"offer-content:{member.sku}",
                lambda: self._put_offer(member, offer_id),
                again=SAFE,
            )
        except Gone:
            return False
        except ONE_LISTING as error:
            work.refuse(member.listing, named_for(error, member))
        return True

    def _put_offer(self, member: Member, offer_id: str) -> Json:
        body = goods.offer_content(member.listing, member.variant)
        self._inventory("PUT", f"offer/{segment(offer_id)}", body, headers=self._language())
        return {}
