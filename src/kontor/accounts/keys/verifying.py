"""From an API key to an Actor."""

from __future__ import annotations

import hmac
from datetime import timedelta
from typing import Final

from django.db.models import Q

from kontor.accounts.keys import text
from kontor.accounts.keys.models import ApiKey
from kontor.core.actor import Actor
from kontor.core.clock import now
from kontor.core.errors import Unauthenticated
from kontor.core.http.place import here
from kontor.core.tenancy import tenant

USE_IS_NOTED_EVERY: Final = timedelta(minutes=1)
NO_HASH: Final = bytes(32)


class ApiKeys:
    """`core.http.credentials.Verifier` for API keys."""

    def recognises(self, token: str) -> bool:
        """By its form."""
        return text.is_key(token)

    def verify(self, token: str) -> Actor:
        """The key's name and scopes. Raises Unauthenticated with `reason` invalid, revoked or expired."""
        tenant_id, prefix = text.read(token)
        with tenant(tenant_id):
            key = ApiKey.objects.filter(prefix=prefix).first()
            if not hmac.compare_digest(bytes(key.hash) if key else NO_HASH, text.hashed(token)) or not key:
                raise Unauthenticated("This API key is not one of ours.", reason="invalid")
            if (status := key.status_at(now())) != "active":
                raise Unauthenticated(f"This API key is {status}; make a new one.", reason=status)
            _note_use(key)
        return Actor(
            tenant_id=tenant_id,
            person_id=None,
            name=key.name,
            scopes=frozenset(key.scopes),
            key_id=key.id,
        )


def _note_use(key: ApiKey) -> None:
    """Once a minute at most, however many ask at once."""
    at = now()
    unnoted = Q(used_at=None) | Q(used_at__lt=at - USE_IS_NOTED_EVERY)
    if key.used_at is None or key.used_at < at - USE_IS_NOTED_EVERY:
        ApiKey.objects.filter(unnoted, id=key.id).update(used_at=at, used_from=here().address)
