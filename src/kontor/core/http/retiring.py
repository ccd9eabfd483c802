"""A route that will go says so in each answer: since when it is deprecated, until when it works, what takes its place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Retired:
    """Deprecated since `since`, gone on `gone_on`; `instead` is the path that takes its place, where there is one."""

    since: date
    gone_on: date
    instead: str = ""

    def headers(self) -> dict[str, str]:
        """`Deprecation` (RFC 9745), `Sunset` (RFC 8594) and a `Link` to the successor (RFC 5829)."""
        found = {
            "Deprecation": f"@{int(_midnight(self.since).timestamp())}",
            "Sunset": format_datetime(_midnight(self.gone_on), usegmt=True),
        }
        return {**found, "Link": f'<{self.instead}>; rel="successor-version"'} if self.instead else found

    def documented(self) -> dict[str, Any]:
        """What the OpenAPI document says of it."""
        return {
            "deprecated": True,
            "x-deprecated-since": self.since.isoformat(),
            "x-sunset": self.gone_on.isoformat(),
            "x-successor": self.instead or None,
        }


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
