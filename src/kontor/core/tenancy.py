"""One tenant never sees another: PostgreSQL row-level security, with one door.

Two roles. `kontor_owner` owns the tables and runs migrations. `kontor_app` serves requests, jobs and the admin; it owns
nothing, is no superuser and has no BYPASSRLS, so every statement of it passes the policy. The policy reads the setting
`app.tenant`, which `tenant()` sets for one transaction: a pooled connection can't carry it into the next request.

Above it a service's queries filter by the tenant too (`OwnRows`), so a table whose policy went missing shows nothing.

Unset is fail-closed, and loud: `current_setting` raises for a setting nobody made, and casting the empty string (what
an ended transaction leaves behind) to uuid raises too. Nothing answers "no rows" because a tenant was forgotten.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, TypeVar

import psycopg
from django.db import connection, migrations, models, transaction
from psycopg.pq import ExecStatus
from psycopg.sql import quote

from kontor.core.identifiers import uuid7

# Tables without row-level security, each with its reason; `unprotected()` names any other.
WITHOUT_TENANT: dict[str, str] = {
    "accounts_person": "one person may belong to several tenants",
    "accounts_tenant": "looked up before the tenant is known",
    "accounts_membership": "answers which tenants a person may enter",
    "accounts_session": "belongs to a person; found by the id inside a signed token",
    "accounts_refreshtoken": "presented before the tenant is known; found by its hash only",
    "accounts_loginattempts": "counted before it is known who logs in",
    "accounts_ratebucket": "counted before a tenant is open; named by a hash only",
    "factors_secret": "asked for before the tenant is known; belongs to a person",
    "factors_passkey": "asked for before the tenant is known; belongs to a person",
    "factors_recoverycode": "asked for before the tenant is known; belongs to a person",
    "factors_challenge": "presented before the tenant is known; single-use, found by its hash only",
    "people_emailtoken": "presented before the tenant is known; single-use, found by its hash only",
    "mail_message": "mails go to people, of whom some belong to no tenant yet",
    "live_ticket": "presented before the tenant is known; single-use, found by its hash only",
    "connections_oauthstate": "the callback knows only the state; found by its hash only",
    "inbound_webhookroute": "a channel's call carries no tenant; found by its random token only",
    "transport_budget": "a channel's limit on our key is shared by all tenants",
    "transport_breaker": "an outage of a host is everybody's",
    "transport_figure": "counts of the whole installation, which name nobody",
    "transport_applicationtoken": "an application's own token is shared by all tenants",
    "rules_channelrule": "a channel's taxonomy is the same for all tenants",
    "jobs_schedule": "some schedules belong to the house",
    "privacy_erasure": "a receipt outlives the business or person it tells of; it names nobody",
    "django_migrations": "Django's own",
    "django_content_type": "Django's own",
    "django_session": "Django's own, for the admin",
    "django_admin_log": "Django's own",
    "auth_group": "Django's own",
    "auth_permission": "Django's own",
    "auth_group_permissions": "Django's own",
    "accounts_person_groups": "Django's own",
    "accounts_person_user_permissions": "Django's own",
}

_current: ContextVar[uuid.UUID | None] = ContextVar("kontor_tenant", default=None)
_last: ContextVar[list[Callable[[], None]] | None] = ContextVar("kontor_before_commit", default=None)


class NoTenant(RuntimeError):
    """Code that needs a tenant ran outside `tenant()`: a bug of ours, never a person's."""


@contextmanager
def tenant(tenant_id: uuid.UUID) -> Iterator[None]:
    """One transaction as one tenant. The only door: an API route, a job and an admin request each open it once.

    Refuses to nest (`durable`): SET LOCAL outlives a savepoint, so the outer tenant would go on as the inner one.
    What `before_commit` collected runs last, still inside the transaction.
    """
    with transaction.atomic(durable=True):
        _begin(tenant_id)
        token, last_token = _current.set(tenant_id), _last.set([])
        try:
            yield
            for callback in _last.get() or ():
                callback()
        finally:
            _current.reset(token)
            _last.reset(last_token)


