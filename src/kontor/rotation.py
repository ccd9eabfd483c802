"""`kontor rotate-keys`: every secret sealed with the first of VAULT_KEYS, so that the others may go."""

from __future__ import annotations

from uuid import UUID

from kontor.accounts.models import Tenant
from kontor.channels.connections.credentials import owner
from kontor.channels.connections.models import Connection
from kontor.core.tenancy import tenant
from kontor.core.vault import vault
from kontor.privacy import erasures
from kontor.webhooks import endpoints


def reseal_all() -> int:
    """Opens and seals anew what an older key sealed; answers how many. Others may work meanwhile.

    Application tokens are left alone: a channel gives a new one for the asking. Raises VaultError where a secret's key
    is among VAULT_KEYS no longer; tenants before that one are done.
    """
    count = sum(_reseal(tenant_id) for tenant_id in Tenant.objects.values_list("id", flat=True))
    return count + erasures.reseal()


def _reseal(tenant_id: UUID) -> int:
    count = 0
    with tenant(tenant_id):
        for row in Connection.objects.exclude(secret=None).select_for_update():
            if row.secret is None or vault().is_current(bytes(row.secret)):
                continue
            whose = owner(tenant_id, row.id)
            row.secret = vault().seal(vault().open(bytes(row.secret), owner=whose), owner=whose)
            row.save(update_fields=["secret"])
            count += 1
        count += endpoints.reseal()
    return count
