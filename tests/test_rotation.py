"""A new vault key in front: everything is sealed with it, and the old one may go."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest

from kontor.channels.connections.credentials import owner
from kontor.channels.connections.models import Connection
from kontor.core.clock import now
from kontor.core.config import settings
from kontor.core.tenancy import tenant
from kontor.core.vault import UnknownKey, new_key, vault
from kontor.privacy import erasures
from kontor.privacy.models import Erasure
from kontor.rotation import reseal_all
from kontor.webhooks import endpoints, signing

SECRET = b'{"access": "v^1.1"}'


@pytest.fixture
def use_keys(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    def use(*keys: str) -> None:
        monkeypatch.setenv("VAULT_KEYS", ",".join(keys))
        settings.cache_clear()

    yield use
    monkeypatch.undo()
    settings.cache_clear()


def connected(tenant_id: UUID) -> Connection:
    with tenant(tenant_id):
        row = Connection(
            channel="ebay", marketplace="EBAY_DE", account_id="1", label="eBay", connected_at=now()
        )
        row.secret = vault().seal(SECRET, owner=owner(tenant_id, row.id))
        row.save()
        return row


def test_old_keys_may_go_after_rotation(tenant_a: UUID, tenant_b: UUID, use_keys) -> None:  # type: ignore[no-untyped-def]
    old, new = new_key(), new_key()
    use_keys(old)
    rows = [connected(tenant_a), connected(tenant_b)]
    use_keys(new, old)
    assert reseal_all() == 2
    assert reseal_all() == 0
    use_keys(new)
    for row in rows:
        with tenant(row.tenant_id):
            row.refresh_from_db()
        assert vault().open(bytes(row.secret or b""), owner=owner(row.tenant_id, row.id)) == SECRET


def test_a_key_that_went_too_early_is_named(tenant_a: UUID, use_keys) -> None:  # type: ignore[no-untyped-def]
    old = new_key()
    use_keys(old)
    connected(tenant_a)
    use_keys(new_key())
    with pytest.raises(UnknownKey, match=old.split(":")[0]):
        reseal_all()


def test_what_webhooks_and_erasures_need_is_sealed_anew_too(tenant_a: UUID, use_keys) -> None:  # type: ignore[no-untyped-def]
    old, new = new_key(), new_key()
    use_keys(old)
    with tenant(tenant_a):
        endpoint, secret = endpoints.make("https://erp.example/", ["order.received"], "")
        endpoints.rotate(endpoint.id)
    row = Erasure(subject="buyer", tenant_id=tenant_a)
    row.sealed = erasures.seal(row, {"email": "rike@boje.example"})
    row.save()
    use_keys(new, old)
    assert reseal_all() == 3  # the secret, the one before it, and whom the erasure is about
    use_keys(new)
    with tenant(tenant_a):
        assert secret in signing.secrets_of(endpoints.get(endpoint.id))
    assert erasures.opened(Erasure.objects.get()) == {"email": "rike@boje.example"}
