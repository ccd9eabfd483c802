"""Mailboxes that portals write to: told to us by a person, looked into every minute. Called inside `tenant()`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from kontor.core.clock import now
from kontor.core.errors import Conflict, KontorError, NotFound
from kontor.core.http.etags import require_match
from kontor.core.tenancy import current_tenant, tenant
from kontor.core.vault import vault
from kontor.enquiries import service
from kontor.enquiries.imap import Account, Folder, MailboxRefused, MailboxUnreachable, opened
from kontor.enquiries.models import Mailbox
from kontor.enquiries.reading import NotAMail
from kontor.jobs import schedules
from kontor.jobs import service as jobs
from kontor.jobs.models import Lane
from kontor.live import events

COLLECT: Final = "enquiries.collect"
EVERY_SECONDS: Final = 60.0
FIRST_LOOK: Final = timedelta(days=14)
REFUSED_RESTS: Final = timedelta(hours=1)
MOST: Final = 20
MOST_AT_ONCE: Final = 500  # what is left is for the next turn
EDITABLE: Final = ("host", "port", "user", "folder", "is_active")
Check = Callable[[], None]


class TooManyMailboxes(Conflict):
    """The business has MOST mailboxes."""

    code, title = "mailbox.too_many", "There are as many mailboxes as there may be"


def shown(row: Mailbox) -> dict[str, Any]:
    """What a person edits, but for the password."""
    return {name: getattr(row, name) for name in EDITABLE}


def get(mailbox_id: UUID) -> Mailbox:
    """Raises NotFound, also for another tenant's id."""
    return _one(Mailbox.objects.filter(id=mailbox_id))


def make(wish: Mapping[str, Any]) -> Mailbox:
    """A new one, looked into at once. Raises TooManyMailboxes."""
    if Mailbox.objects.count() >= MOST:
        raise TooManyMailboxes(limit=MOST)
    row = Mailbox(**{name: value for name, value in wish.items() if name != "password"})
    row.sealed = _sealed(row.id, wish["password"])
    row.save(force_insert=True)
    _look_regularly(row)
    return row


def edit(mailbox_id: UUID, wish: Mapping[str, Any], if_match: str | None) -> Mailbox:
    """Changes what is named; another server, user or folder is read from its beginning. Raises NotFound, StaleEdit."""
    row = _one(Mailbox.objects.select_for_update(no_key=True).filter(id=mailbox_id))
    before = shown(row)
    require_match(if_match, row.revision, before)
    for name, value in wish.items():
        if name != "password":
            setattr(row, name, value)
    if "password" in wish:
        row.sealed = _sealed(row.id, wish["password"])
    if any(getattr(row, name) != before[name] for name in ("host", "port", "user", "folder")):
        row.validity, row.last_uid = 0, 0
    row.state, row.problem = Mailbox.State.NEW, None
    row.revision += 1
    row.save()
    _look_regularly(row)
    return row


def remove(mailbox_id: UUID) -> None:
    """Its mails and requests stay. Raises NotFound."""
    row = _one(Mailbox.objects.select_for_update().filter(id=mailbox_id))
    schedules.remove(_schedule(row))
    row.delete()


def look_soon(mailbox_id: UUID) -> None:
    """Looks now. Raises NotFound."""
    row = get(mailbox_id)
    Mailbox.objects.filter(id=row.id, state=Mailbox.State.REFUSED).update(state=Mailbox.State.NEW)
    jobs.add(COLLECT, _payload(row), key=f"mailbox:{row.id}", lane=Lane.OUTSIDE, label=row.user)


def account_of(row: Mailbox) -> Account:
    """With the password opened. Raises VaultError."""
    password = vault().open(bytes(row.sealed), owner=owner(row)).decode()
    return Account(row.host, row.port, row.user, password, row.folder)


def owner(row: Mailbox) -> str:
    """What a sealed password is bound to."""
    return _owner(row.tenant_id, row.id)


