"""From an event to deliveries: written in the event's own transaction, so that none is told and none is lost alone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from django.core.serializers.json import DjangoJSONEncoder

from kontor.core.clock import now
from kontor.jobs import service as jobs
from kontor.jobs.models import Lane
from kontor.live.events import Told
from kontor.webhooks import event_types
from kontor.webhooks.models import Delivery, Endpoint

DELIVER: Final = "webhooks.deliver"
# The lock keeps an endpoint from being removed between this look and the event's commit, and hinders no other change.
LISTENING: Final = """
select * from webhooks_endpoint where is_enabled and types @> %s::jsonb order by id for key share
"""


def hear(told: Told) -> None:
    """Queues the event for each enabled endpoint that chose its type. Runs for every event of the house: most end here
    at the first line, the others cost one indexed query where nobody listens."""
    translated = event_types.of(told)
    if translated is None:
        return
    name, data = translated
    add(Endpoint.objects.raw(LISTENING, [json.dumps([name])]), name, data)


def add(endpoints: Iterable[Endpoint], name: str, data: Mapping[str, Any]) -> list[Delivery]:
    """A delivery of `data` to each of these, and the jobs that carry them out."""
    moment = now()
    rows = [
        Delivery(endpoint=each, type=name, body=body(name, data, moment), next_at=moment, created_at=moment)
        for each in endpoints
    ]
    Delivery.objects.bulk_create(rows)
    for row in rows:
        queue(row)
    return rows


def queue(row: Delivery) -> None:
    """The job that makes the next attempt. One at a time per endpoint: a slow one keeps one seat and no more."""
    jobs.add(
        DELIVER,
        {"delivery_id": str(row.id)},
        key=f"webhook:{row.id}",
        lock=f"webhook:{row.endpoint_id}",
        lane=Lane.OUTSIDE,
    )


def body(name: str, data: Mapping[str, Any], moment: datetime) -> str:
    """The JSON that is sent: what happened, when, and ids to read more by; the present state is the API's to tell."""
    told = {"type": name, "timestamp": moment, "version": event_types.VERSION, "data": dict(data)}
    return json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
