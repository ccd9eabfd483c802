"""What comes in and what goes out, free of any web framework."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came over the wire; header names are lower case."""

    method: str
    raw_path: str
    query_string: str
    headers: Mapping[str, str]
    body: bytes
    base_url: str
    """Scheme, host and, at a per-host base, its prefix: what links in answers start with."""
    host: str | None
    """The channel's host that this base stands for; None at the common base."""

    @property
    def path(self) -> str:
        """The path, decoded."""
        return unquote(self.raw_path)

    @property
    def segments(self) -> tuple[str, ...]:
        """The path's parts, each decoded alone, so that an encoded slash stays inside its part."""
        return tuple(unquote(part) for part in self.raw_path.split("/")[1:])


@dataclass(slots=True)
class Answer:
    """One answer; a body that is neither text nor bytes goes out as JSON."""

    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    media_type: str = "application/json"

    def encoded(self) -> bytes:
        """The body's bytes."""
        if self.body is None:
            return b""
        if isinstance(self.body, bytes):
            return self.body
        if isinstance(self.body, str):
            return self.body.encode()
        return json.dumps(self.body, ensure_ascii=False, separators=(",", ":")).encode()
