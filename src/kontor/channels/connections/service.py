"""Connected accounts: reading them, steering them, and lending connectors to those who call the channel.

Inside `tenant()` unless a function says that it opens its own.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import Error as DatabaseError
from django.db import connection as database

from kontor.channels.connections import changes, status
from kontor.channels.connections.credentials import ConnectionSlot, sealed
from kontor.channels.connections.errors import ConnectionNotFound, NotConnected, OtherAccount
from kontor.channels.connections.models import USABLE, Connection, State
from kontor.channels.connections.pricing import PriceRule
from kontor.channels.contract.errors import ChannelError
from kontor.channels.contract.manifest import Manifest
from kontor.channels.contract.values import AccountReport
from kontor.channels.registry import channel
from kontor.channels.transport import client, oauth
from kontor.channels.transport.client import Account, HttpTransport
from kontor.channels.transport.models import Call
from kontor.channels.transport.tokens import Keeper, Secret, Slot
from kontor.core.clock import now
from kontor.core.tenancy import current_tenant, tenant
from kontor.jobs import schedules
from kontor.jobs import service as jobs
from kontor.jobs.models import Job, Lane

CHECK, SETUP = "connections.check", "connections.setup"
CHECK_SECONDS = 3600.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ConnectionView:
    """A connection as others see it. `missing` holds SetupItems as JSON."""

    id: UUID
    tenant_id: UUID
    channel: str
    marketplace: str
    account_id: str
    account_name: str
    label: str
    state: State
    missing: Sequence[Mapping[str, Any]]
    settings: Mapping[str, str]
    facts: Mapping[str, Any]
    price_rule: PriceRule | None

    @property
    def is_usable(self) -> bool:
        """Whether publishing and fetching may go on (an outage passes by itself)."""
        return self.state in USABLE


def view(connection_id: UUID) -> ConnectionView:
    """Raises ConnectionNotFound, also for another tenant's."""
    return view_of(get(connection_id))


def view_of(row: Connection) -> ConnectionView:
    """The frozen copy of a row."""
    return ConnectionView(
        row.id,
        row.tenant_id,
        row.channel,
        row.marketplace,
        row.account_id,
        row.account_name,
        row.label,
        State(row.state),
        tuple(row.missing),
        dict(row.settings),
        dict(row.facts),
        PriceRule.from_json(row.price_rule),
    )


def get(connection_id: UUID, *, locked: bool = False) -> Connection:
    """The row; `locked` until the transaction ends. Raises ConnectionNotFound."""
    rows = Connection.objects.select_for_update() if locked else Connection.objects.all()
    row = rows.filter(id=connection_id).first()
    if row is None:
        raise ConnectionNotFound(connection_id=str(connection_id))
    return row


def callable_ids(channel_id: str = "") -> list[UUID]:
    """Connections that may be used now, oldest first; of one channel where it is named."""
    rows = Connection.objects.filter(state__in=USABLE).order_by("id")
    return list((rows.filter(channel=channel_id) if channel_id else rows).values_list("id", flat=True))


def edit(
    connection_id: UUID,
    *,
    label: str | None = None,
    paused: bool | None = None,
    price_rule: Callable[[PriceRule | None], PriceRule | None] = lambda rule: rule,
) -> Connection:
    """Changes what the merchant decides; ending a pause asks the account anew. Raises ConnectionNotFound, NotConnected."""
    row = get(connection_id, locked=True)
    rule_before = PriceRule.from_json(row.price_rule)
    rule = price_rule(rule_before)
    row.price_rule = rule.as_json() if rule else None
    row.label = label or row.label
    wanted = State(row.state)
    if paused is not None and paused != (row.state == State.PAUSED):
        if row.state == State.DISCONNECTED:
            raise NotConnected
        wanted = State.PAUSED if paused else status.proven(row)
    status.rest(row, wanted)
    if rule != rule_before:
        changes.tell_terms(connection_id)
    if wanted != State.PAUSED and paused is False:
        request_check(connection_id)
    return row


def choose(connection_id: UUID, settings: Mapping[str, str]) -> Job:
    """Takes the merchant's choice of policies and location, and checks the account with it."""
    row = _signed_in(connection_id)
    row.settings = {**row.settings, **settings}
    row.save(update_fields=["settings", "updated_at"])
    changes.tell_terms(connection_id)
    return request_check(connection_id)


def request_check(connection_id: UUID, *, label: str = "") -> Job:
    """Exercises the account's rights soon. Raises NotConnected where there is no sign-in."""
    row = _signed_in(connection_id)
    return jobs.add(
        CHECK,
        {"connection_id": str(row.id)},
        key=f"check:{row.id}",
        lock=f"check:{row.id}",
        lane=Lane.NOW,
        label=label,
    )


def request_setup(connection_id: UUID, code: str) -> Job:
    """Makes one missing thing, after which the job is called, then checks again. Raises NotConnected."""
    row = _signed_in(connection_id)
    payload = {"connection_id": str(row.id), "code": code}
    return jobs.add(
        SETUP, payload, key=f"setup:{row.id}:{code}", lock=f"check:{row.id}", lane=Lane.NOW, label=code
    )


