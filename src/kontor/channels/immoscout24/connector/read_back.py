"""What the portal shows now, field by field in our names, with its pictures in their order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, Final
from urllib.parse import quote
from uuid import UUID

from kontor.channels.contract.capabilities import ReadsBack
from kontor.channels.contract.errors import ChannelError, Gone, Rejected, Unreadable
from kontor.channels.contract.values import Live, LiveState, PropertyOut
from kontor.channels.immoscout24.connector.attachments import wanted
from kontor.channels.immoscout24.connector.calls import Calls
from kontor.channels.immoscout24.limits import REPORT_DAYS
from kontor.channels.immoscout24.mapping.kinds import type_of
from kontor.channels.immoscout24.mapping.listing import document_of, values_of
from kontor.channels.immoscout24.routes import OBJECTS
from kontor.channels.immoscout24.wire.calls import ReportDay, object_id, report_of
from kontor.channels.immoscout24.wire.document import first, read

_DERIVED: Final = frozenset({"address.latitude", "address.longitude"})
"""The portal finds these by itself."""


class ReadingBack(Calls, ReadsBack[PropertyOut]):
    """Two reads per property."""

    def read_back(self, batch: Sequence[PropertyOut]) -> Mapping[UUID, Live | ChannelError]:
        found = self._http.side_by_side([partial(self._live, listing) for listing in batch])
        return {listing.publication_id: live for listing, live in zip(batch, found, strict=True)}

    def expected(self, listing: PropertyOut) -> Mapping[str, Any]:
        """By what we would send, read as the portal's answer is read: rounding and coarser words are no differences."""
        if not type_of(listing.content):
            return {}
        document = read(document_of(listing))
        return self._comparable(
            document.name, document.leaves, [each.checksum for each, _ in wanted(listing)]
        )

    def reason(self, field: str, sent: Any, found: Any) -> str:
        if field == "pictures" and found and not set(found) - set(sent or ()):
            return "immoscout24.pictures.in_work"
        if field == "building.carriers" and not found:
            return "immoscout24.energy.sources_hidden"
        return ""

    def _live(self, listing: PropertyOut) -> Live | ChannelError:
        bound = str(listing.bound.get("object_id", ""))
        path = f"{OBJECTS}/{bound}" if bound else f"{OBJECTS}/ext-{quote(listing.reference, safe='')}"
        try:
            answer = self._ask(path, energy=True)
            found_id = object_id(answer)
            pictures = self._pictures(found_id)
        except Gone:
            return Live(LiveState.ABSENT)
        except (Rejected, Unreadable) as error:
            return error
        document = read(answer.body)
        is_active = first(document.leaves, "realEstateState") == "ACTIVE"
        checksums = [each.checksum for each in pictures if each.checksum]
        return Live(
            LiveState.LIVE if is_active else LiveState.ENDED,
            external_id=found_id,
            address=self._address(found_id),
            values=self._comparable(document.name, document.leaves, checksums),
        )

    def _comparable(self, type_name: str, leaves: Any, checksums: list[str]) -> dict[str, Any]:
        values = values_of(type_name, leaves) if type_name else {}
        return {name: value for name, value in values.items() if name not in _DERIVED} | {
            "pictures": checksums
        }

    def daily_report(self, external_id: str, since: date, until: date) -> tuple[ReportDay, ...]:
        """The portal's numbers by day; of a longer time the last 180 days, which is what it tells. Raises ChannelError."""
        first_day = max(since, date.fromordinal(until.toordinal() - REPORT_DAYS + 1))
        answer = self._http.request(
            "GET",
            f"{OBJECTS}/{external_id}/dailyreport",
            params={"dateFrom": first_day.isoformat(), "dateTo": until.isoformat()},
            headers={"Accept": "application/json"},
        )
        return report_of(answer)
