"""Pages: everything once, in order, whatever is added between two of them."""

from __future__ import annotations

import string
from datetime import timedelta

import pytest
from django.db.models import Value
from django.db.models.functions import NullIf
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kontor.accounts.models import LoginAttempts, Tenant
from kontor.core.clock import now
from kontor.core.http.paging import CursorInvalid, PageAsked, paginate

ORDERS = [("-id",), ("name",), ("-name", "country"), ("language", "-created_at"), ("country", "name", "id")]


def walked(order: tuple[str, ...], limit: int) -> list[str]:
    """Names of all rows, page by page."""
    cursor, names = None, []
    while True:
        page = paginate(Tenant.objects.all(), PageAsked(limit, cursor), order)
        names += [row.slug for row in page.rows]
        if page.next_cursor is None:
            return names
        assert len(page.rows) == limit
        cursor = page.next_cursor


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    names=st.lists(st.text(string.ascii_letters + "äé '\"%_,", min_size=1, max_size=3), max_size=12),
    order=st.sampled_from(ORDERS),
    limit=st.integers(1, 5),
)
def test_all_rows_come_once_and_in_order(
    db: None, names: list[str], order: tuple[str, ...], limit: int
) -> None:
    Tenant.objects.all().delete()
    for number, name in enumerate(names):
        Tenant.objects.create(
            name=name, slug=str(number), language="de" if number % 3 else "fr", country="DE" if number % 2 else "AT",
            created_at=now() + timedelta(microseconds=number % 4),
        )  # fmt: skip
    tie = (
        () if "id" in {part.lstrip("-") for part in order} else ("-id" if order[0].startswith("-") else "id",)
    )
    assert walked(order, limit) == [row.slug for row in Tenant.objects.order_by(*order, *tie)]


def test_rows_added_between_pages_neither_repeat_nor_hide_others(db: None) -> None:
    for name in "BDFH":
        Tenant.objects.create(name=name, slug=name.lower())
    first = paginate(Tenant.objects.all(), PageAsked(2), ("name",))
    for name in "ACEG":
        Tenant.objects.create(name=name, slug=name.lower())
    second = paginate(Tenant.objects.all(), PageAsked(10, first.next_cursor), ("name",))
    assert [row.name for row in first.rows] == ["B", "D"]
    assert [row.name for row in second.rows] == ["E", "F", "G", "H"]


def test_annotations_and_nulls_have_their_place_at_the_end(db: None) -> None:
    for number, failures in enumerate((3, 0, 1, 0, 2)):
        LoginAttempts.objects.create(source=bytes([number]), failures=failures)
    rows = LoginAttempts.objects.annotate(rank=NullIf("failures", Value(0)))
    for order, expected in ((("-rank",), [3, 2, 1, 0, 0]), (("rank", "-id"), [1, 2, 3, 0, 0])):
        cursor, found = None, []
        for _ in range(5):
            page = paginate(rows, PageAsked(1, cursor, total=True), order)
            found += [row.failures for row in page.rows]
            assert page.total == 5
            cursor = page.next_cursor
        assert found == expected
        assert cursor is None


def test_a_cursor_of_another_list_or_hand_is_refused(db: None) -> None:
    for name in "AB":
        Tenant.objects.create(name=name, slug=name.lower())
    cursor = paginate(Tenant.objects.all(), PageAsked(1), ("name",)).next_cursor
    assert cursor
    for bad, order in (
        (cursor, ("-name",)),
        (cursor[:-2] + "xx", ("name",)),
        ("bogus", ("name",)),
        ("é", ("name",)),
    ):
        with pytest.raises(CursorInvalid):
            paginate(Tenant.objects.all(), PageAsked(1, bad), order)
    assert [row.name for row in paginate(Tenant.objects.all(), PageAsked(1, cursor), ("name",)).rows] == ["B"]
