"""A connection's secret: where it is kept, and what happens when the channel refuses it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from kontor.channels.connections import status
from kontor.channels.connections.models import Connection, State
from kontor.channels.contract.errors import LoginNeeded
from kontor.channels.transport.tokens import Held, Secret
from kontor.core.clock import now
from kontor.core.tenancy import tenant
from kontor.core.vault import vault


def owner(tenant_id: UUID, connection_id: UUID) -> str:
    """What a sealed secret is bound to."""
    return f"{tenant_id}/{connection_id}"


def sealed(tenant_id: UUID, connection_id: UUID, secret: Secret) -> bytes:
    """The secret as the column keeps it."""
    return vault().seal(secret.as_bytes(), owner=owner(tenant_id, connection_id))


class ConnectionSlot:
    """The secret of one connection, for all processes. Each method is its own transaction."""

    def __init__(self, tenant_id: UUID, connection_id: UUID) -> None:
        self._tenant_id, self._connection_id = tenant_id, connection_id

    def read(self) -> Held:
        """What is there now. Raises LoginNeeded where the channel refused it, or it was disconnected."""
        with tenant(self._tenant_id):
            row = (
                Connection.objects.filter(id=self._connection_id)
                .only("state", "secret", "token_generation")
                .first()
            )
        if row is None or row.secret is None or row.state == State.REFUSED:
            raise LoginNeeded("This account has to be signed in to again", channel_code="not_signed_in")
        content = vault().open(bytes(row.secret), owner=owner(self._tenant_id, self._connection_id))
        return Held(Secret.from_bytes(content), row.token_generation)

    def lease(self, generation: int, seconds: float) -> bool:
        """See Slot."""
        free = Q(refresh_lease_until=None) | Q(refresh_lease_until__lt=Now())
        with tenant(self._tenant_id):
            rows = self._of(generation).filter(free).exclude(state=State.REFUSED)
            return bool(rows.update(refresh_lease_until=Now() + timedelta(seconds=seconds)))

    def save(self, generation: int, secret: Secret) -> bool:
        """See Slot."""
        content = sealed(self._tenant_id, self._connection_id, secret)
        with tenant(self._tenant_id):
            rows = self._of(generation)
            return bool(
                rows.update(
                    secret=content,
                    token_generation=F("token_generation") + 1,
                    refresh_lease_until=None,
                    consent_until=secret.refresh_until,
                    updated_at=now(),
                )
            )

    def release(self, generation: int) -> None:
        """See Slot."""
        with tenant(self._tenant_id):
            self._of(generation).update(refresh_lease_until=None)

    def refuse(self, generation: int, error: LoginNeeded) -> None:
        """See Slot."""
        with tenant(self._tenant_id):
            row = self._of(generation).select_for_update().first()
            if row:
                row.refresh_lease_until = None
                row.save(update_fields=["refresh_lease_until"])
                status.refused(row, error)

    def _of(self, generation: int) -> QuerySet[Connection]:
        return Connection.objects.filter(id=self._connection_id, token_generation=generation).exclude(
            secret=None
        )


class UnsavedSlot:
    """The secret of a consent just given, before it is known whose account it is."""

    def __init__(self, secret: Secret) -> None:
        self._held = Held(secret, 1)

    @property
    def secret(self) -> Secret:
        """The consent's secret, or what renewing made of it."""
        assert self._held.secret is not None
        return self._held.secret

    def read(self) -> Held:
        """See Slot."""
        return self._held

    def lease(self, generation: int, seconds: float) -> bool:
        """Nobody else has it."""
        return True

    def save(self, generation: int, secret: Secret) -> bool:
        """See Slot."""
        self._held = Held(secret, generation + 1)
        return True

    def release(self, generation: int) -> None:
        """Nobody waits for it."""

    def refuse(self, generation: int, error: LoginNeeded) -> None:
        """Nothing is kept that could be refused."""
