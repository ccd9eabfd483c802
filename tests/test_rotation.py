"""A new vault key in front: everything is sealed with it, and the old one may go."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID

import psycopg
import pyotp
import pytest
from django.apps import apps
from django.db import models
from psycopg import sql
from tests import factories

from kontor.accounts.factors import totp
from kontor.accounts.idempotency import KEPT_FOR, AnswersInDatabase
from kontor.accounts.models import Idempotency, Person
from kontor.channels.connections.credentials import ConnectionSlot, sealed
from kontor.channels.connections.models import OAuthState
from kontor.channels.registry import channel
from kontor.channels.transport.application import ApplicationSlot
from kontor.channels.transport.tokens import Secret
from kontor.core.actor import Actor
from kontor.core.clock import now
from kontor.core.config import settings
from kontor.core.http.idempotency import Kept
from kontor.core.tenancy import tenant
from kontor.core.vault import UnknownKey, new_key, vault
from kontor.enquiries import mailboxes
from kontor.mail import service as mail
from kontor.mail.models import Message
from kontor.privacy import erasures
from kontor.privacy.models import Erasure
from kontor.rotation import SEALED, reseal_all
from kontor.webhooks import endpoints, signing

SECRET = Secret("v^1.1", now() + timedelta(hours=2))
ANSWER = Kept("fingerprint", 201, b'{"key": "kontor_shown_once"}', {})
# Columns of bytes that hold no sealed secret: hashes, public keys, chance; mails of portals, a business's own rows.
OPEN = {
    "enquiries_mail.raw",
    "accounts_loginattempts.source", "accounts_ratebucket.name", "accounts_refreshtoken.hash", "factors_challenge.hash",
    "factors_challenge.passkey_challenge", "factors_passkey.credential_id", "factors_passkey.public_key", "keys_apikey.hash",
    "people_emailtoken.hash", "people_invitation.hash",
}  # fmt: skip
RENEWED = "transport_applicationtoken.secret"  # asked for anew where no key opens it

UseKeys = Callable[..., None]


@pytest.fixture
def use_keys(monkeypatch: pytest.MonkeyPatch) -> Iterator[UseKeys]:
    def use(*keys: str) -> None:
        monkeypatch.setenv("VAULT_KEYS", ",".join(keys))
        settings.cache_clear()

    yield use
    monkeypatch.undo()
    settings.cache_clear()


def connected(tenant_id: UUID) -> UUID:
    with tenant(tenant_id):
        row = factories.connection()
        row.secret = sealed(tenant_id, row.id, SECRET)
        row.save()
        return row.id


def name_of(model: type[models.Model], column: str) -> str:
    return f"{model._meta.db_table}.{column}"


def test_every_column_of_bytes_is_sealed_anew_or_known_to_hold_no_secret() -> None:
    """A new one has to be named in SEALED, or here."""
    of_bytes = {
        name_of(model, field.column)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.BinaryField) and field.column
    }
    assert of_bytes == {name_of(each.model, each.column) for each in SEALED} | OPEN | {RENEWED}


def sealed_with(key: str, superuser: str) -> set[str]:
    """Columns of the database in which something names this key, whatever our models say of them."""
    found = set()
    with psycopg.connect(superuser) as db:
        columns = db.execute(
            "select table_name, column_name from information_schema.columns"
            " where table_schema = 'public' and data_type = 'bytea'"
        ).fetchall()
        for table, column in columns:
            names_it = sql.SQL("select exists (select from {} where position(%s::bytea in {}) > 0)").format(
                sql.Identifier(table), sql.Identifier(column)
            )
            row = db.execute(names_it, [key.split(":")[0].encode()]).fetchone()
            found |= {f"{table}.{column}"} if row and row[0] else set()
    return found


def test_after_rotation_nothing_needs_the_old_key(
    tenant_a: UUID, tenant_b: UUID, superuser: str, use_keys: UseKeys
) -> None:
    old, new = new_key(), new_key()
    use_keys(old)
    connections = {tenant_id: connected(tenant_id) for tenant_id in (tenant_a, tenant_b)}
    rike = Person.objects.create_user("rike@boje.example", "drei Segel im Wind")
    authenticator = totp.begin(rike)
    actor = Actor(tenant_a, rike.id, "Rike", frozenset({"write"}))
    with tenant(tenant_a):
        endpoint, first = endpoints.make("https://erp.example/", ["order.received"], "")
        second = endpoints.rotate(endpoint.id)[1]
        AnswersInDatabase().keep(actor, "once", ANSWER)
        wish = {"host": "mail.example", "user": "rike", "password": "drei Segel", "is_active": False}
        mailbox = mailboxes.make(wish).id
    letter = mail.send("email_changed", rike.email, "en", name="Rike Boje", email="rike@b.example")
    erasure = Erasure(subject="buyer", tenant_id=tenant_a)
    erasure.sealed = erasures.seal(erasure, {"email": rike.email})
    erasure.save()
    OAuthState.objects.create(
        state_hash="5ta7e", browser_hash="", tenant_id=tenant_a, channel="ebay", marketplace="EBAY_DE", return_to="/",
        verifier=vault().seal(b"verifier", owner="5ta7e"), expires_at=now() + timedelta(minutes=10),
    )  # fmt: skip
    application = ApplicationSlot(channel("ebay").manifest)
    assert application.save(application.read().generation, SECRET)
    columns = {name_of(each.model, each.column) for each in SEALED}
    assert sealed_with(old, superuser) == columns | {RENEWED}, "the test fills every sealed column"

    use_keys(new, old)
    assert reseal_all() == len(SEALED) + 1  # two connections
    assert reseal_all() == 0
    assert sealed_with(old, superuser) == {RENEWED}
    assert sealed_with(new, superuser) == columns

    use_keys(new)
    for tenant_id, connection_id in connections.items():
        assert ConnectionSlot(tenant_id, connection_id).read().secret == SECRET
    assert totp.confirm(rike, pyotp.TOTP(authenticator.secret).now())
    with tenant(tenant_a):
        assert AnswersInDatabase().find(actor, "once") == ANSWER
        assert signing.secrets_of(endpoints.get(endpoint.id)) == [second, first]
        assert mailboxes.account_of(mailboxes.get(mailbox)).password == "drei Segel"
    words = mail.words_of(Message.objects.get(id=letter))
    assert words
    assert "Rike" in words.text
    assert erasures.opened(Erasure.objects.get()) == {"email": rike.email}
    begun = OAuthState.objects.get()
    assert vault().open(bytes(begun.verifier or b""), owner=begun.state_hash) == b"verifier"
    assert application.read().secret is None, "the next call asks the channel for another"


def test_a_key_that_went_too_early_is_named(tenant_a: UUID, use_keys: UseKeys) -> None:
    old = new_key()
    use_keys(old)
    connected(tenant_a)
    use_keys(new_key())
    with pytest.raises(UnknownKey, match=old.split(":")[0]):
        reseal_all()


def test_what_nobody_gets_any_more_is_forgotten_instead(tenant_a: UUID, use_keys: UseKeys) -> None:
    """So that a key which was lost long ago doesn't stand in the way."""
    use_keys(new_key())
    with tenant(tenant_a):
        AnswersInDatabase().keep(Actor(tenant_a, None, "", frozenset()), "once", ANSWER)
        Idempotency.objects.update(at=now() - KEPT_FOR)
    OAuthState.objects.create(
        state_hash="5ta7e", browser_hash="", tenant_id=tenant_a, channel="ebay", marketplace="EBAY_DE", return_to="/",
        verifier=vault().seal(b"verifier", owner="5ta7e"), expires_at=now(),
    )  # fmt: skip
    use_keys(new_key())
    assert reseal_all() == 0
