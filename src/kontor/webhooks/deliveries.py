"""One delivery's way: attempts with growing pauses, what came of each, and sending it again. All inside `tenant()`."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from kontor.core.clock import now
from kontor.core.config import settings
from kontor.core.errors import Conflict, NotFound
from kontor.live import events
from kontor.webhooks import endpoints, outgoing, signing
from kontor.webhooks.event_types import TEST
from kontor.webhooks.models import Attempt, Delivery, DeliveryState, Endpoint, Why
from kontor.webhooks.sending import Answer

#: Pauses after the first, second … attempt, as Standard Webhooks recommends them: ten attempts within some three days.
PAUSES: Final = tuple(
    timedelta(**pause)
    for pause in (
        {"seconds": 5}, {"minutes": 5}, {"minutes": 30}, {"hours": 2}, {"hours": 5}, {"hours": 10},
        {"hours": 14}, {"hours": 20}, {"hours": 24},
    )
)  # fmt: skip
RESTS_AFTER: Final = 3  # failures on end, after which the endpoint is asked for nothing for a while
REST_SECONDS, LONGEST_REST_SECONDS = 30.0, 600.0
MOST_REPLAYED: Final = 1000
GONE: Final = 410


class NoSuchDelivery(NotFound):
    """No such delivery in this tenant; old ones are forgotten."""

    code, title = "webhook.delivery_not_found", "There is no such delivery; old ones are forgotten"


class StillGoing(Conflict):
    """The delivery waits for its next attempt anyway."""

    code, title = "webhook.delivery_waiting", "This delivery is on its way already"


class Disabled(Conflict):
    """Nothing is sent to an endpoint that is switched off."""

    code, title = "webhook.is_disabled", "This endpoint is switched off; enable it first"


@dataclass(frozen=True, slots=True)
class Call:
    """What an attempt sends."""

    attempt_id: UUID
    url: str
    headers: dict[str, str]
    body: str


def log(endpoint_id: UUID, *, state: str | None = None, event_type: str | None = None) -> QuerySet[Delivery]:
    """Deliveries of an endpoint. Raises NoSuchEndpoint."""
    rows = Delivery.objects.filter(endpoint_id=endpoints.get(endpoint_id).id)
    if state:
        rows = rows.filter(state=state)
    return rows.filter(type=event_type) if event_type else rows


def get(delivery_id: UUID) -> Delivery:
    """Raises NoSuchDelivery, also for another tenant's id."""
    if (found := Delivery.objects.filter(id=delivery_id).first()) is None:
        raise NoSuchDelivery
    return found


def attempts(delivery_id: UUID) -> list[Attempt]:
    """Each call of a delivery, the newest first. Raises NoSuchDelivery."""
    return list(Attempt.objects.filter(delivery_id=get(delivery_id).id).order_by("-number"))


def replay(delivery_id: UUID) -> Delivery:
    """Sends it again, with the same `webhook-id` and all attempts before it. Raises NoSuchDelivery, StillGoing, Disabled."""
    row = Delivery.objects.select_for_update().filter(id=delivery_id).first()
    if row is None:
        raise NoSuchDelivery
    if row.state == DeliveryState.WAITING:
        raise StillGoing
    if not endpoints.get(row.endpoint_id).is_enabled and row.type != TEST:
        raise Disabled
    _again([row])
    return row


def replay_failed(endpoint_id: UUID, since: datetime) -> int:
    """Sends again, oldest first, what failed of the events since then; at most MOST_REPLAYED at once, and says how many.

    Raises NoSuchEndpoint, Disabled.
    """
    if not endpoints.get(endpoint_id).is_enabled:
        raise Disabled
    failed = Delivery.objects.filter(
        endpoint_id=endpoint_id, state=DeliveryState.FAILED, created_at__gte=since
    )
    rows = list(failed.select_for_update().order_by("created_at", "id")[:MOST_REPLAYED])
    _again(rows)
    return len(rows)


def _again(rows: list[Delivery]) -> None:
    for row in rows:
        row.state, row.settled_at, row.next_at = DeliveryState.WAITING, None, now()
        row.first_attempt = row.attempts + 1
    Delivery.objects.bulk_update(rows, ["state", "settled_at", "next_at", "first_attempt"])
    for row in rows:
        outgoing.queue(row)
        _tell(row)


