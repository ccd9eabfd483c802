"""Options in one cell: `Farbe=Rot|Größe=S`, `Farbe: Rot, Größe: S`."""

from __future__ import annotations

import re

# A comma or semicolon parts options only where the next name follows: values hold them too.
_PARTS = re.compile(r"\s*(?:[|\n]|[,;](?=[^,;:=|]+[:=]))\s*")
_PAIR = re.compile(r"([^:=]{1,100}?)\s*[:=]\s*(.+)", re.DOTALL)
_ID = re.compile(r"[0-9a-f]{32}")
_NAMELESS = "Variante"  # the same word in German and French, and clear in English


def listed_options(text: str) -> list[tuple[str, str]]:
    """Name and value of each; values without names are one option together, ids that only a shop knows are left out."""
    found: list[tuple[str, str]] = []
    nameless: list[str] = []
    for part in _PARTS.split(text.strip()):
        if pair := _PAIR.fullmatch(part):
            found.append((pair[1].strip(), pair[2].strip()))
        elif part and not _ID.fullmatch(part):
            nameless.append(part)
    return [*found, (_NAMELESS, ", ".join(nameless))] if nameless else found
