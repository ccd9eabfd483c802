"""What comes in by mail: kept whole first, then read as a job. Called inside `tenant()`."""

from __future__ import annotations

import dataclasses
import hashlib
from typing import Any, Final
from uuid import UUID

from kontor.core.clock import now
from kontor.core.errors import Conflict, NotFound
from kontor.core.http.etags import require_match
from kontor.enquiries.models import Enquiry, Mail
from kontor.enquiries.reading import Enquiry as Read
from kontor.enquiries.reading import read, read_mail
from kontor.jobs import service as jobs
from kontor.jobs.models import Lane
from kontor.live import events
from kontor.properties import service as properties

INTERPRET: Final = "enquiries.interpret"


class NotWaiting(Conflict):
    """Only a mail that nobody could read waits for a person."""

    code, title = "enquiries.not_waiting", "This e-mail waits for nobody"


def receive(raw: bytes) -> tuple[Mail, bool]:
    """Keeps a mail and queues its reading; with it whether it is new. Raises NotAMail: what has no mail's headers."""
    mail = read_mail(raw)
    identity = _hash(mail.message_id.encode() if mail.message_id else raw)
    row, is_new = Mail.objects.get_or_create(
        identity=identity,
        defaults={
            "raw": raw, "sender": mail.sender[:320], "subject": mail.subject[:500], "sent_at": mail.sent_at,
            "received_at": now(),
        },
    )  # fmt: skip
    if is_new:
        _interpret_soon(row.id)
    return row, is_new


def interpret(mail_id: UUID) -> None:
    """Makes requests of a mail; a second time changes nothing that is there."""
    row = Mail.objects.select_for_update(no_key=True).get(id=mail_id)
    found = read(read_mail(bytes(row.raw)))
    made = [_keep(row, one, place) for place, one in enumerate(found.enquiries)]
    is_understood = bool(found.enquiries or found.reports)
    row.state = Mail.State.READ if is_understood else Mail.State.UNREAD
    row.shape, row.reason = found.shape or "", found.reason
    row.reports = [dataclasses.asdict(report) for report in found.reports]
    row.save(update_fields=["state", "shape", "reason", "reports"])
    for enquiry, is_new in made:
        if is_new:
            events.record(
                "enquiry.received", "enquiry", enquiry.id, revision=1, payload={"portal": enquiry.portal}
            )
    if not is_understood:
        events.record("mail.unread", "mail", row.id, payload={"subject": row.subject})


def read_again(mail_id: UUID) -> None:
    """Reads a kept mail again, perhaps with a better reader. Raises NotFound."""
    if not Mail.objects.filter(id=mail_id).update(state=Mail.State.WAITING):
        raise NotFound
    _interpret_soon(mail_id)


def settle_mail(mail_id: UUID) -> Mail:
    """A person has dealt with a mail that nobody could read. Raises NotFound, NotWaiting."""
    row = mail_of(mail_id)
    if not Mail.objects.filter(id=mail_id, state=Mail.State.UNREAD).update(state=Mail.State.SETTLED):
        raise NotWaiting(state=row.state)
    row.state = Mail.State.SETTLED
    return row


def mail_of(mail_id: UUID) -> Mail:
    """Raises NotFound."""
    row = Mail.objects.defer("raw").filter(id=mail_id).first()
    if row is None:
        raise NotFound
    return row


def raw_of(mail_id: UUID) -> bytes:
    """The mail as it came. Raises NotFound."""
    found = Mail.objects.filter(id=mail_id).values_list("raw", flat=True).first()
    if found is None:
        raise NotFound
    return bytes(found)


def enquiry_of(enquiry_id: UUID) -> Enquiry:
    """Raises NotFound."""
    row = Enquiry.objects.filter(id=enquiry_id).first()
    if row is None:
        raise NotFound
    return row


def change(enquiry_id: UUID, changes: dict[str, Any], if_match: str | None) -> Enquiry:
    """Binds a request to a property (`listing_id`), or says what is to be done (`state`).

    Raises NotFound, also for a property that is not there, and StaleEdit with both sides.
    """
    row = Enquiry.objects.select_for_update(no_key=True).filter(id=enquiry_id).first()
    if row is None:
        raise NotFound
    theirs = {"state": row.state, "listing_id": row.listing_id and str(row.listing_id)}
    require_match(if_match, row.revision, theirs)
    if listing_id := changes.get("listing_id"):
        properties.get(listing_id)
    for name, value in changes.items():
        setattr(row, name, value)
    row.revision += 1
    row.save(update_fields=[*changes, "revision"])
    events.record("enquiry.changed", "enquiry", row.id, revision=row.revision, payload={"state": row.state})
    return row


def _keep(mail: Mail, one: Read, place: int) -> tuple[Enquiry, bool]:
    own = f"{one.portal}:{one.external_id}" if one.external_id else f"{mail.identity}:{place}"
    return Enquiry.objects.get_or_create(
        identity=_hash(own.encode()),
        defaults={
            "mail_id": mail.id,
            "portal": one.portal[:120],
            "listing_id": _listing_of(one),
            "about": dataclasses.asdict(one.about),
            "prospect": dataclasses.asdict(one.prospect),
            "message": one.message,
            "wishes": list(one.wishes),
            "prefers": list(one.prefers),
            "received_at": mail.received_at,
        },
    )


def _listing_of(one: Read) -> UUID | None:
    """By our own number, or by the id that OpenImmo knows it by: portals write either into the same field."""
    own = one.about.own_reference
    if not own:
        return None
    return properties.find_by_references([own]).get(own) or properties.find_by_openimmo_ids([own]).get(own)


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _interpret_soon(mail_id: UUID) -> None:
    jobs.add(INTERPRET, {"mail_id": str(mail_id)}, key=f"mail:{mail_id}", lane=Lane.NOW)
