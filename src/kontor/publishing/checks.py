"""Preflight: everything that a channel would refuse, at once and without a call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any
from uuid import UUID

from kontor.channels.connections import service as connections
from kontor.channels.connections.service import ConnectionView
from kontor.channels.contract.capabilities import Preflights
from kontor.channels.contract.transport import Answer
from kontor.channels.registry import channel
from kontor.core.errors import Problem
from kontor.publishing import outgoing
from kontor.publishing.models import Publication
from kontor.publishing.outgoing import Outgoing

NOT_LOOKED_UP = "publishing.category_pending"
PICTURES_PENDING = "publishing.pictures_pending"


def preflight(connection: ConnectionView, listing_ids: Sequence[UUID]) -> dict[UUID, tuple[Problem, ...]]:
    """Problems by listing id; an empty tuple means that nothing known stands in the way."""
    stored = {
        row.listing_id: row
        for row in Publication.objects.filter(connection_id=connection.id, listing_id__in=listing_ids)
    }
    built = outgoing.build(connection, stored, listing_ids)
    return {listing_id: problems_of(connection, item) for listing_id, item in built.items()}


def problems_of(connection: ConnectionView, item: Outgoing) -> tuple[Problem, ...]:
    """The channel's own preflight, and what only the house knows: the account's state, pictures under way."""
    connector = channel(connection.channel).connector(_NO_NETWORK)
    problems: list[Problem] = list(_of_connection(connection))
    if item.pictures_waiting:
        problems.append(
            Problem(
                PICTURES_PENDING,
                "Pictures are still being fetched; publishing goes on by itself when they are here",
                "image_urls",
                severity="waiting",
            )
        )
    if not item.category_looked_up or (item.goods.category_id and item.rules is None):
        problems.append(
            Problem(
                NOT_LOOKED_UP,
                "The category and its rules are being looked up",
                "category_hint",
                severity="waiting",
            )
        )
    if isinstance(connector, Preflights):
        found = connector.preflight(item.goods, item.rules)
        problems += [problem for problem in found if not _is_premature(problem, item)]
    return tuple(problems)


def blocks(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Those that must be mended before anything is sent."""
    return tuple(problem for problem in problems if problem.severity == "error")


def waits(problems: Sequence[Problem]) -> bool:
    """Whether the house itself still has to fetch something first."""
    return any(problem.severity == "waiting" for problem in problems)


def _is_premature(problem: Problem, item: Outgoing) -> bool:
    """Neither "no picture" nor "no category" is an answer while we are still fetching them."""
    return (item.pictures_waiting and problem.field == "image_urls") or (
        not item.category_looked_up and problem.fix == "category"
    )


def _of_connection(connection: ConnectionView) -> tuple[Problem, ...]:
    if connection.is_usable:
        return ()
    if connection.state == "authorised":
        return tuple(
            Problem(
                "connection.setup_missing",
                f"The account lacks something: {item['message']}",
                "connection",
                {"what": item["code"]},
                fix="connection:setup",
            )
            for item in connection.missing
        ) or (Problem("connection.not_checked", "The account has not been checked yet", "connection"),)
    return (
        Problem(
            "connection.login_needed",
            "The channel asks you to sign in again",
            "connection",
            {"state": connection.state},
            fix="connection:login",
        ),
    )


class _NoNetwork:
    """The transport of a preflight: a connector that calls during it is wrong, and hears so."""

    marketplace = ""
    settings: Mapping[str, str] = MappingProxyType({})

    def address(self, host: str) -> str:
        """Nowhere."""
        return ""

    def request(self, *_: Any, **__: Any) -> Answer:
        """Refuses."""
        raise AssertionError("preflight may not call the channel")

    def side_by_side(self, asks: Any) -> Any:
        """Refuses."""
        raise AssertionError("preflight may not call the channel")


_NO_NETWORK = _NoNetwork()


def connection_view(connection_id: UUID) -> ConnectionView:
    """The connection as publishing needs it. Raises NotFound (also for another tenant's)."""
    return connections.view(connection_id)
