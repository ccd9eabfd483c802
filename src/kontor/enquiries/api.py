"""Requests of prospects, and the mails that they came in."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query, Response, UploadFile

from kontor.core.http.credentials import Signed
from kontor.core.http.etags import IfMatch, etag
from kontor.core.http.paging import Page, Paging, paginate
from kontor.core.http.routing import router
from kontor.enquiries import mailboxes, service
from kontor.enquiries.models import Enquiry, Mail, Mailbox
from kontor.enquiries.reading.mail import MOST_BYTES
from kontor.enquiries.schemas import (
    EnquiryEdit,
    EnquiryOut,
    MailboxEdit,
    MailboxIn,
    MailboxOut,
    MailOut,
)

routes = router("/enquiries", "Enquiries")
MailState = Literal["waiting", "read", "unread", "settled"]


@routes.get("", scope="read", summary="Who asks for what")
def list_enquiries(
    actor: Signed,
    page: Paging,
    state: Literal["open", "done"] | None = None,
    listing_id: Annotated[UUID | None, Query(description="Only those about this property.")] = None,
    unknown: Annotated[bool, Query(description="Only those about a property that we don't find.")] = False,
) -> Page[EnquiryOut]:
    """Newest first."""
    rows = Enquiry.objects.all()
    if state:
        rows = rows.filter(state=state)
    if listing_id:
        rows = rows.filter(listing_id=listing_id)
    if unknown:
        rows = rows.filter(listing=None)
    return paginate(rows, page, order=("-received_at", "-id")).page(EnquiryOut.of)


@routes.post("/mails", scope="write", status_code=201, upload=True, summary="Hand in a mail")
def post_mail(actor: Signed, file: UploadFile, response: Response) -> MailOut:
    """A mail as it came (`message/rfc822`, .eml), from a mailbox's filter or by hand. It is kept whole and then read; the
    same mail again is answered with 200 and changes nothing."""
    row, is_new = service.receive(file.file.read(MOST_BYTES + 1))
    if not is_new:
        response.status_code = 200
    return MailOut.of(row)


@routes.get("/mails", scope="read", summary="Mails that came in")
def list_mails(actor: Signed, page: Paging, state: MailState | None = None) -> Page[MailOut]:
    """Newest first. `unread` are those that say nothing we understand."""
    rows = Mail.objects.defer("raw")
    if state:
        rows = rows.filter(state=state)
    return paginate(rows, page, order=("-received_at", "-id")).page(MailOut.of)


@routes.get(
    "/mails/{mail_id}/raw",
    scope="read",
    response_class=Response,
    summary="A mail as it came",
    responses={200: {"content": {"message/rfc822": {}}, "description": "The mail"}},
)
def get_raw_mail(actor: Signed, mail_id: UUID) -> Response:
    """To be opened in a mail program: nothing in it was cleaned."""
    headers = {
        "Content-Disposition": f'attachment; filename="{mail_id}.eml"',
        "X-Content-Type-Options": "nosniff",
    }
    return Response(service.raw_of(mail_id), media_type="message/rfc822", headers=headers)


@routes.post("/mails/{mail_id}/replay", scope="write", status_code=202, summary="Read a mail again")
def replay_mail(actor: Signed, mail_id: UUID) -> None:
    """Requests that were read of it before stay as they are."""
    service.read_again(mail_id)


@routes.post("/mails/{mail_id}/settle", scope="write", summary="A mail is dealt with")
def settle_mail(actor: Signed, mail_id: UUID) -> MailOut:
    """For one that nobody could read."""
    return MailOut.of(service.settle_mail(mail_id))


@routes.get("/mailboxes", scope="admin", summary="Mailboxes that are read")
def list_mailboxes(actor: Signed, page: Paging) -> Page[MailboxOut]:
    """Each with what the last look found."""
    return paginate(Mailbox.objects.all(), page).page(MailboxOut.of)


@routes.post("/mailboxes", scope="admin", status_code=201, idempotent=True, summary="Read a mailbox")
def make_mailbox(actor: Signed, wish: MailboxIn) -> MailboxOut:
    """Looked into every minute, mails of the last 14 days first. Nothing in it is marked, moved or deleted. The password is
    sealed, and never shown."""
    return MailboxOut.of(mailboxes.make(wish.named()))


@routes.get("/mailboxes/{mailbox_id}", scope="admin", summary="One mailbox")
def get_mailbox(actor: Signed, mailbox_id: UUID, response: Response) -> MailboxOut:
    """With its ETag."""
    return _tagged_mailbox(mailboxes.get(mailbox_id), response)


@routes.patch("/mailboxes/{mailbox_id}", scope="admin", summary="Change a mailbox, or rest it")
def patch_mailbox(
    actor: Signed, mailbox_id: UUID, wish: MailboxEdit, response: Response, if_match: IfMatch = None
) -> MailboxOut:
    """Looked into at once, where it is active."""
    return _tagged_mailbox(mailboxes.edit(mailbox_id, wish.named(), if_match), response)


@routes.delete("/mailboxes/{mailbox_id}", scope="admin", status_code=204, summary="Read a mailbox no more")
def remove_mailbox(actor: Signed, mailbox_id: UUID) -> None:
    """Its mails and requests stay here, and everything stays there."""
    mailboxes.remove(mailbox_id)


@routes.post("/mailboxes/{mailbox_id}/check", scope="admin", status_code=202, summary="Look now")
def check_mailbox(actor: Signed, mailbox_id: UUID) -> None:
    """The mailbox then says what was found."""
    mailboxes.look_soon(mailbox_id)


@routes.get("/{enquiry_id}", scope="read", summary="One request")
def get_enquiry(actor: Signed, enquiry_id: UUID, response: Response) -> EnquiryOut:
    """With its ETag."""
    return _tagged(service.enquiry_of(enquiry_id), response)


@routes.patch("/{enquiry_id}", scope="write", summary="Settle a request, or say which property is meant")
def patch_enquiry(
    actor: Signed, enquiry_id: UUID, body: EnquiryEdit, response: Response, if_match: IfMatch = None
) -> EnquiryOut:
    """What the body leaves out stays."""
    changes = {name: getattr(body, name) for name in body.model_fields_set}
    return _tagged(service.change(enquiry_id, changes, if_match), response)


def _tagged(row: Enquiry, response: Response) -> EnquiryOut:
    response.headers["ETag"] = etag(row.revision)
    return EnquiryOut.of(row)


def _tagged_mailbox(row: Mailbox, response: Response) -> MailboxOut:
    response.headers["ETag"] = etag(row.revision)
    return MailboxOut.of(row)
