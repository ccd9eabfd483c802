"""Fetches what preflight needs to know: the channel's category for a listing, and the rules of each category."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from kontor.channels.connections import service as connections
from kontor.channels.connections.service import ConnectionView
from kontor.channels.contract.capabilities import KnowsCategories
from kontor.channels.contract.errors import Gone
from kontor.channels.contract.values import CategorySuggestion
from kontor.channels.rules import service as rules
from kontor.channels.transport import crew
from kontor.core.tenancy import tenant
from kontor.goods import queries as goods_queries
from kontor.goods import service as goods
from kontor.goods.queries import Uncategorised
from kontor.jobs.run import JobRun

T = TypeVar("T")
CHUNK = 20


def look_up(run: JobRun, connection_id: UUID, listing_ids: Sequence[UUID] | None) -> None:
    """Suggests a category for each listing that has none for this marketplace, and caches the rules of all of theirs.

    A person's choice is never touched. A title that the channel has no suggestion for is remembered as looked up, so
    that preflight can ask the person instead of waiting.
    """
    view, connector = connections.connector_for(connection_id, tenant_id=run.tenant_id)
    if not isinstance(connector, KnowsCategories):
        return
    with tenant(run.tenant_id):
        open_listings = goods_queries.without_category(view.marketplace, listing_ids)
        categories = goods_queries.categories_of(view.marketplace, listing_ids)
    done = 0
    for chunk in _chunks(open_listings, CHUNK):
        suggested = crew.side_by_side([partial(_suggest, connector, view, listing) for listing in chunk])
        found = {
            listing.listing_id: suggestions[0] if suggestions else None
            for listing, suggestions in zip(chunk, suggested, strict=True)
        }
        with tenant(run.tenant_id):
            goods.set_category({key: {view.marketplace: _choice(best)} for key, best in found.items()})
        categories |= {best.category_id for best in found.values() if best}
        done += len(chunk)
        run.progress(done=done, total=len(open_listings))
    for some in _chunks(sorted(categories), CHUNK):
        run.check()
        known = crew.side_by_side([partial(_knows_rules, connector, view, category) for category in some])
        with tenant(run.tenant_id):
            for category_id in (each for each, is_known in zip(some, known, strict=True) if not is_known):
                gone = goods_queries.in_category(view.marketplace, category_id)
                goods.set_category({listing_id: {view.marketplace: {}} for listing_id in gone})


def _suggest(
    connector: KnowsCategories, view: ConnectionView, listing: Uncategorised
) -> Sequence[CategorySuggestion]:
    return rules.ensure_suggestions(
        connector, view.channel, view.marketplace, listing.title, listing.category_hint
    )


def _knows_rules(connector: KnowsCategories, view: ConnectionView, category_id: str) -> bool:
    """False for a category that is gone."""
    try:
        rules.ensure_rules(connector, view.channel, view.marketplace, category_id)
    except Gone:
        return False
    return True


def _choice(best: CategorySuggestion | None) -> dict[str, Any]:
    if best is None:
        return {"id": "", "name": "", "path": [], "by": "suggested"}
    return {"id": best.category_id, "name": best.name, "path": list(best.path), "by": "suggested"}


def _chunks(items: Sequence[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk
