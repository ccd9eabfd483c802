"""Records that wait for the rest of their group: in memory while they are few, then in a temporary file."""

from __future__ import annotations

import marshal
from collections import defaultdict
from collections.abc import Sequence
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import NamedTuple, Self

_IN_MEMORY = 32 << 20


class Member(NamedTuple):
    """A waiting record."""

    number: int
    cells: Sequence[str]


class Spool:
    """Append-only; a group is taken out once, whole. Of a waiting record only its place stays in memory."""

    def __init__(self) -> None:
        # Closed by __exit__; the with block is the reader's own.
        self._file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
        self._places: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        self._end = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, group: str, member: Member) -> int:
        """Keep a record; returns how many of its group wait now."""
        data = marshal.dumps((member.number, list(member.cells)))
        self._file.seek(self._end)
        self._file.write(data)
        places = self._places[group]
        places.append((self._end, len(data)))
        self._end += len(data)
        return len(places)

    def take(self, group: str) -> list[Member]:
        """The group's records in the order they came."""
        members: list[Member] = []
        for offset, length in self._places.pop(group):
            self._file.seek(offset)
            # Our own bytes of a moment ago, in a file without a name.
            number, cells = marshal.loads(self._file.read(length))  # noqa: S302
            members.append(Member(number, cells))
        return members
