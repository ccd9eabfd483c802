"""What a channel can do, one small class per ability; `isinstance(connector, Publishes)` is the flag.

All methods are synchronous, take and return the values of `values`, raise the errors of `errors`, and reach the network
only through the `Transport` that their connector was made with. Generic over the trade's typed value (`GoodsOut` ...).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from kontor.channels.contract.errors import ChannelError
from kontor.channels.contract.journal import Journal
from kontor.channels.contract.values import (
    AccountReport,
    CategoryRules,
    CategorySuggestion,
    Live,
    Notification,
    OrderIn,
    PriceStock,
    Published,
    ShipmentOut,
)
from kontor.core.errors import Problem

T = TypeVar("T")


class ChecksAccount(ABC):
    """Can prove that the account may be used, and mend what it lacks."""

    @abstractmethod
    def check_account(self) -> AccountReport:
        """Exercises the rights that publishing needs, by real authorised calls."""

    @abstractmethod
    def create_setup(self, code: str) -> None:
        """Makes one missing SetupItem with sensible values. Finding it made already is success."""


class Preflights(ABC, Generic[T]):
    """Knows beforehand what the channel would refuse. Pure: no network; `rules` are None where not cached yet."""

    @abstractmethod
    def preflight(self, listing: T, rules: CategoryRules | None) -> tuple[Problem, ...]:
        """Every problem at once, with the merchant's field names; warnings have `severity="warning"`."""


class Publishes(ABC, Generic[T]):
    """Puts listings there and takes them away."""

    batch_size: int = 1

    @abstractmethod
    def publish(self, batch: Sequence[T], run: Journal) -> Mapping[UUID, Published | ChannelError]:
        """Creates or brings up to date each listing (at most `batch_size`); one entry per publication id.

        Raises only what concerns the whole account: LoginNeeded, SetupNeeded, Throttled, Unavailable.
        """

    @abstractmethod
    def withdraw(self, batch: Sequence[T], run: Journal) -> Mapping[UUID, Published | ChannelError]:
        """Takes each listing off; one that is off already is a success. `bound` of the answer is what remains."""


class PreparesAhead(ABC, Generic[T]):
    """Can do the slow part of a publish while another one is under way."""

    @abstractmethod
    def prepare(self, batch: Sequence[T], run: Journal) -> None:
        """Does what no buyer sees, such as uploads, by `run.remembered` alone; `publish` then finds it done.

        What can't be done for one listing is left for `publish` to meet. Raises ChannelError, which ends the rest.
        """


class ReadsBack(ABC, Generic[T]):
    """Can say what the channel shows, field by field."""

    @abstractmethod
    def read_back(self, batch: Sequence[T]) -> Mapping[UUID, Live | ChannelError]:
        """Each listing as it is there now."""

    @abstractmethod
    def expected(self, listing: T) -> Mapping[str, Any]:
        """What `Live.values` should be: flat, keyed `field` or `sku/field`, in the merchant's field names."""

    @abstractmethod
    def reason(self, field: str, sent: Any, found: Any) -> str:
        """A code where a known rule of the channel explains the difference, else empty."""


class UpdatesPriceStock(ABC):
    """Can change price and quantity without touching the rest."""

    price_batch_size: int = 1

    @abstractmethod
    def update_price_stock(
        self, rows: Sequence[PriceStock], run: Journal
    ) -> Mapping[str, ChannelError | None]:
        """One call for up to `price_batch_size` rows; keyed by sku, None where it was taken."""


class BringsOrders(ABC):
    """Tells what was bought."""

    @abstractmethod
    def orders_since(self, watermark: datetime) -> Iterator[OrderIn]:
        """Every order changed since then (with the channel's overlap applied); may repeat orders, never skips one."""

    @abstractmethod
    def order(self, external_id: str) -> OrderIn:
        """One order with everything the list leaves out."""


class Fulfils(ABC):
    """Can be told that an order has left."""

    @abstractmethod
    def ship(self, shipment: ShipmentOut) -> str:
        """Tells the channel; returns its id of the fulfilment. Not idempotent there: see `find_shipment`."""

    @abstractmethod
    def find_shipment(self, shipment: ShipmentOut) -> str | None:
        """The id of an equal fulfilment that the channel has already."""


class KnowsCategories(ABC):
    """Has a taxonomy with rules."""

    @abstractmethod
    def suggest_categories(self, title: str, hint: str) -> Sequence[CategorySuggestion]:
        """The channel's own suggestions, best first; empty where it has none."""

    @abstractmethod
    def category_rules(self, category_id: str) -> CategoryRules:
        """All rules of a category, in the marketplace's language. Raises Gone for one that no longer exists."""


class Notifies(ABC):
    """Pushes hints to an address of ours."""

    @abstractmethod
    def subscribe(self, endpoint: str, verification_token: str) -> tuple[str, ...]:
        """Makes sure that we are told; returns the topics in force. Idempotent."""

    @abstractmethod
    def verify(self, headers: Mapping[str, str], body: bytes) -> Notification:
        """Reads a push after checking its signature over the raw bytes. Raises NotAuthentic."""


class NotAuthentic(ChannelError):
    """A push whose signature does not fit: nothing of it is believed or kept but the fact."""

    code, status, title = "channel.not_authentic", 412, "The signature does not fit"
