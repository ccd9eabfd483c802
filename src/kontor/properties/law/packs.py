"""All rules, of every country; `judge` is what others call."""

from __future__ import annotations

from datetime import date
from typing import Final

from kontor.properties.content import PropertyContent
from kontor.properties.law import germany
from kontor.properties.law.rules import Rule, broken

PACKS: Final[tuple[Rule, ...]] = germany.RULES


def judge(content: PropertyContent, on: date) -> tuple[Rule, ...]:
    """The rules that an ad of this property would break on that day; errors must not be published."""
    return broken(PACKS, content, on)
