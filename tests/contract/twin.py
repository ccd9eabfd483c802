"""What the suite needs of a channel's sandbox twin: a way in, goods that it takes, and the truth about what is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol
from uuid import UUID

from tests.contract.http import PlainTransport
from tests.contract.journal import Ledger, MemoryJournal

from kontor.channels.contract.channel import Channel
from kontor.channels.contract.errors import ChannelError
from kontor.channels.contract.values import GoodsOut, Published


@dataclass(frozen=True, slots=True)
class Shown:
    """One listing that buyers see, by the twin's own truth."""

    listing_id: str
    title: str
    description: str
    picture_count: int
    members: Mapping[str, tuple[str, int]]  # sku -> (price, quantity)
    everything: Mapping[str, Any] = field(compare=False)  # the twin's whole record


class Twin(Protocol):
    """A played channel. `connect` consents as a seller whose account is complete, unless it is to be bare."""

    channel: Channel

    def reset(self) -> None:
        """Forgets everything but the sellers."""
        ...

    def connect(self, *, bare: bool = False) -> Office:
        """A seller's connection. A bare one lacks whatever an account can lack."""
        ...

    def consent_again(self, office: Office) -> None:
        """The same seller agrees once more."""
        ...

    def single(self, office: Office, sku: str) -> GoodsOut:
        """A single article that the channel takes."""
        ...

    def group(self, office: Office, reference: str, sizes: Sequence[str] = ("S", "M")) -> GoodsOut:
        """An article with variants that the channel takes."""
        ...

    def refused(self, listing: GoodsOut) -> GoodsOut:
        """The same with something that preflight can't know and the channel refuses when asked to show it."""
        ...

    def shown(self) -> dict[str, Shown]:
        """What buyers see, by listing id."""
        ...

    def records(self) -> Mapping[str, int]:
        """How many records of each kind there are, to find what was made twice."""
        ...

    def fault(self, name: str, count: int = 1) -> None:
        """Arms a fault of the twin for the next calls."""
        ...

    def calm(self) -> None:
        """No faults any more, and no waiting left over from one."""
        ...

    def buy(self, lines: Mapping[str, int], *, paid: bool = True) -> str:
        """Somebody buys these SKUs; the order's id."""
        ...

    def cancel(self, order_id: str) -> None:
        """The buyer cancels."""
        ...

    def pay(self, order_id: str) -> None:
        """The buyer pays."""
        ...

    def shipments(self, order_id: str) -> int:
        """How many times this order was told to have left."""
        ...


@dataclass
class Office:
    """One connection at work."""

    transport: PlainTransport
    connector: Any
    ledger: Ledger = field(default_factory=Ledger)

    def publish(self, *listings: GoodsOut, dies_after: str = "") -> Mapping[UUID, Published | ChannelError]:
        """One run of a worker over these listings, on the ledger that all runs share."""
        journal = MemoryJournal(self.ledger, dies_after=dies_after)
        outcomes: Mapping[UUID, Published | ChannelError] = self.connector.publish(listings, journal)
        return outcomes

    def withdraw(self, *listings: GoodsOut) -> Mapping[UUID, Published | ChannelError]:
        """One run that takes them off."""
        outcomes: Mapping[UUID, Published | ChannelError] = self.connector.withdraw(
            listings, MemoryJournal(self.ledger)
        )
        return outcomes

    def put_up(self, *listings: GoodsOut) -> list[GoodsOut]:
        """Publishes what must succeed; the listings come back bound."""
        outcomes = self.publish(*listings)
        return [bound_by(listing, outcomes) for listing in listings]

    def next_wish(self, listing: GoodsOut, **changes: Any) -> GoodsOut:
        """The same listing as a new wish: a new generation, whose steps are all new."""
        for place in [place for place in self.ledger.steps if place[0] == listing.publication_id]:
            if self.ledger.steps[place] is not None:
                del self.ledger.steps[place]
        return replace(listing, generation=listing.generation + 1, **changes)

    def differences(self, *listings: GoodsOut) -> dict[str, tuple[Any, Any]]:
        """Everything that reads otherwise than it was sent."""
        found: dict[str, tuple[Any, Any]] = {}
        live = self.connector.read_back(listings)
        for listing in listings:
            values = live[listing.publication_id].values
            expected = self.connector.expected(listing)
            for key in expected.keys() | values.keys():
                if expected.get(key) != values.get(key):
                    found[f"{listing.reference}:{key}"] = (expected.get(key), values.get(key))
        return found


def bound_by(listing: GoodsOut, outcomes: Mapping[UUID, Published | ChannelError]) -> GoodsOut:
    """The listing with what its publish left behind. Fails where it was refused."""
    outcome = outcomes[listing.publication_id]
    if isinstance(outcome, ChannelError):
        raise AssertionError(  # noqa: TRY004
            f"{listing.reference} was not published: {outcome!r} {outcome.problems}"
        )
    return replace(listing, bound=outcome.bound)


def ids(outcomes: Iterable[Published | ChannelError]) -> list[str]:
    """The listing ids of what was published."""
    return [each.external_id for each in outcomes if isinstance(each, Published)]
