"""Everything that happened to a thing, as one line of time: who or what caused it, when, which call, which answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from kontor.channels.transport.calls import made_for
from kontor.core.errors import NotFound
from kontor.goods import queries as goods
from kontor.publishing.models import Appearance, Publication
from kontor.publishing.schemas import HistoryEntry

MOST = 200
CHANNEL = {"kind": "channel", "id": "", "label": ""}


def of_listing(listing_id: UUID) -> list[HistoryEntry]:
    """Newest first, at most MOST of each kind. Raises NotFound (also for another tenant's id)."""
    if not goods.exists(listing_id):
        raise NotFound("There is no such listing")
    publications = list(Publication.objects.filter(listing_id=listing_id).values_list("id", flat=True))
    entries = [_revision(row) for row in goods.revisions(listing_id, MOST)]
    entries += [_stock(row) for row in goods.stock_entries(listing_id, MOST)]
    entries += calls(publications)
    for life in Appearance.objects.filter(publication_id__in=publications).order_by("-started_at")[:MOST]:
        entries.append(entry(life.started_at, "live", life.external_id, CHANNEL, address=life.address))
        if life.ended_at:
            entries.append(entry(life.ended_at, "ended", life.external_id, CHANNEL, address=life.address))
    return newest_first(entries)


def calls(about: Iterable[UUID]) -> list[HistoryEntry]:
    """The calls that were made for these publications or this order."""
    return [
        entry(
            row.at,
            "call",
            f"{row.method} {row.path}",
            CHANNEL,
            status=row.status,
            milliseconds=row.milliseconds,
            error=row.error_code,
            request=row.request_excerpt,
            answer=row.answer_excerpt,
        )
        for row in made_for(about, MOST)
    ]


def _revision(row: Any) -> HistoryEntry:
    return entry(
        row.at,
        "revision",
        f"Revision {row.number}",
        row.cause,
        number=row.number,
        changed=row.changed,
        undo_of=row.undo_of,
    )


def _stock(row: Any) -> HistoryEntry:
    return entry(
        row.at, "stock", f"{row.delta:+d} {row.variant.sku}", row.cause,
        sku=row.variant.sku, delta=row.delta, balance=row.balance, cause_kind=row.cause_kind, note=row.note,
    )  # fmt: skip


def entry(at: datetime, kind: str, title: str, cause: dict[str, Any], **details: Any) -> HistoryEntry:
    """One line of time."""
    return HistoryEntry(at=at, kind=kind, title=title, cause=cause, details=details)


def newest_first(entries: list[HistoryEntry]) -> list[HistoryEntry]:
    """In the order that a person reads them, cut where nobody reads on."""
    return sorted(entries, key=lambda entry: entry.at, reverse=True)[: 2 * MOST]
