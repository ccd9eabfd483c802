"""What channels told us, word for word, before anything is believed or done."""

from __future__ import annotations

from django.db import models

from kontor.core.identifiers import uuid7
from kontor.core.tenancy import TenantModel


class Receipt(TenantModel):
    """One message of a channel about one connection, kept once; interpreting it again changes nothing."""

    class State(models.TextChoices):
        """Where a receipt is on its way into the house."""

        WAITING = "waiting"
        DONE = "done"
        FAILED = "failed"

    connection = models.ForeignKey(
        "connections.Connection", models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    source = models.CharField(max_length=12)  # "poll" or "webhook"
    topic = models.CharField(max_length=64)
    external_id = models.CharField(max_length=160)
    resource_ids = models.JSONField(default=list)
    body = models.JSONField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    problem = models.JSONField(null=True)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "connection", "external_id"], name="receipt_once")
        ]
        indexes = [models.Index(fields=["tenant_id", "-received_at"], name="receipt_newest")]


class Watermark(TenantModel):
    """Up to when a connection's stream has been read."""

    connection = models.ForeignKey(
        "connections.Connection", models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    stream = models.CharField(max_length=32)
    at = models.DateTimeField()
    polled_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "connection", "stream"], name="one_watermark_per_stream"
            )
        ]


class WebhookRoute(models.Model):
    """The random token in a webhook's address, and whose connection it stands for. Read before a tenant is known."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    token = models.CharField(max_length=64, unique=True)
    channel = models.CharField(max_length=32)
    tenant = models.UUIDField()
    connection = models.UUIDField(unique=True)
    # Exactly as registered with the channel: challenges are hashed over it.
    endpoint = models.CharField(max_length=500)
