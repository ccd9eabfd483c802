"""A person's second factors: which there are, meeting one, adding and removing them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from kontor.accounts import everywhere, sessions, throttle
from kontor.accounts.factors import challenges, passkeys, recovery, totp
from kontor.accounts.factors.models import Challenge, Passkey, RecoveryCode, Secret
from kontor.accounts.models import Membership, Person, Session
from kontor.accounts.people import notices
from kontor.accounts.people.ground import person_entity
from kontor.core.actor import Actor
from kontor.core.errors import Conflict, NotFound, Unauthenticated
from kontor.core.http.place import here

Method = Literal["passkey", "totp", "recovery"]
APP_NAME = "Authenticator"


class WrongFactor(Unauthenticated):
    """The code or passkey is not right; `params["tries_left"]` says how often it may be tried again."""

    code, title = "second_factor.wrong", "This second factor is not right"


class StillRequired(Conflict):
    """A business of this person's demands a second factor, and this is the last."""

    code, title = "second_factor.required", "Your business demands a second factor: add another one first"


class NoFactor(Conflict):
    """Recovery codes stand in for a second factor; there is none."""

    code, title = "factor.none", "Add a second factor first"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person gives as their second factor: a code, or what the browser says of a passkey; from page `origin`."""

    method: Method
    typed: str = ""
    credential: dict[str, Any] = field(default_factory=dict)
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Factor:
    """One second factor in a list."""

    id: UUID
    kind: Literal["totp", "passkey"]
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Added:
    """A new factor; with a person's first come their recovery codes."""

    factor: Factor
    recovery_codes: list[str] | None


def methods(person: Person) -> list[Method]:
    """How this person may prove themselves besides the password, the safest first; empty: they set up nothing."""
    found: list[Method] = []
    if passkeys.host() and Passkey.objects.filter(person=person).exists():
        found.append("passkey")
    if totp.find(person):
        found.append("totp")
    return (
        [*found, "recovery"] if RecoveryCode.objects.filter(person=person, used_at=None).exists() else found
    )


def demand(
    purpose: challenges.Purpose,
    person: Person,
    *,
    membership: Membership | None = None,
    session: Session | None = None,
    company: str = "",
) -> dict[str, Any]:
    """Begins a proof, and says how it may be met: what the refusal that asks for it carries as `params`."""
    begun = challenges.begin(purpose, person, membership=membership, session=session, company=company)
    options = passkeys.request_options(person, begun.challenge)
    asked = {"challenge": begun.token, "methods": list(methods(person))}
    return {**asked, "passkey_options": options} if options else asked


def meet(challenge: Challenge, answer: Answer) -> None:
    """Returns if the answer is right; then the challenge is used up. Outside of a transaction: a wrong one must count.

    Raises WrongFactor, challenges.ChallengeOver, throttle.TooManyAttempts.
    """
    person, who = challenge.person, str(challenge.person_id)
    place = here().address
    is_guessable = answer.method == "totp" and not sessions.knows_place(person, place)
    if answer.method != "passkey":
        throttle.CODE.admit(who, place)
    if is_guessable:
        throttle.CODE_ANYWHERE.admit(who)
    tries_left = challenges.count_try(challenge)
    if not _is_right(challenge, answer):
        throttle.CODE.failed(who, place)
        if is_guessable:
            throttle.CODE_ANYWHERE.failed(who)
        raise WrongFactor(tries_left=tries_left)
    challenges.use_up(challenge)
    throttle.CODE.passed(who, place)
    throttle.CODE_ANYWHERE.passed(who)
    if answer.method == "recovery":
        _tell(person, "security.recovery_used")


def _is_right(challenge: Challenge, answer: Answer) -> bool:
    match answer.method:
        case "totp":
            return totp.check(challenge.person, answer.typed)
        case "recovery":
            return recovery.check(challenge.person, answer.typed)
        case "passkey":
            return passkeys.check(challenge.person, challenge, answer.credential, answer.origin)


