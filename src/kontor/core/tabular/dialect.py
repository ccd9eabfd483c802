"""Which sign parts the cells: what makes the first records agree with the heading."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from itertools import islice
from statistics import mode

DELIMITERS = (
    "\t",
    ";",
    "|",
    ",",
)  # in case of a tie; the comma comes last, because texts and German prices hold it
_SAMPLE_RECORDS = 200
_LOOKED_AT = 30
_EXPLICIT = re.compile(r"\ufeff?\"?sep=(.)\"?\r?\n?", re.IGNORECASE)

_EBAY_INFO = re.compile(r"\ufeff?\"?#?info\"?[,;\t]\s*\"?(?:version=|>)", re.IGNORECASE)
"""eBay's templates begin with lines about themselves."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How cells are parted. `skips_blanks`: a blank may stand between delimiter and quote; `drops_trailing`: the writer
    leaves out empty cells at the end of a row, so a short record is whole; `preface_lines` stand before the heading."""

    delimiter: str
    skips_blanks: bool = False
    drops_trailing: bool = False
    preface_lines: int = 0


def detect(sample: str) -> Dialect:
    """From the first lines of the text, cut at a line's end."""
    lines = list(io.StringIO(sample, newline=""))
    preface = 0
    while preface < len(lines) and not lines[preface].strip():
        preface += 1
    explicit = _EXPLICIT.fullmatch(lines[preface]) if preface < len(lines) else None
    if explicit:
        preface += 1
    while preface < len(lines) - 1 and _EBAY_INFO.match(lines[preface]):
        preface += 1
    body = "".join(lines[preface:])
    delimiter = explicit[1] if explicit else _best(body)
    if titles := _title_lines(body, delimiter):
        preface += titles
        body = "".join(lines[preface:])
    widths = _widths(body, delimiter)
    short = sum(width < widths[0] for width in widths[1:])
    return Dialect(
        delimiter=delimiter,
        skips_blanks=f'{delimiter} "' in body,
        drops_trailing=short >= 3 and short * 10 >= len(widths),
        preface_lines=preface,
    )


def _best(body: str) -> str:
    scores: list[tuple[float, int, int, str]] = []
    for preference, delimiter in enumerate(DELIMITERS):
        titles = _title_lines(body, delimiter)
        widths = _widths("".join(body.splitlines(keepends=True)[titles:]) if titles else body, delimiter)
        if widths[0] < 2:
            continue
        agreeing = sum(width == widths[0] for width in widths) / len(widths)
        scores.append((round(agreeing, 1), widths[0], -preference, delimiter))
    return max(scores)[3] if scores else ","


def _title_lines(body: str, delimiter: str) -> int:
    """How many lines stand above the heading, as reports have them: a title, a date, a blank. Above are the first
    records with less than half of the cells that most records fill."""
    filled: list[tuple[int, int]] = []
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=False)
    try:
        for cells in islice(reader, _LOOKED_AT):
            filled.append((sum(bool(cell.strip()) for cell in cells), reader.line_num))
    except csv.Error:
        return 0
    usual = mode([count for count, _ in filled if count]) if any(count for count, _ in filled) else 0
    if usual < 3 or not 0 < filled[0][0] * 2 < usual:
        return 0
    return next((filled[i - 1][1] for i, (count, _) in enumerate(filled) if count * 2 >= usual), 0)


def _widths(body: str, delimiter: str) -> list[int]:
    widths: list[int] = []
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=False)
    try:
        for cells in reader:
            if any(cells):
                widths.append(len(cells))
            if len(widths) == _SAMPLE_RECORDS:
                break
    except csv.Error:
        pass  # a monstrous cell: the records before it are evidence enough
    return widths or [0]
