"""Entries of the audit log. The application's role may add and read them, and nothing else (see the first migration)."""

from __future__ import annotations

from django.db import models

from kontor.core.clock import now
from kontor.core.tenancy import TenantModel


class Entry(TenantModel):
    """Who did what, from where, to which thing; `before` and `after` hold only what changed, and no secrets."""

    at = models.DateTimeField(default=now)
    action = models.CharField(max_length=60)  # dotted, in the past tense: "role.changed"
    actor_kind = models.CharField(max_length=10)  # as `core.cause.Cause`
    actor_id = models.CharField(max_length=64, blank=True)
    actor_label = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=45, blank=True)
    device = models.CharField(max_length=300, blank=True)
    request_id = models.CharField(max_length=64, blank=True)
    entity_kind = models.CharField(max_length=40, blank=True)
    entity_id = models.CharField(max_length=64, blank=True)
    entity_label = models.CharField(max_length=200, blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["tenant_id", "-at", "-id"], name="audit_newest"),
            models.Index(fields=["tenant_id", "entity_kind", "entity_id"], name="audit_of_entity"),
        ]
