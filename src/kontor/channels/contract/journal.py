"""Steps that happen once: intent is written before the call leaves, the result after it returns.

A step is known by (publication, generation, name). Result known: it is returned, and nothing is called. Intent without
result: *in doubt*, and `again` says what to do: `SAFE` repeats, a function looks first and adopts what it finds (None:
nothing there, repeat), `ASK` waits for a person. It is mandatory, so the types enforce what a reviewer would ask.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Any, Final, Protocol, TypeVar
from uuid import UUID

from kontor.channels.contract.errors import ChannelError

Json = dict[str, Any]


class Repeat(Enum):
    """What to do with a step in doubt, where no look is possible."""

    SAFE = "safe"
    ASK = "ask"


SAFE: Final = Repeat.SAFE
ASK: Final = Repeat.ASK

Row = TypeVar("Row")
Again = Repeat | Callable[[], Json | None]
AgainRow = Repeat | Callable[[Row], Json | None]
Settled = Json | ChannelError


class InDoubt(ChannelError):
    """The answer was lost and only a person can find out whether it happened; nothing is called until then."""

    code, status, title = "channel.in_doubt", 409, "It is unclear whether the channel did this"


class Journal(Protocol):
    """One worker's run over some publications. Results are small JSON objects: ids and addresses, never answers."""

    def step(self, publication_id: UUID, name: str, do: Callable[[], Json], *, again: Again) -> Json:
        """Does `do` once and returns its result. Raises what `do` raises, and InDoubt."""
        ...

    def rows(
        self,
        name: str,
        rows: Sequence[Row],
        do: Callable[[Sequence[Row]], Mapping[str, Settled]],
        *,
        key: Callable[[Row], tuple[UUID, str]],
        again: AgainRow[Row],
    ) -> dict[str, Settled]:
        """A bulk call: one intent per row, one call for the rows still open, and each row settles its own.

        `key` gives (publication, row key); the step's name is `name:row key`, and answers are keyed by the row key.
        An exception of `do` that says "not applied" clears the intents; one that does not leaves them in doubt.
        """
        ...

    def remembered(self, key: str, do: Callable[[], Json], *, days: float) -> Json:
        """A connection-wide memo (uploaded pictures): `do` runs unless its result is known and younger than `days`."""
        ...
