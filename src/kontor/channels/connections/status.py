"""How a connection's state changes: what was proven, what the channel refuses. Inside `tenant()`, on locked rows."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import timedelta

from kontor.accounts.people.notices import notify
from kontor.channels.connections import changes
from kontor.channels.connections.models import Connection, State
from kontor.channels.contract.errors import ChannelError, LoginNeeded, SetupNeeded, Unavailable
from kontor.channels.contract.values import AccountReport, SetupItem
from kontor.core.clock import now
from kontor.core.errors import Problem
from kontor.live import events

EXPIRES_SOON = timedelta(days=14)
RESTING = (State.PAUSED, State.DISCONNECTED)


def reported(row: Connection, report: AccountReport, *, seen_settings: Mapping[str, str]) -> None:
    """The account was exercised: what it lacks is known, and whether it may be used.

    `seen_settings` are the choices that the report was made with; newer ones of the merchant stay.
    """
    row.account_name = report.account_name[:200]
    row.missing = [dataclasses.asdict(item) for item in report.missing]
    row.facts = dict(report.facts)
    before = dict(row.settings)
    if before == dict(seen_settings):
        row.settings = dict(report.settings)
    row.checked_at = row.last_call_at = now()
    row.problem = None
    _move(row, State(row.state) if row.state in RESTING else proven(row))
    if row.settings != before:
        changes.tell_terms(row.id)


def proven(row: Connection) -> State:
    """What the last report amounts to."""
    if row.missing:
        return State.AUTHORISED
    ends = row.consent_until
    return State.EXPIRING if ends and ends - now() < EXPIRES_SOON else State.CALLABLE


def refused(row: Connection, error: LoginNeeded) -> None:
    """The channel wants a new log-in; nothing is tried until then."""
    if row.state != State.DISCONNECTED:
        if row.state != State.REFUSED:
            notify("connection.refused", row.tenant_id, link="/channels", channel=row.label)
        row.problem = problem_of(error)
        _move(row, State.REFUSED)


def noted(row: Connection, error: ChannelError | None) -> None:
    """The outcome of a call. Only what concerns the account as a whole changes its state."""
    if error is None:
        row.last_call_at = now()
        if row.state == State.UNREACHABLE:
            row.problem = None
            _move(row, proven(row))
        else:
            row.save(update_fields=["last_call_at"])
    elif isinstance(error, LoginNeeded):
        refused(row, error)
    elif isinstance(error, SetupNeeded) and row.state in (State.CALLABLE, State.EXPIRING, State.UNREACHABLE):
        if not any(item["code"] == error.what for item in row.missing):
            item = SetupItem(error.what, error.detail, creatable=False)
            row.missing = [*row.missing, dataclasses.asdict(item)]
        _move(row, State.AUTHORISED)
    elif isinstance(error, Unavailable) and row.state in (State.CALLABLE, State.EXPIRING):
        row.problem = problem_of(error)
        _move(row, State.UNREACHABLE)


def rest(row: Connection, state: State) -> None:
    """The merchant pauses or disconnects it, or ends the pause."""
    _move(row, state)


def problem_of(error: ChannelError) -> dict[str, object]:
    """The error as the connection's column and the API show it."""
    return Problem(error.code, error.detail, params=dict(error.params)).as_dict()


def _move(row: Connection, state: State) -> None:
    """Saves, and tells everybody whom it concerns."""
    before, row.state = row.state, state
    row.save()
    events.record("connection.changed", "connection", row.id, payload={"state": str(state)})
    if before != state:
        for hear in changes.changed:
            hear(row.id, state)
