"""Logging in by password and second factor, staying logged in, going to another business, proving it once more."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from kontor.accounts import everywhere, passwords, service, sessions, throttle, tokens
from kontor.accounts.factors import challenges
from kontor.accounts.factors import service as factors
from kontor.accounts.models import Membership, Person, Session, normalised
from kontor.accounts.people.ground import person_entity
from kontor.accounts.service import WrongCredentials
from kontor.audit import service as audit
from kontor.core.actor import Actor
from kontor.core.errors import Forbidden, NotFound, Unauthenticated
from kontor.core.http.place import here
from kontor.core.tenancy import tenant
from kontor.jobs.schedules import HOUSE

Purpose = challenges.Purpose


class NoBusiness(Forbidden):
    """It is they, but there is no business left that they may enter."""

    code, title = "login.no_business", "You have no access to a business here any more; ask who invited you"


class SecondFactorAsked(Unauthenticated):
    """The password is right; `params` carry the challenge to answer, and by which methods."""

    code, title = "login.second_factor", "Please confirm with your second factor"


class ProofAsked(Forbidden):
    """The same, for who is logged in already and only proves it once more."""

    code, title = "proof.second_factor", "Please confirm with your second factor"


class ProofWrong(Forbidden):
    """The second factor of a proof is not right; `params["tries_left"]`."""

    code, title = "proof.wrong", "This second factor is not right"


class ProofOver(Forbidden):
    """The proof took too long or was tried too often."""

    code, title = "proof.over", "This took too long or was tried too often; please begin again"


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """What a log-in or a refresh gives."""

    access_token: tokens.AccessToken
    refresh_token: str
    session: Session

    @property
    def membership(self) -> Membership:
        """Who, and where."""
        return self.session.membership


def login(email: str, password: str, *, tenant_name: str = "") -> LoggedIn:
    """Proves who it is and begins a session in `tenant_name` (id or slug), or in the business joined first.

    Does the same work (one Argon2 verification, the same rows) whether the address is known or not. Raises
    WrongCredentials, TooManyAttempts, SecondFactorAsked, NoBusiness, and NotFound for a business the person isn't in.
    """
    place = here().address
    throttle.PASSWORD.admit(email, place)
    person = Person.objects.filter(email=normalised(email)).first()
    memberships = memberships_of(person.id if person else sessions.NOBODY)
    is_they = passwords.is_right(password, person)
    if person is None or not is_they or not person.is_active:
        throttle.PASSWORD.failed(email, place)
        refused(person, memberships)
        raise WrongCredentials
    throttle.PASSWORD.passed(email, place)
    membership = chosen(memberships, tenant_name)
    if factors.methods(person):
        raise SecondFactorAsked(**factors.demand(Purpose.LOGIN, person, membership=membership))
    return begin(membership)


def second_factor(token: str, answer: factors.Answer) -> LoggedIn:
    """The second step of a log-in, or of registering a further business. Raises ChallengeOver, WrongFactor, TooManyAttempts."""
    challenge = challenges.find(token, Purpose.LOGIN)
    membership, person = challenge.membership, challenge.person
    if not challenge.company and (membership is None or not membership.is_active):
        raise challenges.ChallengeOver
    try:
        factors.meet(challenge, answer)
    except factors.WrongFactor:
        refused(person, [membership] if membership else memberships_of(person.id))
        raise
    entered = membership if membership else service.own_business(person, challenge.company)
    return begin(entered, second_factor=answer.method)


def begin(membership: Membership, *, second_factor: str = "") -> LoggedIn:
    """A session for somebody who has proven themselves. Outside of `tenant()`."""
    with sessions.acting(membership):
        going = sessions.begin(membership, second_factor=second_factor)
        audit.record(
            "session.begun",
            **sessions.entity(going.session),
            after={"second_factor": second_factor or "none"},
        )
    return _tokens(going)


def refresh(refresh_token: str) -> LoggedIn:
    """The next access and refresh token; role and rights are read anew. Raises sessions.SessionOver."""
    return _tokens(sessions.go_on(refresh_token))


def switch(actor: Actor, tenant_name: str) -> LoggedIn:
    """A session in another business of the person's, in place of this one. Raises NotFound."""
    session = sessions.of(actor)
    membership = chosen(memberships_of(session.membership.person_id), tenant_name)
    with sessions.acting(membership):
        going = sessions.begin(membership, second_factor=session.second_factor, instead_of=session)
        sessions.finish(session.id, because=sessions.SWITCHED)
        audit.record(
            "session.begun",
            **sessions.entity(going.session),
            after={"second_factor": session.second_factor or "none", "from": session.membership.tenant.name},
        )
    return _tokens(going)


def log_out_everywhere(actor: Actor) -> None:
    """Ends every session of the person, this one too. Inside `tenant()`."""
    person = sessions.of(actor).membership.person
    count = sessions.finish_all(person_id=person.id, because="everywhere")
    everywhere.record(
        person.id,
        "session.ended",
        **person_entity(person),
        after={"because": "everywhere", "sessions": count},
    )


def prove(actor: Actor, password: str) -> None:
    """Notes that it is really they. Outside of `tenant()`. Raises Invalid, TooManyAttempts, ProofAsked."""
    session = sessions.of(actor)
    membership = session.membership
    passwords.confirm(membership.person, password, field="password")
    if factors.methods(membership.person):
        raise ProofAsked(
            **factors.demand(Purpose.PROOF, membership.person, membership=membership, session=session)
        )
    sessions.prove(session)


def prove_second_factor(actor: Actor, token: str, answer: factors.Answer) -> None:
    """The second step of a proof. Outside of `tenant()`. Raises ProofOver, ProofWrong, TooManyAttempts."""
    session = sessions.of(actor)
    try:
        challenge = challenges.find(token, Purpose.PROOF)
        if challenge.session_id != session.id:
            raise ProofOver
        factors.meet(challenge, answer)
    except challenges.ChallengeOver as error:
        raise ProofOver from error
    except factors.WrongFactor as error:
        refused(session.membership.person, [session.membership])
        raise ProofWrong(**error.params) from error
    sessions.prove(session, answer.method)


def memberships_of(person_id: UUID) -> list[Membership]:
    """Where a person is active, the oldest first, with person and tenant."""
    rows = Membership.objects.select_related("person", "tenant").filter(person_id=person_id, is_active=True)
    return list(rows.order_by("created_at", "id"))


def chosen(memberships: list[Membership], tenant_name: str) -> Membership:
    """The one in `tenant_name` (id or slug), or the oldest. Raises NotFound, NoBusiness."""
    wanted = [row for row in memberships if tenant_name in ("", str(row.tenant_id), row.tenant.slug)]
    if wanted:
        return wanted[0]
    if tenant_name:
        raise NotFound("You are not a member of this business.", tenant=tenant_name)
    raise NoBusiness


def _tokens(going: sessions.Going) -> LoggedIn:
    return LoggedIn(tokens.issue(going.session), going.refresh_token, going.session)


def refused(person: Person | None, memberships: list[Membership]) -> None:
    """Writes a refused log-in down. The same rows in any case, so that it takes as long; what nobody owns goes to the house."""
    with tenant(memberships[0].tenant_id if memberships else HOUSE):
        everywhere.record(
            person.id if person else None,
            "session.refused",
            entity_kind="person",
            entity_id=str(person.id) if person else "",
            entity_label=person.email if person else "",
        )
