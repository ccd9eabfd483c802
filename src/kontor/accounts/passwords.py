"""Passwords: judged when they are chosen, verified at the same price whoever is asked for, changed by their owner."""

from __future__ import annotations

import functools
import os
import threading
from base64 import b64encode

from django.contrib.auth.hashers import Argon2PasswordHasher, check_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from kontor.accounts import everywhere, sessions, throttle
from kontor.accounts.models import Person
from kontor.accounts.people import notices
from kontor.accounts.people.ground import person_entity
from kontor.core.actor import Actor
from kontor.core.clock import now
from kontor.core.errors import Invalid, Problem
from kontor.core.http.place import here
from kontor.core.tenancy import tenant

# One Argon2 verification takes 100 MB for its moment: a flood of log-ins queues here instead of taking all memory.
HASHING = threading.BoundedSemaphore(4)


def is_right(password: str, person: Person | None) -> bool:
    """Whether it is this person's. One Argon2 verification, also where there is no person or they have no password."""
    usable = person is not None and person.has_usable_password()
    with HASHING:
        matches = check_password(password, person.password if person and usable else nobodys_password())
    return usable and matches


def problems(password: str, person: Person, *, field: str = "password") -> list[Problem]:
    """What is wrong with a new password: too short, too common, too like the person's own data."""
    try:
        validate_password(password, person)
    except ValidationError as error:
        return [
            Problem(
                code=row.code or "password.invalid",
                message=" ".join(row.messages),
                field=field,
                params={name: str(value) for name, value in (row.params or {}).items()},
            )
            for row in error.error_list
        ]
    return []


def choose(person: Person, password: str) -> None:
    """Hashes it into the person, who is not saved. Does not judge it: `problems` does."""
    with HASHING:
        person.set_password(password)
    person.password_changed_at = now()


def confirm(person: Person, password: str, *, field: str) -> None:
    """Refuses, in words about `field`, what is not the person's password. Raises Invalid, TooManyAttempts."""
    place = here().address
    throttle.PASSWORD.admit(person.email, place)
    if not is_right(password, person):
        throttle.PASSWORD.failed(person.email, place)
        raise Invalid(
            problems=(Problem("password.wrong", "This is not your present password.", field=field),)
        )
    throttle.PASSWORD.passed(person.email, place)


def change(actor: Actor, present: str, new: str) -> None:
    """A new password for the actor; all their other sessions end. Outside of `tenant()`: a wrong one must count.

    Raises Invalid (present one wrong, new one unfit), TooManyAttempts.
    """
    session = sessions.of(actor)
    person = session.membership.person
    confirm(person, present, field="current_password")
    if found := problems(new, person, field="new_password"):
        raise Invalid(problems=tuple(found))
    choose(person, new)
    with tenant(actor.tenant_id):
        person.save(update_fields=["password", "password_changed_at"])
        sessions.finish_all(person_id=person.id, except_session=session.id, because="password")
        sessions.prove(session)
        everywhere.record(person.id, "password.changed", **person_entity(person))
        notices.tell_person("security.password_changed", person, link=notices.SECURITY_PAGE)


@functools.cache
def nobodys_password() -> str:
    """What looks like a hash and costs as much to verify as a person's, where there is none."""
    return looks_like_a_hash(Argon2PasswordHasher())


def looks_like_a_hash(hasher: Argon2PasswordHasher) -> str:
    """What no password matches, at the hasher's own price."""
    cost = hasher.params()
    parts = f"m={cost.memory_cost},t={cost.time_cost},p={cost.parallelism}"
    salt, digest = (b64encode(os.urandom(count)).decode().rstrip("=") for count in (16, 32))
    return f"argon2$argon2id$v={cost.version}${parts}${salt}${digest}"