def begin(delivery_id: UUID) -> Call | datetime | None:
    """The next attempt, written down before it goes out; or when to come back for it; or None where nothing is to do."""
    row = Delivery.objects.select_for_update().select_related(None).filter(id=delivery_id).first()
    if row is None or row.state != DeliveryState.WAITING:
        return None
    endpoint, moment = endpoints.get(row.endpoint_id), now()
    if not endpoint.is_enabled and row.type != TEST:
        return None
    if (due := _due(row, endpoint)) > moment:
        return due
    row.attempts += 1
    row.save(update_fields=["attempts"])
    attempt = Attempt.objects.create(delivery=row, number=row.attempts, at=moment)
    headers = signing.headers(row, signing.secrets_of(endpoint), moment)
    return Call(attempt.id, endpoint.url, headers, row.body)


def _due(row: Delivery, endpoint: Endpoint) -> datetime:
    """A first attempt waits while the endpoint rests; a later one has a moment of its own."""
    due = row.next_at or row.created_at
    if endpoint.resting_until and row.attempts < row.first_attempt and row.type != TEST:
        return max(due, endpoint.resting_until)
    return due


def settle(attempt_id: UUID, answer: Answer) -> datetime | None:
    """Writes down what came of an attempt; answers when to try again, None where it is decided."""
    attempt = Attempt.objects.get(id=attempt_id)
    attempt.duration_ms, attempt.status = answer.duration_ms, answer.status
    attempt.problem, attempt.answer = answer.problem, answer.text
    attempt.save()
    row = Delivery.objects.select_for_update().get(id=attempt.delivery_id)
    endpoint = endpoints.locked(row.endpoint_id)
    if not answer.problem:
        row.state, row.next_at = DeliveryState.DELIVERED, None
        endpoints.succeeded(endpoint, now())
    else:
        row.next_at = _next(row, answer)
        if row.next_at is None:
            row.state = DeliveryState.FAILED
    row.settled_at = None if row.state == DeliveryState.WAITING else now()
    row.save(update_fields=["state", "next_at", "settled_at"])
    if answer.problem:
        _note_failure(endpoint, answer)
        row.refresh_from_db()  # it fails with an endpoint that is disabled by this
    _tell(row)
    return row.next_at


def _next(row: Delivery, answer: Answer) -> datetime | None:
    made = row.attempts - row.first_attempt + 1
    if made > len(PAUSES) or row.type == TEST:
        return None
    pause = PAUSES[made - 1] * random.uniform(1.0, 1.1)  # noqa: S311  # a thousand don't come back at once
    return now() + max(pause, timedelta(seconds=answer.retry_after_seconds))


def _note_failure(endpoint: Endpoint, answer: Answer) -> None:
    moment = now()
    endpoint.failures += 1
    endpoint.failing_since = endpoint.failing_since or moment
    if endpoint.failures >= RESTS_AFTER:
        rest = min(REST_SECONDS * 2 ** min(endpoint.failures - RESTS_AFTER, 10), LONGEST_REST_SECONDS)
        endpoint.resting_until = moment + timedelta(seconds=rest)
    endpoint.save(update_fields=["failures", "failing_since", "resting_until"])
    if answer.status == GONE:
        endpoints.disable(endpoint, Why.GONE)
    elif moment - endpoint.failing_since >= timedelta(days=settings().webhook_give_up_days):
        endpoints.disable(endpoint, Why.FAILING)


def forget(before: datetime, limit: int) -> int:
    """Deletes the oldest deliveries that are settled and older than `before`; answers how many."""
    old = Delivery.objects.exclude(state=DeliveryState.WAITING).filter(created_at__lt=before)
    ids = list(old.order_by("created_at").values_list("id", flat=True)[:limit])
    Attempt.objects.filter(delivery_id__in=ids).delete()
    Delivery.objects.filter(id__in=ids).delete()
    return len(ids)


def _tell(row: Delivery) -> None:
    payload = {"endpoint_id": str(row.endpoint_id), "state": str(row.state)}
    events.record("webhook.delivery", "webhook", row.id, payload=payload)
