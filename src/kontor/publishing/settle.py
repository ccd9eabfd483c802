"""What an answer means for a publication: the only place that moves its state. Called inside `tenant()`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from kontor.accounts.people.notices import notify
from kontor.channels.connections import service as connections
from kontor.channels.contract.capabilities import ReadsBack
from kontor.channels.contract.errors import ChannelError, Gone, LoginNeeded, Rejected, Unavailable
from kontor.channels.contract.journal import InDoubt
from kontor.channels.contract.values import Difference, Live, LiveState, Published
from kontor.core.clock import now
from kontor.core.errors import Problem
from kontor.core.tenancy import current_tenant
from kontor.goods import queries as goods
from kontor.jobs import queries as jobs
from kontor.jobs.models import Outcome, Status
from kontor.publishing import service
from kontor.publishing.models import Appearance, Publication, State, Task, Wish
from kontor.publishing.outgoing import Outgoing
from kontor.publishing.service import RUN

Results = Mapping[UUID, Published | ChannelError]
WAIT = timedelta(seconds=3)
BACK_OFF_SECONDS = (2, 5, 15, 60, 300, 900)


def due() -> Q:
    """Publications whose time has come."""
    return Q(retry_at=None) | Q(retry_at__lte=now())


def not_held(rows: QuerySet[Publication]) -> QuerySet[Publication]:
    """Leaves out what belongs to a run that a person has paused."""
    held = jobs.find(kinds=[RUN], statuses=[Status.PAUSED])
    return rows.exclude(run_id__in=held.values("id"))


def drop_cancelled(connection_id: UUID, shard: int) -> None:
    """Gives up wishes of runs that a person has cancelled, as far as they have not been sent."""
    waiting = Publication.objects.filter(connection_id=connection_id, shard=shard, state=State.WANTED)
    waiting = waiting.exclude(task=Task.NOTHING).exclude(run_id=None)
    runs = {row.run_id for row in waiting.only("run_id") if row.run_id}
    cancelled = jobs.find(kinds=[RUN], outcomes=[Outcome.CANCELLED]).filter(id__in=runs) if runs else ()
    if gone := {job.id for job in cancelled}:
        rows = list(waiting.filter(run_id__in=gone))
        Publication.objects.filter(id__in=[row.id for row in rows]).update(
            task=Task.NOTHING, wanted=Wish.WITHDRAWN, state=State.WITHDRAWN
        )
        service.announce(rows)


def blocked(row: Publication, problems: Sequence[Problem]) -> None:
    """Preflight found something after all (the listing changed since): nothing was sent."""
    row.problems = [problem.as_dict() for problem in problems]
    _finish(row, State.REJECTED)


def wait(row: Publication) -> None:
    """The house still fetches something; no attempt is lost."""
    row.retry_at = now() + WAIT
    _update(row, "retry_at")


def listing_gone(rows: Iterable[Publication]) -> None:
    """The listing is no longer there: nothing is wanted of it."""
    for row in rows:
        _finish(row, State.WITHDRAWN)


def account_refused(rows: Iterable[Publication], error: ChannelError) -> None:
    """The whole account can't: each wish stays, and goes on when the person has signed in or set up."""
    problem = Problem(error.code, error.detail, "connection", dict(error.params))
    for row in rows:
        row.problems = [problem.as_dict()]
        row.state = State.LOGIN_NEEDED if isinstance(error, LoginNeeded) else State.REJECTED
        row.retry_at = now() + timedelta(seconds=BACK_OFF_SECONDS[-1])
        _update(row, "problems", "state", "retry_at")
    service.announce(rows)


def sent(rows: Mapping[UUID, Publication], items: Mapping[UUID, Outgoing], results: Results) -> None:
    """The calls have gone out and were answered; what was taken still has to be seen."""
    for key, row in rows.items():
        result = results.get(key)
        if isinstance(result, Published):
            row.bound = dict(result.bound)
            row.warnings = [warning.as_dict() for warning in result.warnings]
            row.sent_revision = items[key].revision
            row.state = State.SENT
            _appear(row, result)
            _update(row, "bound", "warnings", "sent_revision", "state", "external_id", "address")
        else:
            refused(row, result or Unavailable("The channel said nothing about this row", maybe_applied=True))
    service.announce(rows.values())


def refused(row: Publication, error: ChannelError) -> None:
    """Sorts a failed push into its three kinds: a business no, an outage, a doubt."""
    row.problems = [problem.as_dict() for problem in error.problems] or [
        Problem(error.code, error.detail, params={**error.params}).as_dict()
    ]
    if isinstance(error, Gone):
        row.bound = {}
        _appearance_ends(row)
        _again(row, State.WANTED)
    elif isinstance(error, InDoubt):
        _finish(row, State.IN_DOUBT)
    elif isinstance(error, Rejected) or not (error.maybe_applied or isinstance(error, Unavailable)):
        _finish(row, State.REJECTED)
    else:
        _again(row, State.UNREACHABLE)


