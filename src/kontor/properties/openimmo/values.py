"""What a document says, as values of ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum, auto

from kontor.core.errors import Problem
from kontor.properties.content import PropertyContent


class Extent(StrEnum):
    """Whether a document names everything an offerer has (what it leaves out is gone), or only what changes."""

    WHOLE = auto()
    PARTIAL = auto()


class Action(StrEnum):
    """What is to become of an object."""

    CHANGE = auto()  # also that of a new one
    DELETE = auto()
    REFERENCE = auto()  # done business, shown as a reference


class Audience(StrEnum):
    """For whom a document is written. To portals goes nothing that is private or only we understand."""

    OFFICE = auto()
    PORTAL = auto()


@dataclass(frozen=True, slots=True)
class Transfer:
    """The head of a document. Without one it is taken for partial: nothing may vanish by a missing line."""

    extent: Extent = Extent.PARTIAL
    software: str = ""
    software_version: str = ""
    version: str = "1.2.7c"
    email: str = ""
    registration: str = ""
    at: datetime | None = None
    is_online: bool = True


@dataclass(frozen=True, slots=True)
class Offerer:
    """Whose objects they are. `openimmo_id` is the association's number for the office; `unknown` is kept as it was."""

    number: int = 0
    company: str = ""
    openimmo_id: str = ""
    offerer_number: str = ""
    licence: str = ""
    imprint: str = ""
    unknown: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Estate:
    """One object. Its pictures and documents name files of the package, or addresses; `contents` are those that stood in the
    document itself. `offerer` counts the offerers of the document from 0."""

    content: PropertyContent
    action: Action = Action.CHANGE
    offerer: int = 0
    line: int = 0
    contents: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Skipped:
    """An object that could not be taken, and why."""

    problem: Problem
    offerer: int = 0
    line: int = 0


Item = Transfer | Offerer | Estate | Skipped
