"""The doorway of everything that channels tell: stored once, then interpreted; a webhook is a hint, the poll the truth."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from kontor.channels.connections import service as connections
from kontor.channels.connections.states import State
from kontor.channels.contract.errors import Unreadable
from kontor.channels.contract.values import Notification, OrderIn
from kontor.core.clock import now
from kontor.core.config import settings
from kontor.core.errors import NotFound, Problem
from kontor.inbound.models import Receipt, Watermark, WebhookRoute
from kontor.jobs import schedules
from kontor.jobs import service as jobs
from kontor.jobs.models import Lane

POLL = "inbound.poll"
INTERPRET = "inbound.interpret"
SUBSCRIBE = "inbound.subscribe"
PRUNE = "inbound.prune"
ORDERS = "orders"
FIRST_LOOK = timedelta(days=30)
EXTERNAL_ID_LENGTH: Final = 160


def poll_soon(connection_id: UUID) -> None:
    """Asks for orders now; a burst of hints becomes one poll."""
    jobs.add(
        POLL,
        {"connection_id": str(connection_id)},
        key=f"poll:{connection_id}",
        lock=f"poll:{connection_id}",
        lane=Lane.NOW,
    )


def keep_polling(tenant_id: UUID, connection_id: UUID) -> None:
    """The schedules that keep a connection true: orders polled, lost pushes found, old proof renewed."""
    payload = {"connection_id": str(connection_id)}
    every = settings().poll_seconds
    schedules.ensure(f"poll:{connection_id}", POLL, every, payload, tenant_id)
    schedules.ensure(f"sweep:{connection_id}", "publishing.sweep", max(every / 2, 1), payload, tenant_id)


def connection_changed(connection_id: UUID, state: State) -> None:
    """An account that works is listened to; one that is disconnected no longer."""
    if state == State.CALLABLE:
        payload = {"connection_id": str(connection_id)}
        jobs.add(SUBSCRIBE, payload, key=f"subscribe:{connection_id}", lane=Lane.NOW)
    elif state == State.DISCONNECTED:
        schedules.remove(f"poll:{connection_id}")
        schedules.remove(f"sweep:{connection_id}")


def watermark(connection_id: UUID) -> datetime:
    """Orders changed before this have all been taken in."""
    row = Watermark.objects.filter(connection_id=connection_id, stream=ORDERS).first()
    return row.at if row else now() - FIRST_LOOK


def advance(connection_id: UUID, to: datetime) -> None:
    """Moves the watermark, never backwards, after everything before it was taken in."""
    row, _ = Watermark.objects.select_for_update().get_or_create(
        connection_id=connection_id, stream=ORDERS, defaults={"at": to, "polled_at": now()}
    )
    Watermark.objects.filter(id=row.id).update(at=max(row.at, to), polled_at=now())


def store_polled(connection_id: UUID, told: OrderIn) -> bool:
    """Keeps what the poll brought, word for word; False where exactly this was told before."""
    fingerprint = hashlib.sha256(repr(sorted(told.raw.items())).encode()).hexdigest()[:16]
    external_id = f"{_moment(told)}{fingerprint}"
    _, is_new = _store(
        connection_id, "poll", "order", external_id, [told.external_id], told.raw, Receipt.State.DONE
    )
    return is_new


def is_known(connection_id: UUID, told: OrderIn) -> bool:
    """Whether this order was taken in as it has been since its last change."""
    rows = Receipt.objects.filter(connection_id=connection_id, external_id__startswith=_moment(told))
    return rows.exists()


def store_notification(connection_id: UUID, notification: Notification) -> bool:
    """Keeps a verified push and queues its reading; False where this event came before."""
    receipt, is_new = _store(
        connection_id,
        "webhook",
        notification.topic,
        notification.external_id,
        list(notification.resource_ids),
        notification.raw,
        Receipt.State.WAITING,
    )
    if is_new and notification.is_readable:
        _interpret_soon(receipt.id)
    elif is_new:
        settle(receipt.id, Problem(Unreadable.code, "This message of the channel's can't be read"))
    return is_new


def replay(receipt_id: UUID) -> None:
    """Reads a kept message again; what it did already it does not do twice."""
    if not Receipt.objects.filter(id=receipt_id).exists():
        raise NotFound("There is no such receipt")
    Receipt.objects.filter(id=receipt_id).update(state=Receipt.State.WAITING, problem=None)
    _interpret_soon(receipt_id)


def receipts_about(connection_id: UUID, resource_id: str, most: int) -> list[Receipt]:
    """What a channel told about one thing, newest first."""
    rows = Receipt.objects.filter(connection_id=connection_id, resource_ids__contains=[resource_id])
    return list(rows.order_by("-received_at")[:most])


def settle(receipt_id: UUID, problem: Problem | None) -> None:
    """Notes how the reading of a receipt went."""
    Receipt.objects.filter(id=receipt_id).update(
        state=Receipt.State.FAILED if problem else Receipt.State.DONE,
        problem=problem.as_dict() if problem else None,
    )


def open_route(tenant_id: UUID, connection_id: UUID) -> WebhookRoute:
    """The address at which the channel may call about this connection; made once, with a token nobody can guess."""
    view = connections.view(connection_id)
    known = WebhookRoute.objects.filter(connection=connection_id).first()
    if known:
        return known
    token = secrets.token_urlsafe(32)
    endpoint = f"{settings().public_url.rstrip('/')}/api/v1/hooks/{view.channel}/{token}"
    return WebhookRoute.objects.create(
        token=token,
        channel=view.channel,
        tenant=tenant_id,
        connection=connection_id,
        endpoint=endpoint,
    )


def forget_bodies(connection_id: UUID, resource_id: str) -> int:
    """Empties what was kept of messages about one thing of the channel's, for an erasure; answers how many."""
    rows = Receipt.objects.filter(connection_id=connection_id, resource_ids__contains=[resource_id])
    return rows.exclude(body={}).update(body={})