def of(person: Person) -> list[Factor]:
    """All that count, the oldest first."""
    secret = totp.find(person)
    rows: list[Secret | Passkey] = [
        *([secret] if secret else []),
        *Passkey.objects.filter(person=person),
    ]
    return sorted((_factor(row) for row in rows), key=lambda factor: factor.added_at)


def confirm_totp(actor: Actor, code: str) -> Added:
    """The begun authenticator counts from now on. Raises ProofNeeded, totp.NotBegun, Invalid."""
    session = sessions.proven(actor)
    return _added(session, _factor(totp.confirm(session.membership.person, code)))


def begin_passkey(actor: Actor) -> tuple[str, dict[str, Any]]:
    """The challenge's token, and the options for the browser. Raises ProofNeeded, passkeys.Impossible."""
    session = sessions.proven(actor)
    person = session.membership.person
    begun = challenges.begin(challenges.Purpose.PASSKEY, person, session=session)
    return begun.token, passkeys.creation_options(person, begun.challenge)


def add_passkey(actor: Actor, token: str, name: str, credential: dict[str, Any], origin: str) -> Added:
    """Keeps a passkey. Raises ProofNeeded, totp.NotBegun (the challenge is old or another's), Invalid, Known."""
    session = sessions.proven(actor)
    try:
        challenge = challenges.find(token, challenges.Purpose.PASSKEY)
    except challenges.ChallengeOver as error:
        raise totp.NotBegun from error
    if challenge.session_id != session.id:
        raise totp.NotBegun
    row = passkeys.add(session.membership.person, challenge, name, credential, origin)
    challenges.use_up(challenge)
    return _added(session, _factor(row))


def remove(actor: Actor, factor_id: UUID) -> None:
    """Takes a factor away; with the last go the recovery codes. Raises ProofNeeded, NotFound, StillRequired."""
    person = sessions.proven(actor).membership.person
    # One at a time per person: two requests must not each take away what the other believes is left.
    Person.objects.select_for_update().get(pk=person.pk)
    factors = of(person)
    found = next((factor for factor in factors if factor.id == factor_id), None)
    if found is None:
        raise NotFound("You have no such factor.", factor_id=str(factor_id))
    if len(factors) == 1:
        demanding = Membership.objects.filter(
            person=person, is_active=True, tenant__requires_second_factor=True
        )
        if demanding.exists():
            raise StillRequired
        recovery.forget(person)
    Secret.objects.filter(person=person, id=factor_id).delete()
    Passkey.objects.filter(person=person, id=factor_id).delete()
    everywhere.record(person.id, "factor.removed", **_entity(found))
    _tell(person, "security.factor_removed")


def new_recovery_codes(actor: Actor) -> list[str]:
    """Ten codes in place of the old ones. Raises ProofNeeded, NoFactor."""
    person = sessions.proven(actor).membership.person
    if not of(person):
        raise NoFactor
    everywhere.record(person.id, "recovery.made", **person_entity(person))
    _tell(person, "security.recovery_made")
    return recovery.make(person)


def _added(session: Session, factor: Factor) -> Added:
    person = session.membership.person
    sessions.prove(session, factor.kind)
    everywhere.record(person.id, "factor.added", **_entity(factor))
    _tell(person, "security.factor_added")
    is_first = not RecoveryCode.objects.filter(person=person).exists()
    return Added(factor, recovery.make(person) if is_first else None)


def _tell(person: Person, event: str) -> None:
    notices.tell_person(event, person, link=notices.SECURITY_PAGE)


def _factor(row: Secret | Passkey) -> Factor:
    if isinstance(row, Secret):
        return Factor(row.id, "totp", APP_NAME, row.confirmed_at or row.created_at, row.used_at)
    return Factor(row.id, "passkey", row.name, row.created_at, row.used_at)


def _entity(factor: Factor) -> dict[str, Any]:
    return {
        "entity_kind": "factor",
        "entity_id": str(factor.id),
        "entity_label": f"{factor.kind}: {factor.name}",
    }
