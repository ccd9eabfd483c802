"""What the accounts API takes and gives."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, cast
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from kontor.accounts import sessions
from kontor.accounts.login import LoggedIn
from kontor.accounts.models import Membership, Session

LanguageCode = Literal["de", "en", "fr"]
Email = Annotated[str, Field(min_length=3, max_length=254, examples=["martina@thomsen.example"])]
Password = Annotated[
    str,
    Field(
        max_length=1000, json_schema_extra={"format": "password"}, examples=["correct horse battery staple"]
    ),
]


class RegisterIn(BaseModel):
    """A new business and its owner."""

    model_config = ConfigDict(extra="forbid")

    email: Email
    password: Password
    first_name: str = Field(max_length=100, examples=["Martina"])
    last_name: str = Field(max_length=100, examples=["Thomsen"])
    company: str = Field(min_length=1, max_length=200, examples=["Thomsen Trödel & Technik"])
    language: LanguageCode = "de"


class LoginIn(BaseModel):
    """Address and password; `tenant` (id or short name) only for people in several businesses."""

    model_config = ConfigDict(extra="forbid")

    email: Email
    password: Password
    tenant: str = Field("", max_length=60, examples=["thomsen-trodel-technik"])


class RefreshIn(BaseModel):
    """The refresh token, for clients without cookies; browsers send `{}` and their cookie."""

    model_config = ConfigDict(extra="forbid")

    refresh_token: str | None = Field(None, max_length=200, examples=["9m4q…"])


class PersonOut(BaseModel):
    """Who is logged in."""

    id: UUID
    email: str = Field(examples=["martina@thomsen.example"])
    first_name: str = Field(examples=["Martina"])
    last_name: str = Field(examples=["Thomsen"])
    name: str = Field(examples=["Martina Thomsen"])
    language: LanguageCode
    role: str = Field(description="In the present business.", examples=["owner"])
    email_verified: bool
    must_add_second_factor: bool = Field(
        False,
        description="The business demands a second factor: until there is one, nothing else is allowed.",
    )

    @classmethod
    def of(cls, session: Session) -> PersonOut:
        """From a session with its membership, person and tenant."""
        membership = session.membership
        person = membership.person
        return cls(
            id=person.id,
            email=person.email,
            first_name=person.first_name,
            last_name=person.last_name,
            name=person.name,
            language=cast("LanguageCode", person.language),
            role=membership.role,
            email_verified=person.email_verified_at is not None,
            must_add_second_factor=not sessions.rights(session),
        )


class TenantOut(BaseModel):
    """A business, and what the person is in it."""

    id: UUID
    name: str = Field(examples=["Thomsen Trödel & Technik"])
    slug: str = Field(examples=["thomsen-trodel-technik"])
    language: LanguageCode
    country: str = Field(examples=["DE"])
    role: str = Field(examples=["owner"])

    @classmethod
    def of(cls, membership: Membership) -> TenantOut:
        """From a membership with its tenant loaded."""
        tenant = membership.tenant
        return cls.model_validate(
            {
                "id": tenant.id,
                "name": tenant.name,
                "slug": tenant.slug,
                "language": tenant.language,
                "country": tenant.country,
                "role": membership.role,
            }
        )


class MeOut(BaseModel):
    """The person, the present business, what may be done there, and the other businesses."""

    user: PersonOut
    tenant: TenantOut
    scopes: list[str] = Field(examples=[["admin", "read", "write"]])
    tenants: list[TenantOut]
    session_id: UUID

    @classmethod
    def of(cls, session: Session, memberships: list[Membership]) -> MeOut:
        """From the present session and all memberships, the present one first."""
        return cls(
            user=PersonOut.of(session),
            tenant=TenantOut.of(session.membership),
            scopes=sorted(sessions.rights(session)),
            tenants=[TenantOut.of(membership) for membership in memberships],
            session_id=session.id,
        )


class TokensOut(BaseModel):
    """Tokens of a log-in or a refresh."""

    access_token: str = Field(description="Send it as `Authorization: Bearer …`.", examples=["eyJhbGciOi…"])
    refresh_token: str | None = Field(
        description="Null where it went into the browser's HttpOnly cookie only.", examples=["9m4q…"]
    )
    token_type: Literal["bearer"] = "bearer"  # noqa: S105
    expires_in: int = Field(description="Seconds that the access token lives.", examples=[1800])
    user: PersonOut
    tenant: TenantOut

    @classmethod
    def of(cls, logged_in: LoggedIn, *, refresh_token: str | None) -> TokensOut:
        """The answer; `refresh_token` only for who will keep it themselves."""
        return cls(
            access_token=logged_in.access_token.text,
            refresh_token=refresh_token,
            expires_in=logged_in.access_token.expires_in_seconds,
            user=PersonOut.of(logged_in.session),
            tenant=TenantOut.of(logged_in.membership),
        )


class SwitchIn(BaseModel):
    """The business to go to, by id or short name."""

    model_config = ConfigDict(extra="forbid")

    tenant: str = Field(min_length=1, max_length=60, examples=["thomsen-trodel-technik"])


class ProveIn(BaseModel):
    """The password, once more."""

    model_config = ConfigDict(extra="forbid")

    password: Password


class ChangePasswordIn(BaseModel):
    """The present password and the new one."""

    model_config = ConfigDict(extra="forbid")

    current_password: Password
    new_password: Password


class BusinessOut(BaseModel):
    """Where a session is."""

    id: UUID
    name: str


class SessionOut(BaseModel):
    """One log-in on one device."""

    id: UUID
    tenant: BusinessOut
    begun_at: datetime
    used_at: datetime = Field(description="To within some minutes.")
    expires_at: datetime
    place: str = Field(description="The IP address that it began at.", examples=["192.0.2.7"])
    device: str = Field(description="What the browser or program calls itself.", examples=["Mozilla/5.0 …"])
    second_factor: Literal["", "totp", "passkey", "recovery"]
    current: bool = Field(description="The one that asks.")

    @classmethod
    def of(cls, session: Session, current: UUID | None) -> SessionOut:
        """From a session with its tenant."""
        tenant = session.membership.tenant
        return cls(
            id=session.id,
            tenant=BusinessOut(id=tenant.id, name=tenant.name),
            begun_at=session.begun_at,
            used_at=session.used_at,
            expires_at=session.expires_at,
            place=session.place,
            device=session.device,
            second_factor=cast("Literal['', 'totp', 'passkey', 'recovery']", session.second_factor),
            current=session.id == current,
        )


class SessionsOut(BaseModel):
    """A person's living sessions in all businesses, the present one first."""

    items: list[SessionOut]


class JwksOut(BaseModel):
    """A JSON Web Key Set (RFC 7517): the public keys that access tokens are signed with."""

    keys: list[dict[str, str]]
