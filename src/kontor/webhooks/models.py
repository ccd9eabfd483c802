"""Where events are told, what is to be told there, and each attempt to do so."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from kontor.core.clock import now
from kontor.core.tenancy import TenantModel


class Why(models.TextChoices):
    """Why nothing is sent to an endpoint."""

    NOT = "", "It is enabled"
    PERSON = "person", "Somebody switched it off"
    FAILING = "failing", "It failed for days"
    GONE = "gone", "It answered 410 Gone"


class Endpoint(TenantModel):
    """An address of the business's own that hears of chosen events.

    `failures` counts attempts that failed one after another, since `failing_since`. While it fails, attempts rest until
    `resting_until`: a dead server must not be asked once for each event.
    """

    url = models.CharField(max_length=2000)
    description = models.CharField(max_length=200, blank=True)
    types: Any = models.JSONField(default=list)  # names of `event_types.TYPES`
    is_enabled = models.BooleanField(default=True)
    disabled_because = models.CharField(max_length=10, choices=Why.choices, default=Why.NOT, blank=True)
    disabled_at = models.DateTimeField(null=True)
    sealed = models.BinaryField()
    previous_sealed = models.BinaryField(null=True)  # signs too until `previous_until`
    previous_until = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    resting_until = models.DateTimeField(null=True)
    succeeded_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=now)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["tenant_id"], condition=models.Q(is_enabled=True), name="webhooks_endpoint_enabled"
            )
        ]


class DeliveryState(models.TextChoices):
    """Where a delivery is."""

    WAITING = "waiting", "It is on its way, or waits for its next attempt"
    DELIVERED = "delivered", "It was taken"
    FAILED = "failed", "All attempts failed, or the endpoint was disabled"


class Delivery(TenantModel):
    """One event for one endpoint: written in the event's transaction. Its id is the `webhook-id` of every attempt."""

    endpoint = models.ForeignKey(Endpoint, models.DO_NOTHING, db_constraint=False, related_name="deliveries")
    type = models.CharField(max_length=60)
    body = models.TextField()  # as it is sent, byte for byte: the signature is made over it
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    attempts = models.PositiveIntegerField(
        default=0
    )  # begun; of them `first_attempt - 1` before the last replay
    first_attempt = models.PositiveIntegerField(default=1)
    next_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=now)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["tenant_id", "endpoint", "-id"], name="webhooks_delivery_log"),
            models.Index(
                fields=["tenant_id", "endpoint", "created_at"],
                condition=models.Q(state="failed"),
                name="webhooks_delivery_failed",
            ),
            models.Index(fields=["tenant_id", "created_at"], name="webhooks_delivery_old"),
        ]


class Attempt(TenantModel):
    """One call, written before it goes out; `duration_ms` stays empty where the worker died during it."""

    delivery = models.ForeignKey(Delivery, models.DO_NOTHING, db_constraint=False, related_name="tries")
    number = models.PositiveIntegerField()
    at = models.DateTimeField(default=now)
    duration_ms = models.PositiveIntegerField(null=True)
    status = models.PositiveSmallIntegerField(null=True)  # HTTP status; empty where no answer came
    problem = models.CharField(max_length=60, blank=True)  # a stable code; empty where it was taken
    answer = models.CharField(max_length=1100, blank=True)  # how the answer began, redacted

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant_id", "delivery", "number"], name="webhooks_attempt_once")
        ]
