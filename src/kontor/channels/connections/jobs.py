"""Jobs that call the channel about the account itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from kontor.channels.connections import categories, service, status
from kontor.channels.connections.service import ConnectionView
from kontor.channels.connections.states import State
from kontor.channels.contract.capabilities import ChecksAccount
from kontor.channels.contract.errors import LoginNeeded
from kontor.channels.contract.values import AccountReport
from kontor.channels.transport.models import Call
from kontor.core.clock import now
from kontor.core.tenancy import tenant
from kontor.jobs.registry import handler
from kontor.jobs.run import JobRun

CALLS_KEPT = timedelta(days=90)


@handler(service.CHECK, retries=4, repeatable=True)
def check(run: JobRun) -> None:
    """Exercises the account's rights again; proof that nobody renews grows old on the screen."""
    connection_id = UUID(run.payload["connection_id"])
    found, connector = service.connector_for(connection_id, tenant_id=run.tenant_id)
    with tenant(run.tenant_id):
        Call.objects.filter(connection_id=connection_id, at__lt=now() - CALLS_KEPT).delete()
    if found.state in (State.DISCONNECTED, State.PAUSED, State.REFUSED):
        return
    if _exercise(run, found, connector):
        with tenant(run.tenant_id):
            state = service.get(connection_id).state
        run.standing({state: 1})
        run.progress(done=1, total=1)


@handler(service.SETUP, retries=4, repeatable=True)
def set_up(run: JobRun) -> None:
    """Makes one thing that the account lacks, then looks whether it may be used now."""
    connection_id, code = UUID(run.payload["connection_id"]), str(run.payload["code"])
    found, connector = service.connector_for(connection_id, tenant_id=run.tenant_id)
    if not isinstance(connector, ChecksAccount):
        return
    run.progress(done=0, total=1, note=found.label)
    connector.create_setup(code)
    report = _exercise(run, found, connector)
    is_there = report is not None and code not in {item.code for item in report.missing}
    run.standing({"proven" if is_there else "sent": 1})
    run.progress(done=1)


handler(categories.SEARCH, retries=2)(categories.look_up)


def _exercise(run: JobRun, found: ConnectionView, connector: Any) -> AccountReport | None:
    if not isinstance(connector, ChecksAccount):
        return None
    report = connector.check_account()
    with tenant(run.tenant_id):
        row = service.get(found.id, locked=True)
        if row.secret is None:
            return None  # disconnected while we asked
        if report.account_id != row.account_id:
            status.refused(
                row, LoginNeeded("The sign-in belongs to another account now", channel_code="other_account")
            )
        else:
            status.reported(row, report, seen_settings=found.settings)
    return report
