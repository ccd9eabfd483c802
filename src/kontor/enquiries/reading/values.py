"""What a mail about a property says, whoever sent it. Frozen; empty where nothing was said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Wish = Literal["viewing", "call", "details"]
Way = Literal["email", "phone", "mobile", "fax", "letter"]
Shape = Literal["openimmo_feedback", "contact_xml", "kleinanzeigen", "text"]


@dataclass(frozen=True, slots=True)
class Prospect:
    """Who asks. One of `email` and the numbers is there, or nobody could answer."""

    salutation: str = ""
    first_name: str = ""
    last_name: str = ""
    company: str = ""
    email: str = ""
    phone: str = ""
    mobile: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = ""

    @property
    def can_be_answered(self) -> bool:
        """Whether there is any way to them."""
        return bool(self.email or self.phone or self.mobile)


@dataclass(frozen=True, slots=True)
class About:
    """Which property is meant: by our own reference first, by the portal's number, by the ad's address."""

    own_reference: str = ""
    portal_reference: str = ""
    address: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Enquiry:
    """One person's question. `external_id` is the portal's own id of it, empty where it gives none."""

    portal: str
    about: About
    prospect: Prospect
    message: str = ""
    external_id: str = ""
    wishes: tuple[Wish, ...] = ()
    prefers: tuple[Way, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportFault:
    """What a portal says of one object that it could not take; an empty `reference` is the whole transfer."""

    reference: str
    number: int | None
    text: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of files that we sent."""

    portal: str
    status_number: int | None
    status_text: str
    faults: tuple[ImportFault, ...]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in a mail; its name is the sender's word and leads nowhere."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail taken apart. `headers` are those that portals speak through, by lower-case name."""

    message_id: str
    sender: str
    sender_name: str
    reply_to: str
    reply_to_name: str
    subject: str
    sent_at: datetime | None
    text: str
    headers: dict[str, str]
    attachments: tuple[Attachment, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood. Nothing at all: the mail waits for a person, `reason` says why."""

    shape: Shape | None
    enquiries: tuple[Enquiry, ...] = ()
    reports: tuple[ImportReport, ...] = ()
    reason: str = ""
