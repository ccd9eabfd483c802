"""Prints the table of fields: `python -m kontor.channels.immoscout24.table > docs/channels/immoscout24.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from typing import Final

from kontor.channels.immoscout24.mapping.kinds import WORDS
from kontor.channels.immoscout24.mapping.rows import ROWS
from kontor.channels.immoscout24.wire.order import ORDERS

_HEAD: Final = """\
# ImmobilienScout24

Objects go to the portal's offer interface as XML, signed with OAuth 1.0a. This page is printed from the table that writes,
checks and reads them (`python -m kontor.channels.immoscout24.table`).

- Each publish sends the whole object: what is empty in Kontor is empty there. It is shown by a call of its own; taking it off
  leaves it there, inactive, for the portal forbids deleting and making an object again to move it up.
- An object with the same number is adopted, never made twice.
- Pictures are known by their checksum: unchanged ones are not sent again. What others attached there stays.
- The portal names only the first problem of an object; Kontor names all of them before anything is sent.
- The address is shown whole or not at all: a street alone can't be released there.
- A price on request is possible for business properties and plots only.
- What the portal fills in by itself ("no information") counts as nothing said.
"""


def printed() -> str:
    """The page."""
    return "".join((_HEAD, *_table("Fields", _fields()), *_table("Finer words of a kind", _words())))


def _table(title: str, lines: Iterator[tuple[str, ...]]) -> Iterator[str]:
    yield f"\n## {title}\n\n"
    for number, line in enumerate(lines):
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n"
        if number == 0:
            yield f"|{'---|' * len(line)}\n"


def _fields() -> Iterator[tuple[str, ...]]:
    yield "Kontor", "ImmobilienScout24", "As", "Types", "Required"
    for row in sorted(ROWS, key=lambda row: (row.ours, row.theirs)):
        types = [name for name in ORDERS if row.is_for(name)]
        yield f"`{row.ours}`", f"`{row.theirs}`", row.form.name, _names(types), _names(sorted(row.required))


def _names(types: list[str]) -> str:
    return "all" if len(types) == len(ORDERS) else ", ".join(types)


def _words() -> Iterator[tuple[str, ...]]:
    yield "Type", "Element", "Kontor = ImmobilienScout24", "Else"
    for name, words in WORDS.items():
        yield name, f"`{words.element}`", _pairs(words.table), words.rest or "–"


def _pairs(table: Mapping[str, str]) -> str:
    return ", ".join(f"{ours} = {theirs}" for ours, theirs in table.items())


if __name__ == "__main__":
    sys.stdout.write(printed())
