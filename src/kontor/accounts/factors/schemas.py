"""What the routes of second factors take and give."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from kontor.accounts.factors.service import Added, Answer, Factor, Method
from kontor.core.wishes import Wish

Token = Field(min_length=1, max_length=100, examples=["k3P0…"])


class FactorOut(BaseModel):
    """One second factor."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    kind: Literal["totp", "passkey"]
    name: str = Field(examples=["Martinas Telefon"])
    added_at: datetime
    used_at: datetime | None

    @classmethod
    def of(cls, factor: Factor) -> FactorOut:
        """From the service's value."""
        return cls.model_validate(factor)


class FactorsOut(BaseModel):
    """All of a person's second factors."""

    items: list[FactorOut]
    recovery_codes_left: int
    required: bool = Field(description="Whether the present business demands one.")
    passkey_host: str | None = Field(
        description="The host name that passkeys are bound to; null where the installation has only a number.",
        examples=["kontor.thomsen.example"],
    )


class EnrolmentOut(BaseModel):
    """What an authenticator app takes in."""

    secret: str = Field(description="To type where no camera is.", examples=["JBSWY3DPEHPK3PXP…"])
    uri: str = Field(examples=["otpauth://totp/Kontor:martina%40thomsen.example?secret=…&issuer=Kontor"])
    svg: str = Field(description="The same as a picture for the app's camera.")


class CodeIn(Wish):
    """What the app shows."""

    code: str = Field(min_length=1, max_length=40, examples=["492039"])


class PasskeyOptionsOut(BaseModel):
    """For `navigator.credentials.create`, by `PublicKeyCredential.parseCreationOptionsFromJSON`."""

    challenge: str
    options: dict[str, Any]


class PasskeyIn(Wish):
    """What the browser made, as its `toJSON()` says it."""

    challenge: str = Token
    name: str = Field("", max_length=100, examples=["Martinas Telefon"])
    credential: dict[str, Any]


class AddedOut(BaseModel):
    """The new factor."""

    factor: FactorOut
    recovery_codes: list[str] | None = Field(
        description="Only with the first factor, and only now: to print or to write down.",
        examples=[["K7M2-9QXF3-H8TWP"]],
    )

    @classmethod
    def of(cls, added: Added) -> AddedOut:
        """From the service's value."""
        return cls(factor=FactorOut.of(added.factor), recovery_codes=added.recovery_codes)


class RecoveryCodesOut(BaseModel):
    """Ten codes, readable only now."""

    codes: list[str] = Field(examples=[["K7M2-9QXF3-H8TWP"]])


class SecondFactorIn(Wish):
    """The second step: the challenge of the first, and a code or a passkey's answer to it."""

    challenge: str = Token
    method: Method
    code: str = Field("", max_length=40, examples=["492039"])
    credential: dict[str, Any] = Field(
        default_factory=dict, description="`toJSON()` of what the browser got."
    )

    def answer(self, origin: str) -> Answer:
        """What the service judges."""
        return Answer(self.method, self.code, self.credential, origin)
