"""One change for many listings, as a job: archive, restore, activate, put back to draft, new prices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final
from uuid import UUID

from kontor.catalog import queries, references
from kontor.catalog.models import Listing, Revision, Status
from kontor.catalog.queries import Wanted
from kontor.core.cause import cause_of
from kontor.core.errors import Conflict, Invalid, Problem
from kontor.core.money import Money
from kontor.goods import service, upsert, writing
from kontor.goods.bulk_schemas import BulkBody, ListingFilter
from kontor.goods.content import ProductContent
from kontor.goods.writing import Change, StockCause
from kontor.jobs import service as jobs
from kontor.jobs.models import Job, Lane

KIND: Final = "goods.bulk"
MOST_AT_ONCE: Final = 10_000


class TooMany(Conflict):
    """More listings than one job takes."""

    code, title = "goods.too_many", "These are too many at once"


def queue(body: BulkBody) -> Job:
    """Queues the change for the listings that are meant now. Raises Invalid, TooMany."""
    if (body.ids is None) == (body.filter is None):
        problem = Problem("goods.bulk.which", "Give either ids or a filter", "ids")
        raise Invalid(problems=(problem,))
    if (body.action == "price") != (body.price is not None):
        raise Invalid(
            problems=(Problem("goods.bulk.price", "Say which price, and only for `price`", "price"),)
        )
    if body.price and (body.price.set is None) == (body.price.percent is None):
        raise Invalid(problems=(Problem("goods.bulk.price", "Give either `set` or `percent`", "price"),))
    found = queries.listings(_wanted(body)).order_by("id").values_list("id", flat=True)
    listing_ids = [str(listing_id) for listing_id in found[: MOST_AT_ONCE + 1]]
    if len(listing_ids) > MOST_AT_ONCE:
        raise TooMany(f"At most {MOST_AT_ONCE} listings at once", limit=MOST_AT_ONCE)
    price = body.price.model_dump(mode="json") if body.price else None
    payload = {"action": body.action, "listing_ids": listing_ids, "price": price}
    return jobs.add(KIND, payload, lane=Lane.NORMAL, label=f"bulk:{body.action}", total=len(listing_ids))


def _wanted(body: BulkBody) -> Wanted:
    everything = ("draft", "active", "archived")
    if body.ids is not None:
        return Wanted(ids=tuple(body.ids), statuses=everything, kind="goods")
    asked = body.filter or ListingFilter()
    extra = {"connection": asked.connection and str(asked.connection), "channel_state": asked.channel_state}
    return Wanted(
        search=asked.q,
        statuses=tuple(asked.status or queries.IN_USE),
        kind="goods",
        brand=asked.brand,
        is_in_stock=asked.in_stock,
        has_problem=asked.problem,
        extra={name: value for name, value in extra.items() if value},
    )


def apply(action: str, listing_ids: Sequence[UUID], price: Mapping[str, Any] | None) -> dict[UUID, Problem]:
    """Does it to some listings in the open transaction; what could not be done, by listing.

    Listings that the present cause (the job) has changed already are left alone, so that a job which begins again
    after its worker died raises no price twice.
    """
    references.alone()
    done = set(
        Revision.objects.filter(listing_id__in=listing_ids, cause=cause_of()).values_list(
            "listing_id", flat=True
        )
    )
    batch = [
        Change(listing, before, _after(action, listing, before, price))
        for listing_id, (listing, before) in writing.current(listing_ids).items()
        if listing_id not in done and (action == "restore" or before.status != Status.ARCHIVED)
    ]
    refused = {listing_id: found[0] for listing_id, found in upsert.taken(batch).items()}
    writing.write([change for change in batch if change.listing.id not in refused], StockCause())
    return refused


def _after(
    action: str, listing: Listing, before: ProductContent, price: Mapping[str, Any] | None
) -> ProductContent:
    if action == "archive":
        return before.with_status(Status.ARCHIVED)
    if action == "restore":
        return service.as_before_archiving(listing, before)
    if action in ("activate", "draft"):
        return before.with_status(Status.ACTIVE if action == "activate" else Status.DRAFT)
    variants = tuple(replace(each, price=_price(each.price, price or {})) for each in before.variants)
    return replace(before, variants=variants)


def _price(old: Money | None, change: Mapping[str, Any]) -> Money | None:
    if change.get("set"):
        return Money.of(Decimal(change["set"]["amount"]), change["set"]["currency"])
    if old is None or not change.get("percent"):
        return old
    minor = Decimal(old.minor) * (100 + Decimal(change["percent"])) / 100
    return Money(max(0, int(minor.quantize(Decimal(1), rounding=ROUND_HALF_UP))), old.currency)
