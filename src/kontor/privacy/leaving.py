"""How a business that is erased leaves its channels: listings are taken off, then the accounts are signed out.

The pushes do it in their own time. The erasure looks again until nothing is under way, for at most PATIENCE from its
beginning; what is still up there then (a channel that is away, an account that wants a new log-in) the receipt names, for
after that nobody holds a token that could end it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from kontor.channels.connections import service as connections
from kontor.channels.connections.models import USABLE, Connection, State
from kontor.core.clock import now
from kontor.publishing import service as publishing
from kontor.publishing.models import Publication, Task, Wish
from kontor.publishing.models import State as Standing

PATIENCE: Final = timedelta(hours=24)
AT_ONCE: Final = 1000
OFF: Final = (Standing.WITHDRAWN, Standing.ENDED)


def take_off() -> bool:
    """Asks for all listings to be taken off where that was not asked yet; whether some are still under way.

    Inside `tenant()`, and safe to repeat.
    """
    for row in Connection.objects.filter(state=State.PAUSED).exclude(secret=None):
        connections.edit(row.id, paused=False)
    usable = list(Connection.objects.filter(state__in=USABLE).values_list("id", flat=True))
    for connection_id in usable:
        for listing_ids in _batches(_up().filter(connection_id=connection_id).exclude(wanted=Wish.WITHDRAWN)):
            publishing.withdraw(listing_ids, connection_id)
    return _up().filter(connection_id__in=usable, task=Task.WITHDRAW).exists()


def sign_out() -> int:
    """Forgets the tokens of every account; answers how many there were. Inside `tenant()`."""
    signed_in = list(Connection.objects.exclude(secret=None).values_list("id", flat=True))
    for connection_id in signed_in:
        connections.disconnect(connection_id)
    return len(signed_in)


def ended_since(begun_at: datetime) -> int:
    """Listings that were taken off since then."""
    return Publication.objects.filter(state=Standing.WITHDRAWN, proved_at__gte=begun_at).count()


def staying() -> int:
    """Listings that are, or may be, still up there."""
    return _up().filter(~Q(external_id="") | ~Q(bound={})).count()


def _up() -> QuerySet[Publication]:
    return Publication.objects.exclude(state__in=OFF)


def _batches(rows: QuerySet[Publication]) -> Iterator[list[UUID]]:
    listing_ids = list(rows.order_by("id").values_list("listing_id", flat=True))
    for start in range(0, len(listing_ids), AT_ONCE):
        yield listing_ids[start : start + AT_ONCE]


def is_over(begun_at: datetime | None) -> bool:
    """Whether PATIENCE has run out."""
    return begun_at is not None and begun_at + PATIENCE <= now()
