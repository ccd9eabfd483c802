"""Calls that leave side by side."""

from __future__ import annotations

import threading
from functools import partial

import pytest

from kontor.channels.contract.errors import Gone
from kontor.channels.transport import crew
from kontor.channels.transport.about import about, about_now
from kontor.core.identifiers import uuid7


def test_answers_come_in_the_order_of_the_questions() -> None:
    assert crew.side_by_side([partial(divmod, number, 7) for number in range(50)]) == [
        divmod(number, 7) for number in range(50)
    ]
    assert crew.side_by_side([]) == []


def test_several_are_under_way_at_once_and_know_what_they_are_for() -> None:
    together = threading.Barrier(3, timeout=10)  # breaks where fewer than three ask at a time
    publication = uuid7()

    def ask() -> object:
        together.wait()
        return about_now()

    with about(publications=[publication]):
        assert crew.side_by_side([ask] * 3) == [(publication,)] * 3


def test_questions_within_questions_never_wait_for_each_other() -> None:
    def variants(listing: int) -> list[int]:
        return crew.side_by_side([partial(int, listing)] * 5)

    listings = 4 * crew.CALLERS
    assert crew.side_by_side([partial(variants, n) for n in range(listings)]) == [
        [n] * 5 for n in range(listings)
    ]


def test_an_error_is_raised_and_nothing_new_leaves_after_it() -> None:
    asked: list[int] = []

    def ask(number: int) -> None:
        asked.append(number)
        raise Gone("nothing there")

    with pytest.raises(Gone):
        crew.side_by_side([partial(ask, number) for number in range(200)])
    assert len(asked) <= crew.CALLERS + 1
