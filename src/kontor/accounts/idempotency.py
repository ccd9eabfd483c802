"""Where answers to creates are kept, in the tenant's own rows.

Sealed: some hold a secret that is shown once and kept nowhere else.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import connection

from kontor.accounts.models import Idempotency
from kontor.core.actor import Actor
from kontor.core.clock import now
from kontor.core.http.idempotency import Kept
from kontor.core.vault import vault

KEPT_FOR = timedelta(days=1)
NOBODY = UUID(int=0)


class AnswersInDatabase:
    """`core.http.idempotency.Store` over `accounts_idempotency`."""

    def hold(self, actor: Actor, key: str) -> bool:
        """By a transaction's advisory lock: a second request is told at once instead of waiting at the index."""
        with connection.cursor() as cursor:
            cursor.execute("select pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [_owner(actor, key)])
            return bool(cursor.fetchone()[0])

    def find(self, actor: Actor, key: str) -> Kept | None:
        """The answer, if it is younger than a day."""
        row = Idempotency.objects.filter(person_id=_sender(actor), key=key, at__gt=now() - KEPT_FOR).first()
        if row is None:
            return None
        body = vault().open(bytes(row.body), owner=_owner(actor, key))
        return Kept(row.fingerprint, row.status, body, row.headers)

    def keep(self, actor: Actor, key: str, answer: Kept) -> None:
        """Stores the answer and forgets the tenant's old ones."""
        forget_old()
        Idempotency.objects.create(
            person_id=_sender(actor),
            key=key,
            fingerprint=answer.fingerprint,
            status=answer.status,
            body=vault().seal(answer.body, owner=_owner(actor, key)),
            headers=answer.headers,
        )


def forget_old() -> None:
    """Deletes the tenant's answers that nobody gets any more."""
    Idempotency.objects.filter(at__lte=now() - KEPT_FOR).delete()


def owner(tenant_id: UUID, sender: UUID, key: str) -> str:
    """What a sealed answer is bound to."""
    return f"idempotency:{tenant_id}:{sender}:{key}"


def _owner(actor: Actor, key: str) -> str:
    return owner(actor.tenant_id, _sender(actor), key)


def _sender(actor: Actor) -> UUID:
    """Whose keys they are: two programs of a tenant may choose the same."""
    return actor.person_id or actor.key_id or NOBODY
