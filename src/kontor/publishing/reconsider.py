"""Something changed that many listings lean on: finds those whose outgoing content it changes, and only those follow."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from kontor.channels.connections import service as connections
from kontor.core.tenancy import tenant
from kontor.jobs.run import JobRun
from kontor.publishing import fingerprints, outgoing, service
from kontor.publishing.models import Publication, Wish

CHUNK: Final = 200


def reconsider(run: JobRun, connection_id: UUID) -> None:
    """Compares what each listing of a connection would be now with what its last push took up. Calls no channel."""
    after = UUID(int=0)
    while True:
        run.check()
        with tenant(run.tenant_id):
            wanted = Publication.objects.filter(connection_id=connection_id, wanted=Wish.LIVE, id__gt=after)
            # Locked, so that a push which takes them up at this moment is seen.
            rows = list(wanted.select_for_update().order_by("id")[:CHUNK])
            if not rows:
                return
            _follow(connection_id, rows)
        after = rows[-1].id


def _follow(connection_id: UUID, rows: list[Publication]) -> None:
    view = connections.view(connection_id)
    built = outgoing.build(view, {row.listing_id: row for row in rows}, [row.listing_id for row in rows])
    content, prices = [], []
    for row in rows:
        if row.listing_id not in built:
            continue
        found = fingerprints.of(built[row.listing_id].goods)
        if found.content != row.pushed_content:
            content.append(row.id)
        elif found.prices != row.pushed_prices:
            prices.append(row.id)
    service.content_again(Publication.objects.filter(id__in=content))
    service.prices_again(Publication.objects.filter(id__in=prices))
