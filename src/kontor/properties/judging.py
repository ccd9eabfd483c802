"""All that is to be said of a property today: what its ad lacks, what the law says, what a person acknowledged.

An error keeps it off the portals. A warning of the law may be acknowledged: that is logged, and ends by itself when
what the rule looked at changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from kontor.audit import service as audit
from kontor.core.cause import cause_of
from kontor.core.clock import now
from kontor.core.errors import Conflict, NotFound, Problem
from kontor.properties import checks, service
from kontor.properties.law.packs import judge
from kontor.properties.law.rules import Rule, fingerprint
from kontor.properties.models import Acknowledgement
from kontor.properties.views import PropertyView


class NotAcknowledgeable(Conflict):
    """No warning of the law that stands at this property now: an error can only be mended."""

    code, title = "properties.acknowledgement", "Only a warning that is there can be acknowledged"


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A warning that somebody answers for."""

    rule: Rule
    note: str
    cause: Mapping[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class Judgement:
    """What stands against a property, and what no longer does because somebody answers for it."""

    problems: tuple[Problem, ...]
    acknowledged: tuple[Acknowledged, ...]

    @property
    def blocks(self) -> bool:
        """Whether it must not be published."""
        return any(problem.severity == "error" for problem in self.problems)


def of(view: PropertyView, on: date | None = None) -> Judgement:
    """The judgement of a day, today's by default; one query where a warning of the law stands, else none."""
    day = on or now().date()
    rules = judge(view.content, day)
    answered = _answered(view, rules)
    standing = [rule.problem() for rule in rules if rule.code not in answered]
    asked = {problem.field for problem in standing}
    # What the law asks for is told once, with its paragraph.
    others = (
        problem
        for problem in checks.check(view.content, day)
        if not (problem.field in asked and problem.code.startswith("properties.missing."))
    )
    return Judgement((*standing, *others), tuple(answered.values()))


def acknowledge(listing_id: UUID, code: str, note: str = "") -> PropertyView:
    """A person answers for a warning. Again: the new note counts. Raises NotFound, NotAcknowledgeable."""
    view = service.locked(listing_id)
    rule = next((each for each in judge(view.content, now().date()) if each.code == code), None)
    if rule is None or rule.severity != "warning":
        raise NotAcknowledgeable
    said = {"fingerprint": fingerprint(rule, view.content), "note": note, "cause": cause_of(), "at": now()}
    Acknowledgement.objects.update_or_create(property_id=listing_id, code=code, defaults=said)
    after = {"code": code, "paragraph": rule.paragraph, "note": note, "revision": view.revision}
    _record("property.warning_acknowledged", view, after)
    return view


def withdraw(listing_id: UUID, code: str) -> PropertyView:
    """Nobody answers for it any more: the warning stands again. Raises NotFound."""
    view = service.locked(listing_id)
    gone, _ = Acknowledgement.objects.filter(property_id=listing_id, code=code).delete()
    if not gone:
        raise NotFound
    _record("property.acknowledgement_withdrawn", view, {"code": code})
    return view


def _answered(view: PropertyView, rules: tuple[Rule, ...]) -> dict[str, Acknowledged]:
    warnings = {rule.code: rule for rule in rules if rule.severity == "warning"}
    if not warnings:
        return {}
    rows = Acknowledgement.objects.filter(property_id=view.listing_id, code__in=warnings).order_by("code")
    return {
        row.code: Acknowledged(warnings[row.code], row.note, row.cause, row.at)
        for row in rows
        if row.fingerprint == fingerprint(warnings[row.code], view.content)
    }


def _record(action: str, view: PropertyView, after: Mapping[str, Any]) -> None:
    audit.record(
        action,
        entity_kind="property",
        entity_id=view.listing_id,
        entity_label=view.content.reference,
        after=after,
    )
