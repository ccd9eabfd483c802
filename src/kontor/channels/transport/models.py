"""What all processes share about the channels' network: budgets, breakers, the application's tokens, the call log."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from kontor.core.tenancy import TenantModel


class Budget(models.Model):
    """One limit of a channel, and what was taken of it. `state` is `limits.Usage` as JSON."""

    key = models.CharField(primary_key=True, max_length=200)
    state = models.JSONField(default=dict)

    class Meta:
        db_table = "transport_budget"


class Breaker(models.Model):
    """A host that failed lately. While `open_until` is ahead nobody calls; then one call tries."""

    key = models.CharField(primary_key=True, max_length=200)
    failures = models.PositiveIntegerField(default=0)
    open_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "transport_breaker"


class ApplicationToken(models.Model):
    """The token that an application has without any seller (client credentials)."""

    key = models.CharField(primary_key=True, max_length=200)
    secret = models.BinaryField(null=True)
    generation = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "transport_applicationtoken"


class Figure(models.Model):
    """Calls of one kind with one outcome since the installation began; see `figures`. SLOTS rows are one count."""

    kind = models.CharField(max_length=4)
    channel = models.CharField(max_length=60)
    operation = models.CharField(max_length=200)
    outcome = models.CharField(max_length=30)
    slot = models.PositiveSmallIntegerField()
    count = models.BigIntegerField(default=0)
    seconds = models.FloatField(default=0.0)
    within = ArrayField(models.BigIntegerField())  # by the bounds of `figures`: how many took no longer

    class Meta:
        db_table = "transport_figure"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "channel", "operation", "outcome", "slot"], name="transport_figure_once"
            )
        ]


class Call(TenantModel):
    """One call to a channel, without anything that should not be read by others.

    `about` are the ids of the publications or the order that it was made for. No foreign keys: the log outlives
    what it speaks of.
    """

    connection_id = models.UUIDField()
    about = ArrayField(models.UUIDField(), default=list)
    at = models.DateTimeField()
    method = models.CharField(max_length=10)
    host = models.CharField(max_length=40)
    path = models.TextField()
    status = models.PositiveSmallIntegerField(null=True)
    milliseconds = models.PositiveIntegerField()
    error_code = models.CharField(max_length=60, default="")
    request_excerpt = models.TextField(default="")
    answer_excerpt = models.TextField(default="")
    channel_request_id = models.CharField(max_length=200, default="")

    class Meta:
        db_table = "transport_call"
        indexes = [
            models.Index(fields=["tenant_id", "connection_id", "-at"], name="transport_call_recent"),
            GinIndex(fields=["about"], name="transport_call_about"),
        ]
