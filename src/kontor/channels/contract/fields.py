"""Flat fields as rows: one list drives mapping, preflight, hints in the interface and the docs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from kontor.core.errors import Problem

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FieldMap(Generic[T]):
    """One flat field: where it comes from, where it goes, and what the channel demands of it.

    `ours` is the merchant's field name, `theirs` a dotted path in the wire body, `read` takes the value from the typed
    listing; empty values are left out of the body.
    """

    ours: str
    theirs: str
    read: Callable[[T], Any]
    required: bool = False
    max_length: int | None = None

    def check(self, listing: T, channel: str) -> Problem | None:
        """What the channel would refuse in this field alone."""
        value = self.read(listing)
        if self.required and value in (None, "", (), {}):
            return Problem(f"{channel}.{self.ours}.missing", f"{self.ours} is missing", self.ours)
        if self.max_length is not None and isinstance(value, str) and len(value) > self.max_length:
            return Problem(
                f"{channel}.{self.ours}.too_long",
                f"{self.ours} has {len(value)} characters, {self.max_length} are allowed",
                self.ours,
                {"length": len(value), "limit": self.max_length},
            )
        return None


def to_wire(rows: tuple[FieldMap[T], ...], listing: T) -> dict[str, Any]:
    """The nested body that the rows describe; empty values are left out."""
    body: dict[str, Any] = {}
    for row in rows:
        value = row.read(listing)
        if value in (None, "", (), {}):
            continue
        *parents, last = row.theirs.split(".")
        target = body
        for parent in parents:
            target = target.setdefault(parent, {})
        target[last] = list(value) if isinstance(value, tuple) else value
    return body