def withdrawn(rows: Mapping[UUID, Publication], results: Results) -> None:
    """Taken off: the id stays in the history, and the next publish gets a new one."""
    for key, row in rows.items():
        result = results.get(key)
        if isinstance(result, Published):
            row.bound = dict(result.bound)
            row.problems, row.differences = [], []
            _appearance_ends(row)
            row.live_revision = 0
            row.proved_at = row.checked_at = now()
            _update(row, "bound", "differences", "live_revision", "proved_at", "checked_at")
            _finish(row, State.WITHDRAWN)
        elif isinstance(result, Gone):
            _appearance_ends(row)
            _finish(row, State.WITHDRAWN)
        else:
            refused(row, result or Unavailable("The channel said nothing about this row", maybe_applied=True))
    service.announce(rows.values())


def proved(
    rows: Mapping[UUID, Publication],
    items: Mapping[UUID, Outgoing],
    lives: Mapping[UUID, Live | ChannelError],
    connector: Any,
) -> None:
    """What the read-back showed. Only here does anything become live."""
    for key, item in items.items():
        row, live = rows[key], lives.get(key)
        if not isinstance(live, Live):
            if row.task != Task.NOTHING:
                _again(row, State.SENT)
            continue
        row.checked_at = now()
        _update(row, "checked_at")
        if live.state == LiveState.ABSENT:
            _again(row, State.SENT) if row.task != Task.NOTHING else _ended(row)
        elif live.state == LiveState.ENDED:
            _ended(row)
        else:
            _seen(row, item, live, connector)
    service.announce(rows[key] for key in items)


def differences(item: Outgoing, live: Live, connector: ReadsBack[Any]) -> list[Difference]:
    """Field by field: what was sent, what is there, and the channel's rule that explains it, where one does."""
    expected = connector.expected(item.goods)
    names = {variant.sku: variant.merchant_sku for variant in item.goods.variants}
    found = []
    for field in sorted({*expected, *live.values}):
        wanted, seen = expected.get(field), live.values.get(field)
        if wanted != seen:
            head, slash, tail = field.partition("/")
            sku = names.get(head, head) if slash else item.goods.merchant_sku
            name = tail if slash else field
            found.append(Difference(sku, name, wanted, seen, connector.reason(name, wanted, seen)))
    return found


def shown(item: Outgoing, live: Live) -> dict[str, Any]:
    """What a merchant looks for first on the channel, by the merchant's own SKUs; a variant left out there is absent."""
    variants = {
        variant.merchant_sku: {
            name: live.values.get(f"{variant.sku}/{name}") for name in ("price", "currency", "quantity")
        }
        for variant in item.goods.variants
        if f"{variant.sku}/price" in live.values and live.values.get(f"{variant.sku}/listed", True)
    }
    return {"title": live.values.get("title", ""), "variants": variants}


def _seen(row: Publication, item: Outgoing, live: Live, connector: Any) -> None:
    found = differences(item, live, connector)
    row.shown = shown(item, live)
    row.differences = [
        {"sku": d.sku, "field": d.field, "sent": d.sent, "found": d.found, "reason": d.reason} for d in found
    ]
    row.proved_at = now()
    row.live_revision = item.revision
    row.problems = []
    if live.external_id:
        _appear(row, Published(live.external_id, live.address or row.address, row.bound))
    _update(row, "differences", "shown", "proved_at", "live_revision", "external_id", "address", "bound")
    _finish(row, State.DIFFERS if any(not d.reason for d in found) else State.LIVE)


def _ended(row: Publication) -> None:
    _appearance_ends(row)
    row.proved_at = now()
    _update(row, "proved_at")
    _finish(row, State.ENDED)


def _appear(row: Publication, result: Published) -> None:
    if result.external_id and result.external_id != row.external_id:
        _appearance_ends(row)
    row.external_id, row.address = result.external_id, result.address
    if result.external_id:
        Appearance.objects.get_or_create(
            publication_id=row.id,
            external_id=result.external_id,
            defaults={"address": result.address, "started_at": now()},
        )


def _appearance_ends(row: Publication) -> None:
    Appearance.objects.filter(publication_id=row.id, ended_at=None).update(ended_at=now())
    row.external_id, row.address, row.shown = "", "", {}
    _update(row, "external_id", "address", "shown")


def _finish(row: Publication, state: State) -> None:
    """The wish that was worked for is settled; a newer one that came meanwhile keeps its task."""
    if state == State.REJECTED and row.state != state and row.run_id is None:
        _notify(row)
    row.state = state
    _update(row, "state", "problems", "bound")
    done = Publication.objects.filter(id=row.id, wish=row.generation).update(
        task=Task.NOTHING, retry_at=None, attempts=0
    )
    if done:
        row.task = Task.NOTHING


def _notify(row: Publication) -> None:
    """A refusal that nobody is watching: of a change that went out by itself, not of a run that somebody started."""
    notify(
        "listing.refused", current_tenant(), link=f"/listings/{row.listing_id}",
        title=goods.headlines([row.listing_id]).get(row.listing_id, ""),
        channel=connections.view(row.connection_id).label,
    )  # fmt: skip


def _again(row: Publication, state: State) -> None:
    """Backs off and tries again; the newer wish, where there is one, does not wait."""
    wait_seconds = BACK_OFF_SECONDS[min(row.attempts, len(BACK_OFF_SECONDS) - 1)]
    row.state = state
    row.attempts += 1
    _update(row, "state", "problems", "bound", "attempts")
    Publication.objects.filter(id=row.id, wish=row.generation).update(
        retry_at=now() + timedelta(seconds=wait_seconds)
    )


def _update(row: Publication, *fields: str) -> None:
    row.save(update_fields=[*fields, "updated_at"])