def collect(tenant_id: UUID, mailbox_id: UUID, check: Check) -> int:
    """Takes in what came since the last look; how many mails. Opens its own `tenant()` blocks, none while the server is
    asked. Each mail is kept together with its place, so a kill between two loses and doubles nothing.

    What is wrong stands on the mailbox. Raises MailboxUnreachable, for the job to try again.
    """
    with tenant(tenant_id):
        row = Mailbox.objects.filter(id=mailbox_id, is_active=True).first()
        if row is None or _rests(row):
            return 0
        account = account_of(row)
    try:
        with opened(account) as folder:
            count = 0
            for uid in _new(row, folder):
                check()
                count += _take(tenant_id, row, folder.validity, uid, folder.mail(uid))
    except KontorError as error:
        if not isinstance(error, MailboxRefused | MailboxUnreachable) and not error.code.startswith("fetch."):
            raise
        is_outage = isinstance(error, MailboxUnreachable)
        state = Mailbox.State.UNREACHABLE if is_outage else Mailbox.State.REFUSED
        problem = {"code": error.code, "message": error.detail, "params": dict(error.params)}
        _note(tenant_id, row, state, problem)
        if is_outage:
            raise
        return 0
    _note(tenant_id, row, Mailbox.State.WORKING, None)
    return count


def _rests(row: Mailbox) -> bool:
    """One that was refused is tried again by itself once an hour: servers lock out who guesses."""
    asked = row.checked_at
    return row.state == Mailbox.State.REFUSED and asked is not None and asked > now() - REFUSED_RESTS


def _new(row: Mailbox, folder: Folder) -> Iterator[int]:
    """UIDs not seen yet: all after the last; after a change of validity, those of the last days (known mails stay one)."""
    if row.last_uid and row.validity == folder.validity:
        uids = folder.after(row.last_uid)
    else:
        uids = folder.since((now() - FIRST_LOOK).date())
    yield from uids[:MOST_AT_ONCE]


def _take(tenant_id: UUID, row: Mailbox, validity: int, uid: int, raw: bytes | None) -> int:
    with tenant(tenant_id):
        if (
            not Mailbox.objects.select_for_update(no_key=True)
            .filter(id=row.id, revision=row.revision)
            .exists()
        ):
            return 0  # changed or removed meanwhile
        is_new = False
        if raw is not None:
            try:
                _, is_new = service.receive(raw)
            except NotAMail:
                is_new = False
        Mailbox.objects.filter(id=row.id).update(validity=validity, last_uid=uid)
    return int(is_new)


def _note(tenant_id: UUID, row: Mailbox, state: Mailbox.State, problem: dict[str, Any] | None) -> None:
    with tenant(tenant_id):
        rows = Mailbox.objects.filter(id=row.id, revision=row.revision)
        rows.update(state=state, problem=problem, checked_at=now())
        if state != row.state:
            events.record("mailbox.changed", "mailbox", row.id, payload={"state": str(state)})


def _look_regularly(row: Mailbox) -> None:
    if row.is_active:
        tenant_id = current_tenant()
        schedules.ensure(_schedule(row), COLLECT, EVERY_SECONDS, _payload(row), tenant_id, lane=Lane.OUTSIDE)
        look_soon(row.id)
    else:
        schedules.remove(_schedule(row))


def _schedule(row: Mailbox) -> str:
    return f"mailbox:{row.id}"


def _payload(row: Mailbox) -> dict[str, str]:
    return {"mailbox_id": str(row.id)}


def _one(rows: QuerySet[Mailbox]) -> Mailbox:
    if (found := rows.first()) is None:
        raise NotFound
    return found


def _sealed(mailbox_id: UUID, password: str) -> bytes:
    return vault().seal(password.encode(), owner=_owner(current_tenant(), mailbox_id))


def _owner(tenant_id: UUID, mailbox_id: UUID) -> str:
    return f"{tenant_id}/mailbox/{mailbox_id}"
