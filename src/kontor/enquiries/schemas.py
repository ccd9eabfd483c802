"""Enquiries and mails as the API shows them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from kontor.core.wishes import Edit, Wish
from kontor.enquiries.models import Enquiry, Mail, Mailbox


class ProspectOut(BaseModel):
    """Who asks; empty where nothing was said."""

    model_config = ConfigDict(from_attributes=True)

    salutation: str
    first_name: str
    last_name: str
    company: str
    email: str
    phone: str
    mobile: str
    street: str
    postal_code: str
    city: str
    country: str


class AboutOut(BaseModel):
    """Which property the portal means; empty where nothing was said."""

    own_reference: str = Field(description="Our number, as the portal has it.")
    portal_reference: str
    address: str = Field(description="Of the ad.")
    title: str


class EnquiryOut(BaseModel):
    """One person who asks about a property."""

    id: UUID
    mail_id: UUID
    portal: str = Field(examples=["Kleinanzeigen"])
    listing_id: UUID | None = Field(description="The property; null while nobody knows which.")
    about: AboutOut
    prospect: ProspectOut
    message: str
    wishes: list[Literal["viewing", "call", "details"]]
    prefers: list[Literal["email", "phone", "mobile", "fax", "letter"]]
    state: Literal["open", "done"]
    revision: int
    received_at: datetime

    @classmethod
    def of(cls, row: Enquiry) -> Self:
        """From a row."""
        return cls.model_validate(row, from_attributes=True)


class EnquiryEdit(Wish):
    """What is left out stays."""

    state: Literal["open", "done"] | None = None
    listing_id: UUID | None = Field(None, description="The property that is meant; null: not known.")

    @field_validator("state")
    @classmethod
    def _said(cls, value: str | None) -> str:
        if value is None:
            raise ValueError("say open or done")
        return value


class FaultOut(BaseModel):
    """What a portal says of one object that it could not take."""

    reference: str
    number: int | None
    text: str


class ReportOut(BaseModel):
    """What became of files that we sent."""

    portal: str
    status_number: int | None
    status_text: str
    faults: list[FaultOut]


class MailOut(BaseModel):
    """A mail that came in."""

    id: UUID
    sender: str
    subject: str
    sent_at: datetime | None
    received_at: datetime
    state: Literal["waiting", "read", "unread", "settled"] = Field(
        description="`unread`: it says nothing that we understand, and waits for a person."
    )
    shape: str = Field(examples=["openimmo_feedback"])
    reason: str = Field(description="Why nobody could read it.")
    reports: list[ReportOut]

    @classmethod
    def of(cls, row: Mail) -> Self:
        """From a row."""
        return cls.model_validate(row, from_attributes=True)


Host = Annotated[
    str, Field(min_length=1, max_length=253, pattern=r"^[A-Za-z0-9.:_-]+$", examples=["imap.example.com"])
]
Port = Annotated[int, Field(ge=1, le=65_535)]
Printable = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
Folder = Annotated[
    str,
    Field(min_length=1, max_length=200, pattern=r"^[\x20-\x7e]+$", description="As the server writes it."),
]
Password = Annotated[SecretStr, Field(min_length=1, max_length=500, examples=["an app password"])]


class MailboxIn(Wish):
    """A folder of a mail server that is read over IMAP with TLS."""

    host: Host
    port: Port = 993
    user: Printable = Field(examples=["anfragen@example.com"])
    password: Password
    folder: Folder = "INBOX"

    def named(self) -> dict[str, Any]:
        """With the password in plain."""
        return {**self.model_dump(), "password": self.password.get_secret_value()}


class MailboxEdit(Edit):
    """What is left out stays, the password too."""

    host: Host | None = None
    port: Port | None = None
    user: Printable | None = None
    password: Password | None = None
    folder: Folder | None = None
    is_active: bool | None = None

    def named(self) -> dict[str, Any]:
        """With the password in plain."""
        found = super().named()
        return found | ({"password": self.password.get_secret_value()} if self.password else {})


class MailboxProblemOut(BaseModel):
    """Why the last look failed."""

    code: str
    message: str
    params: dict[str, Any]


class MailboxOut(BaseModel):
    """A mailbox, without its password."""

    id: UUID
    host: str
    port: int
    user: str
    folder: str
    is_active: bool
    state: Literal["new", "working", "refused", "unreachable"]
    problem: MailboxProblemOut | None
    checked_at: datetime | None
    revision: int

    @classmethod
    def of(cls, row: Mailbox) -> Self:
        """From a row."""
        return cls.model_validate(row, from_attributes=True)
