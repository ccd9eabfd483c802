"""Orders: every one, whatever moves while they are read; and told to have left exactly once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from tests.contract.http import Cut
from tests.contract.twin import Office, Twin

from kontor.channels.contract.capabilities import BringsOrders, Fulfils
from kontor.channels.contract.errors import Gone, Rejected, Throttled, Unavailable
from kontor.channels.contract.values import OrderIn, ShipmentOut

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
MANY = 450


@pytest.fixture(autouse=True)
def _only_where_it_can(office: Office) -> None:
    if not isinstance(office.connector, BringsOrders):
        pytest.skip("this channel has no orders")


def stocked(twin: Twin, office: Office, sku: str = "ONE", quantity: int = 1000) -> None:
    listing = twin.single(office, sku)
    variants = tuple(type(each)(**{**fields(each), "quantity": quantity}) for each in listing.variants)
    office.put_up(type(listing)(**{**fields(listing), "variants": variants}))


def fields(value: object) -> dict[str, object]:
    return {name: getattr(value, name) for name in value.__dataclass_fields__}  # type: ignore[attr-defined]


def all_orders(office: Office, since: datetime = LONG_AGO) -> list[OrderIn]:
    return list(office.connector.orders_since(since))


def shipment(order: OrderIn, tracking: str = "JJD 0001") -> ShipmentOut:
    lines = {line.external_id: line.quantity for line in order.lines}
    return ShipmentOut(order.external_id, "DHL", tracking, order.changed_at, lines)


def test_what_was_bought_arrives_with_sku_quantity_and_price(twin: Twin, office: Office) -> None:
    stocked(twin, office, "ONE")
    stocked(twin, office, "TWO")
    bought = twin.buy({"ONE": 2, "TWO": 1})
    (order,) = all_orders(office)
    assert order.external_id == bought
    assert {line.sku: line.quantity for line in order.lines} == {"ONE": 2, "TWO": 1}
    assert {line.unit_price.minor for line in order.lines} == {1250}
    assert (order.payment, order.fulfilment, order.cancel) == ("paid", "not_started", "none")
    assert order.total.minor >= 3 * 1250
    assert order.buyer["name"]


def test_a_variant_is_named_by_its_own_sku(twin: Twin, office: Office) -> None:
    office.put_up(twin.group(office, "SHIRT"))
    twin.buy({"SHIRTM": 1})
    assert [line.sku for line in all_orders(office)[0].lines] == ["SHIRTM"]


def test_reading_twice_and_late_tells_the_same_order(twin: Twin, office: Office) -> None:
    stocked(twin, office)
    twin.buy({"ONE": 1})
    (first,) = all_orders(office)
    (again,) = all_orders(office, first.changed_at + timedelta(minutes=1))
    assert (again.external_id, again.changed_at) == (first.external_id, first.changed_at)


def test_an_order_that_changed_comes_again_as_it_is_now(twin: Twin, office: Office) -> None:
    stocked(twin, office)
    bought = twin.buy({"ONE": 1}, paid=False)
    (before,) = all_orders(office)
    twin.pay(bought)
    (after,) = all_orders(office)
    assert (before.payment, after.payment) == ("pending", "paid")
    assert after.changed_at >= before.changed_at


def test_a_cancellation_is_seen_even_where_the_list_hides_it(twin: Twin, office: Office) -> None:
    stocked(twin, office)
    bought = twin.buy({"ONE": 1})
    twin.cancel(bought)
    (listed,) = all_orders(office)
    known = office.connector.order(bought) if listed.cancel_detail_needed else listed
    assert known.cancel == "cancelled"
    assert not office.connector.order(bought).cancel_detail_needed


def test_no_order_of_many_pages_is_missing_or_told_twice(twin: Twin, office: Office) -> None:
    stocked(twin, office)
    bought = [twin.buy({"ONE": 1}) for _ in range(MANY)]
    told = [order.external_id for order in all_orders(office)]
    assert sorted(told) == sorted(bought)


def test_orders_that_move_while_they_are_read_are_not_lost(twin: Twin, office: Office) -> None:
    stocked(twin, office)
    bought = {twin.buy({"ONE": 1}, paid=False) for _ in range(MANY)}
    reading: Iterator[OrderIn] = office.connector.orders_since(LONG_AGO)
    told = [next(reading)]
    first, *others = sorted(bought)
    for order_id in (first, *others[200:210]):
        twin.pay(order_id)
    late = twin.buy({"ONE": 1})
    told += list(reading)
    last = {order.external_id: order for order in told}
    assert set(last) | {late} == bought | {late}
    fresh = {order.external_id: order for order in all_orders(office)}
    assert late in fresh
    assert fresh[first].payment == "paid"


def test_an_unknown_order_is_gone(office: Office) -> None:
    with pytest.raises((Gone, Rejected)):
        office.connector.order("00-00000-00000")


def test_a_page_that_ends_in_the_middle_is_not_taken_for_the_end(twin: Twin, office: Office) -> None:
    stocked(twin, office)
    bought = twin.buy({"ONE": 1})
    twin.fault("truncated_page")
    try:
        told = [order.external_id for order in all_orders(office)]
    except Exception as error:
        assert type(error).__name__ in {"Unreadable", "Unavailable"}  # noqa: PT017
        told = [order.external_id for order in all_orders(office)]
    assert told == [bought]


def test_a_throttle_is_told_and_the_next_reading_has_all(twin: Twin, office: Office) -> None:
    stocked(twin, office)
    bought = twin.buy({"ONE": 1})
    twin.fault("throttled_retry_after")
    with pytest.raises(Throttled) as caught:
        all_orders(office)
    assert caught.value.until > datetime.now(UTC)
    twin.calm()
    assert [order.external_id for order in all_orders(office)] == [bought]


def test_an_order_leaves_once(twin: Twin, office: Office) -> None:
    if not isinstance(office.connector, Fulfils):
        pytest.skip("this channel is not told what has left")
    stocked(twin, office)
    order = office.connector.order(twin.buy({"ONE": 2}))
    assert office.connector.find_shipment(shipment(order)) is None
    made = office.connector.ship(shipment(order))
    assert made
    assert office.connector.find_shipment(shipment(order)) == made
    assert office.connector.ship(shipment(order)) == made
    assert twin.shipments(order.external_id) == 1
    assert office.connector.order(order.external_id).fulfilment == "fulfilled"


def test_an_order_leaves_once_even_when_the_answer_is_lost(twin: Twin, office: Office) -> None:
    if not isinstance(office.connector, Fulfils):
        pytest.skip("this channel is not told what has left")
    stocked(twin, office)
    order = office.connector.order(twin.buy({"ONE": 1}))
    office.transport.cut = Cut(1)
    with pytest.raises(Unavailable) as caught:
        office.connector.ship(shipment(order))
    assert caught.value.maybe_applied
    assert office.connector.ship(shipment(order)) == office.connector.find_shipment(shipment(order))
    assert twin.shipments(order.external_id) == 1


def test_a_refused_shipment_tells_why_and_leaves_the_order_as_it_is(twin: Twin, office: Office) -> None:
    if not isinstance(office.connector, Fulfils):
        pytest.skip("this channel is not told what has left")
    stocked(twin, office)
    order = office.connector.order(twin.buy({"ONE": 1}))
    wrong = ShipmentOut(order.external_id, "DHL", "1", order.changed_at, {"999": 1})
    with pytest.raises(Rejected) as caught:
        office.connector.ship(wrong)
    assert caught.value.problems
    assert twin.shipments(order.external_id) == 0
    assert office.connector.ship(shipment(order))
