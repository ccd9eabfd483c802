"""Prints the table of fields: `python -m kontor.properties.openimmo.table > docs/channels/openimmo.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Final

from kontor.properties.openimmo import schema
from kontor.properties.openimmo.rows import Kept, Line

_HEAD: Final = """\
# OpenImmo

The format in which real-estate software and portals hand objects to each other: a ZIP archive with one XML document and the
media it names. Kontor reads every version up to 1.2.7c and writes 1.2.7c. This page is printed from the table that reads and
writes (`python -m kontor.properties.openimmo.table`).

The schema is the association's and may not be passed on, so it is no part of Kontor; to write files for others your office
registers with the association and gets its own number.

## Reading

- Everything a file says is kept. What Kontor has no field for, what it can't read, and what a field can't hold stays under its
  path in the property's `unknown`, is shown, and is written back to the same place.
- Taken as it comes: documents without a head or with several offerers, in ISO-8859-1, ISO-8859-15, Windows-1252, UTF-8 or UTF-16
  whether declared rightly, wrongly or not at all; with namespaces or none; `delete` in small letters; decimals with a comma;
  days as `31.12.2026`; HTML's entities; empty elements of any kind; pictures in the document itself; attachments outside of
  `anhaenge`.
- Archives may have folders, several documents, names in any case and in the code pages of old Windows, and name pictures that
  are missing. Encrypted archives, links, names that lead out of the archive, and what unpacks to many times its size are
  refused before anything is opened; so are documents with a DOCTYPE.
- A document that breaks off gives the objects before that place, and the error.
- An import makes plain text of texts that came as web pages, stores the pictures, and knows an object again by OpenImmo's id,
  else by its number.
- Without `umfang="VOLL"` a document is taken as partial: nothing vanishes by a missing line.

## Writing

- In the order of the schema, so that it validates. What the schema demands and nobody said is written as nothing: `false`, an
  empty text, `-` where no way to contact is known.
- For another office, what OpenImmo has no place for goes into `user_defined_simplefield` with names that begin with `kontor:`;
  reading such a file gives back the same property, but for ids of stored pictures.
- For portals, nothing private is written: neither owner, notes, the internal commission nor what was not understood.
"""


def printed() -> str:
    """The page."""
    return "".join((_HEAD, *_section("Fields", _known()), *_section("Kept without a field", _kept())))


def _section(title: str, lines: Iterator[tuple[str, ...]]) -> Iterator[str]:
    first, *rest = lines
    yield f"\n## {title}\n\n"
    for number, line in enumerate((first, *rest)):
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n"
        if number == 0:
            yield f"|{'---|' * len(line)}\n"


def _known() -> Iterator[tuple[str, ...]]:
    yield "Kontor", "OpenImmo", "As"
    lines: list[Line] = [line for row in schema.ROWS if not isinstance(row, Kept) for line in row.lines()]
    for line in sorted(lines, key=lambda line: line.ours):
        yield f"`{line.ours}`", f"`{line.path}`", line.how


def _kept() -> Iterator[tuple[str, ...]]:
    yield "OpenImmo", "As"
    for line in sorted((row for row in schema.ROWS if isinstance(row, Kept)), key=lambda row: row.path):
        yield f"`{line.path}`", line.form.name


if __name__ == "__main__":
    sys.stdout.write(printed())
