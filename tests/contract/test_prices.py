"""Price and stock alone: nothing else of the listing moves."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from tests.contract.http import Cut
from tests.contract.journal import Ledger, MemoryJournal
from tests.contract.twin import Office, Twin

from kontor.channels.contract.capabilities import UpdatesPriceStock
from kontor.channels.contract.errors import ChannelError, Throttled, Unavailable
from kontor.channels.contract.values import GoodsOut, PriceStock
from kontor.core.money import Money


@pytest.fixture(autouse=True)
def _only_where_it_can(office: Office) -> None:
    if not isinstance(office.connector, UpdatesPriceStock):
        pytest.skip("this channel has no call for price and stock alone")


def rows(listing: GoodsOut, minor: int, quantity: int) -> list[PriceStock]:
    return [
        PriceStock(listing.publication_id, 2, variant.sku, Money(minor, "EUR"), quantity, listing.bound)
        for variant in listing.variants
    ]


def update(office: Office, *all_rows: PriceStock) -> dict[str, ChannelError | None]:
    answers: dict[str, ChannelError | None] = office.connector.update_price_stock(
        all_rows, MemoryJournal(office.ledger)
    )
    return answers


def without_price_and_quantity(record: dict[str, Any]) -> dict[str, Any]:
    """A twin's record of a listing, less what may change."""
    rest = copy.deepcopy(record)
    for member in rest["variations"]:
        del member["price"], member["quantity"]
    return rest


@pytest.mark.parametrize("kind", ["single", "group"])
def test_a_price_changes_and_the_rest_stays_byte_for_byte(twin: Twin, office: Office, kind: str) -> None:
    (listing,) = office.put_up(getattr(twin, kind)(office, "ONE"))
    (before,) = twin.shown().values()
    assert set(update(office, *rows(listing, 999, 3)).values()) == {None}
    (after,) = twin.shown().values()
    assert set(after.members.values()) == {("9.99", 3)}
    assert without_price_and_quantity(dict(after.everything)) == without_price_and_quantity(
        dict(before.everything)
    )


def test_many_rows_leave_in_few_calls(twin: Twin, office: Office) -> None:
    size = office.connector.price_batch_size
    listings = office.put_up(*(twin.single(office, f"P{number}") for number in range(min(size, 20))))
    office.transport.exchanges.clear()
    changed = [row for listing in listings for row in rows(listing, 500, 1)]
    assert set(update(office, *changed).values()) == {None}
    assert len(office.transport.writes()) == 1
    assert {each for shown in twin.shown().values() for each in shown.members.values()} == {("5.00", 1)}


def test_stock_that_falls_to_nothing_and_comes_back(twin: Twin, office: Office) -> None:
    (listing,) = office.put_up(twin.single(office, "ONE"))
    update(office, *rows(listing, 1250, 0))
    assert next(iter(twin.shown().values())).members["ONE"][1] == 0
    office.ledger = Ledger()
    update(office, *rows(listing, 1250, 7))
    assert next(iter(twin.shown().values())).members["ONE"] == ("12.50", 7)


def test_a_lost_answer_is_asked_again_and_ends_the_same(twin: Twin, office: Office) -> None:
    (listing,) = office.put_up(twin.single(office, "ONE"))
    office.transport.cut = Cut(1)
    with pytest.raises(Unavailable):
        update(office, *rows(listing, 777, 2))
    assert update(office, *rows(listing, 777, 2)) == {"ONE": None}
    assert next(iter(twin.shown().values())).members["ONE"] == ("7.77", 2)


def test_a_row_that_the_channel_does_not_know_fails_alone(twin: Twin, office: Office) -> None:
    (listing,) = office.put_up(twin.single(office, "ONE"))
    stranger = twin.single(office, "STRANGER")
    answers = update(office, *rows(listing, 888, 4), *rows(stranger, 888, 4))
    assert answers["ONE"] is None
    assert isinstance(answers["STRANGER"], ChannelError)
    assert next(iter(twin.shown().values())).members["ONE"] == ("8.88", 4)


def test_one_row_that_fails_for_the_moment_is_told_and_done_later(twin: Twin, office: Office) -> None:
    listings = office.put_up(*(twin.single(office, f"P{number}") for number in range(3)))
    changed = [row for listing in listings for row in rows(listing, 600, 6)]
    twin.fault("partial_bulk")
    answers = update(office, *changed)
    failed = [each for each in answers.values() if each is not None]
    assert len(failed) == 1
    assert isinstance(failed[0], Unavailable)
    twin.calm()
    assert set(update(office, *changed).values()) == {None}
    assert {each for shown in twin.shown().values() for each in shown.members.values()} == {("6.00", 6)}


def test_a_throttle_waits(twin: Twin, office: Office) -> None:
    (listing,) = office.put_up(twin.single(office, "ONE"))
    twin.fault("throttled")
    with pytest.raises(Throttled):
        update(office, *rows(listing, 700, 1))
    twin.calm()
    assert update(office, *rows(listing, 700, 1)) == {"ONE": None}