def disconnect(connection_id: UUID) -> Connection:
    """Forgets the secrets. Listings stay as they are on the channel, history stays here."""
    row = get(connection_id, locked=True)
    row.secret, row.refresh_lease_until, row.consent_until, row.problem = None, None, None, None
    row.token_generation += 1
    status.rest(row, State.DISCONNECTED)
    schedules.remove(_schedule(connection_id))
    return row


def connect(
    connection_id: UUID,
    channel_id: str,
    marketplace: str,
    secret: Secret,
    report: AccountReport,
    *,
    again: bool,
) -> Connection:
    """Keeps a consent. `again`: it must be the account that `connection_id` has; else a new connection of that id.

    An account that is connected at this marketplace already is connected again, with everything it had. Raises
    OtherAccount, and then changes nothing.
    """
    manifest = channel(channel_id).manifest
    row = get(connection_id, locked=True) if again else _known(channel_id, marketplace, report.account_id)
    if row and row.account_id != report.account_id:
        raise OtherAccount(connected=row.account_name, signed_in=report.account_name)
    if row is None:
        row = Connection(
            id=connection_id,
            channel=channel_id,
            marketplace=marketplace,
            account_id=report.account_id,
            label=f"{manifest.name} {manifest.marketplace(marketplace).country}",
        )
    elif row.id != connection_id:
        Call.objects.filter(connection_id=connection_id).update(connection_id=row.id)
    row.secret = sealed(current_tenant(), row.id, secret)
    row.token_generation += 1
    row.refresh_lease_until, row.consent_until, row.connected_at = None, secret.refresh_until, now()
    row.state = State.AUTHORISED  # a new consent ends a pause and a disconnection
    row.save(force_insert=row._state.adding)
    status.reported(row, report, seen_settings=row.settings)
    payload = {"connection_id": str(row.id)}
    schedules.ensure(_schedule(row.id), CHECK, CHECK_SECONDS, payload, current_tenant(), lane=Lane.BULK)
    return row


def connector_for(connection_id: UUID, *, tenant_id: UUID) -> tuple[ConnectionView, Any]:
    """The connection and a connector that speaks for it. Opens its own `tenant()`; call it outside of one.

    Raises ConnectionNotFound, also for another tenant's. The connector's calls note their own outcome: a refused sign-in
    or an outage shows on the connection at once.
    """
    with tenant(tenant_id):
        found = view(connection_id)
    chosen = channel(found.channel)
    slot = ConnectionSlot(tenant_id, connection_id)
    account = Account(tenant_id, connection_id, found.marketplace, found.settings)
    http = HttpTransport(
        chosen,
        account,
        seller_keeper(chosen.manifest, account, slot),
        note=_Notes(tenant_id, connection_id, found.state),
    )
    return found, chosen.connector(http)


def seller_keeper(manifest: Manifest, account: Account, slot: Slot) -> Keeper:
    """The keeper that renews the seller's token of `account` by the manifest's rules."""
    own = client.line(manifest, account.tenant_id, account.connection_id)
    return Keeper(
        slot, lambda old: oauth.refresh(manifest, own, old), ahead_seconds=manifest.refresh_ahead_seconds
    )


def note_outcome(connection_id: UUID, error: ChannelError | None, *, tenant_id: UUID) -> None:
    """What came of work with the account; opens its own `tenant()`. The connector's calls do it themselves."""
    with tenant(tenant_id):
        status.noted(get(connection_id, locked=True), error)


class _Notes:
    """Hears each call's outcome, and writes only when the account's state would change, or a minute has passed."""

    def __init__(self, tenant_id: UUID, connection_id: UUID, state: State) -> None:
        self._tenant_id, self._connection_id = tenant_id, connection_id
        self._ailing, self._told_at = state == State.UNREACHABLE, now()

    def __call__(self, error: ChannelError | None) -> None:
        quiet = error is None and not self._ailing and (now() - self._told_at).total_seconds() < 60
        if quiet:
            return
        try:
            with tenant(self._tenant_id):
                row = get(self._connection_id, locked=True)
                status.noted(row, error)
                self._ailing, self._told_at = row.state == State.UNREACHABLE, now()
        except DatabaseError as lost:  # must not cost the answer that the call brought
            database.close()
            log.warning("the state of connection %s was not noted: %s", self._connection_id, lost)


def _known(channel_id: str, marketplace: str, account_id: str) -> Connection | None:
    rows = Connection.objects.select_for_update()
    return rows.filter(channel=channel_id, marketplace=marketplace, account_id=account_id).first()


def _signed_in(connection_id: UUID) -> Connection:
    row = get(connection_id, locked=True)
    if row.secret is None or row.state == State.REFUSED:
        raise NotConnected
    return row


def _schedule(connection_id: UUID) -> str:
    return f"check:{connection_id}"
