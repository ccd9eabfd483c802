"""Secrets of endpoints and the headers of Standard Webhooks (https://www.standardwebhooks.com)."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from standardwebhooks.webhooks import Webhook

from kontor.core.clock import now
from kontor.core.tenancy import current_tenant
from kontor.core.vault import vault
from kontor.webhooks.models import Delivery, Endpoint

PREFIX = "whsec_"
SECRET_BYTES = 32
OVERLAP = timedelta(hours=24)  # so long after a rotation the old secret signs too


def new_secret() -> str:
    """`whsec_` and the base64 of 256 random bits."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def owner(tenant_id: UUID, endpoint_id: UUID) -> str:
    """What a sealed secret is bound to."""
    return f"{tenant_id}/webhook/{endpoint_id}"


def seal(endpoint_id: UUID, secret: str) -> bytes:
    """A secret as the column keeps it; inside `tenant()`."""
    return vault().seal(secret.encode(), owner=owner(current_tenant(), endpoint_id))


def secrets_of(endpoint: Endpoint) -> list[str]:
    """The secret, and the one before while both sign; inside `tenant()`."""
    kept = [endpoint.sealed]
    if endpoint.previous_sealed and endpoint.previous_until and endpoint.previous_until > now():
        kept.append(endpoint.previous_sealed)
    whose = owner(current_tenant(), endpoint.id)
    return [vault().open(bytes(each), owner=whose).decode() for each in kept]


def message_id(delivery: Delivery) -> str:
    """The `webhook-id`: the same for every attempt, so that a receiver can tell what it had before."""
    return f"msg_{delivery.id.hex}"


def headers(delivery: Delivery, keys: Sequence[str], at: datetime) -> dict[str, str]:
    """The three headers for an attempt at `at` (UTC), signed with each of the secrets."""
    signatures = [Webhook(key).sign(message_id(delivery), at, delivery.body) for key in keys]
    return {
        "webhook-id": message_id(delivery),
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signatures),
    }
