"""How publishing's values become the API's answers."""

from __future__ import annotations

from uuid import UUID

from kontor.channels.registry import channel
from kontor.core.errors import Problem
from kontor.publishing import service
from kontor.publishing.models import Publication
from kontor.publishing.schemas import BlockedOut, ProblemOut, PublicationOut, RequestedOut


def problems_out(problems: tuple[Problem, ...]) -> list[ProblemOut]:
    """For answers."""
    return [ProblemOut(**problem.as_dict()) for problem in problems]


def requested_out(results: dict[UUID, service.Requested]) -> RequestedOut:
    """For answers."""
    return RequestedOut(
        job_ids=[result.job_id for result in results.values() if result.job_id],
        wanted=sum(result.wanted for result in results.values()),
        blocked=[
            BlockedOut(listing_id=key, connection_id=connection_id, problems=problems_out(problems))
            for connection_id, result in results.items()
            for key, problems in result.blocked.items()
        ],
    )


def publication_out(row: Publication) -> PublicationOut:
    """For answers; `connection` should be selected with it."""
    manifest = channel(row.connection.channel).manifest
    return PublicationOut(
        **{
            name: getattr(row, name)
            for name in PublicationOut.model_fields
            if name not in ("channel", "marketplace", "proof", "fresh_for_seconds")
        },
        channel=row.connection.channel,
        marketplace=row.connection.marketplace,
        proof="read_back" if row.proved_at else "none",
        fresh_for_seconds=manifest.freshness.seconds,
    )
