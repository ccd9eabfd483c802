"""`kontor rotate-keys`: every secret sealed with the first of VAULT_KEYS, so that the others may go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from kontor.accounts import idempotency
from kontor.accounts.factors import totp
from kontor.accounts.factors.models import Secret
from kontor.accounts.models import Idempotency, Tenant
from kontor.channels.connections import credentials
from kontor.channels.connections.models import Connection, OAuthState
from kontor.core.clock import now
from kontor.core.tenancy import TenantModel, tenant
from kontor.core.vault import vault
from kontor.enquiries import mailboxes
from kontor.enquiries.models import Mailbox
from kontor.mail import service as mail
from kontor.mail.models import Message
from kontor.privacy import erasures
from kontor.privacy.models import Erasure
from kontor.webhooks import signing
from kontor.webhooks.models import Endpoint


@dataclass(frozen=True, slots=True)
class Sealed:
    """A column that the vault seals; `owner` says of a row what its secret is bound to."""

    model: type[models.Model]
    column: str
    owner: Callable[[Any], str]


SEALED = (
    Sealed(Connection, "secret", lambda row: credentials.owner(row.tenant_id, row.id)),
    Sealed(Endpoint, "sealed", lambda row: signing.owner(row.tenant_id, row.id)),
    Sealed(Endpoint, "previous_sealed", lambda row: signing.owner(row.tenant_id, row.id)),
    Sealed(Mailbox, "sealed", mailboxes.owner),
    Sealed(Idempotency, "body", lambda row: idempotency.owner(row.tenant_id, row.person_id, row.key)),
    Sealed(Secret, "sealed", totp.owner),
    Sealed(OAuthState, "verifier", lambda row: row.state_hash),
    Sealed(Message, "sealed", lambda row: mail.owner(row.id)),
    Sealed(Erasure, "sealed", erasures.owner),
)


def reseal_all() -> int:
    """Opens and seals anew what an older key sealed; answers how many. Others may work meanwhile.

    Application tokens are left alone: a channel gives a new one for the asking. Raises VaultError where a secret's key
    is among VAULT_KEYS no longer; what was sealed anew before that stays so.
    """
    OAuthState.objects.filter(expires_at__lt=now()).delete()
    count = 0
    for each in SEALED:
        if not issubclass(each.model, TenantModel):
            with transaction.atomic():
                count += _reseal(each)
    for tenant_id in Tenant.objects.values_list("id", flat=True):
        with tenant(tenant_id):
            idempotency.forget_old()
            count += sum(_reseal(each) for each in SEALED if issubclass(each.model, TenantModel))
    return count


def _reseal(sealed: Sealed) -> int:
    """One column's rows, locked: who writes a whole row back meanwhile would put the old secret back."""
    count, rows = 0, sealed.model._default_manager.exclude(**{sealed.column: None})
    for row in rows.select_for_update(no_key=True):
        kept, whose = bytes(getattr(row, sealed.column)), sealed.owner(row)
        if not vault().is_current(kept):
            fresh = vault().seal(vault().open(kept, owner=whose), owner=whose)
            rows.filter(pk=row.pk).update(**{sealed.column: fresh})
            count += 1
    return count
