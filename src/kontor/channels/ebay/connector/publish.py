"""Puts listings on eBay: pictures, items, group, offers, publish. Each step is journalled and may be asked twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from uuid import UUID

from kontor.channels.contract.capabilities import Preflights, PreparesAhead, Publishes
from kontor.channels.contract.errors import ChannelError, Gone, Rejected, Unreadable
from kontor.channels.contract.journal import SAFE, Journal, Json, Settled
from kontor.channels.contract.values import CategoryRules, GoodsOut, Published
from kontor.channels.ebay.connector.calls import chunks, segment
from kontor.channels.ebay.connector.offers import Offers
from kontor.channels.ebay.connector.pictures import upload_all
from kontor.channels.ebay.connector.settling import (
    ONE_LISTING,
    Batch,
    Member,
    merchant_names,
    row_error,
    settle_rows,
)
from kontor.channels.ebay.connector.withdraw import Withdrawing
from kontor.channels.ebay.errors import warnings_from_rows
from kontor.channels.ebay.mapping import goods
from kontor.channels.ebay.preflight import problems_of
from kontor.channels.ebay.wire import inventory as wire
from kontor.channels.ebay.wire.base import ErrorRow, read
from kontor.core.errors import Problem

_ALREADY_LIVE = "25402"
"""The remark on publishing what is published; eBay uses the same id for other remarks too."""


class Preflighting(Preflights[GoodsOut]):
    """Rules without a call: see the preflight package."""

    def preflight(self, listing: GoodsOut, rules: CategoryRules | None) -> tuple[Problem, ...]:
        return problems_of(listing, rules)


class Publishing(Withdrawing, Offers, Publishes[GoodsOut], PreparesAhead[GoodsOut]):
    """Single articles and groups of variants."""

    batch_size = wire.BULK_LIMIT

    def publish(self, batch: Sequence[GoodsOut], run: Journal) -> Mapping[UUID, Published | ChannelError]:
        work = Batch(batch)
        self._refuse_what_preflight_refuses(work)
        pictures = self._upload_pictures(work, run)
        self._leave_former_shapes(work, run)
        self._replace_items(work, run, pictures)
        self._replace_groups(work, run, pictures)
        self._offer_all(work, run)
        self._publish_singles(work, run)
        self._publish_groups(work, run)
        return work.outcomes

    def prepare(self, batch: Sequence[GoodsOut], run: Journal) -> None:
        self._upload_pictures(Batch(batch), run)

    def _refuse_what_preflight_refuses(self, work: Batch) -> None:
        for listing in work.open():
            errors = tuple(
                problem for problem in problems_of(listing, listing.rules) if problem.severity == "error"
            )
            if errors:
                work.refuse(listing, Rejected("The listing is not ready for eBay", problems=errors))

    def _upload_pictures(self, work: Batch, run: Journal) -> dict[str, str]:
        addresses: dict[str, str] = {}
        for listing in work.open():
            try:
                addresses |= upload_all(self._http, run, listing)
            except ONE_LISTING as error:
                work.refuse(listing, error)
        return addresses

    def _leave_former_shapes(self, work: Batch, run: Journal) -> None:
        """A SKU that is listed alone can't join a group (25704), nor a member be listed alone (25732)."""
        for listing in work.open():
            shape = listing.bound.get("shape")
            if shape is None or shape == _shape(listing):
                continue
            try:
                self._end(listing, run, name="leave-shape")
                if shape == "group":
                    key = segment(str(listing.bound.get("group", listing.reference)))
                    run.step(
                        listing.publication_id,
                        "delete-group",
                        partial(self._delete_group, key),
                        again=SAFE,
                    )
            except ONE_LISTING as error:
                work.refuse(listing, error)

    def _replace_items(self, work: Batch, run: Journal, pictures: goods.Pictures) -> None:
        def call(rows: Sequence[Member]) -> dict[str, Settled]:
            body = wire.BulkInventoryItem(
                requests=[goods.item(row.listing, row.variant, pictures) for row in rows]
            )
            answer = self._inventory(
                "POST", "bulk_create_or_replace_inventory_item", body, headers=self._language()
            )
            asked = {row.sku for row in rows}
            return {
                row.sku: {} if row.is_taken else row_error(row, "POST bulk_create_or_replace_inventory_item")
                for row in read(wire.BulkAnswer, answer).responses
                if row.sku in asked
            }

        for members in chunks(work.members(), wire.BULK_LIMIT):
            work.settle(members, settle_rows(run, "item", members, call, key=lambda row: row.key, again=SAFE))

    def _replace_groups(self, work: Batch, run: Journal, pictures: goods.Pictures) -> None:
        for listing in work.open():
            if not listing.is_group:
                continue
            try:
                run.step(
                    listing.publication_id,
                    "group",
                    partial(self._put_group, listing, pictures),
                    again=SAFE,
                )
            except ONE_LISTING as error:
                work.refuse(listing, _for_listing(error, listing))

    def _put_group(self, listing: GoodsOut, pictures: goods.Pictures) -> Json:
        path = f"inventory_item_group/{segment(listing.reference)}"
        self._inventory("PUT", path, goods.group(listing, pictures), headers=self._language())
        return {}

    def _delete_group(self, key: str) -> Json:
        try:
            self._inventory("DELETE", f"inventory_item_group/{key}")
        except Gone:
            return {"gone": True}
        return {}

    def _publish_singles(self, work: Batch, run: Journal) -> None:
        def call(rows: Sequence[Member]) -> dict[str, Settled]:
            skus = {row.offer_id: row.sku for row in rows}
            body = wire.BulkPublish(requests=[wire.OfferKey(offerId=row.offer_id) for row in rows])
            answer = self._inventory("POST", "bulk_publish_offer", body)
            return {
                skus[row.offerId]: _published(row.listingId, row.warnings)
                if row.is_taken
                else row_error(row, "POST bulk_publish_offer")
                for row in read(wire.BulkAnswer, answer).responses
                if row.offerId in skus
            }

        singles = [member for member in work.members() if not member.listing.is_group]
        for members in chunks(singles, wire.BULK_LIMIT):
            settled = settle_rows(
                run, "publish", members, call, key=lambda row: row.key, again=self._find_listing
            )
            results = work.settle(members, settled)
            for member in members:
                if member.sku in results:
                    self._finish(work, run, member.listing, results[member.sku])

    def _find_listing(self, member: Member) -> Json | None:
        """Whether the lost answer of a publish was a yes: the offer tells its listing."""
        found = self._get_offer(member.offer_id)
        return _published(found.listing.listingId, ()) if found and found.is_published else None

    def _publish_groups(self, work: Batch, run: Journal) -> None:
        for listing in work.open():
            if not listing.is_group:
                continue
            try:
                result = run.step(
                    listing.publication_id,
                    "publish",
                    partial(self._publish_group, listing),
                    again=partial(self._find_group_listing, work, listing),
                )
            except ONE_LISTING as error:
                work.refuse(listing, _for_listing(error, listing))
            else:
                self._finish(work, run, listing, result)

    def _publish_group(self, listing: GoodsOut) -> Json:
        body = wire.GroupKey(inventoryItemGroupKey=listing.reference, marketplaceId=listing.marketplace)
        answer = read(
            wire.PublishAnswer, self._inventory("POST", "offer/publish_by_inventory_item_group", body)
        )
        return _published(answer.listingId, answer.warnings)

    def _find_group_listing(self, work: Batch, listing: GoodsOut) -> Json | None:
        """Adopts only a listing that every variant is in; otherwise publishing again completes it."""
        found = [self._get_offer(work.offers[variant.sku]) for variant in listing.variants]
        if not all(offer is not None and offer.is_published for offer in found):
            return None
        listing_ids = {offer.listing.listingId for offer in found if offer is not None}
        return _published(listing_ids.pop(), ()) if len(listing_ids) == 1 else None

    def _finish(self, work: Batch, run: Journal, listing: GoodsOut, result: Mapping[str, object]) -> None:
        listing_id = str(result.get("listing_id", ""))
        if not listing_id:
            work.refuse(listing, Unreadable("eBay published without naming the listing", maybe_applied=True))
            return
        self._retire_missing(listing, run)
        rows = result.get("warnings")
        warnings = tuple(Problem(**row) for row in rows) if isinstance(rows, list) else ()
        if listing.bound.get("listing_id") == listing_id:
            warnings = tuple(each for each in warnings if each.params.get("channel_code") != _ALREADY_LIVE)
        names = merchant_names([listing])
        work.outcomes[listing.publication_id] = Published(
            external_id=listing_id,
            address=self._listing_address(listing_id),
            bound={
                "shape": _shape(listing),
                "group": listing.reference if listing.is_group else "",
                "listing_id": listing_id,
                "offers": {sku: work.offers[sku] for sku in names},
            },
            warnings=warnings,
        )

    def _retire_missing(self, listing: GoodsOut, run: Journal) -> None:
        """A variant that the merchant took away: its item goes, and with it its offer."""
        kept = {variant.sku for variant in listing.variants}
        for sku in sorted(set(listing.bound.get("offers", {})) - kept):
            run.step(listing.publication_id, f"retire:{sku}", partial(self._delete_item, sku), again=SAFE)

    def _delete_item(self, sku: str) -> Json:
        try:
            self._inventory("DELETE", f"inventory_item/{segment(sku)}")
        except Gone:
            return {"gone": True}
        return {}


def _shape(listing: GoodsOut) -> str:
    return "group" if listing.is_group else "single"


def _published(listing_id: str, warnings: Sequence[ErrorRow]) -> Json:
    return {"listing_id": listing_id, "warnings": [each.as_dict() for each in warnings_from_rows(warnings)]}


def _for_listing(error: ChannelError, listing: GoodsOut) -> ChannelError:
    """Problems that name a variant do so by the merchant's SKU."""
    if not isinstance(error, Rejected):
        return error
    names = merchant_names([listing])
    problems = tuple(
        replace(each, params={**each.params, "sku": names.get(str(each.params["sku"]), each.params["sku"])})
        if "sku" in each.params
        else each
        for each in error.problems
    )
    return Rejected(error.detail, channel_code=error.channel_code, problems=problems)
