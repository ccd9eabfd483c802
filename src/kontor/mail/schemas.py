"""What the mail API gives."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

MailLanguage = Literal["de", "en", "fr"]


class MailTemplateOut(BaseModel):
    """A mail that Kontor writes."""

    name: str = Field(examples=["reset_password"])
    subjects: dict[str, str] = Field(
        description="By language.", examples=[{"de": "Neues Kennwort", "en": "New password"}]
    )


class MailTemplatesOut(BaseModel):
    """All mails that Kontor writes."""

    items: list[MailTemplateOut]


class MailPreviewOut(BaseModel):
    """A mail with example values, as it would go out."""

    name: str = Field(examples=["reset_password"])
    language: MailLanguage
    subject: str = Field(examples=["Neues Kennwort"])
    text: str = Field(description="The plain form.")
    html: str = Field(description="A whole document with inline styles, no scripts, no pictures.")
