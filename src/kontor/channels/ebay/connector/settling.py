"""Batches in progress: which listings still go on, and what each bulk row settled."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeVar
from uuid import UUID

from kontor.channels.contract.errors import (
    AlreadyThere,
    ChannelError,
    Gone,
    Rejected,
    SetupNeeded,
    Unavailable,
    Unreadable,
)
from kontor.channels.contract.journal import AgainRow, InDoubt, Journal, Settled
from kontor.channels.contract.values import GoodsOut, Published, VariantOut
from kontor.channels.ebay.errors import error_from_rows
from kontor.channels.ebay.wire.inventory import BulkRow

#: What concerns one listing and never the account: the others of the batch go on.
ONE_LISTING: Final = (Rejected, AlreadyThere, Gone, Unreadable, InDoubt, SetupNeeded)

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Member:
    """One variant of one listing: a row of a bulk call."""

    listing: GoodsOut
    variant: VariantOut
    offer_id: str = ""

    @property
    def sku(self) -> str:
        """The row's key: channel-fit SKUs are unique on a connection."""
        return self.variant.sku

    @property
    def key(self) -> tuple[UUID, str]:
        """As the journal wants it."""
        return self.listing.publication_id, self.variant.sku


@dataclass(slots=True)
class Batch:
    """What is known of each listing so far; one with an outcome takes no further part."""

    listings: Sequence[GoodsOut]
    outcomes: dict[UUID, Published | ChannelError] = field(default_factory=dict)
    offers: dict[str, str] = field(default_factory=dict)  # sku -> offer id

    def open(self) -> list[GoodsOut]:
        """The listings that go on."""
        return [listing for listing in self.listings if listing.publication_id not in self.outcomes]

    def members(self) -> list[Member]:
        """Their variants, with the offers known so far."""
        return [
            Member(listing, variant, self.offers.get(variant.sku, ""))
            for listing in self.open()
            for variant in listing.variants
        ]

    def refuse(self, listing: GoodsOut, error: ChannelError) -> None:
        """Ends one listing's part."""
        self.outcomes[listing.publication_id] = error

    def settle(
        self, members: Iterable[Member], settled: Mapping[str, Settled]
    ) -> dict[str, Mapping[str, Any]]:
        """Takes the rows' answers: a listing with a refused member is refused, naming each of them.

        Returns the results of the taken rows, by sku.
        """
        refused: dict[UUID, list[tuple[Member, ChannelError]]] = {}
        taken: dict[str, Mapping[str, Any]] = {}
        for member in members:
            answer = settled.get(member.sku, _unanswered())
            if isinstance(answer, ChannelError):
                refused.setdefault(member.listing.publication_id, []).append((member, answer))
            else:
                taken[member.sku] = answer
        for pairs in refused.values():
            self.refuse(pairs[0][0].listing, _together(pairs))
        return taken


def _unanswered() -> ChannelError:
    # Bulk writes of ours may be repeated, so a row without an answer is an outage and no loss.
    return Unavailable("eBay left out a row of its answer", maybe_applied=True)


def _together(pairs: Sequence[tuple[Member, ChannelError]]) -> ChannelError:
    """One error for a listing: that of its only refused row, or all business refusals at once."""
    named = [named_for(error, member) for member, error in pairs]
    rejected = [error for error in named if isinstance(error, Rejected)]
    if len(rejected) != len(named):
        return next(error for error in named if not isinstance(error, Rejected))
    if len(rejected) == 1:
        return rejected[0]
    problems = tuple(problem for error in rejected for problem in error.problems)
    return Rejected(rejected[0].detail, channel_code=rejected[0].channel_code, problems=problems)


def named_for(error: ChannelError, member: Member) -> ChannelError:
    """A business refusal whose problems name the merchant's SKU; another error as it is."""
    if not isinstance(error, Rejected):
        return error
    sku = member.variant.merchant_sku
    problems = tuple(
        replace(problem, params={**problem.params, "sku": problem.params.get("sku", sku)})
        for problem in error.problems
    )
    return Rejected(error.detail, channel_code=error.channel_code, problems=problems)


def merchant_names(listings: Iterable[GoodsOut]) -> dict[str, str]:
    """Channel SKU -> the merchant's own."""
    return {variant.sku: variant.merchant_sku for listing in listings for variant in listing.variants}


def row_error(row: BulkRow, call: str) -> ChannelError:
    """What a refused row of a bulk answer means."""
    if row.errors:
        return error_from_rows(row.errors, row.statusCode, call)
    if row.statusCode >= 500:
        return Unavailable("eBay could not do one row", maybe_applied=True, channel_code=str(row.statusCode))
    return Unreadable(f"eBay refused a row with {row.statusCode} and gave no reason", sku=row.sku)


def settle_rows(
    run: Journal,
    name: str,
    rows: Sequence[Row],
    do: Callable[[Sequence[Row]], Mapping[str, Settled]],
    *,
    key: Callable[[Row], tuple[UUID, str]],
    again: AgainRow[Row],
) -> dict[str, Settled]:
    """`Journal.rows`, where a refusal of the whole call falls on the rows that deserve it.

    eBay answers 400 to a bulk call that it can't read as a whole. The rows are then sent one by one, so that a good
    one does not suffer for a bad one.
    """
    try:
        return run.rows(name, rows, do, key=key, again=again)
    except ONE_LISTING as error:
        if len(rows) == 1:
            return {key(rows[0])[1]: error}
    settled: dict[str, Settled] = {}
    for row in rows:
        settled |= settle_rows(run, name, [row], do, key=key, again=again)
    return settled
