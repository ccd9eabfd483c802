"""A rule of law, and what a property has to answer to it for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto
from typing import Literal

from pydantic_core import to_jsonable_python

from kontor.core.errors import Problem
from kontor.properties.content import PropertyContent
from kontor.properties.law.conditions import Condition, value_at


class Sureness(StrEnum):
    """Where the rule was read."""

    LAW = auto()  # in the text of the law
    COMMENTARY = auto()  # in what lawyers write of it


@dataclass(frozen=True, slots=True)
class Rule:
    """What must hold of a property to which it applies, as long as the law is in force (`until` is its last day)."""

    code: str
    paragraph: str
    country: str
    since: date
    applies: Condition
    demands: Condition
    field: str
    message: str
    severity: Literal["error", "warning"] = "error"
    until: date | None = None
    sureness: Sureness = Sureness.LAW

    def is_in_force(self, on: date) -> bool:
        """Whether it counts on that day."""
        return self.since <= on and (self.until is None or on <= self.until)

    def is_broken_by(self, content: PropertyContent) -> bool:
        """Whether the property must answer to it and doesn't, on a day on which it is in force."""
        return (
            content.address.country == self.country
            and self.applies.holds(content)
            and not self.demands.holds(content)
        )

    def fields(self) -> frozenset[str]:
        """Everything of the property that decides it."""
        return self.applies.fields() | self.demands.fields() | {"address.country"}

    def problem(self) -> Problem:
        """What a person reads."""
        params = {"paragraph": self.paragraph}
        return Problem(self.code, self.message, self.field, params, severity=self.severity)


def broken(rules: Iterable[Rule], content: PropertyContent, on: date) -> tuple[Rule, ...]:
    """The rules in force on that day that the property breaks."""
    return tuple(rule for rule in rules if rule.is_in_force(on) and rule.is_broken_by(content))


def fingerprint(rule: Rule, content: PropertyContent) -> str:
    """What the rule looked at: another value of any of its fields makes another one."""
    values = {field: to_jsonable_python(value_at(content, field)) for field in rule.fields()}
    return hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()
