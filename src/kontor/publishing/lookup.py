"""Fetches what preflight needs to know: the channel's category for a listing, and the rules of each category."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TypeVar
from uuid import UUID

from kontor.channels.connections import service as connections
from kontor.channels.contract.capabilities import KnowsCategories
from kontor.channels.contract.errors import Gone
from kontor.channels.rules import service as rules
from kontor.core.tenancy import tenant
from kontor.goods import service as goods
from kontor.jobs.registry import JobRun
from kontor.live import events

T = TypeVar("T")
CHUNK = 20


def look_up(run: JobRun, connection_id: UUID, listing_ids: Sequence[UUID] | None) -> None:
    """Suggests a category for each listing that has none for this marketplace, and caches the rules of all of theirs.

    A person's choice is never touched. A title that the channel has no suggestion for is remembered as looked up, so
    that preflight can ask the person instead of waiting.
    """
    view, connector = connections.connector_for(connection_id)
    if not isinstance(connector, KnowsCategories):
        return
    with tenant(run.tenant_id):
        open_listings = goods.without_category(view.marketplace, listing_ids)
        categories = goods.categories_of(view.marketplace, listing_ids)
    done = 0
    for chunk in _chunks(open_listings, CHUNK):
        found = {}
        for listing in chunk:
            suggestions = rules.ensure_suggestions(
                connector, view.channel, view.marketplace, listing.title, listing.category_hint
            )
            found[listing.listing_id] = suggestions[0] if suggestions else None
        with tenant(run.tenant_id):
            goods.set_suggested_categories(view.marketplace, found)
            for listing_id in found:
                events.record("listing.changed", "listing", listing_id)
        categories |= {best.category_id for best in found.values() if best}
        done += len(chunk)
        run.progress(done=done, total=len(open_listings))
    for category_id in sorted(categories):
        run.check()
        try:
            rules.ensure_rules(connector, view.channel, view.marketplace, category_id)
        except Gone:
            with tenant(run.tenant_id):
                goods.forget_category(view.marketplace, category_id)


def _chunks(items: Sequence[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk
