"""Which attributes the channels ask of one listing, by the kept rules of its categories. No call, a handful of queries."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from kontor.channels.connections import service as connections
from kontor.channels.connections.service import ConnectionView
from kontor.channels.contract.values import AspectRule
from kontor.channels.registry import channel
from kontor.channels.rules import service as rules
from kontor.core.errors import NotFound
from kontor.goods import aspects, defaults
from kontor.goods import service as goods
from kontor.goods.values import ProductView
from kontor.publishing.models import Publication
from kontor.publishing.schemas import AskedAspect, AskedOut

MOST_VALUES: Final = 200


def of_listing(listing_id: UUID) -> list[AskedOut]:
    """For each connection that can be used and whose category is known. Raises NotFound."""
    view = next(iter(goods.views_for_publishing([listing_id])), None)
    if view is None:
        raise NotFound
    overrides = dict(
        Publication.objects.filter(listing_id=listing_id).values_list("connection_id", "overrides")
    )
    asked = (
        _of_connection(connections.view(key), view, str(overrides.get(key, {}).get("category_id", "")))
        for key in connections.callable_ids()
    )
    return [each for each in asked if each]


def _of_connection(connection: ConnectionView, view: ProductView, override: str) -> AskedOut | None:
    category_id = override or str(view.category.get(connection.marketplace, {}).get("id", ""))
    kept = rules.category_rules(connection.channel, connection.marketplace, category_id)
    if kept is None:
        return None
    locale = channel(connection.channel).manifest.marketplace(connection.marketplace).locale
    found = aspects.fill(view, kept.aspects, defaults.load(), locale, category_id)
    varying = set(found.options.values()) if len(view.variants) > 1 else set()
    return AskedOut(
        connection_id=connection.id,
        category_id=category_id,
        category_name=kept.name,
        aspects=[
            AskedAspect(
                name=rule.name,
                required=rule.required,
                required_from=rule.required_from,
                only_listed=rule.only_listed,
                multiple=rule.multiple,
                values=list(rule.values[:MOST_VALUES]),
                found=list(found.filled.get(rule.name, ())),
                origin="other" if rule.name in varying else _origin(found, rule.name),
            )
            for rule in kept.aspects
        ],
    )


def _origin(found: aspects.Filled[AspectRule], name: str) -> aspects.Origin | None:
    return found.origins[name] if name in found.filled else None
