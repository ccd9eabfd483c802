"""`/api/v1/mail`: looking at the mails that Kontor writes."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path

from kontor.core.http.credentials import Signed
from kontor.core.http.routing import router
from kontor.mail.catalogue import LANGUAGES, SAMPLES
from kontor.mail.rendering import render, subject
from kontor.mail.schemas import MailLanguage, MailPreviewOut, MailTemplateOut, MailTemplatesOut

routes = router("/mail", "Mail")
TemplateName = Annotated[str, Path(max_length=60, examples=["reset_password"])]


@routes.get("/templates", scope="admin", summary="Every mail that Kontor writes")
def list_mail_templates(actor: Signed) -> MailTemplatesOut:
    """Names, and subjects in each language with example values."""
    return MailTemplatesOut(
        items=[
            MailTemplateOut(
                name=name, subjects={language: subject(name, language, values) for language in LANGUAGES}
            )
            for name, values in SAMPLES.items()
        ]
    )


@routes.get("/templates/{template_name}/preview", scope="admin", summary="A mail as it would go out")
def preview_mail(actor: Signed, template_name: TemplateName, language: MailLanguage = "de") -> MailPreviewOut:
    """The mail with example values. 404 `mail.not_found`."""
    made = render(template_name, language, SAMPLES.get(template_name, {}))
    return MailPreviewOut(
        name=template_name, language=language, subject=made.subject, text=made.text, html=made.html
    )
