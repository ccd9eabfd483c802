"""What the routes about people take and give."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from kontor.accounts.models import Membership, Person, Tenant
from kontor.accounts.people import avatars, members, notices, profiles, tenants
from kontor.accounts.people.invitations import Asked, Newcomer
from kontor.accounts.people.models import Invitation, Notice
from kontor.accounts.schemas import Email, LanguageCode, Password
from kontor.core.clock import now
from kontor.core.http.etags import etag
from kontor.core.http.paging import Page
from kontor.core.wishes import Edit, Wish

RoleName = Literal["owner", "admin", "member", "read_only"]
ThemeName = Literal["system", "light", "dark"]
StartPage = Literal["today", "listings", "publish", "channels", "inbox", "jobs", "imports"]
EventName = Literal[
    "order.received", "listing.refused", "connection.refused", "import.done", "webhook.disabled"
]
ChoiceName = Literal["app", "email", "none"]
Name = Annotated[str, Field(max_length=100, examples=["Martina"])]
LinkToken = Annotated[str, Field(min_length=1, max_length=100, examples=["no-such-token"])]
EXAMPLE_PICTURE = f"{avatars.API_PATH}/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


class AddressIn(Wish):
    """An address."""

    email: Email


class LinkIn(Wish):
    """The token of a link that came by mail."""

    token: LinkToken


class NewPasswordIn(Wish):
    """The token of the link, and the password to set."""

    token: LinkToken
    password: Password


class AddressOut(BaseModel):
    """The address that counts now."""

    email: str = Field(examples=["martina@thomsen.example"])


class InvitedOut(BaseModel):
    """What an invitation says to whom it was sent."""

    company: str = Field(examples=["Thomsen Trödel & Technik"])
    inviter: str = Field(examples=["Martina Thomsen"])
    email: str = Field(examples=["ole@thomsen.example"])
    role: RoleName
    expires_at: datetime
    is_known: bool = Field(description="There is an account with this address: only its password is needed.")

    @classmethod
    def of(cls, asked: Asked) -> InvitedOut:
        """From an invitation that was looked at by its link."""
        return cls.model_validate(asked, from_attributes=True)


class AcceptIn(Wish):
    """The account's password; for a new account also who it is."""

    password: Password
    first_name: Name = ""
    last_name: Name = ""
    language: LanguageCode | None = None

    def newcomer(self) -> Newcomer:
        """As the service takes it."""
        return Newcomer(self.password, self.first_name, self.last_name, self.language or "")


class ProfileOut(BaseModel):
    """A person as they see themselves."""

    id: UUID
    email: str = Field(examples=["martina@thomsen.example"])
    email_verified: bool
    pending_email: str | None = Field(description="An address that waits to be confirmed.", examples=[None])
    first_name: str = Field(examples=["Martina"])
    last_name: str = Field(examples=["Thomsen"])
    name: str = Field(examples=["Martina Thomsen"])
    phone: str = Field(examples=["+49 40 123456"])
    position: str = Field(examples=["Inhaberin"])
    avatar_url: str | None = Field(examples=[EXAMPLE_PICTURE])
    role: RoleName
    joined_at: datetime

    @classmethod
    def of(cls, membership: Membership) -> ProfileOut:
        """From a membership with its person."""
        person = membership.person
        return cls.model_validate(
            {
                **profiles.profile(person),
                "id": person.id,
                "email": person.email,
                "email_verified": person.email_verified_at is not None,
                "pending_email": profiles.pending_email(person),
                "name": person.name,
                "avatar_url": avatars.path_of(person),
                "role": membership.role,
                "joined_at": membership.created_at,
            }
        )


class ProfileEdit(Edit):
    """What a person changes of their profile."""

    first_name: Name = ""
    last_name: Name = ""
    phone: str = Field("", max_length=40, examples=["+49 40 123456"])
    position: str = Field("", max_length=100, examples=["Inhaberin"])


class PreferencesOut(BaseModel):
    """How Kontor looks and speaks to a person."""

    language: LanguageCode
    time_zone: str = Field(description="IANA name.", examples=["Europe/Berlin"])
    theme: ThemeName
    start_page: StartPage
    tour_done: bool = Field(description="The tour of the first log-in was seen, or skipped.")

    @classmethod
    def of(cls, person: Person) -> PreferencesOut:
        """From a person."""
        return cls.model_validate(profiles.preferences(person))


class PreferencesEdit(Edit):
    """What a person changes of their preferences."""

    language: LanguageCode = "de"
    time_zone: str = Field("Europe/Berlin", max_length=60, examples=["Europe/Berlin"])
    theme: ThemeName = "system"
    start_page: StartPage = "today"
    tour_done: bool = False


class EventChoiceOut(BaseModel):
    """How a person hears of one event; `email` is in the app too."""

    event: str = Field(examples=["order.received"])
    choice: ChoiceName
    is_fixed: bool = Field(description="Can't be chosen: what concerns the safety of the account.")


class NotificationsOut(BaseModel):
    """How a person hears of what happens."""

    events: list[EventChoiceOut]
    daily_digest: bool = Field(description="What is unread in the morning comes as one mail.")

    @classmethod
    def of(cls, person: Person) -> NotificationsOut:
        """From a person."""
        rows = [
            EventChoiceOut(event=event, choice=notices.choice_of(person, event), is_fixed=False)
            for event in notices.DEFAULTS
        ]
        fixed = EventChoiceOut(event=notices.SECURITY, choice="email", is_fixed=True)
        return cls(events=[*rows, fixed], daily_digest=bool(person.notifications.get(notices.DIGEST)))


