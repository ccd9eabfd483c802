"""What a person says of themselves, and how Kontor should look and speak to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import available_timezones

from kontor.accounts import everywhere
from kontor.accounts.models import Person
from kontor.accounts.people import notices
from kontor.accounts.people.ground import own_membership, person_entity, revision_of
from kontor.accounts.people.models import EmailToken, Purpose
from kontor.accounts.service import refuse
from kontor.core.actor import Actor
from kontor.core.clock import now
from kontor.core.errors import Problem
from kontor.core.http.etags import require_match

PROFILE = ("first_name", "last_name", "phone", "position")
PREFERENCES = ("language", "time_zone", "theme", "start_page")


def profile(person: Person) -> dict[str, Any]:
    """What of a person the profile page edits."""
    return {name: getattr(person, name) for name in PROFILE}


def preferences(person: Person) -> dict[str, Any]:
    """How Kontor speaks to a person."""
    chosen = {name: str(getattr(person, name)) for name in PREFERENCES}
    return {**chosen, "tour_done": person.tour_done_at is not None}


def notifications(person: Person) -> dict[str, Any]:
    """How a person wants to hear of each event."""
    events = {event: notices.choice_of(person, event) for event in notices.DEFAULTS}
    return {**events, notices.DIGEST: bool(person.notifications.get(notices.DIGEST))}


def pending_email(person: Person) -> str | None:
    """The address that waits to be confirmed."""
    rows = EmailToken.objects.filter(
        person=person, purpose=Purpose.CHANGE, used_at=None, expires_at__gt=now()
    ).order_by("-created_at")
    return rows.values_list("email", flat=True).first()


def edit_profile(actor: Actor, wish: Mapping[str, Any], if_match: str | None) -> Person:
    """Changes what `wish` names of PROFILE. Raises StaleEdit, where `If-Match` was sent."""
    person = _locked(actor)
    before = profile(person)
    _match(if_match, before)
    for name, value in wish.items():
        setattr(person, name, " ".join(value.split()))
    person.save(update_fields=list(PROFILE))
    after = profile(person)
    if after != before:
        everywhere.record(person.id, "profile.changed", **person_entity(person), before=before, after=after)
    return person


def edit_preferences(actor: Actor, wish: Mapping[str, Any], if_match: str | None) -> Person:
    """Changes what `wish` names of PREFERENCES, and whether the tour is done. Raises Invalid, StaleEdit."""
    person = _locked(actor)
    _match(if_match, preferences(person))
    zone = wish.get("time_zone")
    if zone is not None and zone not in available_timezones():
        refuse([Problem("time_zone.unknown", "There is no such time zone.", field="time_zone")])
    for name in PREFERENCES:
        setattr(person, name, wish.get(name, getattr(person, name)))
    if "tour_done" in wish:
        person.tour_done_at = (person.tour_done_at or now()) if wish["tour_done"] else None
    person.save(update_fields=[*PREFERENCES, "tour_done_at"])
    return person


def edit_notifications(actor: Actor, wish: Mapping[str, Any], if_match: str | None) -> Person:
    """Changes how the person hears of the events that `wish` names. Raises StaleEdit."""
    person = _locked(actor)
    _match(if_match, notifications(person))
    person.notifications = {**person.notifications, **wish}
    person.save(update_fields=["notifications"])
    return person


def _locked(actor: Actor) -> Person:
    return Person.objects.select_for_update().get(id=own_membership(actor).person_id)


def _match(if_match: str | None, shown: Mapping[str, Any]) -> None:
    # A person edits their own from one place at a time: `If-Match` is heeded where it is sent, but not demanded.
    if if_match is not None:
        require_match(if_match, revision_of(shown), shown)
