"""Where answers to creates are kept, in the tenant's own rows."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import connection

from kontor.accounts.models import Idempotency
from kontor.core.actor import Actor
from kontor.core.clock import now
from kontor.core.http.idempotency import Kept

KEPT_FOR = timedelta(days=1)
NOBODY = UUID(int=0)


class AnswersInDatabase:
    """`core.http.idempotency.Store` over `accounts_idempotency`."""

    def hold(self, actor: Actor, key: str) -> bool:
        """By a transaction's advisory lock: a second request is told at once instead of waiting at the index."""
        with connection.cursor() as cursor:
            name = f"idempotency:{actor.tenant_id}:{_sender(actor)}:{key}"
            cursor.execute("select pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [name])
            return bool(cursor.fetchone()[0])

    def find(self, actor: Actor, key: str) -> Kept | None:
        """The answer, if it is younger than a day."""
        row = Idempotency.objects.filter(person_id=_sender(actor), key=key, at__gt=now() - KEPT_FOR).first()
        return Kept(row.fingerprint, row.status, bytes(row.body), row.headers) if row else None

    def keep(self, actor: Actor, key: str, answer: Kept) -> None:
        """Stores the answer and forgets the tenant's old ones."""
        Idempotency.objects.filter(at__lte=now() - KEPT_FOR).delete()
        Idempotency.objects.create(
            person_id=_sender(actor),
            key=key,
            fingerprint=answer.fingerprint,
            status=answer.status,
            body=answer.body,
            headers=answer.headers,
        )


def _sender(actor: Actor) -> UUID:
    """Whose keys they are: two programs of a tenant may choose the same."""
    return actor.person_id or actor.key_id or NOBODY
