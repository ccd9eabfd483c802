"""Enquiries and mails as the API shows them."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, field_validator

from kontor.core.wishes import Wish
from kontor.enquiries.models import Enquiry, Mail


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
