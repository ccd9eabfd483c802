"""The journal of the contract, kept in memory: what it wrote outlives the worker that wrote it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from kontor.channels.contract.errors import ChannelError
from kontor.channels.contract.journal import Again, AgainRow, InDoubt, Json, Repeat, Settled

Row = TypeVar("Row")
Place = tuple[UUID, str]


class WorkerDied(BaseException):
    """The process is gone at this line: nothing is caught, nothing is tidied up."""


@dataclass
class Ledger:
    """The rows that a database would hold. `None` is an intent without a result."""

    steps: dict[Place, Json | None] = field(default_factory=dict)
    memos: dict[str, Json] = field(default_factory=dict)

    def names(self, publication_id: UUID) -> list[str]:
        """The steps written for one publication, in order."""
        return [name for owner, name in self.steps if owner == publication_id]


class MemoryJournal:
    """One worker's run over a ledger. `dies_after` names a step whose result is lost with the worker."""

    def __init__(self, ledger: Ledger, *, dies_after: str = "") -> None:
        self._ledger = ledger
        self._dies_after = dies_after

    def step(self, publication_id: UUID, name: str, do: Callable[[], Json], *, again: Again) -> Json:
        place = (publication_id, name)
        known = self._ledger.steps.get(place)
        if known is not None:
            return known
        if place in self._ledger.steps:
            if again is Repeat.ASK:
                raise InDoubt("nobody knows", maybe_applied=True)
            found = None if isinstance(again, Repeat) else again()
            if found is not None:
                self._ledger.steps[place] = found
                return found
        self._ledger.steps[place] = None
        try:
            result = do()
        except ChannelError as error:
            self._clear([place], error)
            raise
        self._perhaps_die(name)
        self._ledger.steps[place] = result
        return result

    def rows(
        self,
        name: str,
        rows: Sequence[Row],
        do: Callable[[Sequence[Row]], Mapping[str, Settled]],
        *,
        key: Callable[[Row], tuple[UUID, str]],
        again: AgainRow[Row],
    ) -> dict[str, Settled]:
        places = {key(row)[1]: (key(row)[0], f"{name}:{key(row)[1]}") for row in rows}
        settled: dict[str, Settled] = {}
        for row in rows:
            row_key = key(row)[1]
            place = places[row_key]
            if place not in self._ledger.steps:
                continue
            known = self._ledger.steps[place]
            if known is None and again is Repeat.ASK:
                settled[row_key] = InDoubt("nobody knows", maybe_applied=True)
                continue
            if known is None and not isinstance(again, Repeat):
                known = again(row)
            if known is not None:
                self._ledger.steps[place] = settled[row_key] = known
        still_open = [row for row in rows if key(row)[1] not in settled]
        if not still_open:
            return settled
        for row in still_open:
            self._ledger.steps[places[key(row)[1]]] = None
        try:
            answers = do(still_open)
        except ChannelError as error:
            self._clear([places[key(row)[1]] for row in still_open], error)
            raise
        self._perhaps_die(name)
        for row_key, answer in answers.items():
            if isinstance(answer, ChannelError):
                self._clear([places[row_key]], answer)
            else:
                self._ledger.steps[places[row_key]] = answer
        return settled | dict(answers)

    def remembered(self, key: str, do: Callable[[], Json], *, days: float) -> Json:
        if key not in self._ledger.memos:
            self._ledger.memos[key] = do()
        return self._ledger.memos[key]

    def _clear(self, places: Sequence[Place], error: ChannelError) -> None:
        if not error.maybe_applied:
            for place in places:
                self._ledger.steps.pop(place, None)

    def _perhaps_die(self, name: str) -> None:
        if self._dies_after and name.startswith(self._dies_after):
            raise WorkerDied(name)
