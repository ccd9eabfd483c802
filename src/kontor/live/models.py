"""The event log that screens follow, and the tickets that open a socket."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from kontor.core.tenancy import TenantModel


class Event(TenantModel):
    """A fact that somebody may be watching. `seq` has no gaps within a tenant, and grows in order of commit."""

    seq = models.BigIntegerField()
    kind = models.CharField(max_length=64)
    entity = models.CharField(max_length=32)
    entity_id = models.UUIDField()
    revision = models.IntegerField(null=True)
    cause: Any = models.JSONField(default=dict)
    payload: Any = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant_id", "seq"], name="live_event_tenant_seq"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenant_id", "entity", "entity_id", "seq"], name="live_event_entity")
        ]


class Sequence(TenantModel):
    """The last `seq` given to a tenant; its row lock is what puts commits in order."""

    last = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["tenant_id"], name="live_sequence_tenant")]


class Ticket(models.Model):
    """Opens one socket, once, within seconds. Only its hash is kept."""

    hash = models.CharField(max_length=64, primary_key=True)
    tenant_id = models.UUIDField()
    credential_id = models.UUIDField(null=True)  # session or API key that the socket ends with
    expires_at = models.DateTimeField()
    session_until = models.DateTimeField()
