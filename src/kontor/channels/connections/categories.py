"""A person looks for a category: from what is kept at once, and from the channel itself by a job."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from kontor.channels.connections import service
from kontor.channels.contract.capabilities import KnowsCategories
from kontor.channels.contract.values import CategorySuggestion
from kontor.channels.rules import service as rules
from kontor.jobs import service as jobs
from kontor.jobs.models import Job, Lane
from kontor.jobs.run import JobRun

SEARCH: Final = "connections.categories"
MOST: Final = 20


@dataclasses.dataclass(frozen=True, slots=True)
class Found:
    """`asked` says whether the channel has answered these words already; until then `items` is what is kept."""

    items: Sequence[CategorySuggestion]
    asked: bool


def search(connection_id: UUID, words: str) -> Found:
    """Categories for these words, the channel's own order first, without a call. Raises ConnectionNotFound."""
    view = service.view(connection_id)
    suggested = rules.suggestions(view.channel, view.marketplace, words, "")
    kept = rules.named(view.channel, view.marketplace, words, most=MOST)
    best = {each.category_id: each for each in (*(suggested or ()), *kept)}
    return Found(list(best.values())[:MOST], asked=suggested is not None)


def ask(connection_id: UUID, words: str) -> Job:
    """Queues the question to the channel; `search` knows more when the job has ended. Raises ConnectionNotFound."""
    view = service.view(connection_id)
    payload = {"connection_id": str(view.id), "words": words}
    return jobs.add(SEARCH, payload, key=f"{SEARCH}:{view.id}:{words}"[:200], lane=Lane.NOW)


def look_up(run: JobRun) -> None:
    """The job: keeps what the channel suggests."""
    connection_id = UUID(run.payload["connection_id"])
    view, connector = service.connector_for(connection_id, tenant_id=run.tenant_id)
    if isinstance(connector, KnowsCategories):
        rules.ensure_suggestions(connector, view.channel, view.marketplace, str(run.payload["words"]), "")
