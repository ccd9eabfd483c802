"""The jobs of publishing: the run that a person watches, pushes, look-ups, and the sweep that closes gaps."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from uuid import UUID

from kontor.channels.connections import service as connections
from kontor.channels.contract.errors import ChannelError
from kontor.channels.registry import channel
from kontor.core.clock import now
from kontor.core.tenancy import tenant
from kontor.goods import queries as goods
from kontor.jobs import items
from kontor.jobs import service as jobs
from kontor.jobs.errors import Again, Watching
from kontor.jobs.models import Lane
from kontor.jobs.registry import handler
from kontor.jobs.run import JobRun
from kontor.publishing import lookup, push, service
from kontor.publishing import reconsider as reconsidering
from kontor.publishing.models import Publication, State, Task
from kontor.publishing.settle import due

WATCH_SECONDS = 0.5


@handler(service.RUN)
def run_of_publications(run: JobRun) -> None:
    """Watches the publications of one request until each has settled; what a cancelled run wanted is dropped unsent."""
    with tenant(run.tenant_id):
        rows = list(Publication.objects.filter(run_id=run.id).defer("bound", "overrides"))
        titles = goods.headlines([row.listing_id for row in rows])
        items.put(run.id, (_note(row, titles.get(row.listing_id, "")) for row in rows if _is_news(row)))
    standing = Counter(_standing(row) for row in rows)
    settled = sum(1 for row in rows if row.task == Task.NOTHING)
    run.standing(standing)
    run.progress(done=settled, total=len(rows))
    if settled < len(rows):
        raise Watching(after_seconds=WATCH_SECONDS)


def _standing(row: Publication) -> str:
    """The segment of the bar that a publication belongs to."""
    if row.task == Task.NOTHING:
        return str(row.state)
    return "retry" if row.attempts else "sent" if row.state == State.SENT else "waiting"


def _is_news(row: Publication) -> bool:
    """Whether it moved since the last look or so; what did not move was noted already."""
    return now() - row.updated_at < timedelta(seconds=20 * WATCH_SECONDS)


def _note(row: Publication, title: str) -> items.ItemNote:
    problem = row.problems[0] if row.problems else None
    return items.ItemNote("listing", str(row.listing_id), title, _standing(row), problem)


@handler(service.PUSH, retries=100)
def push_shard(run: JobRun) -> None:
    """Pushes what is due, then sleeps until the next retry."""
    connection_id, shard = UUID(run.payload["connection_id"]), int(run.payload["shard"])
    next_due = push.Pusher(run, connection_id, shard).push_all()
    if next_due is not None:
        raise Again(at=next_due)


@handler(service.PREPARE, retries=5)
def prepare(run: JobRun) -> None:
    """Looks up missing categories and rules, then wakes what waited for them."""
    connection_id = UUID(run.payload["connection_id"])
    listing_ids = run.payload.get("listing_ids")
    lookup.look_up(
        run, connection_id, [UUID(key) for key in listing_ids] if listing_ids is not None else None
    )
    with tenant(run.tenant_id):
        waiting = Publication.objects.filter(connection_id=connection_id, task=Task.PUBLISH, attempts=0)
        waiting.update(retry_at=None)
        service.wake(connection_id, waiting.values_list("shard", flat=True))


@handler(service.RECONSIDER, retries=5)
def reconsider(run: JobRun) -> None:
    """After a change that many listings lean on: wishes for those that look different now."""
    reconsidering.reconsider(run, UUID(run.payload["connection_id"]))


@handler("publishing.sweep")
def sweep(run: JobRun) -> None:
    """Wakes due publications whose push was lost, and reads back what nobody has looked at for a while."""
    connection_id = UUID(run.payload["connection_id"])
    with tenant(run.tenant_id):
        view = connections.view(connection_id)
        rows = (
            Publication.objects.filter(connection_id=connection_id).exclude(task=Task.NOTHING).filter(due())
        )
        service.wake(connection_id, rows.values_list("shard", flat=True))
        age = channel(view.channel).manifest.freshness.seconds
        old = now() - timedelta(seconds=age)
        if Publication.objects.filter(
            connection_id=connection_id,
            task=Task.NOTHING,
            state__in=[State.LIVE, State.DIFFERS],
            checked_at__lt=old,
        ).exists():
            jobs.add(
                "publishing.verify",
                {"connection_id": str(connection_id)},
                key=f"verify:{connection_id}",
                lock=f"verify:{connection_id}",
                lane=Lane.BULK,
            )


@handler("publishing.verify", retries=3)
def verify(run: JobRun) -> None:
    """Reads back live listings whose proof has grown old."""
    connection_id = UUID(run.payload["connection_id"])
    with tenant(run.tenant_id):
        view = connections.view(connection_id)
    older_than = now() - timedelta(seconds=channel(view.channel).manifest.freshness.seconds)
    try:
        push.verify(run, connection_id, older_than)
    except ChannelError as error:
        connections.note_outcome(connection_id, error, tenant_id=run.tenant_id)
        raise