class NotificationsEdit(Edit):
    """What a person changes of how they hear of things."""

    events: dict[EventName, ChoiceName] = Field({}, examples=[{"order.received": "email"}])
    daily_digest: bool = False

    def named(self) -> dict[str, Any]:
        """The choices that were sent, as a person keeps them."""
        digest = {notices.DIGEST: self.daily_digest} if "daily_digest" in self.model_fields_set else {}
        return {**digest, **dict(self.events.items())}


class AvatarOut(BaseModel):
    """Where a person's picture is."""

    avatar_url: str | None = Field(examples=[EXAMPLE_PICTURE])


class ChangeEmailIn(Wish):
    """The new address, and the account's password."""

    email: Email
    password: Password


class NoticeOut(BaseModel):
    """Something that the person was told."""

    id: UUID
    event: str = Field(description="Translate by it.", examples=["order.received"])
    params: dict[str, Any] = Field(description="Values of its sentence.", examples=[{"number": "26-01001"}])
    link: str = Field(description="Path of a page of the web UI, or empty.", examples=["/inbox"])
    at: datetime
    read_at: datetime | None

    @classmethod
    def of(cls, row: Notice) -> NoticeOut:
        """From a row."""
        return cls.model_validate(row, from_attributes=True)


class NoticesOut(Page[NoticeOut]):
    """One page of what the person was told, newest first."""

    unread: int = Field(description="How many wait to be read, on all pages.")


class ReadNoticesIn(Wish):
    """Which notices were read: those named, or all."""

    ids: list[UUID] = Field([], max_length=200)
    all: bool = False


class UnreadOut(BaseModel):
    """How many notices wait to be read."""

    unread: int


class PersonRow(BaseModel):
    """Somebody of the business."""

    id: UUID
    email: str = Field(examples=["ole@thomsen.example"])
    first_name: str
    last_name: str
    name: str = Field(examples=["Ole Boje"])
    position: str
    role: RoleName
    is_active: bool
    avatar_url: str | None = Field(examples=[EXAMPLE_PICTURE])
    joined_at: datetime
    last_seen_at: datetime | None
    is_me: bool
    etag: str = Field(description="Send it as `If-Match` with a change.", examples=['"3405691582"'])

    @classmethod
    def of(cls, member: Membership, me: UUID | None) -> PersonRow:
        """From a membership of `members.find`."""
        person = member.person
        return cls(
            id=person.id,
            email=person.email,
            first_name=person.first_name,
            last_name=person.last_name,
            name=person.name,
            position=person.position,
            role=member.role,
            is_active=member.is_active,
            avatar_url=avatars.path_of(person),
            joined_at=member.created_at,
            last_seen_at=getattr(member, "last_seen_at", None),
            is_me=person.id == me,
            etag=etag(members.revision(member)),
        )


class PersonEdit(Edit):
    """Another role, or out of the business, or in again."""

    role: RoleName | None = None
    is_active: bool | None = None


class HandOverIn(Wish):
    """The owner's own password."""

    password: Password


class InviteIn(Wish):
    """Whom to invite, as what."""

    email: Email
    role: RoleName = "member"
    language: LanguageCode | None = Field(
        None, description="Of the mail; the business's where it is left out."
    )


class InvitationOut(BaseModel):
    """An invitation that was neither accepted nor withdrawn."""

    id: UUID
    email: str = Field(examples=["ole@thomsen.example"])
    role: RoleName
    inviter: str = Field(examples=["Martina Thomsen"])
    language: LanguageCode
    created_at: datetime
    sent_at: datetime
    expires_at: datetime
    status: Literal["open", "expired"]

    @classmethod
    def of(cls, row: Invitation) -> InvitationOut:
        """From a row."""
        fields = ("id", "email", "role", "inviter", "language", "created_at", "sent_at", "expires_at")
        shown = {name: getattr(row, name) for name in fields}
        return cls.model_validate({**shown, "status": "open" if row.expires_at > now() else "expired"})


class BusinessSettingsOut(BaseModel):
    """The business itself."""

    id: UUID
    etag: str = Field(description="Send it as `If-Match` with a change.", examples=['"3405691582"'])
    name: str = Field(examples=["Thomsen Trödel & Technik"])
    slug: str = Field(examples=["thomsen-trodel-technik"])
    country: str = Field(examples=["DE"])
    language: LanguageCode
    requires_second_factor: bool
    created_at: datetime

    @classmethod
    def of(cls, found: Tenant) -> BusinessSettingsOut:
        """From a row."""
        tag = etag(tenants.revision(found))
        own = {"id": found.id, "etag": tag, "slug": found.slug, "created_at": found.created_at}
        return cls.model_validate({**own, **tenants.shown(found)})


class BusinessSettingsEdit(Edit):
    """What is changed of the business."""

    name: str = Field("", max_length=200, examples=["Thomsen Trödel & Technik"])
    country: str = Field("DE", max_length=2, description="ISO 3166-1 alpha-2.", examples=["DE"])
    language: LanguageCode = "de"
    requires_second_factor: bool = False