def forget_receipt(receipt_id: UUID) -> None:
    """Empties one message."""
    Receipt.objects.filter(id=receipt_id).update(body={})


def forget_before(before: datetime, most: int) -> int:
    """Empties up to so many messages that came before a moment; how many. That they came stays known."""
    old = Receipt.objects.filter(received_at__lt=before).exclude(body={}).order_by("received_at")
    return Receipt.objects.filter(id__in=list(old.values_list("id", flat=True)[:most])).update(body={})


def route_of(channel_id: str, token: str) -> WebhookRoute:
    """Raises NotFound for a token that nobody gave out."""
    route = WebhookRoute.objects.filter(token=token, channel=channel_id).first()
    if route is None:
        raise NotFound("There is no such address")
    return route


def _store(
    connection_id: UUID,
    source: str,
    topic: str,
    external_id: str,
    resource_ids: list[str],
    body: Mapping[str, object],
    state: Receipt.State,
) -> tuple[Receipt, bool]:
    return Receipt.objects.get_or_create(
        connection_id=connection_id,
        external_id=_fitting(external_id),
        defaults={
            "source": source,
            "topic": topic,
            "resource_ids": resource_ids,
            "body": dict(body),
            "state": state,
            "received_at": now(),
        },
    )


def _moment(told: OrderIn) -> str:
    return f"{told.external_id}:{told.changed_at.isoformat()}:"


def _fitting(external_id: str) -> str:
    """A long id still differs from its like: cut short it would swallow them."""
    if len(external_id) <= EXTERNAL_ID_LENGTH:
        return external_id
    return f"sha256:{hashlib.sha256(external_id.encode()).hexdigest()}"


def _interpret_soon(receipt_id: UUID) -> None:
    jobs.add(INTERPRET, {"receipt_id": str(receipt_id)}, key=f"receipt:{receipt_id}", lane=Lane.NOW)
