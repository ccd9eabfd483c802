"""API keys. Only hashes are kept: who reads this table can't call with what it holds."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from kontor.accounts.models import Person
from kontor.core.clock import now
from kontor.core.tenancy import TenantModel


class ApiKey(TenantModel):
    """A key of a tenant. It outlives its maker's role and membership; who made it is shown, and anybody's is revoked."""

    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=8)  # in plain text, to tell keys apart and to find this row
    hash = models.BinaryField(max_length=32)  # SHA-256 of the whole key
    scopes: Any = ArrayField(models.CharField(max_length=10))
    maker = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    maker_name = models.CharField(max_length=210)  # as it was then
    made_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    used_from = models.CharField(max_length=45, blank=True)  # IP address
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=210, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant_id", "prefix"], name="keys_prefix_once")]

    def status_at(self, at: datetime) -> str:
        """active, expired or revoked."""
        if self.revoked_at:
            return "revoked"
        return "expired" if self.expires_at and self.expires_at <= at else "active"
