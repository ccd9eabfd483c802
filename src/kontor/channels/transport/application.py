"""The application's own token, sealed and shared by all processes."""

from __future__ import annotations

from django.db import connection

from kontor.channels.contract.errors import LoginNeeded
from kontor.channels.contract.manifest import Manifest
from kontor.channels.transport import hosts, oauth
from kontor.channels.transport.models import ApplicationToken
from kontor.channels.transport.oauth import ApplicationRefused
from kontor.channels.transport.sending import Line
from kontor.channels.transport.tokens import Held, Keeper, Secret
from kontor.core.vault import VaultError, vault


def keeper(manifest: Manifest, line: Line) -> Keeper:
    """The keeper of the channel's application token."""
    return Keeper(
        ApplicationSlot(manifest),
        lambda _: oauth.application_token(manifest, line),
        ahead_seconds=manifest.refresh_ahead_seconds,
    )


class ApplicationSlot:
    """A row of `transport_applicationtoken`, one per channel, environment and client id."""

    def __init__(self, manifest: Manifest) -> None:
        client_id = hosts.application(manifest).client_id
        self._key = f"{manifest.id}:{hosts.environment(manifest.id)}:{client_id}"[:200]

    def read(self) -> Held:
        """The stored token; made without one where nobody asked yet."""
        row, _ = ApplicationToken.objects.get_or_create(key=self._key)
        return Held(self._opened(bytes(row.secret)) if row.secret else None, row.generation)

    def _opened(self, sealed: bytes) -> Secret | None:
        try:
            return Secret.from_bytes(vault().open(sealed, owner=self._key))
        except VaultError:
            return None  # the key was changed: a new token is an ordinary call away

    def lease(self, generation: int, seconds: float) -> bool:
        """See Slot."""
        return self._changed(
            "lease_until = clock_timestamp() + %s * interval '1 second'",
            [seconds],
            generation,
            "and (lease_until is null or lease_until < clock_timestamp())",
        )

    def save(self, generation: int, secret: Secret) -> bool:
        """See Slot."""
        sealed = vault().seal(secret.as_bytes(), owner=self._key)
        return self._changed(
            "secret = %s, generation = generation + 1, lease_until = null", [sealed], generation
        )

    def release(self, generation: int) -> None:
        """See Slot."""
        self._changed("lease_until = null", [], generation)

    def refuse(self, generation: int, error: LoginNeeded) -> None:
        """No seller can help an application that is refused."""
        self.release(generation)
        raise ApplicationRefused(channel_code=error.channel_code) from error

    def _changed(
        self, changes: str, values: list[float | str | bytes], generation: int, condition: str = ""
    ) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(
                f"update transport_applicationtoken set {changes} where key = %s and generation = %s {condition}",  # noqa: S608
                [*values, self._key, generation],
            )
            return bool(cursor.rowcount)
