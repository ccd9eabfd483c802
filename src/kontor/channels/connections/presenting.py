"""From rows to what the API shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kontor.channels.connections.models import Connection, State
from kontor.channels.connections.pricing import PriceRule
from kontor.channels.connections.schemas import (
    BudgetOut,
    ChannelOut,
    ConnectionOut,
    MarketplaceOut,
    PriceRuleBody,
    SetupItemOut,
)
from kontor.channels.contract.manifest import Budget, Manifest, Scope
from kontor.channels.registry import CHANNELS, channel
from kontor.channels.transport import client, gate, hosts
from kontor.channels.transport.limits import Limit, Usage
from kontor.core.clock import now
from kontor.core.config import settings
from kontor.core.http.etags import content_etag

Counted = list[tuple[Budget, Limit]]


def channels() -> list[ChannelOut]:
    """Every channel of this program, by name."""
    found = [_channel(row.manifest) for row in CHANNELS.values()]
    return sorted(found, key=lambda row: row.name.casefold())


def _channel(manifest: Manifest) -> ChannelOut:
    return ChannelOut(
        id=manifest.id,
        name=manifest.name,
        trades=[str(trade) for trade in manifest.trades],
        auth="oauth2",
        environment=hosts.environment(manifest.id),
        is_configured=hosts.is_configured(manifest),
        marketplaces=[MarketplaceOut.model_validate(row) for row in manifest.marketplaces],
        poll_seconds=settings().poll_seconds,
    )


def connections(rows: Sequence[Connection]) -> list[ConnectionOut]:
    """What is proven about each; two queries for all of them."""
    limits = {row.id: _limits(row) for row in rows}
    usages = gate.used([limit.key for found in limits.values() for _, limit in found])
    return [_connection(row, limits[row.id], usages) for row in rows]


def connection(row: Connection) -> ConnectionOut:
    """What is proven about one."""
    return connections([row])[0]


def editable(row: Connection) -> dict[str, Any]:
    """What its ETag is of: what a person can edit."""
    return {"label": row.label, "paused": row.state == State.PAUSED, "price_rule": row.price_rule}


def _connection(row: Connection, limits: Counted, usages: dict[str, Usage]) -> ConnectionOut:
    manifest = channel(row.channel).manifest
    rule = PriceRule.from_json(row.price_rule)
    return ConnectionOut(
        id=row.id,
        etag=content_etag(editable(row)),
        channel=row.channel,
        channel_name=manifest.name,
        marketplace=MarketplaceOut.model_validate(manifest.marketplace(row.marketplace)),
        account_id=row.account_id,
        account_name=row.account_name,
        label=row.label,
        state=State(row.state),
        missing=[SetupItemOut.model_validate(item) for item in row.missing],
        settings=row.settings,
        facts=row.facts,
        price_rule=PriceRuleBody.of(rule) if rule else None,
        problem=row.problem,
        budgets=[_budget(budget, limit, usages) for budget, limit in limits],
        connected_at=row.connected_at,
        consent_until=row.consent_until,
        checked_at=row.checked_at,
        last_call_at=row.last_call_at,
        fresh_for_seconds=manifest.freshness.seconds,
        poll_seconds=settings().poll_seconds,
    )


def _limits(row: Connection) -> Counted:
    """The manifest's budgets that this connection's calls count against, each once."""
    manifest = channel(row.channel).manifest
    found: dict[Budget, Limit] = {}
    for budget in manifest.budgets:
        found.update(client.limits_for(manifest, budget.resource, row.id))
    return list(found.items())


def _budget(budget: Budget, limit: Limit, usages: dict[str, Usage]) -> BudgetOut:
    usage = usages.get(limit.key, Usage())
    usage.advance(limit, now().timestamp())
    return BudgetOut(
        resource=budget.resource,
        used=sum(usage.taken().values()),
        limit=budget.calls,
        seconds=budget.seconds,
        is_shared=budget.per is not Scope.CONNECTION,
    )