def _begin(tenant_id: uuid.UUID) -> None:
    """BEGIN and the setting in one message: psycopg would send two and wait twice, with every request and every job.

    Raises OperationalError: whatever is refused here, the connection is of no use.
    """
    statement = f"begin; select set_config('app.tenant', {quote(str(tenant_id))}, true)"
    with connection.wrap_database_errors:
        result = connection.connection.pgconn.exec_(statement.encode())
        if result.status != ExecStatus.TUPLES_OK:
            raise psycopg.OperationalError(result.get_error_message())


def current_tenant() -> uuid.UUID:
    """The tenant of the transaction that is open in this thread. Raises NoTenant outside."""
    found = _current.get()
    if found is None:
        raise NoTenant("open `tenant(id)` first")
    return found


def before_commit(callback: Callable[[], None]) -> None:
    """Runs `callback` as the last thing of the open `tenant()` block, once per call, in order; not if it raises."""
    callbacks = _last.get()
    if callbacks is None:
        raise NoTenant("open `tenant(id)` first")
    callbacks.append(callback)


_Row = TypeVar("_Row", bound=models.Model, covariant=True)


class OwnRows(models.Manager[_Row]):
    """Rows of the open tenant: a layer of its own above the policies. Raises NoTenant outside `tenant()`."""

    def get_queryset(self) -> models.QuerySet[_Row]:
        """Filtered before anything else is asked."""
        return super().get_queryset().filter(tenant_id=current_tenant())


class TenantModel(models.Model):
    """Base of every table that belongs to a tenant. Its migration must contain `TenantTable` for it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    tenant_id = models.UUIDField(default=current_tenant, editable=False)
    if not TYPE_CHECKING:  # declared, it would hide from the type checker which model's rows these are
        objects = OwnRows()

    class Meta:
        abstract = True


class TenantTable(migrations.RunSQL):
    """The migration operation that makes a table a tenant's: forced policy, `UNIQUE (tenant_id, id)`, composite keys.

    `references` maps a column to the tenant table it points to, with what happens when the target goes
    (`"cascade"`, `"restrict"` or `"set null"`): a plain foreign key bypasses row-level security, so it must carry the
    tenant. Django's own ForeignKey is declared with `db_constraint=False`.
    """

    def __init__(self, table: str, references: dict[str, tuple[str, str]] | None = None) -> None:
        owner = "(select current_setting('app.tenant')::uuid)"
        forward: list[str] = [
            f"alter table {table} enable row level security",
            f"alter table {table} force row level security",
            f"create policy tenant on {table} using (tenant_id = {owner}) with check (tenant_id = {owner})",
            f"alter table {table} add constraint {table}_tenant_key unique (tenant_id, id)",
        ]
        for column, (target, gone) in (references or {}).items():
            action = f"set null ({column})" if gone == "set null" else gone
            forward.append(
                f"alter table {table} add constraint {table}_{column}_tenant_fk foreign key (tenant_id, {column}) "
                f"references {target} (tenant_id, id) on delete {action} deferrable initially deferred"
            )
        backward = [
            *(
                f"alter table {table} drop constraint {table}_{column}_tenant_fk"
                for column in reversed(list(references or {}))
            ),
            f"alter table {table} drop constraint {table}_tenant_key",
            f"drop policy tenant on {table}",
            f"alter table {table} no force row level security",
            f"alter table {table} disable row level security",
        ]
        super().__init__(list[Any](forward), list[Any](backward))
        self.table, self.references = table, references

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        """How Django's migration writer prints this operation."""
        return self.__class__.__name__, [self.table, self.references], {}


def unprotected() -> list[str]:
    """Tables that neither carry the tenant policy nor stand in WITHOUT_TENANT. Tests and `kontor check` want it empty."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select c.relname from pg_class c
             where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
               and not c.relname = any(%s)
               and not (c.relrowsecurity and c.relforcerowsecurity and exists (
                   select from pg_policy p where p.polrelid = c.oid and p.polname = 'tenant'
                      and p.polqual is not null and p.polwithcheck is not null))
             order by 1""",
            [list(WITHOUT_TENANT)],
        )
        return [name for (name,) in cursor.fetchall()]
