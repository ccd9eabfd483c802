"""What the accounts API takes and gives."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from kontor.accounts.models import Membership
from kontor.accounts.service import LoggedIn
from kontor.accounts.tokens import SCOPES

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

    @classmethod
    def of(cls, memberships: list[Membership]) -> MeOut:
        """From all memberships, the present one first."""
        present = memberships[0]
        return cls(
            user=person_out(present),
            tenant=TenantOut.of(present),
            scopes=sorted(SCOPES[present.role]),
            tenants=[TenantOut.of(membership) for membership in memberships],
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
            user=person_out(logged_in.membership),
            tenant=TenantOut.of(logged_in.membership),
        )


def person_out(membership: Membership) -> PersonOut:
    """The person of a membership that has it loaded."""
    person = membership.person
    return PersonOut.model_validate(
        {
            "id": person.id,
            "email": person.email,
            "first_name": person.first_name,
            "last_name": person.last_name,
            "name": person.name,
            "language": person.language,
            "role": membership.role,
        }
    )
