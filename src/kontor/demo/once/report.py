"""What the story writes at its end."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import orjson


@dataclasses.dataclass
class Seconds:
    """How long the parts took; `first_order` is from the purchase to its being seen over our API."""

    start: float = 0.0
    import_: float = 0.0
    publish: float = 0.0
    first_order: float = 0.0

    def as_dict(self) -> dict[str, float]:
        """With the names of the report."""
        return {
            "start": round(self.start, 2),
            "import": round(self.import_, 2),
            "publish": round(self.publish, 2),
            "first_order": round(self.first_order, 2),
        }


@dataclasses.dataclass
class Report:
    """Counts of the run. `live`, orders and `differences` come from the sandbox's own truth."""

    rows: int = 0
    imported: int = 0
    refused: list[dict[str, Any]] = dataclasses.field(default_factory=list)
    listings: int = 0
    wanted: int = 0
    blocked: list[dict[str, Any]] = dataclasses.field(default_factory=list)
    live: int = 0
    differences: list[dict[str, Any]] = dataclasses.field(default_factory=list)
    orders_placed: int = 0
    orders_received: int = 0
    orders_duplicated: int = 0
    faults_met: dict[str, int] = dataclasses.field(default_factory=dict)
    killed: dict[str, int] = dataclasses.field(default_factory=dict)
    seconds: Seconds = dataclasses.field(default_factory=Seconds)
    failures: list[str] = dataclasses.field(default_factory=list)  # why the exit status is not 0

    def write(self, path: Path) -> None:
        """JSON; written whole or not at all."""
        body = {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}
        body["seconds"] = self.seconds.as_dict()
        new = path.with_name(path.name + ".new")
        new.parent.mkdir(parents=True, exist_ok=True)
        new.write_bytes(orjson.dumps(body, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
        new.replace(path)

    def judge(self, *, blocked_listings: int) -> None:
        """Adds what went wrong to `failures`."""
        let_through = self.wanted - blocked_listings
        if self.live < let_through:
            self.failures.append(f"{let_through - self.live} of {let_through} listings are not live")
        if unexplained := [row for row in self.differences if not row["reason"]]:
            self.failures.append(f"{len(unexplained)} differences have no reason")
        if self.orders_received != self.orders_placed:
            self.failures.append(f"{self.orders_received} of {self.orders_placed} orders came in")
        if self.orders_duplicated:
            self.failures.append(f"{self.orders_duplicated} orders came in twice")
