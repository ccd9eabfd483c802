"""Sessions: one per log-in, kept alive by a chain of refresh tokens that only its newest link may continue."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from kontor.accounts import everywhere
from kontor.accounts.models import Membership, Person, RefreshToken, Role, Session
from kontor.accounts.people import notices
from kontor.audit import service as audit
from kontor.core.actor import Actor
from kontor.core.cause import causing
from kontor.core.clock import now
from kontor.core.config import settings
from kontor.core.errors import Forbidden, NotFound, Unauthenticated
from kontor.core.http import credentials
from kontor.core.http.place import here
from kontor.core.tenancy import tenant

# Two tabs that wake together present the same token; after that, a second presentation means a copy.
GRACE = timedelta(seconds=10)
# However much it is used: then the person logs in anew (OWASP ASVS 5.0, 7.3.2 and 10.4.8).
LONGEST = timedelta(days=90)
PROOF_LASTS = timedelta(minutes=10)
NOBODY = UUID(int=0)
SWITCHED = "switched"
USE_IS_NOTED_EVERY = timedelta(minutes=5)
SCOPES: dict[str, frozenset[str]] = {
    Role.OWNER: frozenset({"read", "write", "admin"}),
    Role.ADMIN: frozenset({"read", "write", "admin"}),
    Role.MEMBER: frozenset({"read", "write"}),
    Role.READ_ONLY: frozenset({"read"}),
}


class SessionOver(Unauthenticated):
    """The refresh token is unknown, too old, revoked, or was used twice."""

    code, title = "session.over", "Please log in again"


class ProofNeeded(Forbidden):
    """What is asked for changes how one logs in: the person must show again that it is really they."""

    code, title = "proof.needed", "Please confirm with your password that it is you"


@dataclass(frozen=True, slots=True)
class Going:
    """A session that goes on: its new refresh token, and whose it is."""

    refresh_token: str
    session: Session


def begin(membership: Membership, *, second_factor: str = "", instead_of: Session | None = None) -> Going:
    """A new session from `here()`; `instead_of` hands on when it began and was proven. Forgets what ran out."""
    place, at = here(), now()
    begun_at = instead_of.begun_at if instead_of else at
    Session.objects.filter(membership=membership, expires_at__lt=at).delete()
    session = Session.objects.create(
        membership=membership,
        begun_at=begun_at,
        proven_at=instead_of.proven_at if instead_of else at,
        expires_at=_end_of(begun_at, at),
        place=place.address,
        device=place.device[:300],
        second_factor=second_factor,
    )
    return Going(_link(session), session)


def go_on(refresh_token: str) -> Going:
    """The next link. Raises SessionOver; a link that was replaced longer than GRACE ago ends the session.

    So does one of a session that was left for another business: whoever copied it may have been who left.
    """
    with transaction.atomic():
        # Locked before anything is read through it: two refreshes at once must not both see it unreplaced.
        link = RefreshToken.objects.select_for_update().filter(hash=_hash(refresh_token)).first()
        session = link and living(link.session_id)
        is_copy = link is not None and link.replaced_at is not None and link.replaced_at + GRACE < now()
        going = _continued(link, session) if link and session and not is_copy else None
    copied = session if is_copy else None
    if link and session is None:
        copied = _gone_on_from(link.session_id)
    if copied:
        _end(copied, "reuse", action="session.reused")
    if going is None:
        raise SessionOver
    return going


def _continued(link: RefreshToken, session: Session) -> Going | None:
    at = now()
    if link.expires_at <= at:
        return None
    if not link.replaced_at:
        link.replaced_at = at
        link.save(update_fields=["replaced_at"])
    session.used_at, session.expires_at = at, _end_of(session.begun_at, at)
    session.save(update_fields=["used_at", "expires_at"])
    return Going(_link(session), session)


def _gone_on_from(session_id: UUID) -> Session | None:
    """Where the log-in of a session that was left for another business lives on, if it was left longer than GRACE ago."""
    left = Session.objects.filter(id=session_id, ended_because=SWITCHED, ended_at__lt=now() - GRACE)
    return (
        _living()
        .select_related("membership__person", "membership__tenant")
        .filter(
            membership__person_id__in=left.values("membership__person_id"),
            begun_at__in=left.values("begun_at"),
        )
        .first()
    )


def living(session_id: UUID) -> Session | None:
    """The session with membership, person and tenant, unless it ended, ran out, or its person is out."""
    return _living().select_related("membership__person", "membership__tenant").filter(id=session_id).first()


def _living() -> QuerySet[Session]:
    return Session.objects.filter(
        ended_at=None,
        expires_at__gt=now(),
        membership__is_active=True,
        membership__person__is_active=True,
    )


def rights(session: Session) -> frozenset[str]:
    """The role's scopes; none while the tenant demands a second factor that this log-in lacks."""
    membership = session.membership
    if membership.tenant.requires_second_factor and not session.second_factor:
        return frozenset()
    return SCOPES[membership.role]


def alive(session_id: UUID) -> frozenset[str] | None:
    """What the session may do now; None where it has ended or its person is out. Notes its use now and then."""
    session = living(session_id)
    if session is None:
        return None
    at = now()
    if session.used_at < at - USE_IS_NOTED_EVERY:
        Session.objects.filter(id=session_id).update(used_at=at)
    return rights(session)


