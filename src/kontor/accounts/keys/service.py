"""Making, finding and revoking API keys."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from kontor.accounts import sessions
from kontor.accounts.keys import text
from kontor.accounts.keys.models import ApiKey
from kontor.accounts.people.ground import PersonNeeded, locked_tenant
from kontor.accounts.service import refuse
from kontor.audit import service as audit
from kontor.core.actor import Actor
from kontor.core.clock import now
from kontor.core.errors import Conflict, NotFound, Problem
from kontor.core.http import credentials
from kontor.core.tenancy import current_tenant
from kontor.live import events

Status = Literal["active", "expired", "revoked"]
MOST_ACTIVE: Final = 100


class TooManyKeys(Conflict):
    """So many that nobody knows them any more; `params["most"]`."""

    code, title = "key.too_many", "There are very many API keys already; revoke those that nobody uses"


class NoSuchKey(NotFound):
    """No such key in this tenant."""

    code, title = "key.not_found", "There is no such API key"


@dataclass(frozen=True, slots=True)
class Made:
    """A new key and its text, which nobody can read again."""

    key: ApiKey
    secret: str


def find(*, words: str = "", status: Status | None = None) -> QuerySet[ApiKey]:
    """Keys of the open tenant, with their makers; each word must be in the name or begin the prefix."""
    rows = ApiKey.objects.select_related("maker")
    for word in words.split():
        rows = rows.filter(Q(name__icontains=word) | Q(prefix__startswith=word))
    is_expired = Q(expires_at__lte=now())
    if status == "revoked":
        return rows.exclude(revoked_at=None)
    if status == "expired":
        return rows.filter(is_expired, revoked_at=None)
    return rows.exclude(is_expired).filter(revoked_at=None) if status == "active" else rows


def make(actor: Actor, name: str, scopes: Collection[str], expires_at: datetime | None) -> Made:
    """A new key with some of its maker's scopes. Inside `tenant()`.

    Raises PersonNeeded (keys make no keys), ProofNeeded, Invalid (all that is wrong at once), TooManyKeys.
    """
    if actor.session_id is None:
        raise PersonNeeded
    person = sessions.proven(actor).membership.person
    refuse(_problems(actor, name, scopes, expires_at))
    locked_tenant()  # so that two at once don't both take the last place
    if find(status="active").count() >= MOST_ACTIVE:
        raise TooManyKeys(most=MOST_ACTIVE)
    secret, prefix = text.made(current_tenant())
    key = ApiKey.objects.create(
        name=" ".join(name.split()),
        prefix=prefix,
        hash=text.hashed(secret),
        scopes=sorted(set(scopes)),
        maker=person,
        maker_name=person.name,
        expires_at=expires_at,
    )
    audit.record("key.made", **_entity(key), after={"scopes": key.scopes, "expires_at": key.expires_at})
    events.record("key.changed", "key", key.id)
    return Made(key, secret)


def revoke(actor: Actor, key_id: UUID) -> None:
    """The key is refused from now on: here at once, by other processes within seconds. Inside `tenant()`.

    One that is revoked stays so. Raises PersonNeeded, NoSuchKey.
    """
    if actor.session_id is None:
        raise PersonNeeded
    key = ApiKey.objects.select_for_update().filter(id=key_id).first()
    if key is None:
        raise NoSuchKey
    if key.revoked_at:
        return
    key.revoked_at, key.revoked_by = now(), actor.name[:210]
    key.save(update_fields=["revoked_at", "revoked_by"])
    audit.record("key.revoked", **_entity(key))
    events.record("key.changed", "key", key.id)
    transaction.on_commit(lambda: credentials.forget(frozenset({key_id})))


def _problems(actor: Actor, name: str, scopes: Collection[str], expires_at: datetime | None) -> list[Problem]:
    found = []
    if not name.strip():
        found.append(Problem("key.name_missing", "Give the key a name.", field="name"))
    if beyond := sorted(set(scopes) - actor.scopes):
        found.append(
            Problem(
                "key.scope_beyond",
                "A key may do no more than who makes it.",
                field="scopes",
                params={"scopes": ", ".join(beyond)},
            )
        )
    if expires_at and expires_at <= now():
        found.append(Problem("key.expiry_past", "Choose a time that is yet to come.", field="expires_at"))
    return found


def _entity(key: ApiKey) -> dict[str, Any]:
    return {"entity_kind": "key", "entity_id": key.id, "entity_label": f"{key.name} ({key.prefix}…)"}
