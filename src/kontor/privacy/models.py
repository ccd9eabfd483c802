"""Exports that people asked for, and erasures: asked for, carried out, and what is left to show for them."""

from __future__ import annotations

from typing import Any

from django.db import models

from kontor.core.clock import now
from kontor.core.identifiers import uuid7
from kontor.core.tenancy import TenantModel


class ExportOf(models.TextChoices):
    """Whose data."""

    PERSON = "person", "A person's own"
    BUSINESS = "business", "The whole business's"


class ExportState(models.TextChoices):
    """How far an export is."""

    RUNNING = "running", "It waits for its turn, or is being written"
    READY = "ready", "It can be fetched"
    FAILED = "failed", "It could not be written"


class Export(TenantModel):
    """One ZIP that one person asked for and nobody else may fetch; it goes at `expires_at`."""

    subject = models.CharField(max_length=10, choices=ExportOf.choices)
    person_id = models.UUIDField()  # who asked
    state = models.CharField(max_length=10, choices=ExportState.choices, default=ExportState.RUNNING)
    job_id = models.UUIDField(null=True)
    bytes = models.BigIntegerField(default=0)
    rows = models.BigIntegerField(default=0)
    files = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(default=now)
    finished_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True)  # when it was last fetched


class ErasureOf(models.TextChoices):
    """What is erased."""

    PERSON = "person", "A person with their account"
    BUSINESS = "business", "A business with everything in it"
    BUYER = "buyer", "A buyer, from a business's orders"


class ErasureState(models.TextChoices):
    """How far an erasure is."""

    PLANNED = "planned", "It can still be taken back"
    RUNNING = "running", "It is being carried out"
    DONE = "done", "All of it went"
    CANCELLED = "cancelled", "It was taken back"


class Erasure(models.Model):
    """One erasure, and at its end the receipt. It outlives whom it is about, so it names nobody: ids and a pseudonym.

    `sealed` holds what is needed to find the traces (name, address), until they are found.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.CharField(max_length=10, choices=ErasureOf.choices)
    tenant_id = models.UUIDField(null=True, db_index=True)  # null for a person: they may belong to several
    person_id = models.UUIDField(null=True)  # who asked; for a person, who goes
    pseudonym = models.CharField(max_length=40, blank=True)  # what stands where the name stood
    state = models.CharField(max_length=10, choices=ErasureState.choices, default=ErasureState.PLANNED)
    sealed = models.BinaryField(null=True)
    counts: Any = models.JSONField(default=dict)  # table → rows that went or were changed
    kept: Any = models.JSONField(default=list)  # what law keeps: {"what", "count", "law", "until"}
    asked_at = models.DateTimeField(default=now)
    due_at = models.DateTimeField(default=now)
    begun_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(state__in=("planned", "running")),
                name="privacy_erasure_due",
            )
        ]