def able_to_read(session_ids: Iterable[UUID]) -> set[UUID]:
    """Those sessions whose sockets may stay open."""
    found = _living().select_related("membership__tenant").filter(id__in=list(session_ids))
    return {session.id for session in found if "read" in rights(session)}


def all_of(person_id: UUID) -> list[Session]:
    """The person's living sessions in whatever business, newest use first, with their tenants."""
    rows = _living().select_related("membership__tenant").filter(membership__person_id=person_id)
    return list(rows.order_by("-used_at", "-id"))


def of(actor: Actor) -> Session:
    """The session of this request. Raises Unauthenticated where the credential is no person's session."""
    if not actor.session_id or (session := living(actor.session_id)) is None:
        raise Unauthenticated("This credential belongs to no session of a person.")
    return session


def proven(actor: Actor) -> Session:
    """The session, if the person proved themselves within PROOF_LASTS. Raises ProofNeeded."""
    session = of(actor)
    if session.proven_at < now() - PROOF_LASTS:
        raise ProofNeeded
    return session


def prove(session: Session, second_factor: str = "") -> None:
    """Notes that the person showed just now that it is they, and by which second factor, where by one."""
    session.proven_at, session.second_factor = now(), second_factor or session.second_factor
    session.save(update_fields=["proven_at", "second_factor"])
    _forget([session.id])


def end(refresh_token: str) -> None:
    """Ends the session that the token belongs to; an unknown token is none."""
    link = RefreshToken.objects.filter(hash=_hash(refresh_token)).first()
    if link and (session := living(link.session_id)):
        _end(session, "logout")


def end_one(actor: Actor, session_id: UUID) -> None:
    """Ends one session of the actor's own, in whatever business. Raises NotFound."""
    session = living(session_id)
    if session is None or actor.person_id is None or session.membership.person_id != actor.person_id:
        raise NotFound("You have no such session.", session_id=str(session_id))
    _end(session, "person")


@contextmanager
def acting(membership: Membership) -> Iterator[None]:
    """The tenant's transaction, caused by the person: for routes that know who it is only once they have run."""
    person = membership.person
    with (
        causing({"kind": "person", "id": str(person.id), "label": person.name}),
        tenant(membership.tenant_id),
    ):
        yield


def _end(session: Session, because: str, *, action: str = "session.ended") -> None:
    with acting(session.membership):
        if not finish(session.id, because=because):
            return
        entry = {**entity(session), "after": {"because": because}}
        if because != "reuse":
            audit.record(action, **entry)
            return
        # Who held the copy could go to any business of the person's without being asked for anything.
        person = session.membership.person
        everywhere.record(person.id, action, **entry)
        notices.tell_person("security.session_reused", person, link=notices.SECURITY_PAGE)


def finish(session_id: UUID, *, because: str) -> bool:
    """Ends a session; False if it had ended before. `because` is what its owner reads. Writes no audit entry."""
    ended = Session.objects.filter(id=session_id, ended_at=None).update(ended_at=now(), ended_because=because)
    _forget([session_id])
    return bool(ended)


def finish_all(
    *,
    because: str,
    person_id: UUID | None = None,
    membership_id: UUID | None = None,
    except_session: UUID | None = None,
) -> int:
    """Ends the sessions of a person or of one membership, and says how many. Writes no audit entry."""
    rows = Session.objects.filter(ended_at=None)
    if except_session:
        rows = rows.exclude(id=except_session)
    if person_id:
        rows = rows.filter(membership__person_id=person_id)
    if membership_id or not person_id:
        rows = rows.filter(membership_id=membership_id or NOBODY)
    ids = list(rows.values_list("id", flat=True))
    Session.objects.filter(id__in=ids).update(ended_at=now(), ended_because=because)
    _forget(ids)
    return len(ids)


def knows_place(person: Person, address: str) -> bool:
    """Whether this person lately finished a log-in with a second factor from this address."""
    return Session.objects.filter(membership__person=person, place=address).exclude(second_factor="").exists()


def entity(session: Session) -> dict[str, Any]:
    """How the audit log names a session."""
    return {"entity_kind": "session", "entity_id": str(session.id), "entity_label": session.device[:80]}


def lifetime() -> timedelta:
    """How long a session lives without being used."""
    return timedelta(days=settings().refresh_token_expire_days)


def _end_of(begun_at: datetime, used_at: datetime) -> datetime:
    return min(used_at + lifetime(), begun_at + max(LONGEST, lifetime()))


def _forget(session_ids: Iterable[UUID]) -> None:
    """This process acts at once on what changed; others within the seconds that they remember."""
    ids = frozenset(session_ids)
    transaction.on_commit(lambda: credentials.forget(ids))


def _link(session: Session) -> str:
    token = secrets.token_urlsafe(32)
    RefreshToken.objects.create(session=session, hash=_hash(token), expires_at=session.expires_at)
    return token


def _hash(token: str) -> bytes:
    # 256 random bits need no slow hash: nobody can guess one, with or without this table.
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
