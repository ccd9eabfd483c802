"""How a value of ours stands in the portal's text, and how it is read back."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, Final

NOTHING: Final = frozenset({"", "NO_INFORMATION", "NOT_APPLICABLE"})
"""What the portal fills in by itself where nothing was said."""

_GERMAN_DAY: Final = re.compile(r"(\d\d)\.(\d\d)\.(\d{4})")


@dataclass(frozen=True, slots=True)
class Form:
    """`write` gives None for what the portal has no word for; `read` gives None for "not said" and for unknown words."""

    name: str
    write: Callable[[Any], str | None]
    read: Callable[[str], Any]
    most: int | None = None


def text(most: int | None = None) -> Form:
    """Plain text of at most `most` characters."""
    return Form(f"text, at most {most}" if most else "text", lambda value: str(value) or None, _said, most)


def choice(name: str, table: Mapping[Any, str]) -> Form:
    """One word for one word. Where several of ours share one of theirs, the first is read back."""
    back: dict[str, Any] = {}
    for ours, theirs in table.items():
        back.setdefault(theirs, ours)
    shown = {theirs: str(ours.value if isinstance(ours, StrEnum) else ours) for theirs, ours in back.items()}
    how = ", ".join(f"{ours} = {theirs}" for theirs, ours in shown.items())
    return Form(f"{name}: {how}", table.get, lambda found: back.get(found))


def _said(found: str) -> str | None:
    return found.strip() or None


def _number(places: int) -> Callable[[str], Decimal | None]:
    def read(found: str) -> Decimal | None:
        try:
            number = Decimal(found.strip())
        except InvalidOperation:
            return None
        if not number.is_finite():
            return None
        return number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)

    return read


def _whole(found: str) -> int | None:
    number = _number(0)(found)
    return None if number is None else int(number)


def _day(found: str) -> date | None:
    """A zone at the end is the portal's own and says nothing."""
    try:
        return date.fromisoformat(found.strip()[:10])
    except ValueError:
        return None


def _as_number(value: Any) -> str:
    return format(Decimal(value).normalize(), "f")


def german_day(day: date) -> str:
    """As people write it in an ad."""
    return f"{day:%d.%m.%Y}"


def day_of(found: str) -> date | None:
    """The day that a free text is, None where it is none."""
    match = _GERMAN_DAY.fullmatch(found.strip())
    if match is None:
        return None
    day, month, year = map(int, match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


DECIMAL: Final = Form("number", _as_number, _number(2))
DEGREES: Final = Form("degrees", _as_number, _number(5))  # as many places as the portal keeps
WHOLE: Final = Form("whole number", lambda value: str(int(value)), _whole)
WHOLE_TEXT: Final = Form("whole number as text", lambda value: str(int(value)), _whole)
DAY: Final = Form("day", lambda value: value.isoformat(), _day)
FLAG: Final = Form(
    "true", lambda value: "true" if value else None, lambda found: True if found == "true" else None
)
SWITCH: Final = Form(
    "true, false", lambda value: "true" if value else "false", {"true": True, "false": False}.get
)
YES: Final = Form(
    "YES", lambda value: "YES" if value else "NOT_APPLICABLE", lambda found: True if found == "YES" else None
)
YES_NO: Final = Form("YES, NO", lambda value: "YES" if value else "NO", {"YES": True, "NO": False}.get)
