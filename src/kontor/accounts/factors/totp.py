"""Codes of an authenticator app (RFC 6238): six digits, new each half minute, each taken once."""

from __future__ import annotations

import hmac
import io
from dataclasses import dataclass

import pyotp
import segno

from kontor.accounts.factors.models import Secret
from kontor.accounts.models import Person
from kontor.core.clock import now
from kontor.core.errors import Conflict, Invalid, Problem
from kontor.core.vault import vault

ISSUER = "Kontor"
CLOCK_DRIFT_STEPS = 1  # half minutes that a phone's clock may be wrong, either way


class NotBegun(Conflict):
    """There is nothing to confirm: it was never begun, or too long ago."""

    code, title = "factor.not_begun", "Begin again: this was not begun, or too long ago"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What an authenticator app takes in: by camera, by link or by hand."""

    secret: str
    uri: str
    svg: str


def begin(person: Person) -> Enrolment:
    """A secret that counts once a code of it came back. One that was begun before is forgotten."""
    Secret.objects.filter(person=person, confirmed_at=None).delete()
    row = Secret(person=person)
    text = pyotp.random_base32()
    row.sealed = vault().seal(text.encode(), owner=owner(row))
    row.save(force_insert=True)
    uri = pyotp.TOTP(text).provisioning_uri(name=person.email, issuer_name=ISSUER)
    picture = io.BytesIO()
    segno.make(uri, error="m").save(picture, kind="svg", scale=4, xmldecl=False, dark="#000", light="#fff")
    return Enrolment(text, uri, picture.getvalue().decode())


def confirm(person: Person, code: str) -> Secret:
    """The begun secret counts from now on, in place of an older one. Raises NotBegun, Invalid."""
    row = Secret.objects.filter(person=person, confirmed_at=None).first()
    if row is None:
        raise NotBegun
    if not _takes(row, code):
        raise Invalid(
            problems=(
                Problem("factor.code_wrong", "This is not the code that the app shows now.", field="code"),
            )
        )
    Secret.objects.filter(person=person).exclude(confirmed_at=None).delete()
    row.confirmed_at = now()
    row.save(update_fields=["confirmed_at"])
    return row


def find(person: Person) -> Secret | None:
    """The secret that counts."""
    return Secret.objects.filter(person=person).exclude(confirmed_at=None).first()


def check(person: Person, code: str) -> bool:
    """Whether this is the code of now (or of the half minute before or after), shown for the first time."""
    row = find(person)
    return row is not None and _takes(row, code)


def owner(row: Secret) -> str:
    """To whom the vault seals the secret."""
    return f"person:{row.person_id}:totp:{row.id}"


def _takes(row: Secret, code: str) -> bool:
    at = now()
    totp = pyotp.TOTP(vault().open(bytes(row.sealed), owner=owner(row)).decode())
    given, present = "".join(code.split()).encode("utf-8", "replace"), totp.timecode(at)
    steps = range(present - CLOCK_DRIFT_STEPS, present + CLOCK_DRIFT_STEPS + 1)
    matching = [step for step in steps if hmac.compare_digest(totp.generate_otp(step).encode(), given)]
    # The database decides which of two requests with the same code was first.
    fresh = Secret.objects.filter(pk=row.pk, last_step__lt=max(matching, default=0))
    return bool(matching) and bool(fresh.update(last_step=max(matching), used_at=at))
