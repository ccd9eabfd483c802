"""Fetches what preflight needs to know: the channel's category for a listing, and the rules of each category."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from kontor.channels.connections import service as connections
from kontor.channels.contract.capabilities import KnowsCategories
from kontor.channels.contract.errors import Gone
from kontor.channels.contract.values import CategorySuggestion
from kontor.channels.rules import service as rules
from kontor.core.tenancy import tenant
from kontor.goods import queries as goods_queries
from kontor.goods import service as goods
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
        found = {}
        for listing in chunk:
            suggestions = rules.ensure_suggestions(
                connector, view.channel, view.marketplace, listing.title, listing.category_hint
            )
            found[listing.listing_id] = suggestions[0] if suggestions else None
        with tenant(run.tenant_id):
            goods.set_category({key: {view.marketplace: _choice(best)} for key, best in found.items()})
        categories |= {best.category_id for best in found.values() if best}
        done += len(chunk)
        run.progress(done=done, total=len(open_listings))
    for category_id in sorted(categories):
        run.check()
        try:
            rules.ensure_rules(connector, view.channel, view.marketplace, category_id)
        except Gone:
            with tenant(run.tenant_id):
                gone = goods_queries.in_category(view.marketplace, category_id)
                goods.set_category({listing_id: {view.marketplace: {}} for listing_id in gone})


def _choice(best: CategorySuggestion | None) -> dict[str, Any]:
    if best is None:
        return {"id": "", "name": "", "path": [], "by": "suggested"}
    return {"id": best.category_id, "name": best.name, "path": list(best.path), "by": "suggested"}


def _chunks(items: Sequence[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk
