"""The jobs of publishing: the run that a person watches, pushes, look-ups, and the sweep that closes gaps."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db.models import Count

from kontor.channels.connections import service as connections
from kontor.channels.contract.errors import ChannelError
from kontor.channels.registry import channel
from kontor.core.clock import now
from kontor.core.tenancy import tenant
from kontor.jobs import service as jobs
from kontor.jobs.registry import Again, JobCancelled, JobRun, handler
from kontor.publishing import lookup, push, service
from kontor.publishing.models import Publication, State, Task
from kontor.publishing.settle import due

SETTLED_AS = {
    State.LIVE: "live",
    State.DIFFERS: "differs",
    State.REJECTED: "rejected",
    State.WITHDRAWN: "withdrawn",
    State.ENDED: "ended",
    State.IN_DOUBT: "in_doubt",
}


@handler(service.RUN)
def run_of_publications(run: JobRun) -> None:
    """Watches the publications of one request until each has settled; cancelling drops the wishes not yet sent."""
    try:
        run.check()
    except JobCancelled:
        with tenant(run.tenant_id):
            Publication.objects.filter(run_id=run.id, state=State.WANTED).update(task=Task.NOTHING)
        raise
    with tenant(run.tenant_id):
        rows = Publication.objects.filter(run_id=run.id)
        counts = dict(rows.filter(task=Task.NOTHING).values_list("state").annotate(Count("id")))
        total, on_their_way = rows.count(), rows.filter(state=State.SENT).exclude(task=Task.NOTHING).count()
    done = sum(counts.values())
    tally = {SETTLED_AS.get(State(state), state): count for state, count in counts.items()}
    run.progress(
        done=done, total=total, tally={**tally, "sent": on_their_way, "waiting": total - done - on_their_way}
    )
    if done < total:
        raise Again(after_seconds=0.5)


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
                lane=jobs.Lane.BULK,
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
        connections.note_outcome(connection_id, error)
        raise
