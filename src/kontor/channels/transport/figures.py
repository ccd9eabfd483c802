"""How many calls each channel got, with what outcome and in what time: of the whole installation, and nobody's in particular.

Workers make most calls, and no monitoring asks them; so the counts are rows, added to in the transaction that writes the
call's log row. SLOTS rows share each count, so that calls that end together seldom wait for each other.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from django.db import connection

from kontor.channels.contract.errors import Throttled
from kontor.channels.transport import models

BOUNDS_SECONDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
SLOTS = 8
SHORTEST_WAIT_SECONDS = 0.1  # asking for leave takes some time too
OTHER = "(other)"
ADD = """
insert into transport_figure as f (kind, channel, operation, outcome, slot, count, seconds, within)
values (%s, %s, %s, %s, %s, 1, %s, %s)
on conflict (kind, channel, operation, outcome, slot) do update set
    count = f.count + 1, seconds = f.seconds + excluded.seconds,
    within = array(select coalesce(a, 0) + coalesce(b, 0) from unnest(f.within, excluded.within) with ordinality as t (a, b, n) order by n)
"""


class Kind(StrEnum):
    """What was counted: a call that left, or a wait for a limit before one."""

    CALL = "call"
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class Figure:
    """One count. `within` says for each of BOUNDS_SECONDS how many took no longer."""

    channel: str
    operation: str
    outcome: str
    count: int
    seconds: float
    within: tuple[int, ...]


def add(kind: Kind, channel: str, operation: str, outcome: str, seconds: float) -> None:
    """Counts one. Last in its transaction, if in one: the row stays locked until that ends."""
    within = [int(seconds <= bound) for bound in BOUNDS_SECONDS]
    slot = random.randrange(SLOTS)  # noqa: S311 (spreads, hides nothing)
    with connection.cursor() as cursor:
        cursor.execute(ADD, [kind, channel, operation, outcome, slot, seconds, within])


@contextmanager
def waiting(channel: str, resource: str) -> Iterator[None]:
    """Counts the block as a wait for a limit of `resource`, if it was one."""
    began = time.monotonic()
    try:
        yield
    except Throttled:
        add(Kind.WAIT, channel, resource, "put_off", time.monotonic() - began)
        raise
    seconds = time.monotonic() - began
    if seconds > SHORTEST_WAIT_SECONDS:
        add(Kind.WAIT, channel, resource, "waited", seconds)


def read(kind: Kind) -> Iterator[Figure]:
    """All counts since the installation began."""
    sums: dict[tuple[str, str, str], Figure] = {}
    for row in models.Figure.objects.filter(kind=kind).order_by("channel", "operation", "outcome"):
        key = (row.channel, row.operation, row.outcome)
        so_far = sums.get(key, Figure(*key, 0, 0.0, (0,) * len(BOUNDS_SECONDS)))
        sums[key] = Figure(
            *key,
            so_far.count + row.count,
            so_far.seconds + row.seconds,
            tuple(a + b for a, b in zip(so_far.within, row.within, strict=False)),
        )
    yield from sums.values()


def route_of(path: str, routes: Sequence[str]) -> str:
    """The route that a path is of: the one with the most words of its own. OTHER for a path that nobody declared, since
    whatever stands in it might be a value."""
    given = path.partition("?")[0].strip("/").split("/")
    fitting = [route for route in routes if _fits(given, route.strip("/").split("/"))]
    return min(fitting, key=lambda route: route.count("{}"), default=OTHER)


def _fits(given: Sequence[str], route: Sequence[str]) -> bool:
    return len(given) == len(route) and all(
        own in ("{}", word) for word, own in zip(given, route, strict=True)
    )
