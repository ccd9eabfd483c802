"""What all parts of one running sandbox share (memory, clock, settings, faults), and what a played channel has to offer."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from kontor_sandbox.exchange import Answer, Request
from kontor_sandbox.faults import SCHEMA as FAULT_SCHEMA
from kontor_sandbox.faults import Fault, FaultBoard, Fired
from kontor_sandbox.recording import SCHEMA as RECORDING_SCHEMA
from kontor_sandbox.store import Store, dump, find, load, rows
from kontor_sandbox.writing import BeingWritten

WEB_SCHEMA = "CREATE TABLE IF NOT EXISTS gone_picture (address TEXT PRIMARY KEY);"
SCHEMA = """
CREATE TABLE IF NOT EXISTS sequence (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""

DEFAULT_SETTINGS: dict[str, Any] = {
    "latency_ms": 0,
    "slow_seconds": 3.0,
    "throttle_seconds": 2.0,
    "clock_offset_seconds": 0.0,
}


class UnknownSetting(ValueError):
    """A setting of this name, or with this kind of value, does not exist."""


class Channel(Protocol):
    """One played marketplace."""

    name: str
    title: str
    schema: str
    faults: Sequence[Fault]
    hosts: frozenset[str]
    settings: Mapping[str, Any]

    def claims(self, path: str) -> bool:
        """Whether a path at the common base is this channel's."""

    def answer(self, world: World, request: Request, fired: Fired | None) -> Answer:
        """Answer one request; everything it changed is committed when this returns."""

    def seed(self, world: World, db: sqlite3.Connection) -> None:
        """Put the played accounts and keys there, where they are missing."""

    async def background(self, world: World) -> None:
        """What runs beside the answers for as long as the sandbox does, such as sending notifications."""

    def truth(self, world: World, db: sqlite3.Connection) -> dict[str, Any]:
        """Everything the marketplace now knows, for tests to compare with."""


@dataclass
class World:
    """One sandbox: one folder, one store, the channels it plays."""

    data: Path
    channels: tuple[Channel, ...]
    specs: Path | None = None
    public_url: str = ""
    """Where this sandbox answers; set when its socket is open."""

    def __post_init__(self) -> None:
        schemas = [
            SCHEMA,
            FAULT_SCHEMA,
            RECORDING_SCHEMA,
            WEB_SCHEMA,
            *(channel.schema for channel in self.channels),
        ]
        self.store = Store(self.data / "sandbox.sqlite3", schemas)
        self.faults = FaultBoard(self.store, [fault for channel in self.channels for fault in channel.faults])
        self.writing = BeingWritten()
        self._settings: dict[str, Any] = {}
        self.defaults = DEFAULT_SETTINGS | {
            name: value
            for channel in self.channels
            for name, value in getattr(channel, "settings", {}).items()
        }
        self._read_settings()
        self._seed()

    def _seed(self) -> None:
        with self.store.transaction() as db:
            for channel in self.channels:
                channel.seed(self, db)

    def _read_settings(self) -> None:
        with self.store.transaction() as db:
            stored = {row["name"]: load(row["value"]) for row in rows(db, "SELECT name, value FROM setting")}
        self._settings = self.defaults | {
            name: value for name, value in stored.items() if name in self.defaults
        }

    def setting(self, name: str) -> Any:
        """A setting's value now."""
        return self._settings[name]

    def all_settings(self) -> dict[str, Any]:
        """Every setting and its value."""
        return dict(self._settings)

    def change_settings(self, changes: dict[str, Any]) -> None:
        """Set some settings; raises UnknownSetting for a name or a kind that does not fit, and sets none then.

        Of a setting with parts, such as `daily_limits`, what is left out stays.
        """
        for name, value in changes.items():
            if name not in self.defaults:
                raise UnknownSetting(f"There is no setting called {name!r}.")
            _check(f"The setting {name!r}", value, self.defaults[name])
        changes = {
            name: self._settings[name] | value if isinstance(value, dict) else value
            for name, value in changes.items()
        }
        with self.store.transaction() as db:
            for name, value in changes.items():
                db.execute(
                    "INSERT INTO setting VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                    (name, dump(value)),
                )
        self._settings |= changes

    def now(self) -> datetime:
        """The sandbox's own time (UTC): the machine's, plus what the control API advanced it by."""
        return datetime.now(UTC) + timedelta(seconds=float(self._settings["clock_offset_seconds"]))

    def reset(self) -> None:
        """Forget everything and begin as on the first day."""
        self.store.empty()
        self._read_settings()
        self._seed()

    def ready(self) -> bool:
        """Whether the store answers."""
        with self.store.transaction() as db:
            return find(db, "SELECT 1 AS yes") is not None


class Worlds(NamedTuple):
    """The worlds of one sandbox, one for each channel: none hears of another's faults, clock or reset."""

    ebay: World
    is24: World


def _check(what: str, value: Any, default: Any) -> None:
    """Raises UnknownSetting where a value is not of its default's kind, with a sentence."""
    if isinstance(default, dict) and isinstance(value, dict):
        for part, inner in value.items():
            if part not in default:
                raise UnknownSetting(f"{what} has no part {part!r}, only {', '.join(sorted(default))}.")
            _check(f"{what}, {part!r}", inner, default[part])
    elif isinstance(default, dict):
        raise UnknownSetting(f"{what} takes an object.")
    elif isinstance(value, bool) or not isinstance(
        value, (int, float) if isinstance(default, float) else type(default)
    ):
        raise UnknownSetting(
            f"{what} takes {'a number' if isinstance(default, float) else 'a whole number'}."
        )


def stamp(moment: datetime) -> str:
    """A moment as the channels write it: 2026-11-21T09:00:00.000Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def moment(text: str) -> datetime:
    """The reverse of :func:`stamp`; raises ValueError."""
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def seconds_later(start: datetime, seconds: float) -> str:
    """The stamp of a moment some seconds after another."""
    return stamp(start + timedelta(seconds=seconds))
