"""The only writer of what is wanted: publish, withdraw, changed prices, answers of a person. Calls no channel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from kontor.catalog import gallery
from kontor.channels.connections import service as connections
from kontor.channels.connections.states import USABLE
from kontor.channels.connections.states import State as ConnectionState
from kontor.core.cause import cause_of
from kontor.core.clock import now
from kontor.core.errors import Conflict, NotFound, Problem
from kontor.core.identifiers import uuid7
from kontor.jobs import service as jobs
from kontor.jobs.models import Lane
from kontor.live import events
from kontor.publishing import checks, outgoing
from kontor.publishing.models import SHARDS, Publication, State, Step, Task, Wish

RUN = "publishing.run"
PUSH = "publishing.push"
PREPARE = "publishing.prepare"
RECONSIDER = "publishing.reconsider"
MOST_AT_ONCE = 10_000


class NothingToPublish(Conflict):
    """Every chosen listing is blocked; nothing was queued."""

    code, title = "publishing.nothing_to_publish", "None of these can be published yet"


@dataclass(frozen=True, slots=True)
class Requested:
    """What a request to publish came to: the job to watch, and what preflight kept back."""

    job_id: UUID | None
    wanted: int
    blocked: dict[UUID, tuple[Problem, ...]]


def publish(listing_ids: Sequence[UUID], connection_id: UUID) -> Requested:
    """Wants these listings on this account and queues them; those that preflight blocks are left out and returned.

    Listings whose pictures or category rules are still being fetched are wanted all the same: the push waits for them.
    Raises NotFound (also for another tenant's ids).
    """
    connection = checks.connection_view(connection_id)
    found = checks.preflight(connection, listing_ids)
    if missing := set(listing_ids) - set(found):
        raise NotFound(f"{len(missing)} of these listings do not exist")
    blocked = {
        listing_id: blocking
        for listing_id, problems in found.items()
        if (blocking := checks.blocks(problems))
    }
    ready = [listing_id for listing_id in listing_ids if listing_id not in blocked]
    job_id = _run(ready, connection_id, label="publish") if ready else None
    if ready:
        _want(connection, ready, Wish.LIVE, Task.PUBLISH, job_id)
        prepare(connection_id, ready)
        gallery.fetch_first([key for key in ready if _waits_for_pictures(found[key])])
    return Requested(job_id, len(ready), blocked)


def withdraw(listing_ids: Sequence[UUID], connection_id: UUID) -> Requested:
    """Takes these listings off this account. Those that were never there are left alone."""
    connection = checks.connection_view(connection_id)
    known = list(
        Publication.objects.filter(connection_id=connection_id, listing_id__in=listing_ids)
        .exclude(state=State.WITHDRAWN)
        .values_list("listing_id", flat=True)
    )
    if not known:
        raise NothingToPublish("None of these listings is on this channel")
    job_id = _run(known, connection_id, label="withdraw")
    _want(connection, known, Wish.WITHDRAWN, Task.WITHDRAW, job_id)
    return Requested(job_id, len(known), {})


def listings_changed(listing_ids: Sequence[UUID], what: frozenset[str]) -> None:
    """The catalogue changed: whatever is on a channel, or was refused there, follows by itself.

    A price or a stock alone goes by the call that touches nothing else. Runs inside the change's transaction.
    """
    rows = Publication.objects.filter(listing_id__in=listing_ids, wanted=Wish.LIVE)
    if "archived" in what:
        _wish_again(rows, Task.WITHDRAW, wanted=Wish.WITHDRAWN)
    elif what <= {"price", "stock"}:
        prices_again(rows)
    else:
        content_again(rows)


def content_again(rows: QuerySet[Publication]) -> None:
    """Wants these pushed as they are now."""
    _wish_again(rows, Task.PUBLISH)


def prices_again(rows: QuerySet[Publication]) -> None:
    """Wants price and stock of these told; those that are not there yet, or just being published, go as a whole."""
    whole = Q(external_id="") | Q(task=Task.PUBLISH)
    _wish_again(rows.exclude(whole), Task.PRICE_STOCK)
    _wish_again(rows.filter(whole), Task.PUBLISH)


def shared_changed() -> None:
    """Defaults or brands changed: a job for each connection finds out which of its listings look different now."""
    for connection_id in Publication.objects.values_list("connection_id", flat=True).distinct():
        terms_changed(connection_id)


def terms_changed(connection_id: UUID) -> None:
    """A connection's price rule or choices changed: the same for this one."""
    if Publication.objects.filter(connection_id=connection_id, wanted=Wish.LIVE).exists():
        name = f"reconsider:{connection_id}"
        jobs.add(RECONSIDER, {"connection_id": str(connection_id)}, key=name, lock=name)


def connection_changed(connection_id: UUID, state: ConnectionState) -> None:
    """An account that works again goes on with what waited for it, and learns the categories of what is there."""
    if state in USABLE:
        waiting = Publication.objects.filter(connection_id=connection_id).exclude(task=Task.NOTHING)
        waiting.update(retry_at=None)
        wake(connection_id, waiting.values_list("shard", flat=True))
        prepare(connection_id)


def set_overrides(publication_id: UUID, overrides: dict[str, Any]) -> Publication:
    """What this channel alone should show otherwise: title, description, category_id, prices by SKU (minor units)."""
    publication = get(publication_id)
    publication.overrides = overrides
    publication.save(update_fields=["overrides", "updated_at"])
    _wish_again(Publication.objects.filter(id=publication_id, wanted=Wish.LIVE), Task.PUBLISH)
    return get(publication_id)


def retry(publication_id: UUID) -> Publication:
    """Tries again now, whatever the last answer was."""
    publication = get(publication_id)
    task = Task.PUBLISH if publication.wanted == Wish.LIVE else Task.WITHDRAW
    _wish_again(Publication.objects.filter(id=publication_id), task)
    return get(publication_id)


def resolve_doubt(publication_id: UUID, *, happened: bool) -> Publication:
    """A person looked at the channel: the steps in doubt did, or did not, happen. Then the push goes on."""
    publication = get(publication_id)
    if publication.state != State.IN_DOUBT:
        raise Conflict("Nothing is unclear about this publication")
    Step.objects.filter(publication_id=publication_id, state=Step.State.INTENT).update(
        state=Step.State.DONE if happened else Step.State.REFUSED, result={} if happened else None, at=now()
    )
    return retry(publication_id)


def prepare(connection_id: UUID, listing_ids: Sequence[UUID] | None = None) -> None:
    """Looks up, as a job, categories and their rules where they are not cached yet."""
    payload: dict[str, Any] = {"connection_id": str(connection_id)}
    scope = "all"
    if listing_ids is not None:
        # Whoever asks again while these are being looked up does not look them up again.
        payload["listing_ids"] = wanted = sorted(str(listing_id) for listing_id in listing_ids)
        scope = sha256(",".join(wanted).encode()).hexdigest()
    jobs.add(
        PREPARE,
        payload,
        key=f"prepare:{connection_id}:{scope}",
        # What somebody waits for must not wait for the whole catalogue.
        lock=f"prepare:{connection_id}:{'all' if listing_ids is None else 'some'}",
        lane=Lane.BULK if listing_ids is None else Lane.NOW,
    )


def get(publication_id: UUID) -> Publication:
    """Raises NotFound (also for another tenant's id)."""
    publication = Publication.objects.filter(id=publication_id).first()
    if publication is None:
        raise NotFound("There is no such publication")
    return publication


def wake(connection_id: UUID, shards: Iterable[int]) -> None:
    """Queues the pushes of these shards; one waiting job takes a burst of wishes."""
    for shard in sorted(set(shards)):
        name = f"push:{connection_id}:{shard}"
        payload = {"connection_id": str(connection_id), "shard": shard}
        jobs.add(PUSH, payload, key=name, lock=name, lane=Lane.NORMAL)


def announce(publications: Iterable[Publication]) -> None:
    """Tells whoever is watching."""
    for row in publications:
        events.record(
            "publication.changed",
            "publication",
            row.id,
            payload={
                "listing_id": str(row.listing_id),
                "connection_id": str(row.connection_id),
                "state": row.state,
            },
        )


def _waits_for_pictures(problems: Sequence[Problem]) -> bool:
    return any(problem.code == checks.PICTURES_PENDING for problem in problems)


def _run(listing_ids: Sequence[UUID], connection_id: UUID, label: str) -> UUID:
    if len(listing_ids) > MOST_AT_ONCE:
        raise Conflict(f"At most {MOST_AT_ONCE} listings at once", limit=MOST_AT_ONCE)
    payload = {"connection_id": str(connection_id), "action": label}
    return jobs.add(RUN, payload, lane=Lane.NORMAL, label=label, total=len(listing_ids)).id


def _want(
    connection: connections.ConnectionView,
    listing_ids: Sequence[UUID],
    wanted: Wish,
    task: Task,
    run_id: UUID | None,
) -> None:
    """Upserts the publications with their SKUs made fit, raises the wish, and queues their shards."""
    known = Publication.objects.filter(connection_id=connection.id, listing_id__in=listing_ids)
    stored = {row.listing_id: row for row in known.select_for_update()}
    built = outgoing.build(connection, stored, listing_ids)
    new = {key: _new(key, connection.id) for key in listing_ids if key not in stored}
    rows = stored | new
    raised = {
        "wanted": wanted, "task": task, "task_since": now(), "retry_at": None, "attempts": 0, "run_id": run_id,
        "cause": cause_of(), "state": State.WANTED, "problems": [],
    }  # fmt: skip
    for listing_id, row in rows.items():
        row.wish += 1
        row.reference, row.wanted_revision = built[listing_id].goods.reference, built[listing_id].revision
        for name, value in raised.items():
            setattr(row, name, value)
    Publication.objects.bulk_create(new.values())
    Publication.objects.bulk_update(
        stored.values(), ["wish", "reference", "wanted_revision", *raised], batch_size=500
    )
    outgoing.keep_skus(connection.id, {rows[key].id: item.skus for key, item in built.items()})
    announce(rows.values())
    wake(connection.id, (row.shard for row in rows.values()))


def _new(listing_id: UUID, connection_id: UUID) -> Publication:
    key = uuid7()
    return Publication(id=key, listing_id=listing_id, connection_id=connection_id, shard=key.int % SHARDS)


def _wish_again(rows: QuerySet[Publication], task: Task, wanted: Wish | None = None) -> None:
    """A new wish for publications that exist; an unfinished one of a greater kind is kept."""
    touched = list(rows.values_list("id", "connection_id", "shard"))
    if not touched:
        return
    change: dict[str, Any] = {
        "task": task,
        "task_since": now(),
        "retry_at": None,
        "attempts": 0,
        "wish": F("wish") + 1,
        "cause": cause_of(),
    }
    if wanted is not None:
        change["wanted"] = wanted
    Publication.objects.filter(id__in=[key for key, _, _ in touched]).update(**change)
    for connection_id in {connection_id for _, connection_id, _ in touched}:
        wake(connection_id, (shard for _, owner, shard in touched if owner == connection_id))
